"""How do the runs of all pages take turns? A run of a whole page begins when it has one, and not before.

Streamlit starts a thread for each run as soon as it is asked for. Here the thread starts at its turn: who waits has no
thread yet, says nothing, and costs nothing (docs/adr/0016). Runs of fragments are short, and begin at once.
"""

# ruff: noqa: SLF001  what is private is used in this module and its neighbours, so that it is used in no other
import asyncio
import logging
import threading

from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import ScriptRunner
from streamlit.runtime.scriptrunner.script_runner import ScriptRunnerEvent

from genkdash.server.turns import Turns

_LOG = logging.getLogger(__name__)

_start = ScriptRunner.start
_run_to_the_end = ScriptRunner._run_script_thread


def take_turns() -> None:
    """Have the pages take turns from now on. On the event loop of the server, before the first session begins."""
    if not Runtime.exists():
        return
    loop, thread = asyncio.get_running_loop(), threading.get_ident()
    turns = Turns(loop)

    def start_in_turn(runner: ScriptRunner) -> None:
        if runner._requests._rerun_data.fragment_id_queue:
            _start(runner)
        elif threading.get_ident() == thread:
            turns.ask(runner, lambda: begin(runner))
        else:
            loop.call_soon_threadsafe(turns.ask, runner, lambda: begin(runner))

    def begin(runner: ScriptRunner) -> None:
        try:
            _start(runner)
        except RuntimeError as error:  # no thread is to be had
            _LOG.error("a run could not start: %s", type(error).__name__)
            runner.on_event.send(runner, event=ScriptRunnerEvent.SHUTDOWN, client_state=None)
            turns.end(runner)

    def run_and_pass_on(runner: ScriptRunner) -> None:
        try:
            _run_to_the_end(runner)
        finally:
            # After what it said last, which it has called the loop for by now.
            if not loop.is_closed():
                loop.call_soon_threadsafe(turns.end, runner)

    ScriptRunner.start = start_in_turn  # type: ignore[method-assign, assignment]
    ScriptRunner._run_script_thread = run_and_pass_on  # type: ignore[method-assign, assignment]
