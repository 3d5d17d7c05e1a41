"""The page says in which language it is, and nothing else on its way is touched."""

import asyncio
import html
import json
import tomllib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Literal

import pytest
import streamlit
from PIL import Image
from streamlit.elements.exception import _GENERIC_UNCAUGHT_EXCEPTION_TEXT

from genkdash.server.language import PageLanguage, page_language, rewritten

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
STATIC = Path(__file__).parents[2] / "genkdash" / "static"


class Inner:
    """An application behind the middleware that gives one answer, in pieces, and remembers what it was asked."""

    def __init__(self, body: bytes, content_type: str = "text/html; charset=utf-8", status: int = 200) -> None:
        self.body = body
        self.content_type = content_type
        self.status = status
        self.asked: dict[bytes, bytes] = {}

    async def __call__(self, scope: Any, _receive: Any, send: Callable[[Any], Awaitable[None]]) -> None:
        self.asked = dict(scope.get("headers", []))
        headers = [
            (b"content-type", self.content_type.encode()),
            (b"content-length", str(len(self.body)).encode()),
            (b"etag", b'"old"'),
            (b"cache-control", b"no-cache"),
        ]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        half = len(self.body) // 2
        await send({"type": "http.response.body", "body": self.body[:half], "more_body": True})
        await send({"type": "http.response.body", "body": self.body[half:]})


async def first_answer(scope: Any, language: str) -> bytes:
    return f'<main lang="{language}">{scope["path"]}</main>'.encode()


def ask(inner: Inner, path: str = "/", query: bytes = b"", **more: Any) -> tuple[dict[bytes, bytes], bytes, int]:
    """Return headers, body and number of messages of one answer through the middleware."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": path, "query_string": query, "headers": [], **more}
    asyncio.run(PageLanguage(inner, first_answer)(scope, receive, send))
    return dict(sent[0]["headers"]), b"".join(message.get("body", b"") for message in sent[1:]), len(sent)


@pytest.mark.parametrize(
    ("query", "language"),
    [
        (b"", "nl"),
        (b"taal=nl", "nl"),
        (b"taal=en", "en"),
        (b"stand=2018-07-01&taal=en", "en"),
        (b"taal=fr", "nl"),
        (b'taal=en"><script>', "nl"),
        (b"taal=en&taal=nl", "nl"),
        (b"taal=%ff", "nl"),
        (b"taal", "nl"),
    ],
)
def test_the_language_of_the_page_is_that_of_its_address(query: bytes, language: str) -> None:
    assert page_language(query) == language
    _, body, _ = ask(Inner(INDEX), "/topics", query)
    assert f'<html lang="{language}">'.encode() in body
    assert body.count(b"<html") == 1


def test_the_page_of_the_installed_streamlit_has_every_place_we_rewrite() -> None:
    page = rewritten(INDEX, "nl").decode()
    assert '<html lang="nl">' in page
    assert "<title>genkdash</title>" in page
    assert "<noscript><p>Zet JavaScript aan in je browser om de cijfers te zien.</p></noscript>" in page
    assert "SourceSansVF" not in page
    assert "favicon.png" not in page
    assert page.count("</head>") == 1
    assert "Streamlit</title>" not in page


def test_every_file_the_page_asks_of_us_is_there() -> None:
    asked = {part.split(b'"')[0].decode() for part in rewritten(INDEX, "nl").split(b'"./app/static/')[1:]}
    assert asked == {
        "hanken-grotesk-latin-wght-normal.woff2",
        "comfort.css",
        "language.js",
        "way_in.js",
        "icon-192.png",
        "apple-touch-icon.png",
        "genkdash.nl.webmanifest",
    }
    assert [name for name in asked if not (STATIC / name).is_file()] == []


@pytest.mark.parametrize(("language", "start"), [("nl", "../../"), ("en", "../../?taal=en")])
def test_the_home_screen_opens_the_own_home_in_the_language_of_the_page(
    language: Literal["nl", "en"], start: str
) -> None:
    assert f'rel="manifest" href="./app/static/genkdash.{language}.webmanifest"'.encode() in rewritten(INDEX, language)
    manifest = json.loads((STATIC / f"genkdash.{language}.webmanifest").read_text(encoding="utf-8"))
    assert (manifest["lang"], manifest["start_url"], manifest["scope"]) == (language, start, "../../")
    assert (manifest["name"], manifest["short_name"]) == ("genkdash", "genkdash")


def test_each_icon_is_as_large_as_the_manifest_says_and_those_that_are_cut_have_no_clear_corner() -> None:
    manifest = json.loads((STATIC / "genkdash.nl.webmanifest").read_text(encoding="utf-8"))
    icons = [(icon["src"], icon["sizes"], icon["purpose"]) for icon in manifest["icons"]]
    assert {(size, purpose) for _, size, purpose in icons} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for name, size, purpose in [*icons, ("apple-touch-icon.png", "180x180", "maskable")]:
        with Image.open(STATIC / name) as picture:
            assert f"{picture.width}x{picture.height}" == size
            assert picture.convert("RGBA").getpixel((0, 0))[3] == (0 if purpose == "any" else 255)  # type: ignore[index]


def test_the_bar_of_the_browser_has_the_colour_of_the_page_in_both_themes() -> None:
    page = rewritten(INDEX, "nl").decode()
    theme = tomllib.loads((STATIC.parents[1] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    for name in ("light", "dark"):
        colour = theme[name]["backgroundColor"]
        assert f'<meta name="theme-color" media="(prefers-color-scheme: {name})" content="{colour}">' in page


def test_each_word_we_translate_stands_in_the_installed_streamlit() -> None:
    folder = Path(streamlit.__file__).parent
    texts = [path.read_text(encoding="utf-8") for path in (folder / "static" / "static" / "js").glob("*.js")]
    held = html.unescape(rewritten(INDEX, "nl").decode()).partition('name="genkdash-words" content="')[2]
    english = json.loads(held.partition('">')[0])
    texts.append(_GENERIC_UNCAUGHT_EXCEPTION_TEXT)
    # a label that ends in ": " is put together in the browser
    assert [word for word in english if not any(word.removesuffix(": ") in text for text in texts)] == []


def test_no_script_of_ours_stands_inside_the_page() -> None:
    assert rewritten(INDEX, "nl").count(b"<script>") == INDEX.count(b"<script>") == 1


def test_the_answer_tells_its_own_length_and_none_of_the_files_marks() -> None:
    headers, body, _ = ask(Inner(INDEX))
    assert headers[b"content-length"] == str(len(body)).encode()
    assert b"etag" not in headers
    assert headers[b"cache-control"] == b"no-cache"
    assert headers[b"content-language"] == b"nl"


def test_the_first_answer_stands_before_what_streamlit_draws_and_the_answer_depends_on_who_asks() -> None:
    headers, body, _ = ask(Inner(INDEX), "/me", b"taal=en")
    assert body.count(b'<main lang="en">/me</main><div id="root">') == 1
    assert headers[b"vary"] == b"Cookie"


def test_the_page_is_asked_for_whole_and_uncompressed() -> None:
    inner = Inner(INDEX)
    asked = [(b"accept-encoding", b"gzip"), (b"if-none-match", b'"old"'), (b"range", b"bytes=0-9"), (b"cookie", b"a=b")]
    ask(inner, headers=asked)
    assert inner.asked == {b"cookie": b"a=b"}


@pytest.mark.parametrize("path", ["/_stcore/health", "/static/js/index.js", "/app/static/language.js", "/media/a.png"])
def test_what_is_not_the_page_keeps_its_headers_and_comes_piece_by_piece(path: str) -> None:
    inner = Inner(b'<html lang="en">', "text/plain")
    headers, body, messages = ask(inner, path, headers=[(b"accept-encoding", b"gzip")])
    assert body == b'<html lang="en">'
    assert messages == 3
    assert headers[b"etag"] == b'"old"'
    assert inner.asked == {b"accept-encoding": b"gzip"}


def test_another_answer_at_the_address_of_a_page_is_left_alone() -> None:
    headers, body, _ = ask(Inner(b'{"lang": "en"}', "application/json"), "/whatever")
    assert body == b'{"lang": "en"}'
    assert headers[b"content-length"] == b"14"


def test_a_websocket_goes_straight_through() -> None:
    seen = []

    async def inner(scope: Any, _receive: Any, _send: Any) -> None:
        seen.append(scope["type"])

    asyncio.run(PageLanguage(inner)({"type": "websocket", "path": "/_stcore/stream"}, None, None))  # type: ignore[arg-type]
    assert seen == ["websocket"]
