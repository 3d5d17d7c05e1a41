"""Which connections are open, so that stopping the stand-in leaves nothing behind?"""

from __future__ import annotations

import contextlib
import socket
import socketserver
import struct
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

    from sheets_server.server import SheetsServer

# Lingering for no time at all makes the system send RST instead of FIN.
AT_ONCE = struct.pack("ii", 1, 0)


def reset_on_close(connection: socket.socket) -> None:
    """Let the connection be reset, instead of closed, when it is let go."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)


class Connections(socketserver.ThreadingTCPServer):
    """The listening socket and every connection that came of it, a thread each.

    Not `http.server.HTTPServer`: that one looks up the name of the machine when it starts.
    """

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, handler: type[BaseHTTPRequestHandler], owner: SheetsServer) -> None:
        self.owner = owner
        self._open: set[socket.socket] = set()
        self._serving: set[threading.Thread] = set()
        self._guard = threading.Lock()
        super().__init__(("127.0.0.1", port), handler)

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
        """Close a connection: politely, unless it is to be reset, for then FIN must not go out first."""
        if request.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, len(AT_ONCE)) == AT_ONCE:
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep what went wrong for the test to see."""
        del request, client_address
        self.owner.note_failure()

    def hang_up(self) -> None:
        """Close every open connection and wait for the threads that served them."""
        with self._guard:
            connections, threads = list(self._open), list(self._serving)
        for connection in connections:
            # The client may have been faster.
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join(timeout=5)
