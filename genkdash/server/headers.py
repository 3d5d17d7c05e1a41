"""What does every answer tell a browser it may do? Nothing but what our pages need, and never to keep them.

Pure ASGI and outermost, so that the gate's own answers, Streamlit's, files and errors all carry it.
"""

import base64
import hashlib
import re
from functools import cache
from urllib.parse import urlsplit

from genkdash.server.answers import refusal
from genkdash.server.first_answer import THEME_SCRIPT
from genkdash.server.language import Asgi, Message, Receive, Scope, Send, rewritten
from genkdash.server.paths import path_kind
from genkdash.server.private_streamlit import streamlit_page
from genkdash.server.visitor import public_origin

_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_YEAR_SECONDS = 365 * 24 * 60 * 60
# Emotion, Streamlit's styling, writes style elements; plotly makes pictures of blobs. No script is ever evaluated. A
# helper of protobuf's tries WebAssembly for long numbers and does without it; let through, so that the console of a
# browser stays empty and a violation always means something.
_RULES = (
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval' {scripts}",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'{stream}",
    "worker-src 'self' blob:",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)
_NEVER_USED = ("camera", "microphone", "geolocation", "payment", "usb", "serial", "midi", "browsing-topics")
_ALWAYS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    # Not `no-referrer` on a page: its form would then say that it comes from nowhere.
    b"referrer-policy": b"same-origin",
    b"permissions-policy": ", ".join(f"{name}=()" for name in _NEVER_USED).encode(),
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"x-robots-tag": b"noindex, nofollow",
}
_NOT_KEPT = b"private, no-store"
_BROKEN = refusal(500, "error")


class SafeHeaders:
    """Gives every answer the same headers, and every cookie `Secure` where people come over https."""

    def __init__(self, app: Asgi) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; an error before the first byte is answered here, and goes on to the server's log."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        origin = public_origin()
        is_kept = path_kind(scope["path"]) == "asset"
        has_begun = False

        async def send_safely(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                message = {**message, "headers": _safe(message.get("headers", ()), origin, is_kept=is_kept)}
            await send(message)

        try:
            await self._app(scope, receive, send_safely)
        except Exception:
            if not has_begun:
                await _BROKEN(scope, receive, send_safely)
            raise


@cache
def content_policy(origin: str | None) -> str:
    """Return the content security policy for people who come to `origin`; None for this machine only.

    Streamlit's page has one script of its own in it and the first answer another, both known by their hashes. Older
    Safari does not count a websocket as coming from `'self'`, so that one is named.
    """
    scripts = [*_INLINE_SCRIPT.findall(rewritten(streamlit_page(), "nl")), THEME_SCRIPT.encode()]
    hashes = (f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'" for script in scripts)
    stream = "" if origin is None else f" {origin.replace('http', 'ws', 1)}"
    return "; ".join(_RULES).format(scripts=" ".join(hashes), stream=stream)


def _safe(given: "list[tuple[bytes, bytes]]", origin: str | None, *, is_kept: bool) -> "list[tuple[bytes, bytes]]":
    """Return the headers `given` with ours in place of any of the same name; only a file of `is_kept` may be cached."""
    is_https = origin is not None and urlsplit(origin).scheme == "https"
    ours = _ALWAYS | {b"content-security-policy": content_policy(origin).encode()}
    if any(name.lower() == b"referrer-policy" for name, _ in given):
        del ours[b"referrer-policy"]  # a redirect away from a token tells nobody at all
    if is_https:
        ours[b"strict-transport-security"] = f"max-age={_YEAR_SECONDS}".encode()
    if not is_kept:
        ours[b"cache-control"] = _NOT_KEPT
    headers = [
        (name, _secure(value) if is_https and name.lower() == b"set-cookie" else value)
        for name, value in given
        if name.lower() not in ours
    ]
    return [*headers, *ours.items()]


def _secure(cookie: bytes) -> bytes:
    """Return a cookie that a browser sends over https only."""
    attributes = {part.strip().lower() for part in cookie.split(b";")[1:]}
    return cookie if b"secure" in attributes else cookie + b"; Secure"
