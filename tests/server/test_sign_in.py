"""The pages before anybody is known: which buttons there are, where they lead, and what signing out forgets."""

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from books import book, post
from scripted_source import ScriptedSource
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from genkdash.access.current import Access, admit, current_access
from genkdash.access.links import LinkRegister
from genkdash.access.mode import Mode
from genkdash.access.viewer import Viewer
from genkdash.live.current import follow, invited, now, stop
from genkdash.live.feed import Feed
from genkdash.server.sign_in import sign_in, sign_out
from genkdash.server.visitor import identity_of
from genkdash.server.way_back import WayBack
from genkdash.settings import Settings
from genkdash.sheet.errors import GoogleNotFoundError

HOME = "https://genkdash.example"
PROVIDER = {"client_id": "1", "client_secret": "2", "server_metadata_url": "/.well-known/openid-configuration"}
PEOPLE = [["Naam", "E-mail"], ["Amina", "amina@genk.example"]]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: str

    @property
    def leads_to(self) -> str:
        return dict(self.headers)["location"]

    @property
    def title(self) -> str:
        return "".join(re.findall("<h1>(.*?)</h1>", self.body))

    @property
    def buttons(self) -> list[str]:
        return re.findall('class="button[^>]*>(.*?)</a>', self.body)

    @property
    def addresses(self) -> list[str]:
        return [found.replace("&amp;", "&") for found in re.findall('class="button[^>]*href="(.*?)"', self.body)]

    @property
    def forgotten(self) -> set[str]:
        cookies = [value for name, value in self.headers if name == "set-cookie"]
        return {cookie.partition("=")[0] for cookie in cookies if "Max-Age=0" in cookie}


@pytest.fixture(autouse=True)
def _people_sign_in(tmp_path: Path) -> Iterator[Feed]:
    """Serve people, who sign in with Google or with the city's provider, over a sheet with Amina in it."""
    settings = Settings(
        source="log.xlsx",
        access={
            "public_url": HOME,
            "staff": [{"provider": "genk", "tenant": "T", "oid": "an"}],
            "labels": {"genk": "je account <van> de stad"},
        },
        auth={
            "genk": {**PROVIDER, "server_metadata_url": "https://stad.example/.well-known/openid-configuration"},
            "google": {**PROVIDER, "server_metadata_url": "https://google.example/.well-known/openid-configuration"},
        },
    )
    admit(Access(Mode("shared"), settings, LinkRegister(tmp_path)))
    feed = Feed(ScriptedSource(book([post()], Influencers=PEOPLE)), store=None)
    follow(feed)
    assert feed.wait_for(lambda: feed.snapshot is not None, timeout_seconds=20)
    yield feed
    stop()
    feed.stop(timeout_seconds=20)


def ask(path: str, *, method: str = "GET", app: Any = None, **headers: str) -> Answer:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    parts = urlsplit(path)
    scope = {
        "type": "http",
        "method": method,
        "path": parts.path,
        "query_string": parts.query.encode(),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }
    door = app or (sign_out if parts.path == "/afmelden" else sign_in)
    asyncio.run(door(scope, receive, send))
    said = [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]
    return Answer(sent[0]["status"], said, b"".join(message.get("body", b"") for message in sent[1:]).decode())


def cookie(**claims: object) -> str:
    """Return the `Cookie` header of somebody who signed in as Amina just now, with other claims if given."""
    known = {"iss": "https://google.example", "sub": "1", "iat": now().timestamp(), "email": "amina@genk.example"}
    payload = {**known, "email_verified": True, "provider": "google", "origin": HOME, "is_logged_in": True, **claims}
    signed = create_signed_value(get_cookie_secret(), "_streamlit_user", json.dumps(payload))
    return f"_streamlit_user={signed.decode()}"


STALE = {"provider": "genk", "iss": "https://stad.example", "tid": "T", "oid": "an", "iat": 5}


def test_there_is_a_button_for_each_provider_that_of_the_influencers_first() -> None:
    answer = ask("/aanmelden")

    assert (answer.status, answer.title) == (200, "Aanmelden")
    assert answer.buttons == ["Aanmelden met Google", "Aanmelden met je account &lt;van&gt; de stad"]
    assert answer.addresses == ["/aanmelden/google?naar=%2F&taal=nl", "/aanmelden/genk?naar=%2F&taal=nl"]


def test_the_page_is_there_in_english_and_keeps_where_one_was_going() -> None:
    answer = ask("/aanmelden?naar=/topics&taal=en")

    assert answer.title == "Sign in"
    assert answer.addresses[0] == "/aanmelden/google?naar=%2Ftopics&taal=en"
    assert 'href="?naar=%2Ftopics&amp;taal=nl"' in answer.body
    assert '<html lang="en">' in answer.body


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/topics",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/topics%0d%0aSet-Cookie:a=b",
        "/link/abc",
        "/aanmelden",
        "/afmelden",
        "/media/abc.csv",
        "/auth/logout",
        "topics",
        "",
    ],
)
def test_nobody_is_led_anywhere_but_to_a_screen_of_ours(elsewhere: str) -> None:
    assert ask(f"/aanmelden?naar={elsewhere}").addresses[0] == "/aanmelden/google?naar=%2F&taal=nl"
    assert ask(f"/aanmelden?naar={elsewhere}", cookie=cookie()).leads_to == "/"
    assert came_back(f"genkdash_way_back={elsewhere}:nl".replace("\\", "").replace(" ", "")).leads_to == "/"


def test_a_button_leads_to_streamlits_sign_in_with_a_token_and_remembers_where_one_was_going() -> None:
    answer = ask("/aanmelden/google?naar=/topics&taal=en")
    address = urlsplit(answer.leads_to)

    assert (answer.status, address.path) == (303, "/auth/login")
    assert len(parse_qs(address.query)["provider"][0].split(".")) == 3
    assert [value for name, value in answer.headers if name == "set-cookie"] == [
        'genkdash_way_back="/topics:en"; HttpOnly; Max-Age=600; Path=/; SameSite=lax'
    ]


@pytest.mark.parametrize("name", ["ander", "Google", "google/x", "..", "default"])
def test_a_provider_that_nobody_configured_is_not_there(name: str) -> None:
    assert ask(f"/aanmelden/{name}").status == 404


def came_back(cookies: str = "", location: str = "/") -> Answer:
    """Return what the browser hears when it comes back from a provider, where Streamlit leads it to `location`."""

    async def streamlit(_scope: Any, _receive: Any, send: Any) -> None:
        headers = [(b"location", location.encode()), (b"set-cookie", b"_streamlit_user=x")]
        await send({"type": "http.response.start", "status": 302, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    return ask("/oauth2callback?code=1", app=WayBack(streamlit), cookie=cookies)


def test_who_comes_back_from_a_provider_arrives_where_they_were_going_and_keeps_the_language() -> None:
    answer = came_back('genkdash_way_back="/topics:en"')

    assert answer.leads_to == "/topics?taal=en"
    assert answer.forgotten == {"genkdash_way_back"}
    assert ("set-cookie", "_streamlit_user=x") in answer.headers
    assert came_back().leads_to == "/"


def test_an_answer_to_a_provider_that_leads_elsewhere_is_left_alone() -> None:
    assert came_back('genkdash_way_back="/topics:nl"', location="https://stad.example/x").leads_to == (
        "https://stad.example/x"
    )


def test_who_is_signed_in_goes_on_at_once() -> None:
    assert ask("/aanmelden?naar=/methods&taal=en", cookie=cookie()).leads_to == "/methods?taal=en"


def test_a_stranger_hears_that_there_is_no_access_and_gets_a_way_out() -> None:
    answer = ask("/aanmelden", cookie=cookie(email="vreemd@elders.example"))

    assert (answer.status, answer.title) == (403, "Geen toegang")
    assert answer.addresses == ["/afmelden?taal=nl"]
    assert "vreemd" not in answer.body


def test_as_long_as_no_sheet_was_read_nobody_is_called_a_stranger() -> None:
    stop()
    nowhere = ScriptedSource()
    nowhere.trouble = GoogleNotFoundError()
    waiting = Feed(nowhere, store=None)
    follow(waiting)

    assert ask("/aanmelden", cookie=cookie()).title == "Nog heel even"
    waiting.stop(timeout_seconds=20)


def test_staff_whose_sign_in_is_too_old_are_asked_to_sign_in_again() -> None:
    answer = ask("/aanmelden", cookie=cookie(**STALE))

    assert (answer.status, answer.title) == (200, "Meld je opnieuw aan")
    assert len(answer.buttons) == 2


@pytest.mark.parametrize("other", [{"origin": "https://elders.example"}, {"is_logged_in": False}, {"provider": 5}])
def test_a_cookie_of_another_origin_or_of_nobody_is_no_sign_in(other: dict[str, object]) -> None:
    assert ask("/aanmelden", cookie=cookie(**other)).title == "Aanmelden"


def test_signing_out_forgets_every_cookie_that_says_who_one_is() -> None:
    cookies = f"{cookie()}; _streamlit_user_tokens=a; _streamlit_user_1=b; _streamlit_user_x=c; genkdash_link=d; e=f"
    answer = ask("/afmelden?taal=en", cookie=cookies, sec_fetch_site="same-origin")

    assert (answer.status, answer.leads_to) == (303, "/afmelden?klaar=1&taal=en")
    assert answer.forgotten == {"_streamlit_user", "_streamlit_user_tokens", "_streamlit_user_1", "genkdash_link"}


def test_signing_out_ends_the_sign_in_also_for_a_copy_of_its_cookie() -> None:
    copy = cookie()
    claims = identity_of({"_streamlit_user": copy.partition("=")[2]})
    assert current_access().viewer(claims, None, invited(), now()) == Viewer("influencer", "Amina")
    ask("/afmelden", cookie=copy)

    assert current_access().viewer(claims, None, invited(), now()) is None
    assert ask("/aanmelden", cookie=copy).title == "Meld je opnieuw aan"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_link_on_another_site_signs_nobody_out(site: str) -> None:
    answer = ask("/afmelden", cookie=cookie(), sec_fetch_site=site)

    assert (answer.status, answer.title, answer.addresses) == (200, "Wil je je afmelden?", ["/afmelden?taal=nl"])
    assert answer.forgotten == set()
    assert ask("/aanmelden", cookie=cookie()).leads_to == "/"


def test_after_signing_out_one_can_sign_in_again() -> None:
    assert (ask("/afmelden?klaar=1").title, len(ask("/afmelden?klaar=1").buttons)) == ("Je bent afgemeld", 2)


@pytest.mark.parametrize("path", ["/aanmelden", "/aanmelden/google", "/afmelden"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_is_sent_to_these_pages(path: str, method: str) -> None:
    assert ask(path, method=method, cookie=cookie()).status == 405
