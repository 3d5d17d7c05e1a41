"""When a feed reads, and what it says about itself: with a clock that only moves when the test says so."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from moving_clock import START, Clock
from scripted_source import ScriptedSource, book_of

from genkdash.live import Feed, Store
from genkdash.live.store import KeptSheet
from genkdash.sheet.errors import GoogleBusyError, GoogleDownError, GoogleNotSharedError
from genkdash.sheet.tables import RawBook


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def source() -> ScriptedSource:
    return ScriptedSource()


@pytest.fixture
def feed(source: ScriptedSource, clock: Clock) -> Feed:
    return feed_of(source, clock)


def feed_of(source: ScriptedSource, clock: Clock, store: Store | None = None) -> Feed:
    return Feed(source, store=store, clock=clock, utc_now=clock.utc_now, lot=lambda: 0.0)


def test_before_the_first_read_a_feed_is_starting(feed: Feed, clock: Clock) -> None:
    state = feed.state(clock.utc_now())
    assert (state.kind, state.revision, state.age_seconds, state.next_try_seconds) == ("starting", 0, None, 0)
    assert feed.snapshot is None


def test_after_a_good_read_it_is_live_and_as_old_as_the_read(feed: Feed, clock: Clock) -> None:
    feed.poll_once()
    clock.seconds += 4
    state = feed.state(clock.utc_now())
    assert (state.kind, state.revision, state.age_seconds, state.read_at) == ("live", 1, 4, START)
    assert (state.error, state.held, state.notice, state.from_disk) == (None, None, None, False)


def test_an_unwatched_feed_waits_a_minute_and_a_watched_one_five_seconds(feed: Feed) -> None:
    assert feed.poll_once() == 60
    feed.watch()
    assert feed.poll_once() == 5


def test_a_feed_is_watched_until_over_two_minutes_after_the_last_look(feed: Feed, clock: Clock) -> None:
    feed.watch()
    clock.seconds += 130
    assert feed.poll_once() == 5
    clock.seconds += 0.1
    assert feed.poll_once() == 60


def test_whoever_comes_after_a_quiet_time_need_not_wait_for_the_minute(feed: Feed, clock: Clock) -> None:
    feed.poll_once()
    clock.seconds += 20
    assert feed.state(clock.utc_now()).next_try_seconds == 40
    feed.watch()
    assert feed.state(clock.utc_now()).next_try_seconds == 0


def test_whoever_comes_just_after_a_read_waits_for_the_rest_of_the_five_seconds(feed: Feed, clock: Clock) -> None:
    feed.poll_once()
    clock.seconds += 2
    feed.watch()
    assert feed.state(clock.utc_now()).next_try_seconds == 3


def test_a_failure_makes_a_young_picture_late_and_says_why_and_when(
    feed: Feed, source: ScriptedSource, clock: Clock
) -> None:
    feed.watch()
    feed.poll_once()
    clock.seconds += 5
    source.trouble = GoogleDownError(status="503")
    assert feed.poll_once() == 4.5
    clock.seconds += 2
    state = feed.state(clock.utc_now())
    assert (state.kind, state.age_seconds, state.error, state.next_try_seconds) == ("late", 7, source.trouble, 2.5)
    assert state.revision == 1


@pytest.mark.parametrize(("age", "kind"), [(300, "late"), (301, "down")])
def test_a_picture_that_stays_old_for_five_minutes_is_down(
    feed: Feed, source: ScriptedSource, clock: Clock, age: float, kind: str
) -> None:
    feed.poll_once()
    clock.seconds += age
    source.trouble = GoogleDownError(status="503")
    feed.poll_once()
    assert feed.state(clock.utc_now()).kind == kind
    assert feed.snapshot is not None


def test_a_sheet_that_was_never_read_is_down(feed: Feed, source: ScriptedSource, clock: Clock) -> None:
    source.trouble = GoogleNotSharedError(email="genkdash@proef.iam.gserviceaccount.com")
    feed.poll_once()
    state = feed.state(clock.utc_now())
    assert (state.kind, state.error, state.age_seconds) == ("down", source.trouble, None)


def test_a_held_read_makes_the_picture_late(feed: Feed, source: ScriptedSource, clock: Clock) -> None:
    feed.poll_once()
    source.book = book_of(0)
    feed.poll_once()
    state = feed.state(clock.utc_now())
    assert (state.kind, str(state.held), state.error) == ("late", "rows-gone", None)


def test_a_fine_picture_that_nobody_renewed_is_not_live(feed: Feed, clock: Clock) -> None:
    feed.poll_once()
    clock.seconds += 106
    assert feed.state(clock.utc_now()).kind == "late"


def test_tries_come_later_and_later_but_a_watched_feed_recovers_within_five_seconds(
    feed: Feed, source: ScriptedSource
) -> None:
    source.trouble = GoogleDownError(status="503")
    assert [feed.poll_once() for _ in range(5)] == [5, 10, 20, 40, 60]
    feed.watch()
    assert feed.poll_once() == 4.5
    source.trouble = None
    assert feed.poll_once() == 5


def test_too_many_reads_wait_for_the_minute_whoever_watches_or_asks(
    feed: Feed, source: ScriptedSource, clock: Clock
) -> None:
    feed.watch()
    source.trouble = GoogleBusyError(retry_after=60)
    assert feed.poll_once() == 60
    clock.seconds += 59
    feed.watch()
    assert not feed.refresh_now()
    assert feed.state(clock.utc_now()).next_try_seconds == 1
    clock.seconds += 1
    assert feed.refresh_now()


def test_thirty_pages_watching_for_a_minute_cause_thirteen_reads(
    feed: Feed, source: ScriptedSource, clock: Clock
) -> None:
    for _ in range(61):
        for _ in range(30):
            feed.watch()
        if feed.state(clock.utc_now()).next_try_seconds == 0:
            feed.poll_once()
        clock.seconds += 1
    assert source.reads == 13


def test_refresh_now_is_granted_once_in_three_seconds_to_all_together(feed: Feed, clock: Clock) -> None:
    assert feed.refresh_now()
    clock.seconds += 2.9
    assert not feed.refresh_now()
    clock.seconds += 0.1
    assert feed.refresh_now()


def test_refresh_now_reads_a_file_that_looks_unchanged(feed: Feed, source: ScriptedSource) -> None:
    source.fingerprint_now = 1
    feed.poll_once()
    feed.poll_once()
    feed.refresh_now()
    feed.poll_once()
    feed.poll_once()
    assert source.reads == 2


def test_a_watched_file_is_looked_at_every_second(feed: Feed, source: ScriptedSource) -> None:
    source.fingerprint_now = 1
    assert feed.poll_once() == 60
    feed.watch()
    assert feed.poll_once() == 1


def test_the_kept_sheet_is_shown_with_its_age_until_it_is_confirmed(
    source: ScriptedSource, clock: Clock, tmp_path: Path
) -> None:
    store = Store(tmp_path, source="test")
    store.save(KeptSheet(book_of(3), START - timedelta(seconds=90)))
    feed = feed_of(source, clock, store)
    feed.load_kept()
    state = feed.state(clock.utc_now())
    assert (state.kind, state.from_disk, state.age_seconds, state.revision) == ("starting", True, 90, 1)
    feed.poll_once()
    state = feed.state(clock.utc_now())
    assert (state.kind, state.from_disk, state.age_seconds, state.revision) == ("live", False, 0, 1)


def test_a_clock_that_is_set_back_does_not_make_an_old_picture_look_new(feed: Feed, clock: Clock) -> None:
    feed.poll_once()
    clock.seconds += 70
    assert feed.state(clock.utc_now() - timedelta(hours=1)).age_seconds == 70


def test_a_machine_that_slept_knows_how_old_its_picture_is(feed: Feed, clock: Clock) -> None:
    feed.poll_once()
    state = feed.state(clock.utc_now() + timedelta(hours=8))
    assert (state.kind, state.age_seconds) == ("down", 8 * 3600)


def test_a_sheet_kept_in_the_future_has_no_age_until_it_is_confirmed(
    tmp_path: Path, source: ScriptedSource, clock: Clock
) -> None:
    store = Store(tmp_path, source="test")
    store.save(KeptSheet(book_of(3), START + timedelta(hours=1)))
    feed = feed_of(source, clock, store)
    feed.load_kept()
    assert feed.state(clock.utc_now()).age_seconds is None
    source.trouble = GoogleDownError(status="503")
    feed.poll_once()
    assert (feed.state(clock.utc_now()).kind, feed.snapshot is not None) == ("down", True)
    source.trouble = None
    feed.poll_once()
    assert (feed.state(clock.utc_now()).kind, feed.state(clock.utc_now()).age_seconds) == ("live", 0)


class GatedSource(ScriptedSource):
    """Tells when a read begins, and ends it when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = threading.Semaphore(0)
        self.may_end = threading.Semaphore(0)

    def read(self) -> RawBook:
        self.begun.release()
        assert self.may_end.acquire(timeout=20)
        return super().read()


@pytest.fixture
def gated() -> GatedSource:
    return GatedSource()


def test_a_viewer_never_waits_for_a_read(gated: GatedSource) -> None:
    feed = Feed(gated, store=None)
    feed.start()
    assert gated.begun.acquire(timeout=20)
    feed.watch()
    assert feed.refresh_now()
    feed.start()
    assert feed.snapshot is None
    assert feed.state(datetime.now(UTC)).kind == "starting"
    gated.may_end.release(5)
    feed.stop(timeout_seconds=20)


def test_starting_twice_makes_one_thread(gated: GatedSource) -> None:
    feed = Feed(gated, store=None)
    feed.start()
    feed.start()
    assert gated.begun.acquire(timeout=20)
    assert [thread.name for thread in threading.enumerate()].count("genkdash-feed") == 1
    gated.may_end.release(5)
    feed.stop(timeout_seconds=20)
    assert "genkdash-feed" not in [thread.name for thread in threading.enumerate()]


def test_a_stopped_feed_that_is_started_again_reads_at_once(gated: GatedSource) -> None:
    gated.may_end.release(5)
    feed = Feed(gated, store=None)
    for _ in range(2):
        feed.start()
        assert gated.begun.acquire(timeout=20)
        feed.stop(timeout_seconds=20)


def test_refresh_now_wakes_a_thread_that_would_wait_for_a_minute(gated: GatedSource) -> None:
    gated.may_end.release(5)
    feed = Feed(gated, store=None)
    feed.start()
    assert feed.wait_for(lambda: feed.snapshot is not None, timeout_seconds=20)
    assert gated.begun.acquire(timeout=20)
    gated.book = book_of(4)
    assert feed.refresh_now()
    assert feed.wait_for(lambda: feed.state(START).revision == 2, timeout_seconds=20)
    feed.stop(timeout_seconds=20)
