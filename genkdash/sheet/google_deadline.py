"""How does a request end in time, even when the server drips two bytes a second?

Timeouts of sockets count from byte to byte, so a dripping server can hold a reader for ever: in the status
line, in the headers, in the body. Here every read from the socket asks the deadline of the whole request first, and
so does the connection before there is a socket (`google_connect.py`).
"""

import http.client
import io
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError

from genkdash.sheet.google_connect import Connector


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much: seconds to connect, from byte to byte, and for the whole; bytes of one answer."""

    connect_seconds: float = 3.0
    read_seconds: float = 10.0
    whole_seconds: float = 20.0
    max_bytes: int = 64 * 2**20


LIMITS = Limits()
"""What Google gets from us."""


class Deadline:
    """When the request that is under way must be over. One for each session, which serves one thread."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._over_at = clock()

    def begin(self) -> None:
        """Start to count: a request and the token it needs share one deadline."""
        self._over_at = self._clock() + self._limits.whole_seconds

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return self._clock() >= self._over_at

    def timeout(self) -> float:
        """Return how long the next read may wait, in seconds.

        Raises:
            TimeoutError: the time is up.
        """
        left = self._over_at - self._clock()
        if left <= 0:
            raise TimeoutError("the answer is not whole in time")
        return min(self._limits.read_seconds, left)


class DeadlineAdapter(HTTPAdapter):
    """Sends requests over connections that obey `deadline`, through a proxy of the network as well."""

    def __init__(self, deadline: Deadline) -> None:
        self._pools = _pools_within(deadline)
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Let the direct connections obey."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        """Let the connections through a proxy obey."""
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager


class _SocketReader(io.RawIOBase):
    def __init__(self, raw: io.RawIOBase, sock: socket.socket, deadline: Deadline) -> None:
        self._raw = raw
        self._sock = sock
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(self._deadline.timeout())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


def _pools_within(deadline: Deadline) -> dict[str, type[HTTPConnectionPool]]:
    class Response(http.client.HTTPResponse):
        def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
            super().__init__(sock, *args, **kwargs)
            self.fp = io.BufferedReader(_SocketReader(self.fp.detach(), sock, deadline))

    connector = Connector()

    def connected(connection: HTTPConnection, connect: Callable[[], socket.socket]) -> socket.socket:
        try:
            return connector.connected((connection.host, connection.port), connect, seconds=deadline.timeout())
        except TimeoutError:
            raise ConnectTimeoutError(connection, "no connection in time") from None

    # `_new_conn` is urllib3's own name for the step before TLS; tests/sheet/test_google_connect.py asks that it holds.
    class PlainConnection(HTTPConnection):
        response_class = Response

        def _new_conn(self) -> socket.socket:
            return connected(self, super()._new_conn)

    class TlsConnection(HTTPSConnection):
        response_class = Response

        def _new_conn(self) -> socket.socket:
            return connected(self, super()._new_conn)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = PlainConnection

    class TlsPool(HTTPSConnectionPool):
        ConnectionCls = TlsConnection

    return {"http": PlainPool, "https": TlsPool}
