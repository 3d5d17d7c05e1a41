"""What may a browser ask for over the websocket? To run, to stop, that it is still there, and for a file or a table.

Streamlit takes more from any browser: to empty the caches of everybody, to watch our files, to shut down. Such a frame
is dropped, and the tab goes on. What is no message at all closes the socket it came over, and no other.
"""

import logging
from collections.abc import Awaitable, Callable

from genkdash.server.language import Message, Receive, Send
from genkdash.server.private_streamlit import GarbageFrameError, frame_kind

MAX_FRAME_BYTES = 2**20
"""Largest frame of a browser. Ours hold the state of a few widgets, some kilobytes."""

# A run asks itself who looks, and says kindly what somebody may not; so it always passes.
_RUNS = frozenset({"rerun_script", "stop_script", "app_heartbeat", "file_urls_request"})
# Answered without a run of the page, from what an earlier run left: nobody but the gate asks who looks.
_LEFT_BY_A_RUN = frozenset({"deferred_file", "dataframe_chunk"})
_NOT_BINARY, _NO_MESSAGE, _TOO_LARGE = 1003, 1002, 1009

_LOG = logging.getLogger(__name__)


class Frames:
    """One websocket. What comes in is looked at, what goes out is not.

    `may_take` tells whether who opened it may, at this moment, take what an earlier run left.
    """

    def __init__(self, receive: Receive, send: Send, *, may_take: Callable[[], Awaitable[bool]]) -> None:
        self._receive = receive
        self._send = send
        self._may_take = may_take
        self._is_closed = False

    async def receive(self) -> Message:
        """Return the next message that may pass; the end of the socket after one that is no message."""
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            frame = message.get("bytes")
            if frame is None:
                return await self._close(_NOT_BINARY)
            if len(frame) > MAX_FRAME_BYTES:
                return await self._close(_TOO_LARGE)
            try:
                kind = frame_kind(frame)
            except GarbageFrameError:
                return await self._close(_NO_MESSAGE)
            if kind in _RUNS or (kind in _LEFT_BY_A_RUN and await self._may_take()):
                return message
            _LOG.debug("dropped a frame: %s", kind)

    async def send(self, message: Message) -> None:
        """Pass on what goes out.

        Raises:
            OSError: the socket was closed here, as a server says of one that its browser has left.
        """
        if self._is_closed:
            raise OSError("closed after a frame that is no message")
        await self._send(message)

    async def _close(self, code: int) -> Message:
        self._is_closed = True
        await self._send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}
