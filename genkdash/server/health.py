"""Is this process alive, and has it something to show? Two addresses for programs that watch.

`/healthz` says that it lives: the server answers, and the thread that reads the sheet is not stuck. `/readyz` says that
there is a picture to show, however old: the last good one is worth showing while Google is down. Everybody may ask
both, and learns no more than that; a program on this machine itself is told the figures too.
"""

from collections.abc import Callable, Mapping

from starlette.responses import JSONResponse, PlainTextResponse, Response

from genkdash.live.current import current_feed, now
from genkdash.live.feed import Feed
from genkdash.server.came_from import is_from_this_machine
from genkdash.server.language import Asgi, Receive, Scope, Send

ALIVE, READY = "/healthz", "/readyz"


class Health:
    """Answers `/healthz` and `/readyz`, and leaves every other address to `app`."""

    def __init__(self, app: Asgi) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        answer = _ANSWERS.get(scope["path"]) if scope["type"] == "http" else None
        await (self._app if answer is None else answer(scope))(scope, receive, send)


def feed_now() -> Feed | None:
    """Return the feed everybody looks at; None before the start and after the end."""
    try:
        return current_feed()
    except RuntimeError:
        return None


def is_alive() -> bool:
    """Tell whether the thread that reads the sheet turns. Asked on the event loop, it tells that this one does too."""
    feed = feed_now()
    return feed is not None and feed.is_turning()


def figures() -> Mapping[str, object]:
    """Return whether there is a picture to show, how fresh it is and how old (in seconds; None without one)."""
    feed = feed_now()
    if feed is None:
        return {"ready": False, "state": "starting", "revision": 0, "age_seconds": None, "from_disk": False}
    state = feed.state(now())
    return {
        "ready": state.revision > 0,
        "state": state.kind,
        "revision": state.revision,
        "age_seconds": None if state.age_seconds is None else round(state.age_seconds, 1),
        "from_disk": state.from_disk,
    }


def status() -> str:
    """Return the same in one line, for who asks systemd."""
    found = figures()
    age = "" if found["age_seconds"] is None else f", {found['age_seconds']:.0f} s old"
    return f"{found['state']}: revision {found['revision']}{age}"


def _alive(_scope: Scope) -> Response:
    is_well = is_alive()
    return PlainTextResponse("alive" if is_well else "stuck", 200 if is_well else 503)


def _ready(scope: Scope) -> Response:
    found = figures()
    said = found if is_from_this_machine(scope) else {"ready": found["ready"]}
    return JSONResponse(said, 200 if found["ready"] else 503)


_ANSWERS: Mapping[str, Callable[[Scope], Asgi]] = {ALIVE: _alive, READY: _ready}
