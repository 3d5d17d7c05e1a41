"""What a run says comes to its browser together, all of it and in its order."""

import asyncio
import inspect
from collections.abc import Iterator
from typing import Any, cast

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime, RuntimeConfig, app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.runtime import Runtime as RuntimeClass
from streamlit.runtime.scriptrunner.script_runner import ScriptRunnerEvent
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager
from streamlit.web.server.starlette.starlette_websocket import StarletteSessionClient
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from genkdash.server.private_streamlit_sending import say_together, send_with_less_work
from genkdash.server.private_streamlit_wire import Together


class SlowBrowser:
    """The websocket of a browser that takes nothing before it is told to, and what it took."""

    client = None

    def __init__(self, until: str) -> None:
        self.headers: dict[str, str] = {}
        self.cookies: dict[str, str] = {}
        self.takes, self.has_all = asyncio.Event(), asyncio.Event()
        self.titles: list[str] = []
        self._until = until

    async def send_bytes(self, frame: bytes) -> None:
        await self.takes.wait()
        message = ForwardMsg()
        message.ParseFromString(frame)
        self.titles.append(message.page_config_changed.title)
        if self.titles[-1] == self._until:
            self.has_all.set()


class Line(asyncio.Transport):
    """A line to a browser, and what was written to it."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes | str] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written.append(bytes(data))

    def close(self) -> None:
        self.written.append("closed")


@pytest.fixture
def _shortened(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put back what the short road takes the place of."""
    for owner, name in (
        (AppSession, "_on_scriptrunner_event"),
        (AppSession, "flush_browser_queue"),
        (AppSession, "_compute_skills_nudge_state"),
        (app_session, "_populate_theme_msg"),
        (app_session, "_populate_config_msg"),
        (WebSocketsSansIOProtocol, "connection_made"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    yield
    monkeypatch.setattr(RuntimeClass, "_instance", None)


def titled(title: str) -> ForwardMsg:
    message = ForwardMsg()
    message.page_config_changed.title = title
    return message


@pytest.mark.usefixtures("_shortened")
def test_what_a_browser_is_slow_to_take_waits_and_comes_in_its_order() -> None:
    async def look() -> list[str]:
        runtime = Runtime(
            RuntimeConfig(
                script_path=__file__,
                media_file_storage=MemoryMediaFileStorage("/media"),
                uploaded_file_manager=MemoryUploadedFileManager("/upload"),
            )
        )
        await runtime.start()
        send_with_less_work()
        browser = SlowBrowser(until="699")
        page = runtime.connect_session(StarletteSessionClient(cast("Any", browser)), {})
        session = runtime.get_app_session(page)
        assert session is not None
        nobody = cast("Any", None)  # the run that is on, of a session that has none
        say_together(session, nobody, [titled(str(number)) for number in range(700)])
        browser.takes.set()
        async with asyncio.timeout(10):
            await browser.has_all.wait()
        runtime.stop()
        await runtime.stopped
        return browser.titles

    assert asyncio.run(look()) == [str(number) for number in range(700)]


def test_what_is_sent_in_one_go_is_written_once() -> None:
    async def look() -> list[bytes | str]:
        line = Line()
        together = Together(line, asyncio.get_running_loop())
        together.write(b"one ")
        together.write(b"two")
        assert line.written == []
        await asyncio.sleep(0)
        together.write(b"three")
        await asyncio.sleep(0)
        return line.written

    assert asyncio.run(look()) == [b"one two", b"three"]


def test_much_is_written_at_once_and_what_waits_before_a_line_is_closed() -> None:
    async def look() -> list[bytes | str]:
        line = Line()
        together = Together(line, asyncio.get_running_loop())
        together.write(b"a")
        together.write(b"b" * 65_536)
        assert line.written == [b"a" + b"b" * 65_536]
        together.write(b"c")
        together.close()
        await asyncio.sleep(0)
        return line.written[1:]

    assert asyncio.run(look()) == [b"c", "closed"]


def test_the_road_that_is_shortened_is_still_there() -> None:
    assert "on_event.connect(self._on_scriptrunner_event)" in inspect.getsource(AppSession)
    assert "message_enqueued_callback=self._message_enqueued_callback" in inspect.getsource(WebsocketSessionManager)
    flush = inspect.getsource(RuntimeClass._loop_coroutine)  # noqa: SLF001
    assert flush.index("async_objs.need_send_data.clear()") < flush.index(".session.flush_browser_queue()")
    hear = inspect.getsource(AppSession._handle_scriptrunner_event_on_event_loop)  # noqa: SLF001
    of_a_message = hear[hear.index("elif event == ScriptRunnerEvent.ENQUEUE_FORWARD_MSG") :]
    assert of_a_message.index("self._enqueue_forward_msg(forward_msg)") < of_a_message.index("app_was_running")
    assert "self._send_queue.put_nowait(payload)" in inspect.getsource(StarletteSessionClient)
    assert "self.transport.write(b" in inspect.getsource(WebSocketsSansIOProtocol.send)
    assert ScriptRunnerEvent.SHUTDOWN.value == "SHUTDOWN"
