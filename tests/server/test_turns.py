"""Pages take turns: in the order in which they came, and who waits for something else holds up nobody."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from functools import partial

from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests

from genkdash.server.turns import Turns


def on_a_loop(look: Callable[[asyncio.AbstractEventLoop], Awaitable[list[str]]]) -> list[str]:
    async def within() -> list[str]:
        async with asyncio.timeout(10):
            return await look(asyncio.get_running_loop())

    return asyncio.run(within())


def test_no_more_are_drawn_at_once_than_there_are_turns_and_who_came_first_is_first() -> None:
    async def look(loop: asyncio.AbstractEventLoop) -> list[str]:
        turns, begun = Turns(loop, at_once=2, slow_seconds=60), asyncio.Queue[str]()
        for name in "abcde":
            turns.ask(name, partial(begun.put_nowait, name))
        told = []
        for _ in "abcde":
            name = await begun.get()
            told.append(f"{name} beside {begun.qsize()}")
            loop.call_soon(turns.end, name)
        return told

    assert on_a_loop(look) == ["a beside 1", "b beside 0", "c beside 1", "d beside 0", "e beside 0"]


def test_a_turn_passes_on_when_what_was_said_last_is_on_its_way() -> None:
    async def look(loop: asyncio.AbstractEventLoop) -> list[str]:
        turns, told, is_over = Turns(loop, at_once=1, slow_seconds=60), list[str](), asyncio.Event()
        turns.ask("first", partial(told.append, "first begins"))
        turns.ask("next", partial(told.append, "next begins"))
        turns.ask("last", is_over.set)
        loop.call_soon(loop.call_soon, told.append, "first is sent")
        turns.end("first")
        turns.end("next")
        await is_over.wait()
        return told

    assert on_a_loop(look) == ["first begins", "first is sent", "next begins"]


def test_a_run_that_lasts_long_keeps_nobody_from_a_turn_and_ends_none_but_its_own() -> None:
    async def look(loop: asyncio.AbstractEventLoop) -> list[str]:
        turns, begun = Turns(loop, at_once=1, slow_seconds=0.01), asyncio.Queue[str]()
        turns.ask("slow", partial(begun.put_nowait, "slow"))
        turns.ask("next", partial(begun.put_nowait, "next"))
        told = [await begun.get(), await begun.get()]
        turns.end("slow")
        turns.end("next")
        turns.ask("last", partial(begun.put_nowait, "last"))
        return [*told, await begun.get()]

    assert on_a_loop(look) == ["slow", "next", "last"]


def test_a_run_begins_and_ends_where_we_let_it_wait() -> None:
    assert "self._scriptrunner.start()" in inspect.getsource(AppSession)
    assert "target=self._run_script_thread" in inspect.getsource(ScriptRunner.start)
    assert "event=ScriptRunnerEvent.SHUTDOWN" in inspect.getsource(ScriptRunner._run_script_thread)  # noqa: SLF001
    assert "self._requests = ScriptRequests()" in inspect.getsource(ScriptRunner.__init__)
    requests = ScriptRequests()
    requests.request_rerun(RerunData(fragment_id="a"))
    assert requests._rerun_data.fragment_id_queue == ["a"]  # noqa: SLF001
