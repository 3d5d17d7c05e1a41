"""How do the messages of a run get to a browser with less work? Together, where Streamlit takes one at a time.

A run of a page sends some hundred messages. Streamlit wakes the event loop for each of them, goes round by all open
pages, and writes to the network once for each. Here the loop is woken once for all that a run has said since it was
last heard, the messages go straight to the page they are for, and leave in one write (docs/adr/0016). What a session
says stays in its order: all of it passes `_hear`, and all of it leaves by `_send_waiting`.
"""

# ruff: noqa: SLF001  what is private is used in this module and its neighbour, so that it is used in no other
import threading
import time
from asyncio import AbstractEventLoop
from collections import deque
from collections.abc import Iterable
from typing import Any
from weakref import WeakKeyDictionary

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import Config, CustomThemeConfig
from streamlit.runtime import Runtime, app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import ScriptRunner
from streamlit.runtime.scriptrunner.script_runner import ScriptRunnerEvent
from streamlit.runtime.session_manager import SessionClientDisconnectedError
from streamlit.web.server.starlette.starlette_websocket import StarletteSessionClient

from genkdash.server.private_streamlit_wire import write_together

# How long a message waits for the next ones of a run that goes on. What a run says last goes at once, and takes along
# what waits.
_SOON_SECONDS = 0.02
# How long a browser has for what was sent first. It draws in one go what it gets in one go; measured, a chart that
# twenty cards follow is there a fifth sooner, and the cards are as much later.
_HEAD_START_SECONDS = 0.03
# How soon a browser that takes nothing now is tried again.
_AGAIN_SECONDS = 0.1

_SILENT, _SOON, _NOW = range(3)


class _Said:
    """What the runs of one session said and the event loop has not heard yet, and how urgently it was called."""

    __slots__ = ("called", "events")

    def __init__(self) -> None:
        self.events: deque[tuple[ScriptRunner | None, ScriptRunnerEvent, dict[str, Any]]] = deque()
        self.called = _SILENT


class _Loop:
    """The event loop of the server: in which thread it runs, and whether it hears a session at this moment."""

    thread = 0
    is_hearing = False


_LOOP = _Loop()
_SAID: WeakKeyDictionary[AppSession, _Said] = WeakKeyDictionary()
_SAID_LOCK = threading.Lock()


def send_with_less_work() -> None:
    """Take the short road from now on. On the event loop of the server, before the first session begins."""
    if not Runtime.exists():
        return
    runtime = Runtime.instance()
    _LOOP.thread = threading.get_ident()
    app_session._populate_theme_msg = _theme_of_before
    app_session._populate_config_msg = _settings_of_before
    AppSession._compute_skills_nudge_state = _nothing_to_install  # type: ignore[method-assign, assignment]
    AppSession._on_scriptrunner_event = _say  # type: ignore[method-assign, assignment]
    AppSession.flush_browser_queue = _flush  # type: ignore[method-assign, assignment]
    write_together()

    def wake() -> None:
        if threading.get_ident() != _LOOP.thread:
            runtime._enqueued_some_message()
        elif not _LOOP.is_hearing:  # what it hears is sent as soon as it has heard all
            runtime._get_async_objs().need_send_data.set()

    runtime._session_mgr._message_enqueued_callback = wake  # type: ignore[attr-defined]  # of the one over websockets


def say_together(session: AppSession, runner: ScriptRunner, messages: Iterable[ForwardMsg]) -> None:
    """Say all these messages of a run, as if it had said one after the other. For the thread of the run."""
    said = _said(session)
    said.events.extend((runner, ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, {"forward_msg": one}) for one in messages)
    _call(session, said, _SOON)


def say_so_far(session: AppSession, *, is_waiting: bool) -> None:
    """Have what a run said so far sent while it goes on. For the thread of the run.

    A run that `is_waiting` lets go of the interpreter until it is sent and the browser has begun to draw it, if not for
    long: the event loop would else wait for the interpreter until the run has more to say, and send it all together.
    """
    said = _said(session)
    if not is_waiting:
        _call(session, said, _NOW)
        return
    is_sent = threading.Event()

    def hear() -> None:
        try:
            _hear(session, said)
        finally:
            is_sent.set()

    session._call_soon_on_event_loop(hear)
    if is_sent.wait(_SOON_SECONDS):
        time.sleep(_HEAD_START_SECONDS)


def _say(session: AppSession, sender: ScriptRunner | None, event: ScriptRunnerEvent, **more: Any) -> None:
    """Say what happened in a run, for any thread: in the place of Streamlit's own `_on_scriptrunner_event`."""
    said = _said(session)
    said.events.append((sender, event, more))
    # On the event loop itself somebody reckons with it that this is heard before what is scheduled next.
    is_urgent = event is ScriptRunnerEvent.SHUTDOWN or threading.get_ident() == _LOOP.thread
    _call(session, said, _NOW if is_urgent else _SOON)


def _said(session: AppSession) -> _Said:
    with _SAID_LOCK:
        return _SAID.setdefault(session, _Said())


def _call(session: AppSession, said: _Said, when: int) -> None:
    """Have the event loop hear what was said, soon or now; unless it is called already."""
    if said.called >= when:
        return
    said.called = when
    loop = session._event_loop
    if when == _NOW:
        session._call_soon_on_event_loop(lambda: _hear(session, said))
    else:
        session._call_soon_on_event_loop(lambda: _hear_later(loop, session, said))


def _hear_later(loop: AbstractEventLoop, session: AppSession, said: _Said) -> None:
    loop.call_later(_SOON_SECONDS, _hear, session, said)


def _hear(session: AppSession, said: _Said) -> None:
    """Hear all that was said, and send what came of it. On the event loop."""
    # First, so that who says something from here on either is heard below, or calls again.
    said.called = _SILENT
    _LOOP.is_hearing = True
    try:
        while said.events:
            sender, event, more = said.events.popleft()
            if event is ScriptRunnerEvent.ENQUEUE_FORWARD_MSG and sender is session._scriptrunner:
                session._browser_queue.enqueue(more["forward_msg"])  # all that it would come to
            else:
                session._handle_scriptrunner_event_on_event_loop(sender, event, **more)
    finally:
        _LOOP.is_hearing = False
        if said.events:  # one could not be handled; those after it can
            _call(session, said, _NOW)
        _send_waiting(session)


def _flush(session: AppSession) -> list[ForwardMsg]:
    """Send what waits, and leave nothing to send to who asks: in the place of `flush_browser_queue`."""
    _send_waiting(session)
    return []


def _send_waiting(session: AppSession) -> None:
    """Hand all messages that wait in a session to its page; they wait on where it is not connected."""
    runtime = Runtime.instance()
    page = runtime._session_mgr.get_active_session_info(session.id)
    queue = session._browser_queue
    if page is None or queue.is_empty():
        return
    client = page.client
    messages = queue.flush()
    if isinstance(client, StarletteSessionClient):
        room = client._send_queue.maxsize - client._send_queue.qsize()
        if room < len(messages):  # its browser takes them slowly
            queue._queue = messages[room:]
            session._event_loop.call_later(_AGAIN_SECONDS, _send_waiting, session)
            messages = messages[:room]
    try:
        for message in messages:
            runtime._send_message(page, message)
    except SessionClientDisconnectedError:
        runtime.disconnect_session(session.id, client=client)
    session.on_flushed_messages_sent()


_read_theme = app_session._populate_theme_msg
_THEMES: dict[str, CustomThemeConfig] = {}


def _theme_of_before(msg: CustomThemeConfig, section: str = "theme") -> None:
    """Fill `msg` with the theme of this section, which stays as it was when it was first asked for."""
    if section not in _THEMES:
        theme = CustomThemeConfig()
        _read_theme(theme, section)
        _THEMES[section] = theme
    if _THEMES[section].ByteSize():  # a section without a setting stays unset, and is not an empty one
        msg.CopyFrom(_THEMES[section])


_read_settings = app_session._populate_config_msg
_SETTINGS: list[Config] = []


def _settings_of_before(msg: Config) -> None:
    """Fill `msg` with what a browser is told of the server's settings, which stays as it was."""
    if not _SETTINGS:
        settings = Config()
        _read_settings(settings)
        _SETTINGS.append(settings)
    msg.CopyFrom(_SETTINGS[0])


def _nothing_to_install(_session: AppSession) -> tuple[bool, str]:
    """Recommend nobody to install something of Streamlit's, without looking whether it is there."""
    return False, ""
