"""Where was somebody going before they were asked to sign in? To one of our screens; there they arrive.

Streamlit ends every sign-in at `/`. A cookie remembers for ten minutes what was asked for, and the answer to the
provider's callback leads there.
"""

from starlette.requests import HTTPConnection
from starlette.responses import Response

from genkdash.i18n import Language
from genkdash.server.language import Asgi, Message, Receive, Scope, Send
from genkdash.server.paths import path_kind

_COOKIE = "genkdash_way_back"
_SECONDS = 600
_CALLBACK = "/oauth2callback"
_FORGET = f"{_COOKIE}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax".encode()


class WayBack:
    """Leads somebody who comes back from a provider to the screen they wanted."""

    def __init__(self, app: Asgi) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; anything but a provider's callback goes through untouched."""
        if scope["type"] != "http" or scope["path"] != _CALLBACK:
            await self._app(scope, receive, send)
            return
        path, _, language = HTTPConnection(scope).cookies.get(_COOKIE, "/").partition(":")
        way_back = address_of(own_screen(path), "en" if language == "en" else "nl")

        async def send_there(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _leading_to(way_back, message["headers"])}
            await send(message)

        await self._app(scope, receive, send_there)


def remember_way_back(response: Response, path: str, language: Language) -> None:
    """Let the browser remember the screen at `path`, in this language, until it has signed in."""
    response.set_cookie(_COOKIE, f"{path}:{language}", max_age=_SECONDS, path="/", httponly=True, samesite="lax")


def own_screen(path: str) -> str:
    """Return `path` if a screen of ours may stand there, otherwise the first: never another site."""
    return path if path_kind(path) == "page" else "/"


def address_of(path: str, language: Language) -> str:
    """Return the address of a screen in a language."""
    return f"{path}?taal=en" if language == "en" else path


def _leading_to(address: str, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return the headers of an answer that leads to the first screen, leading to `address`, and forgetting it."""
    led = [
        (name, address.encode() if (name.lower(), value) == (b"location", b"/") else value) for name, value in headers
    ]
    return [*led, (b"set-cookie", _FORGET)]
