"""Every answer tells a browser to do no more with it than our pages need, and never to keep what is of people."""

import asyncio
import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from genkdash.access.current import Access, admit
from genkdash.access.links import LinkRegister
from genkdash.access.mode import Mode
from genkdash.server.first_answer import THEME_SCRIPT
from genkdash.server.headers import SafeHeaders, content_policy
from genkdash.server.language import rewritten
from genkdash.server.private_streamlit import streamlit_page
from genkdash.settings import AccessSettings, Settings

ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-robots-tag": "noindex, nofollow",
    "content-security-policy": content_policy(None),
}


class Inner:
    """An application that answers everything with these headers; or fails, before or after its first byte."""

    def __init__(self, *headers: tuple[str, str], status: int = 200, fails: str = "") -> None:
        self.headers = [(name.encode(), value.encode()) for name, value in headers]
        self.status = status
        self.fails = fails

    async def __call__(self, _scope: Any, _receive: Any, send: Any) -> None:
        if self.fails == "before":
            raise ValueError("Kanarina is not a number")
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        if self.fails == "after":
            raise ValueError("Kanarina is not a number")
        await send({"type": "http.response.body", "body": b"body"})


def ask(inner: Inner, path: str = "/", *, fails: bool = False) -> tuple[int, list[tuple[str, str]], bytes]:
    """Return status, headers and body of one answer through the headers."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    call = SafeHeaders(inner)(scope, receive, send)
    if fails:
        with pytest.raises(ValueError, match="Kanarina"):
            asyncio.run(call)
    else:
        asyncio.run(call)
    headers = [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]
    return sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:])


def named(inner: Inner, path: str = "/") -> dict[str, str]:
    """Return the headers of one answer, none of which stands there twice."""
    _, headers, _ = ask(inner, path)
    assert len({name for name, _ in headers}) == len(headers)
    return dict(headers)


@pytest.fixture
def over_https(tmp_path: Path) -> Iterator[str]:
    settings = Settings(source="x", access=AccessSettings(public_url="https://genkdash.example/"))
    admit(Access(Mode("shared"), settings, LinkRegister(tmp_path)))
    return "https://genkdash.example"


@pytest.fixture
def over_http(tmp_path: Path) -> str:
    settings = Settings(source="x", access=AccessSettings(public_url="http://localhost:8501"))
    admit(Access(Mode("shared"), settings, LinkRegister(tmp_path)))
    return "http://localhost:8501"


@pytest.mark.parametrize("status", [200, 206, 303, 304, 401, 403, 404, 405, 500])
def test_every_answer_has_them_whatever_its_status(status: int) -> None:
    assert ALWAYS.items() <= named(Inner(status=status)).items()


def test_ours_stand_in_place_of_any_that_streamlit_gives() -> None:
    given = Inner(("X-Frame-Options", "ALLOWALL"), ("Content-Security-Policy", "default-src *"), ("Server", "x"))
    headers = named(given)
    assert ALWAYS.items() <= headers.items()
    assert headers["Server"] == "x"


def test_a_redirect_may_tell_even_less_about_where_it_came_from() -> None:
    assert named(Inner(("Referrer-Policy", "no-referrer")))["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path", ["/", "/topics", "/media/a.csv", "/_stcore/host-config", "/nothing/here", "/aanmelden"]
)
def test_what_is_of_people_is_never_kept(path: str) -> None:
    given = Inner(("Cache-Control", "public, max-age=31536000"))
    assert named(given, path)["cache-control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/static/js/a.js", "/app/static/comfort.css"])
def test_a_file_that_everybody_may_have_is_kept_as_long_as_streamlit_says(path: str) -> None:
    given = Inner(("cache-control", "public, immutable, max-age=31536000"))
    assert named(given, path)["cache-control"] == "public, immutable, max-age=31536000"


def test_the_script_inside_the_page_and_that_of_the_first_answer_are_let_through_by_their_hash_and_no_other() -> None:
    scripts = re.findall(rb"<script>(.*?)</script>", rewritten(streamlit_page(), "en"), re.DOTALL)
    digest, ours = (
        base64.b64encode(hashlib.sha256(script).digest()).decode() for script in (scripts[0], THEME_SCRIPT.encode())
    )
    rules = dict(rule.split(" ", 1) for rule in content_policy(None).split("; "))
    assert len(scripts) == 1
    assert rules["script-src"] == f"'self' 'wasm-unsafe-eval' 'sha256-{digest}' 'sha256-{ours}'"
    assert "'unsafe-eval'" not in content_policy(None)
    assert rules["frame-ancestors"] == rules["object-src"] == rules["base-uri"] == "'none'"
    assert "http:" not in content_policy(None)
    assert "https:" not in content_policy(None)
    assert "*" not in content_policy(None)


def test_the_websocket_of_the_public_address_is_named_for_browsers_that_do_not_count_it_as_ours() -> None:
    assert "connect-src 'self' wss://genkdash.example;" in content_policy("https://genkdash.example")
    assert "connect-src 'self' ws://localhost:8501;" in content_policy("http://localhost:8501")
    assert "connect-src 'self';" in content_policy(None)


def test_over_https_every_cookie_is_secure_and_the_browser_comes_back_over_https(over_https: str) -> None:
    cookies = ["a=1; Path=/", "b=2; secure; HttpOnly", "c=secure; Path=/"]
    _, headers, _ = ask(Inner(*(("Set-Cookie", cookie) for cookie in cookies)))
    assert over_https == "https://genkdash.example"
    assert [value for name, value in headers if name == "Set-Cookie"] == [
        "a=1; Path=/; Secure",
        "b=2; secure; HttpOnly",
        "c=secure; Path=/; Secure",
    ]
    assert dict(headers)["strict-transport-security"] == "max-age=31536000"


@pytest.mark.usefixtures("over_http")
def test_without_https_nothing_promises_it() -> None:
    _, headers, _ = ask(Inner(("Set-Cookie", "a=1")))
    assert ("Set-Cookie", "a=1") in headers
    assert "strict-transport-security" not in dict(headers)


def test_an_error_before_the_first_byte_is_one_plain_sentence_and_goes_on_to_the_log() -> None:
    status, headers, body = ask(Inner(fails="before"), fails=True)
    assert status == 500
    assert ALWAYS.items() <= dict(headers).items()
    assert "Er liep iets mis bij ons." in body.decode()
    assert b"Kanarina" not in body
    assert b"Error" not in body


def test_an_error_after_the_first_byte_adds_nothing_to_the_answer() -> None:
    status, _, body = ask(Inner(fails="after"), fails=True)
    assert (status, body) == (200, b"")


def test_a_websocket_goes_straight_through() -> None:
    seen = []

    async def inner(scope: Any, _receive: Any, _send: Any) -> None:
        seen.append(scope["type"])

    asyncio.run(SafeHeaders(inner)({"type": "websocket", "path": "/_stcore/stream"}, None, None))  # type: ignore[arg-type]
    assert seen == ["websocket"]
