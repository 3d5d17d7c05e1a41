"""How does an answer travel, whole or damaged?

The HTTP side of the stand-in: one thread a connection, keep-alive, JSON laid out as Google lays it out, and the
faults that happen below JSON.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import select
import socket
import socketserver
import struct
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from sheets_server import api, faults
from sheets_server.errors import Refusal

if TYPE_CHECKING:
    from sheets_server.faults import Fault
    from sheets_server.server import SheetsServer

JSON_TYPE = "application/json; charset=UTF-8"
HTML_TYPE = "text/html; charset=UTF-8"
LOOK_AGAIN_SECONDS = 0.02
MEGABYTE = 1 << 20
# Lingering for no time at all makes the system send RST instead of FIN.
AT_ONCE = struct.pack("ii", 1, 0)
WORTH_PACKING_BYTES = 1024


def laid_out(body: Any) -> bytes:
    """JSON as Google writes it: two blanks of indentation, letters as themselves, a line break at the end."""
    return (json.dumps(body, indent=2, ensure_ascii=False) + "\n").encode()


def is_to_be_reset(connection: socket.socket) -> bool:
    """Whether closing this connection will reset it."""
    return connection.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, len(AT_ONCE)) == AT_ONCE


class Connections(socketserver.ThreadingTCPServer):
    """The listening socket, and every connection that is still open, so that stopping leaves nothing behind."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, owner: SheetsServer) -> None:
        self.owner = owner
        self._open: set[socket.socket] = set()
        self._serving: set[threading.Thread] = set()
        self._guard = threading.Lock()
        super().__init__(("127.0.0.1", port), Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a connection on a thread of its own, and remember both."""
        thread = threading.Thread(target=self._serve, args=(request, client_address), daemon=True)
        with self._guard:
            self._open.add(request)
            self._serving.add(thread)
        thread.start()

    def _serve(self, request: Any, client_address: Any) -> None:
        try:
            self.process_request_thread(request, client_address)
        finally:
            with self._guard:
                self._open.discard(request)
                self._serving.discard(threading.current_thread())

    def shutdown_request(self, request: Any) -> None:
        """Close a connection: politely, unless it is to be reset, for which FIN must not go out first."""
        if not is_to_be_reset(request):
            super().shutdown_request(request)
        else:
            self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news; anything else is kept for the test to see."""
        del request, client_address
        self.owner.note_failure()

    def hang_up(self) -> None:
        """Close every open connection and wait for the threads that served them."""
        with self._guard:
            connections, threads = list(self._open), list(self._serving)
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join(timeout=5)


class Handler(BaseHTTPRequestHandler):
    """One connection: reads requests, lets the API answer, and sends what comes of it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Connections

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        """Say nothing: the request log is for that."""

    def do_GET(self) -> None:  # noqa: N802 - the base class looks the method up by this name
        """Answer a request of any method."""
        arrived_at = time.time()
        raw_path, _, query = self.path.partition("?")
        length = int(self.headers.get("Content-Length") or 0)
        call = api.Call(
            method=self.command,
            path=raw_path,
            query=api.parsed_query(query),
            authorization=self.headers.get("Authorization"),
            body=self.rfile.read(length),
        )
        fault = self.server.owner.faults.strike(call.method, unquote(raw_path))
        if fault is not None and fault.kind in {"reset", "blackhole"}:
            self.server.owner.note(call, 0, 0, arrived_at)
            self._refuse_to_answer(fault)
            return
        status, content_type, body = self._answered(call, fault)
        self.server.owner.note(call, status, len(body), arrived_at)
        self._deliver(status, content_type, body, fault)

    do_POST = do_PUT = do_DELETE = do_PATCH = do_GET  # noqa: N815 - the same

    def _answered(self, call: api.Call, fault: Fault | None) -> tuple[int, str, bytes]:
        """Status, content type and body, before anything happens to them on the way."""
        kind = "" if fault is None else fault.kind
        if kind in faults.HTML_KINDS:
            status = faults.HTML_KINDS[kind]
            page = faults.HTML.format(status=status, name=HTTPStatus(status).phrase)
            return status, HTML_TYPE, page.encode()
        if kind == "empty":
            return 200, JSON_TYPE, b""
        refusal = faults.refusal_of(kind)
        if refusal is not None:
            return refusal.status, JSON_TYPE, laid_out(refusal.body)
        try:
            body = self.server.owner.respond(call)
        except Refusal as answer:
            return answer.status, JSON_TYPE, laid_out(answer.body)
        if body is None:
            return 204, "text/html", b""
        if fault is not None and kind == "wrong-type":
            body = body | {fault.argument: "geen lijst"} if fault.argument else ["geen", "object"]
        return 200, JSON_TYPE, laid_out(body)

    def _deliver(self, status: int, content_type: str, body: bytes, fault: Fault | None) -> None:
        kind = "" if fault is None else fault.kind
        packed = kind == "" and len(body) > WORTH_PACKING_BYTES and "gzip" in self.headers.get("Accept-Encoding", "")
        if packed:
            body = gzip.compress(body, compresslevel=1)
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Vary", "Origin, X-Origin, Referer")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        if kind in {"flood", "truncate", "drip"}:
            self.close_connection = True
            self.send_header("Connection", "close")
        if kind != "flood" and status != 204:
            self.send_header("Content-Length", str(len(body) + (100 if kind == "truncate" else 0)))
        if fault is None or kind not in faults.WIRE_KINDS:
            # Head and body in one piece: two pieces would wait for the client's acknowledgement.
            self._headers_buffer.append(b"\r\n" + body)  # type: ignore[attr-defined]
            self.flush_headers()
            return
        self.end_headers()
        if kind == "truncate":
            self.wfile.write(body[: max(1, len(body) // 2)])
        elif kind == "drip":
            self._drip(body, int(fault.argument), fault.released)
        elif kind == "flood":
            self._flood(body, int(fault.argument), fault.released)

    def _drip(self, body: bytes, bytes_a_second: int, released: threading.Event) -> None:
        for start in range(0, len(body), bytes_a_second):
            self.wfile.write(body[start : start + bytes_a_second])
            if self._waited(1.0, released):
                return

    def _flood(self, body: bytes, megabytes: int, released: threading.Event) -> None:
        for _ in range(megabytes):
            if released.is_set():
                return
            self.wfile.write(b" " * MEGABYTE)
        self.wfile.write(body)

    def _refuse_to_answer(self, fault: Fault) -> None:
        self.close_connection = True
        if fault.kind == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
            return
        while not self._waited(60.0, fault.released):
            pass

    def _waited(self, seconds: float, released: threading.Event) -> bool:
        """Wait; True as soon as the fault is healed or the client hangs up."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if released.wait(min(left, LOOK_AGAIN_SECONDS)):
                return True
            readable, _, _ = select.select([self.connection], [], [], 0)
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                return True
        return False
