"""What if the network between us and Google breaks at the worst moment? A proxy for HTTP that does so on command.

    with FaultProxy(server.url) as proxy:
        proxy.fault("dup", where=":append")

| mode | the request | the client |
|---|---|---|
| `reset` | does not arrive | sees the connection reset |
| `dup` | arrives, and is answered | sees the connection reset |
| `blackhole` | does not arrive | sees nothing at all |
| `swallow` | arrives, and is answered | sees nothing at all |
| `late` | arrives when the test says `let_arrive()` | sees nothing at all |

Real sockets on both sides, unlike the stand-in's own faults: the stand-in never learns that anything went wrong.
"""

from __future__ import annotations

import http.client
import threading
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from sheets_server.connections import Connections, reset_on_close
from sheets_server.damage import keep_silent
from sheets_server.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

MODES = {"reset", "dup", "blackhole", "swallow", "late"}
_PATIENCE_SECONDS = 20.0


class FaultProxy:
    """Passes requests on to `upstream`, an address such as http://127.0.0.1:8099, until told otherwise."""

    def __init__(self, upstream: str) -> None:
        self._upstream = urlsplit(upstream).netloc
        self._faults: list[Fault] = []
        self._held: list[tuple[str, str, bytes, Mapping[str, str]]] = []
        self._struck = 0
        self._changed = threading.Condition()
        self._connections = Connections(0, _Handler, self)  # type: ignore[arg-type]  # an owner as its handler wants it
        self.url = f"http://127.0.0.1:{self._connections.server_address[1]}"
        self._thread = threading.Thread(target=self._connections.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.heal()
        self._connections.shutdown()
        self._connections.server_close()
        self._connections.hang_up()
        self._thread.join()

    def fault(self, mode: str, *, where: str, times: int = 1) -> None:
        """Let the next requests with `where` in their path go wrong."""
        if mode not in MODES:
            raise ValueError(mode)
        with self._changed:
            self._faults.append(Fault(mode, "", times, where))

    def heal(self) -> None:
        """Let everything pass, and let go of clients that are waiting."""
        with self._changed:
            for fault in self._faults:
                fault.released.set()
            self._faults.clear()

    def wait_until_struck(self, count: int = 1) -> None:
        """Wait until so many requests met their fault, the work of those that arrive being done."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._struck >= count, _PATIENCE_SECONDS)

    def let_arrive(self) -> int:
        """Pass on what was held by `late`, and return how many requests that were."""
        with self._changed:
            held, self._held = self._held, []
        for request in held:
            self.passed_on(*request)
        return len(held)

    def strike(self, method: str, path: str) -> Fault | None:
        """Return the fault that is meant for this request, counted as one of its times."""
        with self._changed:
            for fault in self._faults:
                if fault.times and fault.strikes(method, path):
                    fault.times -= 1
                    return fault
        return None

    def note(self) -> None:
        """Count a request that met its fault."""
        with self._changed:
            self._struck += 1
            self._changed.notify_all()

    def hold(self, request: tuple[str, str, bytes, Mapping[str, str]]) -> None:
        """Keep a request that is to arrive later."""
        with self._changed:
            self._held.append(request)

    def passed_on(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Send a request upstream; return the answer's status, headers and body."""
        connection = http.client.HTTPConnection(self._upstream, timeout=_PATIENCE_SECONDS)
        try:
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def note_failure(self) -> None:
        """Do as the stand-in does with a client that hung up: nothing."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class names it so
        """Say nothing."""

    def do_GET(self) -> None:
        """Pass a request of any method on, or let it meet its fault."""
        proxy: FaultProxy = self.server.owner  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = (self.command, self.path, body, dict(self.headers))
        fault = proxy.strike(self.command, self.path)
        mode = fault.kind if fault else "ok"
        if mode == "late":
            proxy.hold(request)
        if mode in {"ok", "dup", "swallow"}:
            status, headers, answer = proxy.passed_on(*request)
        if fault is None:
            self._answer(status, headers, answer)
            return
        self.close_connection = True
        proxy.note()
        if mode in {"reset", "dup"}:
            reset_on_close(self.connection)
        else:
            keep_silent(self.connection, fault)

    do_POST = do_PUT = do_GET  # noqa: N815  the same

    def _answer(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        kept = {name: value for name, value in headers.items() if name.lower() in {"content-type", "content-encoding"}}
        lines = [f"HTTP/1.1 {status} {http.client.responses[status]}"]
        lines += [f"{name}: {value}" for name, value in {**kept, "Content-Length": str(len(body))}.items()]
        self.connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body)
