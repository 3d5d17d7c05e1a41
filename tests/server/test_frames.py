"""What a browser sends over its websocket passes, is dropped, or closes that websocket."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.BackMsg_pb2 import BackMsg

from genkdash.server.frames import MAX_FRAME_BYTES, Frames

RUN = BackMsg(rerun_script={"query_string": "taal=en"}).SerializeToString()
STOP = BackMsg(stop_script=True).SerializeToString()
HEARTBEAT = BackMsg(app_heartbeat=True).SerializeToString()
FILE = BackMsg(backend_operation_request={"deferred_file": {"file_id": "a"}}).SerializeToString()
TABLE = BackMsg(backend_operation_request={"dataframe_chunk": {}}).SerializeToString()


class Browser:
    """The other end of a websocket: says these frames one by one, and notes what it is told."""

    def __init__(self, *said: bytes | str, may_take: bool = True) -> None:
        self.told: list[Any] = []
        self._said = [{"type": "websocket.connect"}, *map(self._message, said), {"type": "websocket.disconnect"}]
        self.frames = Frames(self._receive, self._send, may_take=self._answer(may_take=may_take))

    def heard(self) -> list[Any]:
        """Return the frames that arrive, and with which code the websocket then ended."""

        async def listen() -> list[Any]:
            heard: list[Any] = []
            while (message := await self.frames.receive())["type"] != "websocket.disconnect":
                heard.append(message.get("bytes", message["type"]))
            return [*heard, message.get("code", "left")]

        return asyncio.run(listen())

    @staticmethod
    def _message(said: bytes | str) -> dict[str, Any]:
        return {"type": "websocket.receive", ("text" if isinstance(said, str) else "bytes"): said}

    @staticmethod
    def _answer(*, may_take: bool) -> Any:
        async def answer() -> bool:
            return may_take

        return answer

    async def _receive(self) -> Any:
        return self._said.pop(0)

    async def _send(self, message: Any) -> None:
        self.told.append(message)


def test_what_a_page_needs_passes_untouched() -> None:
    said = (RUN, STOP, HEARTBEAT, FILE, TABLE)
    assert Browser(*said).heard() == ["websocket.connect", *said, "left"]


@pytest.mark.parametrize(
    "frame",
    [
        BackMsg(clear_cache=True),
        BackMsg(set_run_on_save=True),
        BackMsg(load_git_info=True),
        BackMsg(debug_disconnect_websocket=True),
        BackMsg(debug_shutdown_runtime=True),
        BackMsg(backend_operation_request={"install_skills": {}}),
        BackMsg(backend_operation_request={"dismiss_skills_nudge": {}}),
        BackMsg(backend_operation_request={}),
        BackMsg(),
    ],
    ids=lambda frame: frame.WhichOneof("type") or "empty",
)
def test_what_no_page_needs_is_dropped_and_the_tab_goes_on(frame: BackMsg) -> None:
    browser = Browser(frame.SerializeToString(), RUN)
    assert browser.heard() == ["websocket.connect", RUN, "left"]
    assert browser.told == []


def test_somebody_who_is_no_longer_known_gets_no_file_and_no_table_but_is_told_so_by_a_run() -> None:
    assert Browser(FILE, TABLE, RUN, may_take=False).heard() == ["websocket.connect", RUN, "left"]


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (b"\xff\xff\xff", 1002),
        (b"GET / HTTP/1.1\r\n\r\n", 1002),
        (RUN[:-1], 1002),
        ("rerun_script", 1003),
        (BackMsg(rerun_script={"query_string": "x" * MAX_FRAME_BYTES}).SerializeToString(), 1009),
        (b"\x00" * (MAX_FRAME_BYTES + 1), 1009),
    ],
    ids=["garbage", "http", "cut", "text", "large", "large garbage"],
)
def test_what_is_no_message_closes_its_own_websocket(frame: bytes | str, code: int) -> None:
    browser = Browser(frame, RUN)
    assert browser.heard() == ["websocket.connect", code]
    assert browser.told == [{"type": "websocket.close", "code": code}]


def test_nothing_is_sent_over_a_websocket_that_was_closed() -> None:
    browser = Browser(b"\xff")
    browser.heard()
    with pytest.raises(OSError, match="no message"):
        asyncio.run(browser.frames.send({"type": "websocket.send", "bytes": b"late"}))
    assert len(browser.told) == 1


def test_what_goes_out_is_passed_on() -> None:
    browser = Browser()
    asyncio.run(browser.frames.send({"type": "websocket.send", "bytes": b"in time"}))
    assert browser.told == [{"type": "websocket.send", "bytes": b"in time"}]


@given(st.binary(max_size=64))
def test_no_bytes_bring_the_server_down(frame: bytes) -> None:
    assert Browser(frame).heard()[-1] in {"left", 1002}
