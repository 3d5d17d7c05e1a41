"""Who gets past the door, for each way of asking: this machine only, or people with a link or a sign-in."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from shared_mode import ISSUER, SECRET, STAFF, Shared
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.secrets import secrets_singleton

from genkdash.access.current import Access, admit, current_access, dismiss
from genkdash.access.links import LINK_COOKIE, LinkRegister
from genkdash.access.mode import Mode
from genkdash.live.current import follow, now, stop
from genkdash.server.gate import Gate
from genkdash.server.incoming import feed_of
from genkdash.server.visitor import identity_of
from genkdash.settings import AccessSettings, Settings, StaffMember

PUBLIC = "https://genkdash.example"
DISCOVERY = "/.well-known/openid-configuration"
RUN_FRAME = BackMsg(rerun_script={"query_string": "taal=en"}).SerializeToString()
FILE_FRAME = BackMsg(backend_operation_request={"deferred_file": {"file_id": "abc"}}).SerializeToString()


@dataclass
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_of_the_dashboard(self) -> bool:
        return self.body == b"dashboard"


async def dashboard(scope: Any, receive: Any, send: Any) -> None:
    """Stand where Streamlit stands: answer everything, accept every websocket and say back what comes in."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"dashboard"})
        return
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] != "websocket.disconnect":
        if message["type"] == "websocket.receive":
            await send({"type": "websocket.send", "bytes": message["bytes"]})


async def link_door(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"link door"})


GATE = Gate(dashboard, {"link": link_door})


def scope_of(path: str, *, host: str, client: str = "127.0.0.1", **headers: str) -> dict[str, Any]:
    named = {"host": host} | {name.replace("_", "-"): value for name, value in headers.items()}
    raw = [(name.encode(), value.encode("latin-1")) for name, value in named.items()]
    return {"path": path, "query_string": b"", "headers": raw, "client": (client, 4), "scheme": "http"}


def ask(path: str, *, method: str = "GET", query: bytes = b"", **more: str) -> Answer:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {**scope_of(path, **more), "type": "http", "method": method, "query_string": query}
    asyncio.run(GATE(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:]))


def open_websocket(path: str, *said: bytes, **more: str) -> list[Any]:
    """Return what a websocket is told: `refused`, or `accepted` and what is said back."""
    coming = [{"type": "websocket.connect"}, *({"type": "websocket.receive", "bytes": frame} for frame in said)]
    told: list[Any] = []

    async def send(message: Any) -> None:
        refused_or_closed = "closed" if "accepted" in told else "refused"
        named = {"websocket.accept": "accepted", "websocket.close": refused_or_closed}
        told.append(named.get(message["type"], message.get("bytes")))

    async def receive() -> Any:
        return coming.pop(0) if coming else {"type": "websocket.disconnect", "code": 1001}

    asyncio.run(GATE({**scope_of(path, **more), "type": "websocket", "scheme": "ws"}, receive, send))
    return told


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> LinkRegister:
    return LinkRegister(tmp_path_factory.mktemp("links"))


@pytest.fixture(scope="module")
def _example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    feed = feed_of(Settings(source=None, data_folder=tmp_path_factory.mktemp("data")))
    follow(feed)
    yield
    stop()


@pytest.fixture(params=["demo", "own"])
def on_this_machine(request: pytest.FixtureRequest, register: LinkRegister) -> Iterator[None]:
    admit(Access(Mode(request.param), Settings(), register))
    yield
    dismiss()


@pytest.fixture
def shared(_example: None, register: LinkRegister) -> Iterator[str]:
    """Serve people; the cookie is one of a link for a screen."""
    provider = {"client_id": "x", "client_secret": "x", "server_metadata_url": f"{ISSUER}{DISCOVERY}"}
    auth = {"redirect_uri": f"{PUBLIC}/oauth2callback", "cookie_secret": SECRET, "google": provider}
    people = AccessSettings(public_url=f"{PUBLIC}/", staff=(StaffMember(provider="google", email=STAFF),))
    secrets_singleton.merge_programmatic_secrets({"auth": auth})
    admit(Access(Mode("shared"), Settings(source="x", access=people, auth=auth), register))
    link, token = register.new("screen", until=now() + timedelta(days=1), at=now())
    yield f"a=b; {LINK_COOKIE}={token}"
    register.revoke(link.id)
    dismiss()
    secrets_singleton.merge_programmatic_secrets({"auth": {}})


@pytest.fixture
def staff(shared: str) -> str:
    """Serve people; the cookie is one of staff who signed in."""
    assert shared
    return Shared(PUBLIC, Path()).cookie()


LOCAL = ("localhost:8501", "127.0.0.1:8501", "[::1]:8501", "LOCALHOST", "localhost")
OTHERS = ("genkdash.example", "localhost.genkdash.example", "127.0.0.1.nip.io", "192.168.1.4:8501", "10.1", "", "[")


@pytest.mark.usefixtures("on_this_machine")
@pytest.mark.parametrize("host", LOCAL)
def test_this_machine_gets_every_page_file_and_websocket(host: str) -> None:
    for path in ("/", "/topics", "/static/a.js", "/media/a.csv", "/_stcore/health", "/_stcore/host-config"):
        assert ask(path, host=host).is_of_the_dashboard
    assert open_websocket("/_stcore/stream", host=host) == ["accepted"]


@pytest.mark.usefixtures("on_this_machine")
@pytest.mark.parametrize("host", OTHERS)
def test_this_machine_under_another_name_gets_nothing(host: str) -> None:
    for path in ("/", "/media/a.csv", "/_stcore/health", "/_stcore/host-config"):
        answer = ask(path, host=host)
        assert answer.status == 403
        assert "Geen toegang langs deze weg" in answer.body.decode()
    assert open_websocket("/_stcore/stream", host=host) == ["refused"]


@pytest.mark.usefixtures("on_this_machine")
def test_a_refusal_comes_in_our_own_look() -> None:
    assert ask("/app/static/door.css", host="genkdash.example").is_of_the_dashboard
    assert ask("/static/font", host="genkdash.example", origin="https://genkdash.example").is_of_the_dashboard
    assert ask("/app/static/door.css", host="genkdash.example", origin="https://elsewhere.example").status == 403
    assert ask("/app/static/door.css", method="POST", host="genkdash.example").status == 403


@pytest.mark.usefixtures("on_this_machine")
@pytest.mark.parametrize("client", ["192.168.1.4", "10.0.0.1", "2001:db8::1", "testclient", ""])
def test_another_machine_gets_nothing(client: str) -> None:
    assert ask("/", host="localhost", client=client).status == 403
    assert open_websocket("/_stcore/stream", host="localhost", client=client) == ["refused"]


@pytest.mark.usefixtures("on_this_machine")
@pytest.mark.parametrize(
    "header",
    ["forwarded", "x_forwarded_for", "x_forwarded_host", "x_forwarded_proto", "x_forwarded_x", "x_real_ip"],
)
def test_what_a_proxy_forwarded_gets_nothing(header: str) -> None:
    assert ask("/", host="localhost", **{header: "127.0.0.1"}).status == 403
    assert open_websocket("/_stcore/stream", host="localhost", **{header: "127.0.0.1"}) == ["refused"]


@pytest.mark.usefixtures("on_this_machine")
@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://localhost:1", "https://localhost"])
def test_a_page_of_another_place_gets_nothing(origin: str) -> None:
    assert ask("/media/a.csv", host="localhost", origin=origin).status == 403
    assert open_websocket("/_stcore/stream", host="localhost", origin=origin) == ["refused"]
    assert open_websocket("/_stcore/stream", host="localhost", origin="http://localhost") == ["accepted"]


@pytest.mark.usefixtures("on_this_machine")
@pytest.mark.parametrize("path", ["/aanmelden", "/afmelden", "/link/a.b", "/auth/login", "/oauth2callback"])
def test_nobody_signs_in(path: str) -> None:
    assert ask(path, host="localhost").status == 404


@pytest.mark.usefixtures("on_this_machine")
def test_only_reading_is_asked_for() -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get"):
        answer = ask("/topics", method=method, host="localhost")
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")
    assert ask("/topics", method="HEAD", host="localhost").is_of_the_dashboard


HOST = "genkdash.example"


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("path", ["/", "/topics", "/me", "/whatever", "/topics/"])
def test_somebody_unknown_is_led_from_every_page_to_the_sign_in(path: str) -> None:
    answer = ask(path, host=HOST)
    assert (answer.status, answer.headers["location"]) == (303, f"/aanmelden?naar={path}")
    assert answer.body == b""
    assert ask(path, query=b"taal=en&x=y", host=HOST).headers["location"] == f"/aanmelden?naar={path}&taal=en"


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("path", ["/media/a.csv", "/_stcore/host-config"])
def test_somebody_unknown_gets_no_file_and_no_word_about_the_server(path: str) -> None:
    answer = ask(path, host=HOST)
    assert answer.status == 401
    assert "Meld je eerst aan" in answer.body.decode()


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("cookie", ["", "genkdash_link=", "genkdash_link=a.b", "_streamlit_user=a", "=;=;;\xff"])
def test_somebody_unknown_gets_no_websocket_whatever_the_cookie(cookie: str) -> None:
    assert open_websocket("/_stcore/stream", host=HOST, cookie=cookie) == ["refused"]
    assert ask("/", host=HOST, cookie=cookie).status == 303


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(
    "path",
    ["/static/a.js", "/app/static/door.css", "/favicon.png", "/auth/login", "/auth/logout", "/oauth2callback"],
)
def test_somebody_unknown_may_have_what_signing_in_takes(path: str) -> None:
    assert ask(path, host=HOST).is_of_the_dashboard


@pytest.mark.usefixtures("shared")
def test_somebody_unknown_reaches_our_own_door_with_every_method() -> None:
    for method in ("GET", "HEAD", "POST"):
        assert ask("/link/a.b", method=method, host=HOST).body == b"link door"
    assert ask("/afmelden", host=HOST).status == 404


@pytest.mark.usefixtures("shared")
def test_somebody_unknown_learns_whether_the_server_is_up_by_any_name() -> None:
    for host in (HOST, "127.0.0.1:8501", "10.0.0.1"):
        assert ask("/_stcore/health", host=host).is_of_the_dashboard
    assert ask("/_stcore/health", host=HOST, origin="https://elsewhere.example").status == 403


def test_somebody_known_gets_pages_files_and_the_websocket(shared: str) -> None:
    for path in ("/", "/topics", "/media/a.csv", "/_stcore/host-config", "/static/a.js"):
        assert ask(path, host=HOST, cookie=shared).is_of_the_dashboard
    assert open_websocket("/_stcore/stream", RUN_FRAME, host=HOST, cookie=shared) == ["accepted", RUN_FRAME]


def test_a_file_that_a_run_left_is_handed_to_staff_only(shared: str, staff: str) -> None:
    assert open_websocket("/_stcore/stream", FILE_FRAME, host=HOST, cookie=staff) == ["accepted", FILE_FRAME]
    assert open_websocket("/_stcore/stream", FILE_FRAME, host=HOST, cookie=shared) == ["accepted"]


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/component/a", "/_stcore/upload_file/a/b", "//media/a.csv"])
def test_somebody_known_gets_nothing_where_there_is_nothing(shared: str, path: str) -> None:
    for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"):
        assert ask(path, method=method, host=HOST, cookie=shared).status == 404


@pytest.mark.parametrize("path", ["/_stcore/stream/", "/_stcore//stream", "/topics", "/", "/_STCORE/stream", ""])
def test_somebody_known_gets_no_other_websocket(shared: str, path: str) -> None:
    assert open_websocket(path, host=HOST, cookie=shared) == ["refused"]


@pytest.mark.parametrize("host", [*OTHERS[1:], "localhost", "genkdash.example:443", "genkdash.example."])
def test_somebody_known_gets_nothing_under_another_name(shared: str, host: str) -> None:
    for path in ("/", "/media/a.csv", "/link/a.b", "/oauth2callback"):
        answer = ask(path, host=host, cookie=shared)
        assert answer.status == 403
        assert "Open het dashboard op het adres" in answer.body.decode()
    assert open_websocket("/_stcore/stream", host=host, cookie=shared) == ["refused"]


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://genkdash.example", "http://localhost"])
def test_somebody_known_lends_nothing_to_a_page_of_another_place(shared: str, origin: str) -> None:
    assert ask("/media/a.csv", host=HOST, cookie=shared, origin=origin).status == 403
    assert ask("/link/a.b", method="POST", host=HOST, cookie=shared, origin=origin).status == 403
    assert open_websocket("/_stcore/stream", host=HOST, cookie=shared, origin=origin) == ["refused"]
    assert open_websocket("/_stcore/stream", host=HOST, cookie=shared, origin=PUBLIC) == ["accepted"]


def test_somebody_known_comes_through_the_proxy_in_front(shared: str) -> None:
    assert ask("/", host=HOST, cookie=shared, client="203.0.113.9", x_forwarded_for="203.0.113.9").status == 200


def test_somebody_known_whose_link_is_revoked_gets_nothing_any_more(shared: str, register: LinkRegister) -> None:
    assert ask("/", host=HOST, cookie=shared).is_of_the_dashboard
    register.revoke(register.all()[-1].id)
    assert ask("/", host=HOST, cookie=shared).status == 303
    assert ask("/media/a.csv", host=HOST, cookie=shared).status == 401
    assert open_websocket("/_stcore/stream", host=HOST, cookie=shared) == ["refused"]


def test_staff_who_sign_out_elsewhere_get_no_file_in_an_open_tab_but_a_run_that_says_so(staff: str) -> None:
    frames = [FILE_FRAME, FILE_FRAME, RUN_FRAME]
    coming = [{"type": "websocket.connect"}, *({"type": "websocket.receive", "bytes": frame} for frame in frames)]
    told: list[Any] = []

    async def receive() -> Any:
        if len(coming) == 2:
            name, _, value = staff.partition("=")
            identity = identity_of({name: value})
            assert identity is not None
            current_access().end(identity)
        return coming.pop(0) if coming else {"type": "websocket.disconnect"}

    async def send(message: Any) -> None:
        told.append(message.get("bytes", message["type"]))

    asyncio.run(GATE({**scope_of("/_stcore/stream", host=HOST, cookie=staff), "type": "websocket"}, receive, send))
    assert told == ["websocket.accept", FILE_FRAME, RUN_FRAME]


def test_before_the_launcher_said_who_gets_in_nobody_does() -> None:
    dismiss()
    with pytest.raises(RuntimeError, match="no access"):
        ask("/", host="localhost")
