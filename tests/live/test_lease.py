"""Who reads, when several could? On a real server; our own clock only moves when the test says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from redis_server import RedisServer, running_redis

from genkdash.live.lease import Lease
from genkdash.live.shared_board import Board
from genkdash.live.shared_client import connect_to
from genkdash.sheet.errors import SharedMemoryGoneError


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with running_redis(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def board(server: RedisServer) -> Iterator[Board]:
    server.client.flushall()
    board = Board(connect_to(server.url), source="de sheet van de test")
    yield board
    board.close()


class Clock:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_one_takes_it_and_the_other_waits_until_it_is_given_back(board: Board) -> None:
    one, other = Lease(board, seconds=30), Lease(board, seconds=30)

    assert (one.take(), other.take()) == (True, False)
    assert (one.turn is not None, other.turn) == (True, None)
    one.give_back()
    assert (other.take(), one.take()) == (True, False)


def test_every_turn_has_a_higher_number(board: Board) -> None:
    numbers = []
    for _ in range(3):
        lease = Lease(board, seconds=30)
        lease.take()
        numbers.append(lease.turn.number if lease.turn else 0)
        lease.give_back()

    assert numbers == [1, 2, 3]


def test_by_our_own_clock_a_lease_that_is_not_renewed_runs_out(board: Board) -> None:
    clock = Clock()
    lease = Lease(board, seconds=30, clock=clock)
    lease.take()

    clock.seconds += 29.9
    assert lease.turn is not None
    clock.seconds += 0.1
    assert lease.turn is None
    assert lease.keep() is True
    assert lease.turn is not None


def test_a_lease_that_somebody_took_over_is_neither_renewed_nor_given_back_by_who_had_it(
    board: Board, server: RedisServer
) -> None:
    one, other = Lease(board, seconds=30), Lease(board, seconds=30)
    one.take()
    # It ran out: as if the first one had been asleep.
    server.client.delete(*server.keys("lease"))
    other.take()

    assert (one.keep(), one.turn) == (False, None)
    one.give_back()
    assert other.keep() is True


def test_who_slept_through_its_turn_can_publish_nothing(board: Board, server: RedisServer) -> None:
    one, other = Lease(board, seconds=30), Lease(board, seconds=30)
    one.take()
    slept = one.turn
    server.client.delete(*server.keys("lease"))
    other.take()

    assert slept is not None
    assert other.turn is not None
    assert board.publish(slept, b"old", picture=b"old", has_picture=True) == "refused"
    assert board.publish(other.turn, b"new", picture=b"new", has_picture=True) == "published"
    assert (board.look().told, board.fetch_picture()) == (b"new", b"new")


def test_what_is_published_goes_away_within_the_hour(board: Board, server: RedisServer) -> None:
    lease = Lease(board, seconds=30)
    lease.take()
    assert lease.turn is not None
    board.publish(lease.turn, b"told", picture=b"picture", has_picture=True)
    board.say(is_watched=True, is_asked=True)
    lease.keep(next_try=b"later")
    board.raise_floor(7)

    left = {key.rpartition(b":")[2].decode(): server.client.pttl(key) for key in server.client.scan_iter("*")}
    assert left.pop("turns") == -1
    assert sorted(left) == ["asked", "floor", "lease", "next-try", "picture", "told", "watched"]
    assert {name: ms for name, ms in left.items() if not 0 < ms <= 3600 * 1000} == {}


def test_a_floor_only_rises(board: Board) -> None:
    for number in (7, 3):
        board.raise_floor(number)
    assert board.look().floor == 7


def test_boards_of_other_sources_know_nothing_of_each_other(board: Board, server: RedisServer) -> None:
    other = Board(connect_to(server.url), source="een andere sheet")
    assert Lease(board, seconds=30).take()
    assert Lease(other, seconds=30).take()
    other.close()


def test_names_of_keys_tell_neither_the_sheet_nor_its_address(board: Board, server: RedisServer) -> None:
    Lease(board, seconds=30).take()
    assert all(key.startswith(b"genkdash:1:{") and b"sheet" not in key for key in server.client.scan_iter("*"))


def test_a_lease_stays_ours_while_the_server_is_away_but_no_longer_than_it_lasts(tmp_path: Path) -> None:
    clock = Clock()
    with running_redis(tmp_path) as server:
        board = Board(connect_to(server.url), source="x")
        lease = Lease(board, seconds=30, clock=clock)
        lease.take()
        server.stop()
        with pytest.raises(SharedMemoryGoneError):
            lease.keep()
        clock.seconds += 29
        assert lease.turn is not None
        clock.seconds += 1
        assert lease.turn is None
        board.close()
