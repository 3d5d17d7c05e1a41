"""Is a page that has been open for weeks still the page that we serve?

A wall is never touched, and what it loaded is what it keeps: styles, scripts, the names of Streamlit's pieces. Every
answer to the question that Streamlit's page asks before each websocket says which edition is served now, where a script
can read it (`Server-Timing`); `static/way_in.js` asks for the page anew when that changed.
"""

import hashlib
from functools import cache
from pathlib import Path

from genkdash.server.language import Asgi, Message, Receive, Scope, Send
from genkdash.server.private_streamlit import streamlit_page

ASKED_FIRST = "/_stcore/host-config"
"""What Streamlit's page asks for before each of its websockets."""

_OURS = Path(__file__).parents[1] / "static"


class Edition:
    """Tells an open page which edition is served now."""

    def __init__(self, app: Asgi) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; anything but the question before a websocket goes through untouched."""
        if scope["type"] != "http" or scope["path"] != ASKED_FIRST:
            await self._app(scope, receive, send)
            return
        said = (b"server-timing", f'edition;desc="{page_edition(_OURS)}"'.encode())

        async def send_with_edition(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), said]}
            await send(message)

        await self._app(scope, receive, send_with_edition)


@cache
def page_edition(folder: Path) -> str:
    """Return 16 hex digits that differ when Streamlit's page or a file in `folder` does."""
    content = hashlib.sha256(streamlit_page())
    for path in sorted(folder.iterdir()):
        if path.is_file():
            content.update(path.name.encode())
            content.update(hashlib.sha256(path.read_bytes()).digest())
    return content.hexdigest()[:16]
