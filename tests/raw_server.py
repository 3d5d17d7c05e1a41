"""What if the other end is no web server at all? Answers every connection with bytes of the test's choosing."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from typing import TypeAlias

Answer: TypeAlias = Callable[[socket.socket, threading.Event], None]


@contextlib.contextmanager
def raw_server(answer: Answer, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Yield the address of a server that reads one request a connection and lets `answer` do the rest.

    With `tls` it speaks TLS first; its address still says http.
    The event is set when the test is over, so that an answer that takes its time can stop.
    """
    over = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection, contextlib.suppress(OSError):
                    secured = tls.wrap_socket(connection, server_side=True) if tls else connection
                    with secured:
                        secured.recv(65536)
                        answer(secured, over)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        over.set()
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def sending(*parts: bytes) -> Answer:
    """Answer with these bytes, then hang up."""

    def answer(connection: socket.socket, _over: threading.Event) -> None:
        for part in parts:
            connection.sendall(part)

    return answer


def dripping(start: bytes, drop: bytes) -> Answer:
    """Answer with `start`, and then a drop every twentieth of a second until the test is over."""

    def answer(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(start)
        while not over.wait(0.05):
            connection.sendall(drop)

    return answer
