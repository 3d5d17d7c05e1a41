"""How does getting a connection end in time, when the system's look-up of a name does not?

`getaddrinfo` knows no timeout: where the name servers are silent it holds its caller for half a minute. So it runs on a
thread of its own, and who waits for it goes away when the time is up. However often that happens, at most one thread
is left behind for each address, and it closes what it gets too late.
"""

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

Address: TypeAlias = tuple[str, int | None]


@dataclass(slots=True)
class _Attempt:
    connect: Callable[[], socket.socket]
    is_over: threading.Event = field(default_factory=threading.Event)
    is_awaited: bool = True
    connection: socket.socket | None = None
    error: Exception | None = None


class Connector:
    """Makes the connections of one session, one at a time for each address."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._under_way: dict[Address, _Attempt] = {}

    def connected(self, address: Address, connect: Callable[[], socket.socket], *, seconds: float) -> socket.socket:
        """Return what `connect` makes, or what an earlier attempt that still lasts makes meanwhile.

        Raises:
            TimeoutError: nothing came of it in so many `seconds`.
            Exception: what `connect` raised.
        """
        with self._lock:
            attempt = self._under_way.get(address)
            if attempt is None:
                attempt = self._under_way[address] = _Attempt(connect)
                threading.Thread(
                    target=self._finish, args=(address, attempt), name="genkdash-connect", daemon=True
                ).start()
            attempt.is_awaited = True
        if not attempt.is_over.wait(seconds):
            with self._lock:
                attempt.is_awaited = attempt.is_over.is_set()
            if not attempt.is_awaited:
                raise TimeoutError("no connection in time")
        if attempt.connection is None:
            raise attempt.error or ConnectionError("no connection")
        return attempt.connection

    def _finish(self, address: Address, attempt: _Attempt) -> None:
        """Connect, however long it takes, and hand it to who waits."""
        connection: socket.socket | None = None
        try:
            connection = attempt.connect()
        except Exception as error:  # noqa: BLE001  it is raised again, in the thread that asked
            attempt.error = error
        with self._lock:
            del self._under_way[address]
            attempt.connection = connection if attempt.is_awaited else None
            attempt.is_over.set()
        if connection is not None and attempt.connection is None:
            connection.close()
