"""When the sheet is read next."""

import pytest

from genkdash.live.schedule import Schedule

CALM = Schedule(watched_seconds=5, idle_seconds=60)


def succeeded(
    started_at: float = 100.0, ended_at: float = 102.0, *, is_file: bool = False, is_held: bool = False
) -> Schedule:
    return CALM.after_success(started_at=started_at, ended_at=ended_at, is_file=is_file, is_held=is_held)


def failed(times: int, *, retry_after: float | None = None, lot: float = 0.0, is_file: bool = False) -> Schedule:
    schedule = CALM
    for _ in range(times):
        schedule = schedule.after_failure(
            started_at=100.0, ended_at=120.0, is_file=is_file, retry_after=retry_after, lot=lot
        )
    return schedule


@pytest.mark.parametrize("is_watched", [True, False])
def test_the_first_read_is_at_once(is_watched: bool) -> None:  # noqa: FBT001  one of two cases
    assert CALM.due_at(is_watched=is_watched) is None


def test_a_watched_sheet_is_read_every_five_seconds_from_start_to_start() -> None:
    assert succeeded().due_at(is_watched=True) == 105


def test_an_unwatched_sheet_is_read_every_minute() -> None:
    assert succeeded().due_at(is_watched=False) == 160


def test_a_watched_file_is_looked_at_every_second() -> None:
    assert succeeded(is_file=True).due_at(is_watched=True) == 101


def test_a_held_file_is_looked_at_again_at_the_pace_of_a_read() -> None:
    assert succeeded(is_file=True, is_held=True).due_at(is_watched=True) == 105


@pytest.mark.parametrize(("times", "wait"), [(1, 4.5), (2, 4.5), (50, 4.5)])
def test_a_watched_sheet_is_tried_again_within_five_seconds_of_the_end_of_the_try(times: int, wait: float) -> None:
    assert failed(times).due_at(is_watched=True) == 120 + wait


@pytest.mark.parametrize(("times", "wait"), [(1, 5), (2, 10), (3, 20), (4, 40), (5, 60), (50, 60)])
def test_an_unwatched_sheet_is_tried_later_and_later_up_to_a_minute(times: int, wait: float) -> None:
    assert failed(times).due_at(is_watched=False) == 120 + wait


@pytest.mark.parametrize(("times", "wait"), [(1, 1), (2, 2), (9, 2)])
def test_a_watched_file_is_tried_again_within_two_seconds(times: int, wait: float) -> None:
    assert failed(times, is_file=True).due_at(is_watched=True) == 120 + wait


@pytest.mark.parametrize(("lot", "wait"), [(0.0, 40.0), (0.5, 35.0), (1.0, 30.0)])
def test_a_quarter_of_the_wait_is_drawn_by_lot(lot: float, wait: float) -> None:
    assert failed(4, lot=lot).due_at(is_watched=False) == 120 + wait


@pytest.mark.parametrize("is_watched", [True, False])
def test_a_wait_that_google_asks_for_is_kept_whoever_watches(is_watched: bool) -> None:  # noqa: FBT001  one of two cases
    assert failed(1, retry_after=60).due_at(is_watched=is_watched) == 180


def test_a_success_forgets_failures_and_waits() -> None:
    schedule = failed(4, retry_after=60).after_success(started_at=200, ended_at=201, is_file=False, is_held=False)
    assert schedule.due_at(is_watched=True) == 205
    assert schedule.not_before == 0
