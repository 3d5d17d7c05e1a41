"""The whole road: a feed with its own thread, real gspread, real sockets, and a Google that misbehaves.

Each test waits for a state, never for a time. The intervals are short so that a test is.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sheets_server import SheetsServer, Spreadsheet

from genkdash.live import Feed, State, Store
from genkdash.sheet.google import GoogleSheet
from genkdash.sheet.google_deadline import Limits

EMAIL = "genkdash@proef.iam.gserviceaccount.com"
TABS = {
    "Berichten": [["Datum", "Influencer", "Thema's"], [43206, "Amina", "Muziek"], [43207, "Bilal", "Sport"]],
    "Influencers": [["Naam"], ["Amina"], ["Bilal"]],
    "Thema's": [["Thema"], ["Muziek"], ["Sport"]],
    "Campagne": [["Sleutel", "Waarde"], ["Start", 43206], ["Einde", 43388]],
    "Kalender": [["Van", "Tot", "Soort"], [43282, 43343, "pauze"]],
}
LIMITS = Limits(connect_seconds=2.0, read_seconds=0.5, whole_seconds=0.5)
PATIENCE_SECONDS = 20.0


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        yield server


@pytest.fixture
def book(server: SheetsServer) -> Spreadsheet:
    return server.add_spreadsheet("Genk vertelt", TABS, locale="nl_BE", shared_with=[EMAIL])


@pytest.fixture
def make_feed(server: SheetsServer, book: Spreadsheet) -> Iterator[Callable[..., Feed]]:
    made: list[tuple[Feed, GoogleSheet]] = []

    def make(store: Store | None = None, watched_seconds: float = 0.02) -> Feed:
        sheet = GoogleSheet(book.id, credentials=server.service_account(EMAIL), api_url=server.url, limits=LIMITS)
        feed = Feed(sheet, store=store, watched_seconds=watched_seconds)
        made.append((feed, sheet))
        feed.watch()
        return feed

    yield make
    server.heal()
    for feed, sheet in made:
        feed.stop(timeout_seconds=PATIENCE_SECONDS)
        sheet.close()


def now() -> datetime:
    return datetime.now(UTC)


def wait_for(feed: Feed, is_reached: Callable[[State], bool]) -> State:
    def holds() -> bool:
        feed.watch()
        return is_reached(feed.state(now()))

    assert feed.wait_for(holds, timeout_seconds=PATIENCE_SECONDS), feed.state(now())
    return feed.state(now())


def counted(feed: Feed) -> int:
    assert feed.snapshot is not None
    return feed.snapshot.sheet(datetime(2018, 8, 20, tzinfo=UTC)).rows.counted


def test_an_edit_of_the_sheet_becomes_the_next_revision(make_feed: Callable[..., Feed], book: Spreadsheet) -> None:
    feed = make_feed()
    feed.start()
    wait_for(feed, lambda state: state.kind == "live")
    assert counted(feed) == 2
    book.tab("Berichten").append([43208, "Amina", "Muziek"])
    wait_for(feed, lambda state: state.revision == 2)
    assert counted(feed) == 3


def test_five_tabs_and_one_refresh_are_one_values_request(make_feed: Callable[..., Feed], server: SheetsServer) -> None:
    feed = make_feed(watched_seconds=60)
    feed.start()
    wait_for(feed, lambda state: state.kind == "live")
    before = len(server.log)
    assert feed.refresh_now()
    assert feed.wait_for(lambda: len(server.log) > before, timeout_seconds=PATIENCE_SECONDS)
    assert [request.path.rpartition(":")[2] for request in server.log[before:]] == ["batchGet"]
    assert len(server.log[-1].query["ranges"]) == 5


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("429", "google-busy"),
        ("500", "google-down"),
        ("503-html", "google-down"),
        ("html-200", "google-intercepted"),
        ("truncate", "google-truncated"),
        ("empty", "google-truncated"),
        ("wrong-type", "google-unexpected"),
        ("wrong-type:valueRanges", "google-unexpected"),
        ("drip:2", "google-slow"),
        ("blackhole", "google-slow"),
        ("reset", "google-unreachable"),
        ("token-revoked", "google-key-revoked"),
        ("account-deleted", "google-account-gone"),
        ("service-disabled", "google-api-disabled"),
        ("insufficient-scope", "google-wrong-scope"),
        ("not-shared", "google-not-shared"),
        ("404", "google-not-found"),
    ],
)
def test_the_last_good_numbers_stay_with_age_and_reason_and_recover_by_themselves(
    make_feed: Callable[..., Feed], server: SheetsServer, book: Spreadsheet, fault: str, code: str
) -> None:
    feed = make_feed()
    feed.start()
    wait_for(feed, lambda state: state.kind == "live")
    server.fault(fault)
    state = wait_for(feed, lambda state: state.error is not None and state.error.code == code)
    assert (state.kind, state.revision) == ("late", 1)
    assert state.age_seconds is not None
    assert counted(feed) == 2
    server.heal()
    book.tab("Berichten").append([43208, "Amina", "Muziek"])
    if fault == "429":
        # Sixty seconds are sixty seconds: that the wait is kept is shown with a clock of our own in test_feed.
        assert 50 < feed.state(now()).next_try_seconds <= 60
        assert not feed.refresh_now()
        return
    wait_for(feed, lambda state: state.revision == 2 and state.kind == "live")
    assert counted(feed) == 3


def test_a_server_that_goes_away_and_comes_back_is_found_again(
    make_feed: Callable[..., Feed], server: SheetsServer
) -> None:
    feed = make_feed()
    feed.start()
    wait_for(feed, lambda state: state.kind == "live")
    server.stop()
    state = wait_for(feed, lambda state: state.error is not None and state.error.code == "google-unreachable")
    assert state.kind == "late"
    assert counted(feed) == 2
    server.start()
    wait_for(feed, lambda state: state.kind == "live")


def test_a_start_without_a_connection_shows_the_numbers_of_last_time(
    make_feed: Callable[..., Feed], server: SheetsServer, tmp_path: Path
) -> None:
    store = Store(tmp_path, source="test")
    first = make_feed(store)
    first.start()
    wait_for(first, lambda state: state.kind == "live")
    first.stop(timeout_seconds=PATIENCE_SECONDS)
    server.stop()

    second = make_feed(store)
    second.start()
    assert counted(second) == 2
    state = wait_for(second, lambda state: state.error is not None)
    assert (state.kind, state.from_disk) == ("late", True)
    server.start()
    assert not wait_for(second, lambda state: state.kind == "live").from_disk


def test_a_start_without_connection_or_copy_shows_no_numbers_at_all(
    make_feed: Callable[..., Feed], server: SheetsServer
) -> None:
    server.stop()
    feed = make_feed()
    feed.start()
    state = wait_for(feed, lambda state: state.error is not None)
    assert (state.kind, feed.snapshot) == ("down", None)
    server.start()


def test_rows_that_are_deleted_by_accident_and_put_back_never_leave_the_screen(
    make_feed: Callable[..., Feed], book: Spreadsheet
) -> None:
    feed = make_feed()
    feed.poll_once()
    rows = book.tab("Berichten").rows
    deleted, rows[1:] = rows[1:], []
    feed.poll_once()
    state = feed.state(now())
    assert (state.kind, str(state.held), counted(feed)) == ("late", "rows-gone", 2)
    rows.extend(deleted)
    feed.poll_once()
    state = feed.state(now())
    assert (state.kind, state.held, state.revision, counted(feed)) == ("live", None, 1, 2)
