"""In which language is the page itself? Streamlit's says English always; ours says what the link says.

A screen reader takes its voice from `<html lang>`. Pure ASGI: no framework between the server and the bytes.
"""

import html
import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from functools import cache
from typing import Any, Literal, TypeAlias
from urllib.parse import parse_qs

from genkdash.i18n import translator

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Asgi: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]
FirstAnswer: TypeAlias = Callable[[Scope, Literal["nl", "en"]], Awaitable[bytes]]

_HTML = b"text/html"
# Of the file as Streamlit has it: after the rewriting they would be lies.
_OF_THE_FILE = frozenset({b"content-length", b"etag", b"last-modified", b"accept-ranges"})
# The whole page, or it can't be rewritten: a part of it, or "still the same", is no help.
_NOT_PASSED_ON = frozenset({b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"})

_LANG = re.compile(rb'<html lang="[a-z-]*"')
_TITLE = re.compile(rb"<title>[^<]*</title>")
_NOSCRIPT = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)
_FONT = re.compile(rb"\./static/media/SourceSansVF-Upright[^\"]*")
_OUR_FONT = b"./app/static/hanken-grotesk-latin-wght-normal.woff2"
_TAB_ICON = b"./favicon.png"
_OUR_TAB_ICON = b"./app/static/icon-192.png"
_HEAD_END = b"</head>"
_ROOT = b'<div id="root">'
# Streamlit's own words that a person meets on our screens, or hears: in English exactly as Streamlit has them.
_WORDS = (
    "skip",
    "menu",
    "pages",
    "sidebar",
    "expand",
    "collapse",
    "heading",
    "running",
    "choose",
    "help",
    "help_for",
    "columns",
    "columns_of",
    "search",
    "search_in",
    "fullscreen",
    "fullscreen_of",
    "close_fullscreen",
    "close",
    "clear",
    "system",
    "light",
    "dark",
    "print",
    "record",
    "made",
    "copy",
    "copied",
    "copy_version",
    "error",
    "no_results",
    "lost",
    "not_responding",
    "not_running",
    "connecting",
    "connecting_to",
    "unreachable",
)
# Served from our own folder: a content security policy without inline scripts lets them pass.
_OURS = (
    b'<link rel="stylesheet" href="./app/static/comfort.css"><script src="./app/static/language.js" defer></script>'
    b'<script src="./app/static/way_in.js" defer></script>'
)
# What a phone asks for when the page is put on its home screen; the colours are the page's own, in both themes.
_ON_A_PHONE = (
    '<link rel="manifest" href="./app/static/genkdash.{language}.webmanifest">'
    '<link rel="apple-touch-icon" href="./app/static/apple-touch-icon.png">'
    '<meta name="apple-mobile-web-app-title" content="genkdash">'
    '<meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff">'
    '<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0f1516">'
)


class PageLanguage:
    """Rewrites the page that Streamlit serves at every address: language, title, font and what it says in words.

    `first_answer` gives what stands in the page before Streamlit has drawn its own; nothing where there is none.
    """

    def __init__(self, app: Asgi, first_answer: FirstAnswer | None = None) -> None:
        self._app = app
        self._first_answer = first_answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; anything but the page goes through untouched."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _may_be_page(scope["path"]):
            await self._app(scope, receive, send)
            return
        headers = [(name, value) for name, value in scope["headers"] if name.lower() not in _NOT_PASSED_ON]
        language = page_language(scope.get("query_string", b""))
        first = b"" if self._first_answer is None else await self._first_answer(scope, language)
        page = _Page(send, language, first)
        await self._app({**scope, "headers": headers}, receive, page.send)


def page_language(query: bytes) -> Literal["nl", "en"]:
    """Return the language that the address asks for; Dutch where it asks for none, or for another."""
    asked = parse_qs(query.decode("latin-1")).get("taal", [])
    return "en" if asked[-1:] == ["en"] else "nl"


def rewritten(page: bytes, language: Literal["nl", "en"]) -> bytes:
    """Return Streamlit's page with our language, title, icons, font, comfort and a word for who has no JavaScript."""
    noscript = f"<noscript><p>{translator(language)('page.noscript')}</p></noscript>".encode()
    page = _LANG.sub(f'<html lang="{language}"'.encode(), page, count=1)
    page = _TITLE.sub(b"<title>genkdash</title>", page, count=1)
    page = _FONT.sub(_OUR_FONT, page, count=1)
    page = page.replace(_TAB_ICON, _OUR_TAB_ICON, 1)
    page = _NOSCRIPT.sub(lambda _: noscript, page, count=1)
    on_a_phone = _ON_A_PHONE.format(language=language).encode()
    return page.replace(_HEAD_END, on_a_phone + _dutch_words() + _OURS + _HEAD_END, 1)


@cache
def _dutch_words() -> bytes:
    """Return a tag with Streamlit's words, English to Dutch; one that ends in a space is the beginning of a label."""
    english, dutch = translator("en"), translator("nl")
    words = {english(f"page.word.{name}"): dutch(f"page.word.{name}") for name in _WORDS}
    return f'<meta name="genkdash-words" content="{html.escape(json.dumps(words))}">'.encode()


def _may_be_page(path: str) -> bool:
    """Tell whether `path` may answer with the page: Streamlit's files, streams and ours never do."""
    return not any(part in path for part in ("/_stcore/", "/static/", "/media/", "/component/"))


class _Page:
    """One answer: held back until it is whole when it is HTML, passed on as it comes when it is not."""

    def __init__(self, send: Send, language: Literal["nl", "en"], first: bytes) -> None:
        self._send = send
        self._language = language
        self._first = first
        self._start: Message | None = None
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        """Take one message of the answer."""
        if message["type"] == "http.response.start" and _is_html(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        elif message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        """Send the rewritten page with its own length."""
        body = rewritten(bytes(self._body), self._language).replace(_ROOT, self._first + _ROOT, 1)
        headers = [(name, value) for name, value in start["headers"] if name.lower() not in _OF_THE_FILE]
        headers += [
            (b"content-length", str(len(body)).encode()),
            (b"content-language", self._language.encode()),
            (b"vary", b"Cookie"),
        ]
        await self._send({**start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


def _is_html(start: Message) -> bool:
    """Tell whether this answer is a page."""
    return any(name.lower() == b"content-type" and value.startswith(_HTML) for name, value in start["headers"])
