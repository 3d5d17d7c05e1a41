"""Files go out compressed, over real sockets, are kept as long as their address allows, and are the files they were."""

import gzip
import threading
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
import uvicorn
from bare_http import BareAnswer, ask_bare
from running import free_port
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from genkdash.server.asset_making import make_all
from genkdash.server.asset_shelf import Shelf
from genkdash.server.assets import Assets, serving_from
from genkdash.server.headers import SafeHeaders

BROWSER = "gzip, deflate, br, zstd"
SCRIPT = b"export const numbers = [1, 2, 3];\n" * 40
STYLE = b".number { font-weight: 650 }\n" * 40
FOREVER, ASK_AGAIN = "public, max-age=31536000, immutable", "public, no-cache"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("assets")
    for name in ("theirs/js", "theirs/media", "ours"):
        (folder / name).mkdir(parents=True)
    (folder / "theirs/js/numbers.aaaaaaaa.js").write_bytes(SCRIPT)
    (folder / "theirs/js/late.dddddddd.js").write_bytes(SCRIPT)
    (folder / "theirs/media/flake.bbbbbbbb.png").write_bytes(SCRIPT)
    (folder / "ours/comfort.css").write_bytes(STYLE)
    (folder / "ours/letters.woff2").write_bytes(STYLE)
    (folder / "secret.js").write_bytes(b"nobody")
    return folder


@pytest.fixture(scope="module")
def shelf(folder: Path) -> Shelf:
    roots = {"/static/": folder / "theirs", "/app/static/": folder / "ours"}
    shelf = Shelf(folder / "kept", roots, edition="streamlit-1.67.0")
    make_all(shelf, [], threading.Event())
    for ending in ("br9", "gz"):
        shelf.path("/static/js/late.dddddddd.js", ending).unlink()
    return shelf


@pytest.fixture(scope="module")
def url(folder: Path, shelf: Shelf) -> Iterator[str]:
    routes = [
        Mount("/static", StaticFiles(directory=folder / "theirs")),
        Mount("/app/static", StaticFiles(directory=folder / "ours")),
    ]
    port = free_port()
    app = SafeHeaders(Assets(Starlette(routes=routes)))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="critical"))
    thread = threading.Thread(target=server.run)
    with serving_from(shelf):
        thread.start()
        while not server.started:
            thread.join(0.01)
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join()


def body(answer: BareAnswer) -> bytes:
    return answer.whole.partition(b"\r\n\r\n")[2]


@pytest.mark.parametrize(
    ("asked", "coding", "decoded"),
    [
        (BROWSER, "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("br;q=0.5, gzip", "gzip", gzip.decompress),
        ("gzip, identity;q=0", "gzip", gzip.decompress),
        ("*", "br", brotli.decompress),
        ("zstd", None, bytes),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_a_file_comes_in_the_coding_that_was_asked_for_and_is_the_file(
    url: str, asked: str, coding: str | None, decoded: type[bytes]
) -> None:
    answer = ask_bare(url, "/static/js/numbers.aaaaaaaa.js", Accept_Encoding=asked)
    assert answer.status == 200
    assert answer.headers.get("content-encoding") == coding
    assert decoded(body(answer)) == SCRIPT
    assert answer.headers["content-length"] == str(len(body(answer)))
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["cache-control"] == FOREVER
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_head_tells_what_get_would(url: str) -> None:
    whole = ask_bare(url, "/app/static/comfort.css", Accept_Encoding=BROWSER)
    head = ask_bare(url, "/app/static/comfort.css", method="HEAD", Accept_Encoding=BROWSER)
    names = ("content-encoding", "content-length", "content-type", "etag", "vary", "cache-control")
    assert {name: head.headers[name] for name in names} == {name: whole.headers[name] for name in names}
    assert body(head) == b""
    assert brotli.decompress(body(whole)) == STYLE


@pytest.mark.parametrize("asked", [BROWSER, "gzip", "identity"])
def test_who_has_a_variant_hears_that_it_is_the_same(url: str, asked: str) -> None:
    mark = ask_bare(url, "/app/static/comfort.css", Accept_Encoding=asked).headers["etag"]
    for known in (mark, f'"x", W/{mark}', "*"):
        answer = ask_bare(url, "/app/static/comfort.css", Accept_Encoding=asked, If_None_Match=known)
        assert (answer.status, body(answer)) == (304, b"")
        assert (answer.headers["etag"], answer.headers["vary"]) == (mark, "Accept-Encoding")
        assert answer.headers["cache-control"] == ASK_AGAIN
        assert "content-encoding" not in answer.headers
        assert "content-length" not in answer.headers


def test_who_has_another_variant_gets_this_one(url: str) -> None:
    marks = [
        ask_bare(url, "/app/static/comfort.css", Accept_Encoding=asked).headers["etag"]
        for asked in (BROWSER, "gzip", "identity")
    ]
    assert len(set(marks)) == 3
    answer = ask_bare(url, "/app/static/comfort.css", Accept_Encoding=BROWSER, If_None_Match=marks[1])
    assert (answer.status, brotli.decompress(body(answer))) == (200, STYLE)


def test_a_part_is_a_part_of_the_file_as_it_is(url: str) -> None:
    answer = ask_bare(url, "/static/js/numbers.aaaaaaaa.js", Accept_Encoding=BROWSER, Range="bytes=7-11")
    assert (answer.status, body(answer)) == (206, b"const")
    assert "content-encoding" not in answer.headers
    assert answer.headers["vary"] == "Accept-Encoding"
    # Who has the beginning in brotli can't go on with the rest of the file as it is.
    mark = ask_bare(url, "/static/js/numbers.aaaaaaaa.js", Accept_Encoding=BROWSER).headers["etag"]
    other = ask_bare(url, "/static/js/numbers.aaaaaaaa.js", Accept_Encoding=BROWSER, Range="bytes=7-", If_Range=mark)
    assert (other.status, body(other)) == (200, SCRIPT)


def test_what_is_not_made_yet_comes_as_it_is_and_what_is_never_made_too(url: str) -> None:
    for address in ("/static/js/late.dddddddd.js", "/static/media/flake.bbbbbbbb.png"):
        answer = ask_bare(url, address, Accept_Encoding=BROWSER)
        assert (answer.status, body(answer)) == (200, SCRIPT)
        assert "content-encoding" not in answer.headers
        assert answer.headers["cache-control"] == FOREVER


def test_a_file_of_ours_is_kept_for_ever_only_under_its_own_version(url: str, shelf: Shelf) -> None:
    version = shelf.version("/app/static/comfort.css")
    assert version is not None
    kept = {
        query: ask_bare(url, f"/app/static/comfort.css{query}", Accept_Encoding=BROWSER).headers["cache-control"]
        for query in ("", f"?v={version}", "?v=0123456789ab", f"?v={version}&x", "?v=")
    }
    assert kept == {
        "": ASK_AGAIN,
        f"?v={version}": FOREVER,
        "?v=0123456789ab": ASK_AGAIN,
        f"?v={version}&x": ASK_AGAIN,
        "?v=": ASK_AGAIN,
    }
    assert ask_bare(url, "/app/static/letters.woff2").headers["cache-control"] == "public, max-age=604800"


@pytest.mark.parametrize(
    "address",
    [
        "/static/js/../../../secret.js",
        "/static/js/%2e%2e/%2e%2e/%2e%2e/secret.js",
        "/static/../secret.js",
        "/app/static/..%2fsecret.js",
        "/static/js/numbers.aaaaaaaa.js%00",
        "/static/js/nothing.eeeeeeee.js",
        "/static/js/",
    ],
)
def test_nothing_but_the_files_themselves_is_there(url: str, address: str) -> None:
    answer = ask_bare(url, address, Accept_Encoding=BROWSER)
    assert answer.status in {404, 405}
    assert b"nobody" not in answer.whole
    assert b"export" not in answer.whole


def test_a_method_that_is_none_of_reading_is_not_answered_with_a_file(url: str) -> None:
    answer = ask_bare(url, "/static/js/numbers.aaaaaaaa.js", method="POST", Accept_Encoding=BROWSER, Content_Length="0")
    assert answer.status == 405
