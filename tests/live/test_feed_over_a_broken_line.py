"""What breaks below HTTP, at the token's door or in the sheet itself: the numbers stay, and come back by themselves.

`make chaos` takes the times of the same faults, with the limits of every day (docs/reliability.md).
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from broken_line import BrokenLine
from sheets_server import SheetsServer, Spreadsheet

from genkdash.live import Feed, State
from genkdash.sheet.google import GoogleSheet
from genkdash.sheet.google_deadline import Limits

EMAIL = "genkdash@proef.iam.gserviceaccount.com"
DAY = datetime(2018, 8, 20, tzinfo=UTC)
LIMITS = Limits(connect_seconds=1.0, read_seconds=0.3, whole_seconds=0.5)
PATIENCE_SECONDS = 20.0
Wait = Callable[[Callable[[State], bool]], State]


@pytest.fixture
def google() -> Iterator[SheetsServer]:
    with SheetsServer() as google:
        yield google


@pytest.fixture
def line(google: SheetsServer) -> Iterator[BrokenLine]:
    with BrokenLine(google.url) as line:
        yield line


@pytest.fixture
def book(google: SheetsServer) -> Spreadsheet:
    posts = [["Datum", "Influencer"], [43206, "Amina"], [43207, "Bilal"], [43208, "Amina"]]
    return google.add_spreadsheet("Genk vertelt", {"Berichten": posts, "Tips": [["Tip"]]}, shared_with=[EMAIL])


@pytest.fixture
def feed(google: SheetsServer, line: BrokenLine, book: Spreadsheet) -> Iterator[Feed]:
    account = google.service_account(EMAIL) | {"token_uri": f"{line.url}/token"}
    sheet = GoogleSheet(book.id, credentials=account, api_url=line.url, limits=LIMITS)
    feed = Feed(sheet, store=None, watched_seconds=0.02)
    feed.watch()
    feed.start()
    yield feed
    line.set("refuse")
    feed.stop(timeout_seconds=PATIENCE_SECONDS)
    sheet.close()


@pytest.fixture
def wait_for(feed: Feed) -> Wait:
    def wait(is_reached: Callable[[State], bool]) -> State:
        def holds() -> bool:
            feed.watch()
            return is_reached(feed.state(datetime.now(UTC)))

        assert feed.wait_for(holds, timeout_seconds=PATIENCE_SECONDS), feed.state(datetime.now(UTC))
        return feed.state(datetime.now(UTC))

    return wait


def posts(feed: Feed) -> int:
    assert feed.snapshot is not None
    return feed.snapshot.sheet(DAY).rows.counted


def is_live(state: State) -> bool:
    return state.kind == "live"


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        ("refuse", "google-unreachable"),
        ("reset", "google-unreachable"),
        ("reset-after:200", "google-truncated"),
        ("blackhole", "google-timeout"),
        ("drip:20", "google-slow"),
        ("garbage", "google-unreachable"),
        ("page:401", "google-intercepted"),
        ("page:403", "google-intercepted"),
        ("page:404", "google-intercepted"),
        ("page:500", "google-down"),
        ("page:503", "google-down"),
    ],
)
def test_when_the_line_breaks_the_numbers_stay_with_the_reason_and_it_comes_back(  # noqa: PLR0917  fixtures
    feed: Feed, line: BrokenLine, book: Spreadsheet, wait_for: Wait, mode: str, code: str
) -> None:
    wait_for(is_live)
    line.set(mode)
    wait_for(lambda state: state.error is not None and state.error.code == code)
    assert (feed.state(datetime.now(UTC)).kind, posts(feed)) == ("late", 3)
    line.set("whole")
    book.tab("Berichten").append([43209, "Bilal"])
    wait_for(lambda state: is_live(state) and posts(feed) == 4)


@pytest.mark.parametrize("mode", ["flaky:0.5", "latency:0.01"])
def test_a_line_that_is_slow_or_works_half_of_the_time_is_good_enough(
    feed: Feed, line: BrokenLine, book: Spreadsheet, wait_for: Wait, mode: str
) -> None:
    wait_for(is_live)
    line.set(mode)
    book.tab("Berichten").append([43209, "Bilal"])
    wait_for(lambda state: is_live(state) and posts(feed) == 4)


def deleted(google: SheetsServer, book: Spreadsheet) -> Callable[[], object]:
    del google.books[book.id]
    return lambda: google.books.update({book.id: book})


def unshared(google: SheetsServer, book: Spreadsheet) -> Callable[[], object]:
    del google
    book.writers.clear()
    return lambda: book.writers.add(EMAIL)


def token_endpoint_down(google: SheetsServer, book: Spreadsheet) -> Callable[[], object]:
    del book
    google.fault("503", where="token")
    google.accounts.expire_tokens()
    return google.heal


def tab_gone(google: SheetsServer, book: Spreadsheet) -> Callable[[], object]:
    del google
    tab = book.tabs.pop(0)
    return lambda: book.tabs.insert(0, tab)


@pytest.mark.parametrize(
    ("breaks", "reason"),
    [
        (deleted, "google-not-found"),
        (unshared, "google-not-shared"),
        (token_endpoint_down, "google-down"),
        (tab_gone, "posts-gone"),
    ],
)
def test_when_the_sheet_or_the_token_is_gone_the_numbers_stay_until_it_is_back(  # noqa: PLR0917  fixtures
    feed: Feed,
    google: SheetsServer,
    book: Spreadsheet,
    wait_for: Wait,
    breaks: Callable[[SheetsServer, Spreadsheet], Callable[[], object]],
    reason: str,
) -> None:
    wait_for(is_live)
    mend = breaks(google, book)
    tries = 0

    def is_seen_four_times(state: State) -> bool:
        nonlocal tries
        tries += reason in {state.error.code if state.error else "", str(state.held)}
        return tries >= 4

    wait_for(is_seen_four_times)
    assert (feed.state(datetime.now(UTC)).kind, posts(feed)) == ("late", 3)
    mend()
    wait_for(is_live)
    assert posts(feed) == 3
