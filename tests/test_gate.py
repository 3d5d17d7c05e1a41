"""Nothing of the sheet reaches somebody unknown, whatever they ask: over a running dashboard, byte for byte."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from bare_http import ask_bare
from running import ROOT, running_dashboard
from shared_mode import Shared, settings_file, shared_dashboard
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import InvalidStatus
from wire import Tab, has_text, open_tab
from workbooks import CAMPAIGN, HEADER, row, save

PAGES = {
    "": "Waar staan we samen?",
    "topics": "Waarover gaat het?",
    "timeline": "Wanneer werd er verteld?",
    "sheet_check": "Klopt de sheet?",
}
REFUSAL = "Geen toegang langs deze weg"
CANARY = "Kanarina"

# What somebody unknown gets at each route of the installed Streamlit: a new route stands here before it is served.
ANSWERS = {
    ("/_stcore/health", "GET"): 200,
    ("/_stcore/health", "HEAD"): 200,
    ("/_stcore/health", "OPTIONS"): 405,
    ("/_stcore/metrics", "GET"): 404,
    ("/_stcore/metrics", "HEAD"): 404,
    ("/_stcore/metrics", "OPTIONS"): 404,
    ("/_stcore/host-config", "GET"): 401,
    ("/_stcore/host-config", "HEAD"): 401,
    ("/media/{file_id:path}", "GET"): 401,
    ("/media/{file_id:path}", "HEAD"): 401,
    ("/media/{file_id:path}", "OPTIONS"): 405,
    ("/_stcore/upload_file/{session_id}/{file_id}", "PUT"): 404,
    ("/_stcore/upload_file/{session_id}/{file_id}", "DELETE"): 404,
    ("/_stcore/upload_file/{session_id}/{file_id}", "OPTIONS"): 404,
    ("/component/{path:path}", "GET"): 404,
    ("/component/{path:path}", "HEAD"): 404,
    ("/component/{path:path}", "OPTIONS"): 404,
    ("/_stcore/bidi-components/{path:path}", "GET"): 404,
    ("/_stcore/bidi-components/{path:path}", "HEAD"): 404,
    ("/_stcore/bidi-components/{path:path}", "OPTIONS"): 404,
    ("/_stcore/stream", "websocket"): 403,
    ("/auth/login", "GET"): 302,  # without a token of ours it leads to the first page
    ("/auth/login", "HEAD"): 302,
    ("/auth/logout", "GET"): 302,
    ("/auth/logout", "HEAD"): 302,
    ("/oauth2callback", "GET"): 302,
    ("/oauth2callback", "HEAD"): 302,
    **{
        (f"/_stcore/agent/{name}", method): 404
        for name in ("interact", "openapi.json", "mcp")
        for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
    },
    ("/app/static/{path:path}", "GET"): 404,  # no such file
    ("/app/static/{path:path}", "HEAD"): 404,
    ("/app/static/{path:path}", "OPTIONS"): 405,
    ("", "mount"): 303,
}
TRICKS = [
    "//",
    "//topics",
    "/topics//",
    "/./topics",
    "/x/../topics",
    "/static/../media/{media}",
    "/static/..%2fmedia/{media}",
    "/static/%2e%2e/media/{media}",
    "/static/%252e%252e/media/{media}",
    "/app/static/../../media/{media}",
    "/app/static/..%2f..%2fpages/overview.py",
    "/%2fmedia/{media}",
    "//media/{media}",
    "/media//{media}",
    "/media/{media}/",
    "/media/{media}?a=/static/",
    "/media/{media}#/static/",
    "/media/{media};/static/a.js",
    "/media\\{media}",
    "\\media\\{media}",
    "/MEDIA/{media}",
    "/%6d%65dia/{media}",
    "/media/{media}%00",
    "/media/{media}\xff",
    "/media/{media}%ff",
    "/media/{media}%0a",
    "/media/%ef%bc%8e/{media}",
    "/_stcore/health/../../media/{media}",
    "/_stcore/health/",
    "/_stcore/health%2f..%2f..%2fmedia/{media}",
    "/link/../media/{media}",
    "/aanmelden/../topics",
    "/aanmelden/..%2ftopics",
    "/oauth2callback/../media/{media}",
    "/_stcore/stream",
    "/_STCORE/metrics",
    "/_stcore%2fmetrics",
    "http://localhost/media/{media}",
    "http://localhost/static/a.js",
    "*",
    "/topics?" + "a" * 5000,
    "/" + "a" * 5000,
    "/pages/overview.py",
    "/.streamlit/secrets.toml",
    "/var/example.json",
]


@pytest.fixture(scope="module")
def example() -> Iterator[str]:
    with running_dashboard(None) as url:
        yield url


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    folder = tmp_path_factory.mktemp("shared")
    rows = [HEADER, row(date(2018, 5, 1), CANARY, "Muziek"), row(date(2018, 5, 2), CANARY, "Sport")]
    people = [["Naam", "E-mail"], [CANARY, "kanarina@genk.example"]]
    source = save(folder / "log.xlsx", {"Berichten": rows, "Campagne": CAMPAIGN, "Influencers": people})
    with shared_dashboard(source, folder) as shared:
        yield shared


@pytest.fixture(scope="module")
def media(shared: Shared) -> str:
    """Return the name of a file that staff has just had made, and that holds what nobody else may see."""
    with open_tab(shared.url, "timeline", cookie=shared.cookie()) as tab:
        offered = re.findall(r'deferred_file_id: "(\w+)"', "".join(map(str, tab.run())))
        address = tab.build_file(offered[0])
    file = ask_bare(shared.url, address, cookie=shared.cookie())
    assert (file.status, CANARY.encode() in file.whole) == (200, True)
    assert file.headers["cache-control"] == "private, no-store"
    return address.removeprefix("/media/")


@pytest.mark.parametrize("page", PAGES)
def test_a_visit_from_elsewhere_to_a_deep_link_gets_the_refusal_and_no_websocket(example: str, page: str) -> None:
    answer = ask_bare(example, f"/{page}", host="genkdash.example")
    assert answer.status == 403
    assert has_text(answer.whole, REFUSAL)
    with pytest.raises(InvalidStatus, match="403"), open_tab(example, page, host="genkdash.example"):
        pass


@pytest.mark.parametrize(
    "header", ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip"]
)
def test_a_visit_that_a_proxy_forwarded_is_refused(example: str, header: str) -> None:
    assert ask_bare(example, "/", **{header: "127.0.0.1"}).status == 403
    with pytest.raises(InvalidStatus, match="403"), open_tab(example, headers={header: "127.0.0.1"}):
        pass


@pytest.mark.parametrize("page", PAGES)
def test_a_visit_from_this_machine_gets_the_page(example: str, page: str) -> None:
    with open_tab(example, page, host="localhost") as tab:
        tab.run()
        assert has_text(tab.received(), PAGES[page])
        assert not has_text(tab.received(), REFUSAL)
        assert tab.fragments


def test_every_route_of_the_installed_streamlit_was_weighed(tmp_path: Path) -> None:
    program = (
        "import json; from app import app; "
        "routes = app._build_starlette_app().routes; "
        "print(json.dumps([[r.path, sorted(getattr(r, 'methods', None) or [type(r).__name__])] for r in routes]))"
    )
    environment = {**os.environ, "GENKDASH_SETTINGS": os.devnull, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    run = subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, check=True, text=True
    )
    kinds = {"WebSocketRoute": "websocket", "Mount": "mount"}
    routes = json.loads(run.stdout.splitlines()[-1])
    assert {(path, kinds.get(method, method)) for path, methods in routes for method in methods} == set(ANSWERS)


@pytest.mark.parametrize(("route", "method"), sorted(ANSWERS))
def test_somebody_unknown_gets_nothing_of_the_sheet_at_any_route(
    shared: Shared, media: str, route: str, method: str
) -> None:
    path = re.sub(r"\{[a-z_:]+\}", media, route) or "/topics"
    if method == "websocket":
        answer = ask_bare(shared.url, path, **UPGRADE)
    else:
        answer = ask_bare(shared.url, path, method="GET" if method == "mount" else method)
    assert answer.status == ANSWERS[route, method]
    assert CANARY.encode() not in answer.whole
    assert answer.headers.get("location", "/").startswith("/")
    if method != "websocket":
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"


UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec_WebSocket_Version": "13",
    "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.mark.parametrize("trick", TRICKS)
def test_no_trick_with_a_path_leads_past_the_gate(shared: Shared, media: str, trick: str) -> None:
    target = trick.format(media=media)
    for host in (None, "genkdash.example", "127.0.0.1"):
        answer = ask_bare(shared.url, target, host=host)
        assert answer.status in {303, 400, 401, 403, 404, 414}
        assert CANARY.encode() not in answer.whole
        assert b"stcore" not in answer.whole.partition(b"\r\n\r\n")[2]
        assert answer.headers.get("location", "/aanmelden?naar=/").startswith("/aanmelden?naar=/")
    assert ask_bare(shared.url, target, **UPGRADE).status in {400, 403, 414}


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "_streamlit_user=1"},
        {"Cookie": "genkdash_link=screen"},
        {"X_Streamlit_User": "staf@genk.example"},
        {"Authorization": "Bearer staff"},
        {"X_Forwarded_For": "127.0.0.1", "X_Forwarded_Host": "localhost"},
        {"X_Original_URL": "/static/a.js"},
        {"X_Rewrite_URL": "/static/a.js"},
        {"X_HTTP_Method_Override": "GET"},
    ],
    ids=" ".join,
)
def test_no_header_makes_somebody_known(shared: Shared, media: str, headers: dict[str, str]) -> None:
    assert ask_bare(shared.url, f"/media/{media}", **headers).status == 401
    assert ask_bare(shared.url, "/topics", **headers).status == 303
    assert ask_bare(shared.url, "/_stcore/stream", **UPGRADE, **headers).status == 403


def test_a_cookie_counts_only_as_it_was_given_out_here(shared: Shared, media: str) -> None:
    forged = {
        "another key": shared.cookie(secret="another-secret-that-is-as-long-0123456789"),
        "another address": shared.cookie(origin="https://elsewhere.example"),
        "another issuer": shared.cookie(iss="https://elsewhere.example"),
        "unverified": shared.cookie(email_verified=False),
        "old": shared.cookie(iat=1),
        "a stranger": shared.cookie(email="niemand@genk.example"),
    }
    for why, cookie in forged.items():
        assert ask_bare(shared.url, f"/media/{media}", cookie=cookie).status == 401, why
        assert ask_bare(shared.url, "/_stcore/stream", **UPGRADE, cookie=cookie).status == 403, why
    assert ask_bare(shared.url, f"/media/{media}", cookie=shared.cookie()).status == 200


def test_another_page_can_not_use_the_cookies_of_its_visitor(shared: Shared, media: str) -> None:
    for origin in ("https://elsewhere.example", "null", "http://localhost", shared.url.replace("http", "https")):
        assert ask_bare(shared.url, f"/media/{media}", cookie=shared.cookie(), origin=origin).status == 403
        assert ask_bare(shared.url, "/_stcore/stream", **UPGRADE, cookie=shared.cookie(), origin=origin).status == 403


def test_staff_who_signed_in_gets_the_page_with_names(shared: Shared) -> None:
    with open_tab(shared.url, "timeline", cookie=shared.cookie()) as tab:
        tab.run()
        assert has_text(tab.received(), PAGES["timeline"])
        assert has_text(tab.received(), CANARY)


def test_behind_a_web_server_that_ends_tls_people_come_in_by_the_public_address_only(tmp_path: Path) -> None:
    source = save(tmp_path / "log.xlsx", {"Berichten": [HEADER, row(date(2018, 5, 1), CANARY)], "Campagne": CAMPAIGN})
    settings = {"GENKDASH_SETTINGS": str(settings_file(tmp_path, public_url="https://genkdash.example"))}
    forwarded = {"X_Forwarded_For": "203.0.113.9", "X_Forwarded_Proto": "https", "X_Forwarded_Host": "genkdash.example"}
    with running_dashboard(source, settings=settings) as url:
        outside = Shared("https://genkdash.example", tmp_path)
        page = ask_bare(url, "/", host="genkdash.example", cookie=outside.cookie(), **forwarded)
        health = ask_bare(url, "/_stcore/health", host="genkdash.example", **forwarded)
        by_number = ask_bare(url, "/", cookie=outside.cookie(), **forwarded)
        with open_tab(
            url, "timeline", origin=outside.url, cookie=outside.cookie(), headers={"X-Forwarded-Proto": "https"}
        ) as tab:
            tab.run()
    assert (page.status, by_number.status) == (200, 403)
    assert "connect-src 'self' wss://genkdash.example;" in page.headers["content-security-policy"]
    assert page.headers["strict-transport-security"] == "max-age=31536000"
    assert health.headers["set-cookie"].endswith("; Secure")
    assert has_text(tab.received(), CANARY)


FORBIDDEN = [
    BackMsg(clear_cache=True),
    BackMsg(set_run_on_save=True),
    BackMsg(load_git_info=True),
    BackMsg(debug_disconnect_websocket=True),
    BackMsg(debug_shutdown_runtime=True),
    BackMsg(),
]


def test_forbidden_frames_change_nothing_for_who_sends_them_nor_for_others(example: str) -> None:
    with open_tab(example, "topics") as other, open_tab(example, "topics") as tab:
        other.run()
        tab.run()
        for frame in FORBIDDEN:
            tab.send(frame.SerializeToString())
        for one in (tab, other):
            assert is_whole(one)


@pytest.mark.parametrize(
    ("frame", "code"),
    [(b"\xff\xff", 1002), ("text", 1003), (b"\x00" * (2**20 + 1), 1009)],
    ids=["garbage", "text", "large"],
)
def test_what_is_no_message_closes_its_own_websocket_and_no_other(example: str, frame: bytes | str, code: int) -> None:
    with open_tab(example, "topics") as other, open_tab(example, "topics") as tab:
        other.run()
        tab.run()
        tab.send(frame)
        assert tab.end() == code
        assert is_whole(other)


def is_whole(tab: Tab) -> bool:
    """Tell whether a new run still shows the page."""
    return any(has_text(message.SerializeToString(), PAGES["topics"]) for message in tab.run())
