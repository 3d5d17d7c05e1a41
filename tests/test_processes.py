"""Two real processes share one reader; one is killed, and then the server that they share."""

import time
from collections.abc import Iterator

import pytest
from redis_server import RedisServer, running_redis
from sharing_processes import PHONE, TABS, Dashboard, account_of, reads, running_processes
from sheets_server import SheetsServer, Spreadsheet
from wire import Tab, has_text, open_tab

from genkdash.live.archive import encode_book
from genkdash.live.shared_picture import decode_picture

PATIENCE_SECONDS = 60.0


@pytest.fixture(scope="module")
def google() -> Iterator[SheetsServer]:
    with SheetsServer() as google:
        yield google


@pytest.fixture(scope="module")
def book(google: SheetsServer) -> Spreadsheet:
    return google.add_spreadsheet("Genk vertelt", TABS, locale="nl_BE", shared_with=[account_of(1), account_of(2)])


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with running_redis(tmp_path_factory.mktemp("redis")) as shared:
        yield shared


@pytest.fixture(scope="module")
def dashboards(
    google: SheetsServer, book: Spreadsheet, shared: RedisServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Dashboard, Dashboard]]:
    pace = {"GENKDASH_WATCHED_SECONDS": "1"}
    folder = tmp_path_factory.mktemp("processes")
    with running_processes(2, google, book, shared.url, folder, settings=pace) as (one, other):
        google.wait_for("values:batchGet")
        reader = reads(google)[-1].user
        yield (one, other) if reader == account_of(1) else (other, one)


def gets(tab: Tab, text: str) -> bool:
    """Keep a tab open until a frame holds `text`; False when it has not come after a long time."""
    seen, give_up = 0, time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up:
        if any(has_text(frame, text) for frame in tab.frames[seen:]):
            return True
        seen = len(tab.frames)
        tab.listen(0.2)
    return False


def test_pages_of_a_process_that_never_read_live_through_the_end_of_the_reader_and_of_what_they_share(
    google: SheetsServer, book: Spreadsheet, shared: RedisServer, dashboards: tuple[Dashboard, Dashboard]
) -> None:
    reader, other = dashboards
    with open_tab(other.url) as tab:
        tab.run()
        assert gets(tab, "Genk vertelt")
        assert {request.user for request in reads(google)} == {account_of(reader.number)}

        book.tab("Berichten").append([43332, "Bilal", "Instagram", "Stiemerbeek", "Nieuw", None, None])
        assert gets(tab, "Stiemerbeek")
        assert {request.user for request in reads(google)} == {account_of(reader.number)}

        shared_book = encode_book(decode_picture(shared.client.get(shared.keys("picture")[0])).book)
        assert b"Eerste bericht" in shared_book
        assert PHONE.encode() not in shared_book

        reader.end()
        book.tab("Berichten").append([43332, "Amina", "Instagram", "Kattevennen", "Nieuwer", None, None])
        assert gets(tab, "Kattevennen")
        assert reads(google)[-1].user == account_of(other.number)

        shared.stop()
        assert gets(tab, "gedeelde geheugen")
        count = len(reads(google))
        with open_tab(other.url) as newcomer:
            newcomer.run()
            assert gets(newcomer, "Kattevennen")
        assert len(reads(google)) == count

        shared.start()
        book.tab("Berichten").append([43332, "Amina", "Instagram", "Thor Park", "Nieuwst", None, None])
        assert gets(tab, "Thor Park")
    assert "Traceback" not in reader.log.read_text() + other.log.read_text()
    assert shared.url not in reader.log.read_text() + other.log.read_text()
