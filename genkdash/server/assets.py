"""How do the files that everybody may have go over a slow line? Compressed once, sent often, asked for again never.

Pure ASGI, behind the gate. A file of Streamlit's or ours goes out in the smallest coding that the browser takes and
that is made already; anything else, a part of a file included, goes to Streamlit untouched (docs/adr/0015).
"""

import asyncio
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from starlette.responses import FileResponse

from genkdash.server.asset_making import making
from genkdash.server.asset_shelf import CONTENT_TYPES, Shelf, Variant
from genkdash.server.codings import Coding, asked_codings, chosen_coding
from genkdash.server.language import Asgi, Message, Receive, Scope, Send
from genkdash.server.pack_folder import Packs, packs_in
from genkdash.server.page_needs import needed_files
from genkdash.server.streamlit_files import streamlit_edition, streamlit_files
from genkdash.settings import Settings

FOREVER: Final = b"public, max-age=31536000, immutable"
"""For a file whose address changes with its content."""

ASK_AGAIN: Final = b"public, no-cache"
"""For a file whose content may change: kept, and asked for by its mark."""

FOR_A_WEEK: Final = b"public, max-age=604800"
"""For a font of ours: the theme names it without a version, and another font gets another name."""

ICON_FONT: Final = "/app/static/icons.woff2"
"""The icons that our screens and Streamlit's menus draw (tools/icon_font.py), in place of all four thousand."""

OUR_FILES: Final = Path(__file__).parents[1] / "static"
"""Our own fonts, styles, scripts and icons, below `/app/static/`."""

_LOG = logging.getLogger(__name__)
# `index.DormvYxC.js`: the part before the ending is a digest of the content; of packs, the folder is named after all.
_HASHED = re.compile(r"/static/(?:(?:js|css|media)/.+\.[A-Za-z0-9_-]{8}\.[a-z0-9]+|packed\.[0-9a-f]{12}/.+)")
_LARGE_ICON_FONT = re.compile(r"/static/media/MaterialSymbols-Rounded\.[A-Za-z0-9_-]{8}\.woff2")
_OF_A_BODY = frozenset({b"content-length", b"content-type", b"content-range", b"accept-ranges"})
_current: Shelf | None = None
_packs: Packs | None = None


@contextmanager
def compressed_assets(settings: Settings) -> Iterator[None]:
    """Serve what is compressed, and compress in the background what is not yet, for as long as it takes."""
    folder, edition = settings.assets_folder or settings.data_folder / "assets", streamlit_edition()
    try:
        roots = {"/static/": streamlit_files() / "static", "/app/static/": OUR_FILES}
        packs = packs_in(folder / edition)
        if packs is not None:
            roots[packs.address] = packs.folder
        shelf = Shelf(folder, roots, edition=edition, seldom=() if packs is None else packs.places)
    except OSError as error:
        _LOG.warning("the files of the page can't be listed, so all are sent as they are: %s", type(error).__name__)
        yield
        return
    with serving_from(shelf, packs):
        first = dict.fromkeys(place_of(address) for address in needed_files())
        with making(shelf, [*first, *shelf.below("/app/static/")]):
            yield


@contextmanager
def serving_from(shelf: Shelf, packs: Packs | None = None) -> Iterator[None]:
    """Let every `Assets` serve from `shelf`, in which `packs` lie, for as long as it takes."""
    global _current, _packs  # the launcher builds the layers before the settings are read
    _current, _packs = shelf, packs
    try:
        yield
    finally:
        _current, _packs = None, None


def place_of(address: str) -> str:
    """Return where the file of Streamlit's at `address` is now: in a pack, or where it was."""
    return address if _packs is None else _packs.place(address)


def version_of(address: str) -> str | None:
    """Return what stands behind `?v=` in the address of a file of ours; None where it is not known."""
    return None if _current is None else _current.version(address)


class Assets:
    """Sends the compressed variants of the current shelf; with none, everything goes through."""

    def __init__(self, app: Asgi) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] == "http" and _LARGE_ICON_FONT.fullmatch(scope["path"]):
            scope = {**scope, "path": ICON_FONT, "raw_path": ICON_FONT.encode()}
        shelf = _current
        is_file = scope["type"] == "http" and shelf is not None and shelf.has(scope["path"])
        if shelf is None or not is_file or scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        headers = {name.lower(): value for name, value in scope["headers"]}
        coding = chosen_coding(asked_codings(scope["headers"]))
        keeping = _keeping(shelf, scope)
        # A part of the file is a part of it as it is: what a browser got of it in a coding has another mark.
        variant = None if coding is None or b"range" in headers else await _variant(shelf, scope["path"], coding)
        if coding is None or variant is None:
            app = self._app
            if _packs is not None and scope["path"].startswith(_packs.address):
                # Streamlit knows nothing of it.
                app = FileResponse(shelf.file(scope["path"]), media_type="text/javascript")
            await _pass_on(app, scope, receive, send, keeping)
        else:
            await _send_variant(variant, coding, headers.get(b"if-none-match", b""), scope, send, keeping)


async def _pass_on(app: Asgi, scope: Scope, receive: Receive, send: Send, keeping: bytes) -> None:
    """Send the file as it is, and say that there are others; nobody behind us compresses it for each request."""
    # Streamlit sends a file of ours whole even to who has it.
    known = dict(scope["headers"]).get(b"if-none-match", b"")
    is_known = False

    async def send_varied(message: Message) -> None:
        nonlocal is_known
        if message["type"] == "http.response.start" and message["status"] < 400:
            given = [pair for pair in message["headers"] if pair[0].lower() not in {b"cache-control", b"vary"}]
            is_known = message["status"] == 200 and _has(known, dict(given).get(b"etag"))
            if is_known:
                given = [pair for pair in given if pair[0].lower() not in _OF_A_BODY]
            headers = [*given, (b"cache-control", keeping), (b"vary", b"Accept-Encoding")]
            message = {**message, "headers": headers, "status": 304 if is_known else message["status"]}
        elif is_known:
            message = {**message, "body": b""}
        await send(message)

    headers = [pair for pair in scope["headers"] if pair[0].lower() != b"accept-encoding"]
    await app({**scope, "headers": headers}, receive, send_varied)


async def _variant(shelf: Shelf, address: str, coding: Coding) -> Variant | None:
    """Return the file in `coding`, None where there is no such variant yet."""
    # In a thread: a file is read the first time it is asked for.
    return shelf.at_hand(address, coding) or await asyncio.to_thread(shelf.variant, address, coding)


async def _send_variant(  # noqa: PLR0913, PLR0917  # the three of ASGI, and what was found for them
    variant: Variant, coding: Coding, known: bytes, scope: Scope, send: Send, keeping: bytes
) -> None:
    """Send a variant whole, its headers for HEAD, or that it is still the same as one of `known`."""
    is_known = _has(known, variant.mark)
    headers = [(b"etag", variant.mark), (b"vary", b"Accept-Encoding"), (b"cache-control", keeping)]
    if not is_known:
        headers += [
            (b"content-type", CONTENT_TYPES[PurePosixPath(scope["path"]).suffix]),
            (b"content-encoding", coding.encode()),
            (b"content-length", str(len(variant.body)).encode()),
        ]
    body = b"" if is_known or scope["method"] == "HEAD" else variant.body
    await send({"type": "http.response.start", "status": 304 if is_known else 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _has(known: bytes, mark: bytes | None) -> bool:
    """Tell whether a browser that sent `known` as `If-None-Match` has what is marked `mark`."""
    marks = {one.strip().removeprefix(b"W/") for one in known.split(b",")}
    return mark is not None and (b"*" in marks or mark.removeprefix(b"W/") in marks)


def _keeping(shelf: Shelf, scope: Scope) -> bytes:
    """Return how long a browser may keep the file: for ever where its address tells which content it has."""
    if _HASHED.fullmatch(scope["path"]):
        return FOREVER
    if scope["path"].endswith(".woff2") and scope["path"] != ICON_FONT:
        return FOR_A_WEEK
    version = shelf.version(scope["path"])
    return FOREVER if version is not None and scope.get("query_string") == f"v={version}".encode() else ASK_AGAIN
