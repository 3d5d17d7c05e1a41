"""Several feeds, one reader, over a real server. Each test says when a thread would come by, and what time it is."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from moving_clock import START, Clock
from redis_server import RedisServer, running_redis
from scripted_source import ScriptedSource, book_of

from genkdash.live import Feed, Store
from genkdash.live.shared_board import Board
from genkdash.live.shared_client import connect_to
from genkdash.live.shared_feed import SharedFeed
from genkdash.live.store import KeptSheet
from genkdash.sheet.errors import GoogleBusyError, GoogleNotSharedError
from genkdash.sheet.tables import RawBook


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with running_redis(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def server(shared: RedisServer) -> RedisServer:
    shared.client.flushall()
    return shared


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def source() -> ScriptedSource:
    return ScriptedSource()


Make = Callable[..., SharedFeed]


@pytest.fixture
def make(server: RedisServer, source: ScriptedSource, clock: Clock) -> Iterator[Make]:
    made: list[SharedFeed] = []

    def make(store: Store | None = None, at: RedisServer = server) -> SharedFeed:
        board = Board(connect_to(at.url), source="de sheet van de test")
        feed = SharedFeed(source, store=store, board=board, clock=clock, utc_now=clock.utc_now, lot=lambda: 0.0)
        made.append(feed)
        return feed

    yield make
    for feed in made:
        feed.stop()


def a_pair(make: Make) -> tuple[SharedFeed, SharedFeed]:
    """A reader that has read and said when it will again, and one that follows it."""
    reader, follower = make(), make()
    reader.share_once()
    reader.poll_once()
    reader.share_once()
    follower.share_once()
    return reader, follower


def shown(feed: Feed) -> tuple[int, int]:
    """The number of the picture, and how many posts are in it."""
    assert feed.snapshot is not None
    return feed.snapshot.revision, len(feed.snapshot.book.tabs[0].rows) - 1


def test_one_reads_and_the_other_shows_the_same_picture_under_the_same_number(
    make: Make, source: ScriptedSource, clock: Clock
) -> None:
    reader, follower = a_pair(make)
    clock.seconds += 3

    assert (reader.is_reader, follower.is_reader, source.reads) == (True, False, 1)
    assert shown(follower) == shown(reader) == (2, 3)
    assert follower.state(clock.utc_now()) == reader.state(clock.utc_now())
    assert follower.state(clock.utc_now()).age_seconds == 3


def test_who_follows_never_reads_however_often_its_thread_comes_by(make: Make, source: ScriptedSource) -> None:
    _, follower = a_pair(make)
    follower.poll_once()
    follower.poll_once()
    assert source.reads == 1


def test_a_change_reaches_who_follows_at_its_next_look(make: Make, source: ScriptedSource) -> None:
    reader, follower = a_pair(make)
    source.book = book_of(4)
    reader.poll_once()
    follower.share_once()
    assert shown(follower) == (3, 4)


def test_what_went_wrong_reaches_who_follows_with_its_sentence(
    make: Make, source: ScriptedSource, clock: Clock
) -> None:
    reader, follower = a_pair(make)
    source.trouble = GoogleNotSharedError(email="wie@voorbeeld.be")
    clock.seconds += 4
    reader.poll_once()
    reader.share_once()
    follower.share_once()
    state = follower.state(clock.utc_now())

    assert (state.kind, state.revision, state.age_seconds) == ("late", 2, 4)
    assert isinstance(state.error, GoogleNotSharedError)
    assert state.error.detail == {"email": "wie@voorbeeld.be"}
    assert state.next_try_seconds == reader.state(clock.utc_now()).next_try_seconds > 0


def test_a_read_that_is_held_is_held_with_who_follows(make: Make, source: ScriptedSource, clock: Clock) -> None:
    reader, follower = a_pair(make)
    source.book = book_of(1)
    reader.poll_once()
    follower.share_once()
    held = follower.state(clock.utc_now()).held

    assert held is not None
    assert (held.code, held.tab, held.before, held.after) == ("rows-gone", "Berichten", 3, 1)
    assert shown(follower) == (2, 3)


def test_a_reader_that_stops_lets_the_next_one_in_at_once_which_counts_on(make: Make, source: ScriptedSource) -> None:
    reader, follower = a_pair(make)
    reader.stop()
    follower.share_once()
    source.book = book_of(4)
    follower.poll_once()

    assert (follower.is_reader, shown(follower)) == (True, (3, 4))


def test_who_slept_through_its_turn_shows_and_publishes_nothing_of_what_it_read(
    make: Make, source: ScriptedSource, server: RedisServer
) -> None:
    reader, follower = a_pair(make)

    source.book = book_of(4)
    read = source.read

    def read_slowly() -> RawBook:
        source.read = read  # type: ignore[method-assign]
        server.client.delete(*server.keys("lease"))
        follower.share_once()
        follower.poll_once()
        return book_of(5)

    source.read = read_slowly  # type: ignore[method-assign]
    reader.poll_once()

    assert (reader.is_reader, follower.is_reader) == (True, True)
    assert (shown(reader), shown(follower)) == ((2, 3), (3, 4))
    reader.share_once()
    assert (reader.is_reader, shown(reader)) == (False, (3, 4))


def test_pages_that_are_open_elsewhere_make_the_reader_read_at_their_pace(
    make: Make, clock: Clock, server: RedisServer
) -> None:
    reader, follower = a_pair(make)
    assert reader.poll_once() == 60
    follower.watch()
    follower.share_once()
    reader.share_once()
    assert reader.poll_once() == 5
    server.client.delete(*server.keys("watched"))
    clock.seconds += 5.1
    reader.share_once()
    assert reader.poll_once() == 60


def test_whoever_asks_for_a_read_anywhere_gets_one(make: Make, source: ScriptedSource, clock: Clock) -> None:
    reader, follower = a_pair(make)
    assert follower.refresh_now() is True
    follower.share_once()
    source.fingerprint_now = "unchanged"
    reader.poll_once()
    clock.seconds += 0.5
    reader.share_once()
    reads = source.reads
    reader.poll_once()
    assert source.reads == reads + 1
    # Once is enough.
    follower.share_once()
    reader.share_once()
    reader.poll_once()
    assert source.reads == reads + 1


def test_google_s_wish_to_wait_outlives_the_reader_that_heard_it(
    make: Make, source: ScriptedSource, clock: Clock
) -> None:
    reader, follower = a_pair(make)
    source.trouble = GoogleBusyError(retry_after=60.0)
    reader.poll_once()
    reader.share_once()
    follower.share_once()
    reader.stop()
    clock.seconds += 10
    follower.share_once()

    assert follower.is_reader
    assert follower.state(clock.utc_now()).next_try_seconds == 50


def test_without_the_shared_memory_nobody_reads_and_everybody_keeps_the_last_good_and_says_so(
    make: Make, source: ScriptedSource, clock: Clock, tmp_path: Path
) -> None:
    with running_redis(tmp_path) as server:
        reader, follower = make(at=server), make(at=server)
        reader.share_once()
        reader.poll_once()
        follower.share_once()
        server.stop()
        for feed in (reader, follower):
            feed.share_once()
        assert [feed.state(clock.utc_now()).kind for feed in (reader, follower)] == ["live", "live"]

        clock.seconds += 5
        for feed in (reader, follower):
            feed.share_once()
            feed.poll_once()
            state = feed.state(clock.utc_now())
            assert (state.kind, state.error and state.error.code) == ("late", "shared-gone")
            assert (shown(feed), feed.is_reader) == ((2, 3), False)
        assert source.reads == 1

        # It comes back empty, as after a power cut; whoever is first reads, under a number that nobody has seen.
        server.start()
        source.book = book_of(4)
        follower.share_once()
        follower.poll_once()
        reader.share_once()
        assert (reader.is_reader, follower.is_reader, source.reads) == (False, True, 2)
        assert [shown(feed) for feed in (reader, follower)] == [(3, 4), (3, 4)]
        assert reader.state(clock.utc_now()).kind == "live"


def test_a_newcomer_on_an_empty_server_passes_the_numbers_that_others_have_shown(
    make: Make, source: ScriptedSource, server: RedisServer, clock: Clock
) -> None:
    reader, follower = a_pair(make)
    for posts in (4, 5, 6):
        source.book = book_of(posts)
        reader.poll_once()
    follower.share_once()
    assert shown(follower) == (5, 6)
    reader.stop()
    server.client.flushall()

    newcomer = make()
    newcomer.share_once()
    newcomer.poll_once()
    assert shown(newcomer) == (2, 6)
    follower.share_once()
    assert shown(follower) == (5, 6)
    clock.seconds += 1
    newcomer.share_once()
    newcomer.poll_once()
    follower.share_once()
    assert (shown(newcomer), shown(follower)) == ((6, 6), (6, 6))


@pytest.mark.parametrize("name", ["picture", "told"])
def test_a_value_that_is_not_ours_is_not_shown_and_is_written_again(
    name: str, make: Make, server: RedisServer, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    reader, _ = a_pair(make)
    server.client.set(server.keys(name)[0], b"Amina, 0470 12 34 56")
    newcomer = make()
    newcomer.share_once()
    newcomer.share_once()
    assert newcomer.snapshot is None
    told = [record.getMessage() for record in caplog.records if "not ours" in record.getMessage()]
    assert told == ["what stands in the shared memory is not ours, and is not shown"]

    clock.seconds += 1
    reader.share_once()
    reader.poll_once()
    newcomer.share_once()
    assert newcomer.snapshot is not None
    assert shown(newcomer) == shown(reader)


def test_a_picture_that_the_server_threw_out_is_written_again(make: Make, server: RedisServer) -> None:
    reader, _ = a_pair(make)
    server.client.delete(*server.keys("picture"))
    reader.poll_once()
    newcomer = make()
    newcomer.share_once()
    assert shown(newcomer)[1] == 3


def test_a_restart_begins_with_what_was_kept_on_disk_and_goes_on_with_what_is_shared(
    make: Make, tmp_path: Path, clock: Clock
) -> None:
    reader, _ = a_pair(make)
    store = Store(tmp_path, source="x")
    store.save(KeptSheet(book_of(2), START - timedelta(days=1)))
    newcomer = make(store)
    newcomer.load_kept()
    assert (shown(newcomer), newcomer.state(clock.utc_now()).from_disk) == ((1, 2), True)
    newcomer.share_once()
    assert (shown(newcomer), newcomer.state(clock.utc_now()).from_disk) == ((2, 3), False)
    assert shown(reader) == (2, 3)


def test_a_wrong_password_is_said_at_once_and_stands_nowhere(
    make: Make, clock: Clock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with running_redis(tmp_path, password="welkom-in-genk") as server:
        server.url = server.url.replace("welkom-in-genk", "fout-geheim")
        feed = make(at=server)
        feed.share_once()
        feed.poll_once()
        state = feed.state(clock.utc_now())

        assert state.error is not None
        assert state.error.code == "shared-refused"
        assert "geheim" not in caplog.text
        assert "geheim" not in repr((state.error, state.error.__cause__, state.error.detail))


def test_two_feeds_with_threads_of_their_own_share_one_reader(server: RedisServer, source: ScriptedSource) -> None:
    feeds = [
        SharedFeed(source, store=None, board=Board(connect_to(server.url), source="x"), watched_seconds=1)
        for _ in range(2)
    ]
    for feed in feeds:
        feed.start()
        feed.watch()
    assert all(feed.wait_for(lambda feed=feed: feed.snapshot is not None, timeout_seconds=20) for feed in feeds)  # type: ignore[misc]
    assert [feed.is_turning() for feed in feeds] == [True, True]
    feeds.sort(key=lambda feed: not feed.is_reader)
    source.book = book_of(4)
    feeds[0].stop()
    assert feeds[1].wait_for(lambda: shown(feeds[1]) == (3, 4), timeout_seconds=20)
    feeds[1].stop()


def test_a_start_without_the_shared_memory_shows_what_was_kept_on_disk_and_says_why_it_stays_so(
    make: Make, source: ScriptedSource, clock: Clock, tmp_path: Path
) -> None:
    store = Store(tmp_path, source="x")
    store.save(KeptSheet(book_of(2), START - timedelta(days=1)))
    with running_redis(tmp_path) as server:
        server.stop()
        feed = make(store, at=server)
        feed.load_kept()
        feed.share_once()
        assert feed.state(clock.utc_now()).kind == "starting"
        clock.seconds += 5
        feed.share_once()
        feed.poll_once()
        state = feed.state(clock.utc_now())

    assert (state.kind, state.error and state.error.code, shown(feed), source.reads) == (
        "down",
        "shared-gone",
        (1, 2),
        0,
    )
