"""What the page names beforehand is there, is what the screen draws first, and comes compressed."""

import asyncio
import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest
from bare_http import BareAnswer, ask_bare
from google.protobuf.message import Message
from running import running_dashboard
from wire import open_tab

from genkdash.server.assets import ICON_FONT, OUR_FILES
from genkdash.server.page_assets import with_scripts
from genkdash.server.page_needs import FIRST, LARGE, LATER, needed_files, screen_of, scripts_of
from genkdash.server.streamlit_files import streamlit_files

BROWSER = "gzip, deflate, br, zstd"
FOREVER, ASK_AGAIN = "public, max-age=31536000, immutable", "public, no-cache"
# What an element is called on the line, by the script that draws it.
ON_THE_LINE = {
    "Button": "button",
    "ButtonGroup": "button_group",
    "Checkbox": "checkbox",
    "Html": "html",
    "LinkButton": "link_button",
    "Metric": "metric",
    "PageLink": "page_link",
    "PlotlyChart": "plotly_chart",
    "Selectbox": "selectbox",
    "TextArea": "text_area",
    "TextInput": "text_input",
}


def name_of(address: str) -> str:
    return Path(address).name.split(".")[0]


@pytest.mark.parametrize("screen", FIRST)
def test_every_element_that_a_screen_draws_first_has_its_script(screen: str) -> None:
    """Fails when an upgrade calls one otherwise: then it would silently be fetched late again."""
    assert set(FIRST[screen]) <= {name_of(address) for address in scripts_of(screen)}
    assert all((streamlit_files() / address[1:]).is_file() for address in scripts_of(screen))


def test_what_the_page_names_itself_is_not_named_again() -> None:
    page = (streamlit_files() / "index.html").read_text(encoding="utf-8")
    assert [address for screen in FIRST for address in scripts_of(screen) if f'"./{address[1:]}"' in page] == []


def test_large_scripts_come_last_and_a_phone_gets_none() -> None:
    assert {name_of(address) for address in scripts_of("overview")[-len(LARGE) :]} == LARGE
    for screen in ("me", "log_post", "screen", "methods"):
        assert LARGE.isdisjoint(name_of(address) for address in scripts_of(screen))


def test_a_screen_that_nobody_knows_needs_nothing() -> None:
    assert scripts_of("nothing") == ()


def test_the_files_of_our_pages_are_known_by_their_names() -> None:
    files = {name_of(address) for address in needed_files()}
    assert {"index", "DataFrame", *LATER, *(name for names in FIRST.values() for name in names)} <= files
    assert "DeckGlJsonChart" not in files


@pytest.mark.parametrize(
    ("path", "query", "screen"),
    [
        ("/", b"", "overview"),
        ("/start", b"", "overview"),
        ("/topics", b"taal=en", "topics"),
        ("/me", b"", "me"),
        ("/", b"als=influencer&wie=Amina", "me"),
        ("/log_post", b"als=influencer", "log_post"),
        ("/topics", b"als=influencer", "me"),
        ("/screen", b"", "screen"),
        ("/", b"als=scherm", "screen"),
        ("/me", b"als=staff", "overview"),
        ("/elsewhere", b"als=%ff&als=nobody", "overview"),
    ],
)
def test_the_address_tells_which_screen_it_will_be(path: str, query: bytes, screen: str) -> None:
    assert asyncio.run(screen_of({"type": "http", "path": path, "query_string": query, "headers": []})) == screen


def test_our_own_start_comes_before_streamlits_and_what_it_draws_after_everything() -> None:
    page = b'<head><script type="module" src="./static/js/index.js"></script></head><body></body>'
    assert with_scripts(page, ["/static/js/Metric.js", "/static/js/Plotly.js"]) == (
        b'<head><script src="./app/static/start.js" defer fetchpriority="high"></script>'
        b'<script type="module" src="./static/js/index.js"></script>'
        b'<link data-later crossorigin href="./static/js/Metric.js">'
        b'<link data-later crossorigin href="./static/js/Plotly.js">'
        b'<link rel="preload" as="fetch" crossorigin href="./_stcore/health" fetchpriority="low">'
        b'<link rel="preload" as="fetch" crossorigin href="./_stcore/host-config" fetchpriority="low">'
        b"</head><body></body>"
    )


def test_a_script_that_the_page_names_already_is_not_named_for_afterwards() -> None:
    page = b'<script type="module" src="./static/js/a.js"></script></head>'
    assert with_scripts(page, ["/static/js/a.js"]).count(b"/static/js/a.js") == 1


@pytest.fixture(scope="module")
def example() -> Iterator[str]:
    with running_dashboard(None) as url:
        yield url


@pytest.mark.parametrize("screen", FIRST)
def test_a_screen_draws_what_was_named_for_it(example: str, screen: str) -> None:
    drawn: set[str] = set()
    with open_tab(example, screen) as tab:
        for message in tab.run():
            drawn |= set(elements(message))
        assert tab.is_compressed()
    assert {ON_THE_LINE[name] for name in FIRST[screen]} - drawn == set()


def elements(message: Any) -> Iterator[str]:
    """Yield what each element of one message of a run is called."""
    if isinstance(message, Message) and message.WhichOneof("type") == "delta":
        delta = message.delta  # type: ignore[attr-defined]  # of a message without types
        if delta.WhichOneof("type") == "new_element":
            yield delta.new_element.WhichOneof("type")


def test_the_dashboard_names_files_that_come_compressed_and_are_kept(example: str) -> None:
    page = ask_bare(example, "/", Accept_Encoding=BROWSER)
    text = brotli.decompress(body_of(page)).decode()
    assert page.headers["cache-control"] == "private, no-store"
    assert page.headers["vary"].endswith("Accept-Encoding")
    assert text == gzip.decompress(body_of(ask_bare(example, "/", Accept_Encoding="gzip"))).decode()
    assert text == body_of(ask_bare(example, "/")).decode()

    named = re.findall(r'(?:href|src)="\.(/(?:app/)?static/[^"]+)"', text)
    script = next(one for one in named if one.endswith("/start-0.js"))
    answer = ask_bare(example, script, Accept_Encoding=BROWSER)
    while "content-encoding" not in answer.headers:  # the first start of all is still at it
        answer = ask_bare(example, script, Accept_Encoding=BROWSER)
    plain = ask_bare(example, script)
    assert (plain.status, plain.headers["cache-control"]) == (200, FOREVER)
    assert plain.headers["content-type"].startswith("text/javascript")
    assert brotli.decompress(body_of(answer)) == body_of(plain)
    assert ask_bare(example, script, If_None_Match=plain.headers["etag"]).status == 304
    assert "content-security-policy" in answer.headers
    kept = {one: ask_bare(example, one, Accept_Encoding=BROWSER).headers["cache-control"] for one in named[-12:]}
    assert {how for one, how in kept.items() if not one.endswith(".woff2")} == {FOREVER}

    ours = next(one for one in named if one.startswith("/app/static/comfort.css?v="))
    assert ask_bare(example, ours).headers["cache-control"] == FOREVER
    assert body_of(ask_bare(example, ours)) == (OUR_FILES / "comfort.css").read_bytes()


def test_the_icons_that_streamlit_asks_for_are_the_few_that_are_drawn(example: str) -> None:
    (large,) = (streamlit_files() / "static" / "media").glob("MaterialSymbols-Rounded.*.woff2")
    small = OUR_FILES / Path(ICON_FONT).name
    answer = ask_bare(example, f"/static/media/{large.name}", Accept_Encoding=BROWSER)
    assert (answer.status, body_of(answer)) == (200, small.read_bytes())
    # Under the same address there may be more icons tomorrow.
    assert answer.headers["cache-control"] == ASK_AGAIN
    again = ask_bare(example, f"/static/media/{large.name}", If_None_Match=answer.headers["etag"])
    assert (again.status, body_of(again)) == (304, b"")


def body_of(answer: BareAnswer) -> bytes:
    return answer.whole.partition(b"\r\n\r\n")[2]
