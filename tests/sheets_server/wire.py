"""How does an answer become HTTP?

Keep-alive, JSON laid out as Google lays it out, packed when the client can unpack it; the faults come in here.
"""

from __future__ import annotations

import gzip
import json
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from sheets_server import damage, faults
from sheets_server.call import Call, parsed_query
from sheets_server.errors import Refusal

if TYPE_CHECKING:
    from sheets_server.connections import Connections
    from sheets_server.faults import Fault

JSON_TYPE = "application/json; charset=UTF-8"
HTML_TYPE = "text/html; charset=UTF-8"
WORTH_PACKING_BYTES = 1024


def laid_out(body: Any) -> bytes:
    """JSON as Google writes it: two blanks of indentation, letters as themselves, a line break at the end."""
    return (json.dumps(body, indent=2, ensure_ascii=False) + "\n").encode()


class Handler(BaseHTTPRequestHandler):
    """One connection: reads requests, lets the API answer, and sends what comes of it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Connections

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        """Say nothing: the request log is for that."""

    def do_GET(self) -> None:
        """Answer a request of any method."""
        arrived_at = time.time()
        raw_path, _, query = self.path.partition("?")
        call = Call(
            method=self.command,
            path=raw_path,
            query=parsed_query(query),
            authorization=self.headers.get("Authorization"),
            body=self.rfile.read(int(self.headers.get("Content-Length") or 0)),
        )
        fault = self.server.owner.faults.strike(call.method, unquote(raw_path))
        if fault is not None and fault.kind in faults.SILENT_KINDS:
            self.server.owner.note(call, 0, 0, arrived_at)
            self.close_connection = True
            damage.keep_silent(self.connection, fault)
            return
        status, content_type, body = self._answered(call, fault)
        self.server.owner.note(call, status, len(body), arrived_at)
        self._deliver(status, content_type, body, fault)

    do_POST = do_PUT = do_DELETE = do_PATCH = do_GET  # noqa: N815 - the same

    def _answered(self, call: Call, fault: Fault | None) -> tuple[int, str, bytes]:
        """Status, content type and body, before anything happens to them on the way."""
        if fault is not None and (answer := faults.instead(fault.kind)) is not None:
            status, body = answer
            return (status, HTML_TYPE, body) if isinstance(body, bytes) else (status, JSON_TYPE, laid_out(body))
        if fault is not None and fault.kind == "empty":
            return HTTPStatus.OK, JSON_TYPE, b""
        try:
            found = self.server.owner.respond(call)
        except Refusal as refusal:
            return refusal.status, JSON_TYPE, laid_out(refusal.body)
        if found is None:
            return HTTPStatus.NO_CONTENT, "text/html", b""
        return HTTPStatus.OK, JSON_TYPE, laid_out(faults.of_another_shape(found, fault))

    def _server_time(self) -> str:
        """The time by the stand-in's own clock, as a header."""
        return self.date_time_string(self.server.owner.accounts.clock())

    def _deliver(self, status: int, content_type: str, body: bytes, fault: Fault | None) -> None:
        """Send the answer, with the damage that belongs to the fault."""
        kind = "" if fault is None or fault.kind not in faults.WIRE_KINDS else fault.kind
        packed = not kind and len(body) > WORTH_PACKING_BYTES and "gzip" in self.headers.get("Accept-Encoding", "")
        if packed:
            body = gzip.compress(body, compresslevel=1)
        headers = {"Content-Type": content_type, "Vary": "Origin, X-Origin, Referer"}
        if packed:
            headers["Content-Encoding"] = "gzip"
        if status == HTTPStatus.FOUND:
            headers["Location"] = faults.SIGN_IN_PAGE
        if kind:
            self.close_connection = True
            headers["Connection"] = "close"
        if kind == "truncate-chunked":
            headers["Transfer-Encoding"] = "chunked"
        length = damage.promised_length(kind, len(body))
        if length is not None and status != HTTPStatus.NO_CONTENT:
            headers["Content-Length"] = str(length)
        lines = [f"{self.protocol_version} {status} {HTTPStatus(status).phrase}", f"Date: {self._server_time()}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
        if fault is not None and kind:
            damage.send_damaged(self.connection, head, body, fault)
        else:
            # Head and body in one piece: two pieces would wait for the client's acknowledgement.
            self.connection.sendall(head + body)
