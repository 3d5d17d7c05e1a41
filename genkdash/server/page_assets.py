"""What does the page itself say of the files that it needs? Which ones, in which order, and that they may be kept.

Pure ASGI, around whatever writes the page. It names the scripts of the screen that will be shown, gives our own files
an address that changes with their content, and compresses what goes out (docs/adr/0015).
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

from genkdash.server.codings import Coding, asked_codings, chosen_coding, with_brotli, with_gzip
from genkdash.server.language import Asgi, Message, Receive, Scope, Send
from genkdash.server.page_needs import screen_of, scripts_of
from genkdash.server.paths import path_kind

_HTML = b"text/html"
_OUR_FILE = re.compile(rb'(?P<begin>(?:href|src)="\.)(?P<address>/app/static/[A-Za-z0-9_.-]+)(?P<end>")')
# A font is asked for by the theme too, which knows no version: two addresses would be two downloads.
_NO_VERSION = (b".woff2",)
_NAMED = re.compile(
    rb'(?P<begin>\s*<(?:script|link)[^>]* (?:href|src)="\.)(?P<address>/static/js/[A-Za-z0-9_.-]+)"(?P<end>[^>]*>)'
)
_LINK_BEGIN = b"<link"
_ENTRY = b'<script type="module"'
_HEAD_END = b"</head>"
# Streamlit's own script waits for it, and without a word it would be fetched after every other one.
_START = b'<script src="./app/static/start.js" defer fetchpriority="high"></script>'
# What Streamlit draws comes after what it takes to begin: `start.js` makes a preload of it in time.
_LATER = '<link data-later crossorigin href=".{address}">'
# Streamlit asks for both once it has begun, and opens its websocket when it has the answers: a round trip sooner. The
# second goes out only to who is known, as the page does.
_ASKED = b"".join(
    b'<link rel="preload" as="fetch" crossorigin href="./_stcore/%b" fetchpriority="low">' % name
    for name in (b"health", b"host-config")
)
# Of a page that is written for each request, some 15 kB: more would cost more than it wins.
_MAKERS: Final[dict[Coding, Callable[[bytes], bytes]]] = {
    "br": lambda body: with_brotli(body, quality=5),
    "gzip": lambda body: with_gzip(body, level=6),
}


class PageAssets:
    """Completes and compresses every page.

    `version_of` tells the version of a file of ours by its address, `place_of` where a script of Streamlit's is now.
    """

    def __init__(
        self, app: Asgi, version_of: Callable[[str], str | None], place_of: Callable[[str], str] = str
    ) -> None:
        self._app = app
        self._version_of = version_of
        self._place_of = place_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; anything but a page goes through untouched."""
        if scope["type"] != "http" or scope["method"] != "GET" or path_kind(scope["path"]) != "page":
            await self._app(scope, receive, send)
            return
        coding = chosen_coding(asked_codings(scope["headers"]))
        scripts = dict.fromkeys(map(self._place_of, scripts_of(await screen_of(scope))))
        start: Message | None = None
        body = bytearray()

        async def hold(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_plain_html(message):
                start = message
            elif start is None:
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    whole = self._versioned(with_scripts(with_places(bytes(body), self._place_of), scripts))
                    await _finish(start, whole, coding, send)

        await self._app(scope, receive, hold)

    def _versioned(self, page: bytes) -> bytes:
        """Return the page with a version behind the address of each file of ours."""

        def with_version(found: re.Match[bytes]) -> bytes:
            address = found["address"].decode()
            version = None if found["address"].endswith(_NO_VERSION) else self._version_of(address)
            return (
                found[0]
                if version is None
                else b"%b%b?v=%b%b"
                % (
                    found["begin"],
                    found["address"],
                    version.encode(),
                    found["end"],
                )
            )

        return _OUR_FILE.sub(with_version, page)


def with_places(page: bytes, place_of: Callable[[str], str]) -> bytes:
    """Return the page with each of Streamlit's scripts named where it is now, and each file only once."""
    named: set[str] = set()

    def placed(found: re.Match[bytes]) -> bytes:
        place = place_of(found["address"].decode())
        is_again = place in named and _LINK_BEGIN in found["begin"]
        named.add(place)
        return b"" if is_again else b'%b%b"%b' % (found["begin"], place.encode(), found["end"])

    return _NAMED.sub(placed, page)


def with_scripts(page: bytes, scripts: Iterable[str]) -> bytes:
    """Return the page with the start of our own before Streamlit's, and `scripts` named in its head for afterwards."""
    links = "".join(_LATER.format(address=address) for address in scripts if f'".{address}"'.encode() not in page)
    page = page.replace(_ENTRY, _START + _ENTRY, 1)
    return page.replace(_HEAD_END, links.encode() + _ASKED + _HEAD_END, 1)


def _is_plain_html(start: Message) -> bool:
    """Tell whether an answer is a page that nobody has compressed yet."""
    headers = {name.lower(): value for name, value in start["headers"]}
    is_html = headers.get(b"content-type", b"").startswith(_HTML)
    return is_html and start["status"] == 200 and b"content-encoding" not in headers


async def _finish(start: Message, page: bytes, coding: Coding | None, send: Send) -> None:
    """Send the page, in `coding` where the browser takes one."""
    body = page if coding is None else _MAKERS[coding](page)
    headers = [(name, value) for name, value in start["headers"] if name.lower() not in {b"content-length", b"vary"}]
    varied = [value for name, value in start["headers"] if name.lower() == b"vary"]
    headers += [(b"content-length", str(len(body)).encode()), (b"vary", b", ".join([*varied, b"Accept-Encoding"]))]
    if coding is not None:
        headers.append((b"content-encoding", coding.encode()))
    await send({**start, "headers": headers})
    await send({"type": "http.response.body", "body": body})
