"""Who gets past the door? Decided for every request and every websocket, before any of Streamlit's code sees it.

Served to this machine only, the door is open to this machine and shut for everything else. Served to people, it is
open to who is known: by a sign-in or a link that the browser's cookie proves. The pages ask again, in every run.
"""

from collections.abc import Mapping
from typing import Final

from genkdash.server.answers import refusal, sign_in_first
from genkdash.server.came_from import is_addressed_to, is_from_page_of, is_from_page_of_its_host, is_from_this_machine
from genkdash.server.frames import Frames
from genkdash.server.language import Asgi, Receive, Scope, Send
from genkdash.server.open_pages import open_page
from genkdash.server.paths import STREAM, PathKind, path_kind
from genkdash.server.visitor import mark_of, public_origin, visitor_of

_READING: Final = frozenset({"GET", "HEAD"})
_OPEN: Final[frozenset[PathKind]] = frozenset({"asset", "health", "identity"})

_ONLY_THIS_MACHINE = refusal(403, "this_machine")
_OTHER_ADDRESS = refusal(403, "other_address")
_NOTHING = refusal(404, "nothing", leads_home=True)
_WRONG_METHOD = refusal(405, "method", allow=", ".join(sorted(_READING)))
_UNKNOWN_VISITOR = refusal(401, "sign_in", leads_home=True)


class Gate:
    """The door in front of `app`; `doors` are our own pages before anybody is known, by their first word."""

    def __init__(self, app: Asgi, doors: Mapping[str, Asgi]) -> None:
        self._app = app
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or answer it."""
        if scope["type"] == "http":
            await (await self._way(scope))(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._open_stream(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _way(self, scope: Scope) -> Asgi:
        """Return who answers this request: the dashboard, one of our own pages, or a sentence that says why not."""
        kind, origin = path_kind(scope["path"]), public_origin()
        if kind == "nothing":
            return _NOTHING
        # Everybody may have it, under any name: a refusal has our look too.
        if kind == "asset" and scope["method"] in _READING and is_from_page_of_its_host(scope):
            return self._app
        if origin is None:
            return self._way_on_this_machine(scope, kind)
        # Whoever watches whether the server is up asks for it by name or by number.
        if not is_from_page_of(scope, origin) or not (kind == "health" or is_addressed_to(scope, origin)):
            return _OTHER_ADDRESS
        return await self._way_for_people(scope, kind)

    async def _way_for_people(self, scope: Scope, kind: PathKind) -> Asgi:
        """Return who answers where people sign in."""
        if kind == "door":
            return self._doors.get(scope["path"].split("/")[1], _NOTHING)
        if scope["method"] not in _READING:
            return _WRONG_METHOD
        if kind in _OPEN or await visitor_of(scope) is not None:
            return self._app
        return sign_in_first if kind == "page" else _UNKNOWN_VISITOR

    def _way_on_this_machine(self, scope: Scope, kind: PathKind) -> Asgi:
        """Return who answers where nobody signs in."""
        if not is_from_this_machine(scope):
            return _ONLY_THIS_MACHINE
        if kind in {"door", "identity"}:
            return _NOTHING
        return self._app if scope["method"] in _READING else _WRONG_METHOD

    async def _open_stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a websocket through to where Streamlit listens; any other is refused before it is opened."""
        origin = public_origin()
        if origin is None:
            opener, is_welcome = None, is_from_this_machine(scope)
        else:
            is_ours = is_addressed_to(scope, origin) and is_from_page_of(scope, origin)
            opener = await visitor_of(scope) if is_ours else None
            is_welcome = opener is not None
        if scope["path"] != STREAM or not is_welcome:
            await send({"type": "websocket.close", "code": 1008})
            return

        async def may_take() -> bool:
            # Files, and tables in pieces, are offered to staff only, and Streamlit hands out any of them by its id. Nor
            # do they go to somebody whose sign-in ended, or became another's, since this websocket was opened.
            visitor = None if origin is None else await visitor_of(scope)
            return origin is None or (visitor is not None and visitor == opener and visitor.role == "staff")

        frames = Frames(receive, send, may_take=may_take)
        with open_page("local", None) if opener is None else open_page(opener.role, mark_of(scope)):
            await self._app(scope, frames.receive, frames.send)
