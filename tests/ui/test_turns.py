"""Pages take turns: no more at once than there are turns, and who waits for something else holds up nobody."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from genkdash.ui.turns import Turns


def test_no_more_draw_at_once_than_there_are_turns_and_everybody_gets_one() -> None:
    turns, lock = Turns(at_once=2, slow_seconds=60), threading.Lock()
    drawing, most, drawn = 0, 0, 0

    def draw(_number: int) -> None:
        nonlocal drawing, most, drawn
        with turns.turn():
            with lock:
                drawing += 1
                most = max(most, drawing)
            with lock:
                drawing -= 1
                drawn += 1

    with ThreadPoolExecutor(20) as people:
        list(people.map(draw, range(200)))
    assert (most <= 2, drawn) == (True, 200)


def test_a_run_that_lasts_long_keeps_nobody_from_a_turn() -> None:
    turns, begun, may_end = Turns(at_once=1, slow_seconds=0.01), threading.Event(), threading.Event()

    def wait_long() -> None:
        with turns.turn():
            begun.set()
            may_end.wait()

    slow = threading.Thread(target=wait_long)
    slow.start()
    begun.wait()
    with turns.turn():
        assert slow.is_alive()
    may_end.set()
    slow.join()


def test_a_turn_that_ends_in_an_error_is_given_back() -> None:
    turns = Turns(at_once=1, slow_seconds=60)
    with pytest.raises(ValueError, match="broken"), turns.turn():
        raise ValueError("broken")
    with turns.turn():
        pass
