"""How does a websocket write less often? Once for all that is sent in one go, where uvicorn writes for each message."""

from asyncio import AbstractEventLoop, BaseTransport, Transport
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

_MOST_WRITTEN_TOGETHER = 65_536

_connected_before = WebSocketsSansIOProtocol.connection_made


def write_together() -> None:
    """Give each websocket that is opened from now on a connection that writes once for all."""
    WebSocketsSansIOProtocol.connection_made = _connected  # type: ignore[method-assign]


def _connected(self: WebSocketsSansIOProtocol, transport: BaseTransport) -> None:
    _connected_before(self, transport)
    self.transport = cast("Transport", Together(self.transport, self.loop))


class Together:
    """A connection of the server that writes to the network once for all that is written to it in one go."""

    def __init__(self, transport: Transport, loop: AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._parts: list[bytes] = []
        self._size = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Write this, soon; at once where it is much, so that a slow browser is noticed."""
        if not self._parts:
            self._loop.call_soon(self._write_all)
        self._parts.append(data)
        self._size += len(data)
        if self._size >= _MOST_WRITTEN_TOGETHER:
            self._write_all()

    def close(self) -> None:
        """Write what waits, and close."""
        self._write_all()
        self._transport.close()

    def _write_all(self) -> None:
        if self._parts:
            together = b"".join(self._parts)
            self._parts.clear()
            self._size = 0
            self._transport.write(together)
