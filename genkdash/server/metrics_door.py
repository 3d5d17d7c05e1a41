"""Where does Prometheus ask? At a port of its own on 127.0.0.1, that no proxy in front of the dashboard leads to.

Not a path of the dashboard: a web server that forwards requests without saying so would make everybody look like this
machine. Answered for `/metrics` only, and only under a name of this machine: a page in a browser here that points a
name of its own at 127.0.0.1 gets nothing.
"""

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import CollectorRegistry, make_wsgi_app

from genkdash.server.came_from import is_local_name

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_LOG = logging.getLogger(__name__)
_ADDRESS = "127.0.0.1"


class _Server(ThreadingMixIn, WSGIServer):
    """A thread for each question, so that one who hangs keeps no other waiting."""

    daemon_threads = True


class _QuietHandler(WSGIRequestHandler):
    """Logs no questions, and hangs up on who does not ask."""

    timeout = 10

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name is that of http.server
        """Log nothing."""

    def address_string(self) -> str:
        """Return the number of who asks, without looking up its name."""
        return str(self.client_address[0])


@contextmanager
def metrics_door(port: int | None, registry: CollectorRegistry) -> Iterator[None]:
    """Answer with what `registry` tells, at `port` of this machine, for as long as it takes; None for not at all.

    A port that is taken keeps nobody from starting: the log says so, and who watches misses the figures.
    """
    if port is None:
        yield
        return
    try:
        server = make_server(_ADDRESS, port, _answers(registry), server_class=_Server, handler_class=_QuietHandler)
    except OSError as error:
        _LOG.error("no metrics: their port can't be had: %s", type(error).__name__)
        yield
        return
    thread = threading.Thread(target=server.serve_forever, name="genkdash-metrics", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def _answers(registry: CollectorRegistry) -> "WSGIApplication":
    tell: WSGIApplication = make_wsgi_app(registry)

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/metrics" or environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return _say("404 Not Found", start_response)
        if not is_local_name(environ.get("HTTP_HOST", "")):
            return _say("403 Forbidden", start_response)
        try:
            return tell(environ, start_response)
        except Exception:  # noqa: BLE001  who watches is told that it broke, and how stays in our own log
            _LOG.exception("the metrics can't be told")
            return _say("500 Internal Server Error", start_response)

    return answer


def _say(status: str, start_response: "StartResponse") -> Iterable[bytes]:
    start_response(status, [("Content-Type", "text/plain; charset=utf-8")])
    return [f"{status}\n".encode()]
