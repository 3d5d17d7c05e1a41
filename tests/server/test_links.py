"""Opening a link over a running dashboard: who clicks is in, who only looks is not, and who is revoked is out."""

import re
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from shared_mode import SECRET, STAFF, shared_dashboard
from wire import Tab, has_text, open_tab
from workbooks import CAMPAIGN, HEADER, row, save

from genkdash.access.links import LINK_COOKIE, LinkRegister
from genkdash.live.clock import now

E_MAIL = "canary.email.4410@proef.example"
NAME = "Canaria"
VISIT = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "none"}
LATE = "Na het intrekken"


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers by their name in small letters, text."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def cookie(self) -> str | None:
        return self.headers.get("set-cookie")


@dataclass(frozen=True)
class Site:
    """A dashboard that people sign in to, its workbook, and the register of its links."""

    origin: str
    book: Path
    log: Path
    register: LinkRegister

    def ask(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        """Send one request; `_` in the name of a header stands for -."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        address = urlsplit(self.origin)
        connection = HTTPConnection("127.0.0.1", address.port, timeout=60)
        try:
            connection.request(method, path, headers={"Host": address.netloc, **named})
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read().decode())
        finally:
            connection.close()

    def click(self, token: str, query: str = "", **headers: str) -> Answer:
        """Press the button of a link's page."""
        return self.ask(f"/link/{token}{query}", method="POST", **({"Origin": self.origin} | headers))

    def link(self, name: str | None = NAME, *, days: float = 7) -> str:
        """Return the token of a new link: for a person, or for a screen where there is no name."""
        kind = "screen" if name is None else "influencer"
        return self.register.new(kind, influencer=name, until=now() + timedelta(days=days), at=now())[1]

    def write(self, *titles: str) -> None:
        """Save the workbook with a post of each title."""
        save_book(self.book, *titles)


def save_book(path: Path, *titles: str) -> None:
    """Save a workbook of one person, with a post of each title, as an office program does: aside, then renamed."""
    rows = [row(date(2018, 5, day), NAME, "Muziek", Titel=title) for day, title in enumerate(titles, start=1)]
    people = [["Naam", "E-mail"], [NAME, E_MAIL]]
    save(path.with_name("new.xlsx"), {"Berichten": [HEADER, *rows], "Influencers": people, "Campagne": CAMPAIGN})
    path.with_name("new.xlsx").replace(path)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    book, log = folder / "log.xlsx", folder / "server.log"
    save_book(book, "Eerste bericht")
    with shared_dashboard(book, folder, log=log) as shared:
        site = Site(shared.url, book, log, LinkRegister(folder))
        # The sheet must have been read, or anybody may still be in it.
        nobody = site.link("Niemand")
        while site.ask(f"/link/{nobody}").status == 200:
            pass
        yield site


def test_who_opens_a_personal_link_sees_a_button_and_is_not_in_yet(site: Site) -> None:
    token = site.link()
    answer = site.ask(f"/link/{token}", **VISIT)
    assert answer.status == 200
    assert "Open mijn pagina" in answer.text
    assert answer.cookie is None


def test_the_page_of_a_link_names_nobody_and_holds_neither_token_nor_script(site: Site) -> None:
    token = site.link()
    text = site.ask(f"/link/{token}").text
    assert NAME not in text
    assert token not in text
    assert "<script" not in text


def test_the_page_of_a_link_is_kept_by_nobody(site: Site) -> None:
    headers = site.ask(f"/link/{site.link()}").headers
    assert "no-store" in headers["cache-control"]
    assert "noindex" in headers["x-robots-tag"]
    assert "'none'" in headers["content-security-policy"]


def test_a_click_lets_in_and_leads_to_a_clean_address(site: Site) -> None:
    token = site.link()
    answer = site.click(token)
    assert (answer.status, answer.headers["location"]) == (303, "/me")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.cookie
    given = [part.strip().lower() for part in answer.cookie.split(";")]
    assert given[0] == f"{LINK_COOKIE}={token}".lower()
    assert {"httponly", "path=/", "samesite=lax"} <= set(given)
    seconds = next(int(part.removeprefix("max-age=")) for part in given if part.startswith("max-age="))
    assert 6 * 86_400 < seconds <= 7 * 86_400


def test_the_cookie_opens_the_page_and_none_leads_to_the_sign_in(site: Site) -> None:
    token = site.link()
    assert site.ask("/me", Cookie=f"{LINK_COOKIE}={token}").status == 200
    assert site.ask("/me").headers["location"] == "/aanmelden?naar=/me"


def test_who_was_let_in_before_needs_no_click(site: Site) -> None:
    token = site.link()
    answer = site.ask(f"/link/{token}", Cookie=f"{LINK_COOKIE}={token}", **VISIT)
    assert (answer.status, answer.headers["location"]) == (303, "/me")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elders.example"},
        {"Origin": "null"},
        {"Origin": "", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "cross-site"},
        {},
    ],
    ids=str,
)
def test_a_click_that_does_not_come_from_our_page_lets_nobody_in(site: Site, headers: dict[str, str]) -> None:
    answer = site.ask(f"/link/{site.link()}", method="POST", **headers)
    assert answer.status == 403
    assert answer.cookie is None


def test_a_browser_that_names_no_origin_but_the_same_site_is_let_in(site: Site) -> None:
    assert site.ask(f"/link/{site.link()}", method="POST", Sec_Fetch_Site="same-origin").cookie


def test_a_link_for_a_screen_lets_in_at_once(site: Site) -> None:
    token = site.link(None)
    answer = site.ask(f"/link/{token}", **VISIT)
    assert (answer.status, answer.headers["location"]) == (303, "/screen")
    assert answer.cookie
    assert answer.cookie.startswith(f"{LINK_COOKIE}={token};")
    assert site.ask("/screen", Cookie=f"{LINK_COOKIE}={token}").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        VISIT | {"Sec-Purpose": "prefetch;prerender"},
        VISIT | {"Purpose": "prefetch"},
        VISIT | {"X-Moz": "prefetch"},
        VISIT | {"User-Agent": "WhatsApp/2.23.20.0 A"},
        VISIT | {"User-Agent": "facebookexternalhit/1.1"},
        VISIT | {"User-Agent": "Mozilla/5.0 (compatible; bingbot/2.0)"},
        VISIT | {"Sec-Fetch-Dest": "image", "Sec-Fetch-Mode": "no-cors"},
        VISIT | {"Sec-Fetch-Dest": "iframe"},
    ],
    ids=str,
)
def test_who_only_fetches_a_link_for_a_screen_gets_a_button(site: Site, headers: dict[str, str]) -> None:
    token = site.link(None)
    answer = site.ask(f"/link/{token}", **headers)
    assert (answer.status, answer.cookie) == (200, None)
    assert "Open het scherm" in answer.text
    assert site.click(token).headers["location"] == "/screen"


@pytest.mark.parametrize("name", [None, NAME], ids=["screen", "person"])
def test_asking_for_the_head_of_a_link_lets_nobody_in(site: Site, name: str | None) -> None:
    answer = site.ask(f"/link/{site.link(name)}", method="HEAD", **VISIT)
    assert (answer.status, answer.cookie, answer.text) == (200, None, "")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH"])
def test_other_methods_are_refused(site: Site, method: str) -> None:
    answer = site.ask(f"/link/{site.link(None)}", method=method, **VISIT)
    assert (answer.status, answer.cookie) == (405, None)


def test_nobody_learns_why_a_link_opens_nothing(site: Site) -> None:
    revoked = site.link()
    site.register.revoke(revoked.partition(".")[0])
    whole = site.link()
    dead = ["", "abc", "a.b", whole[:-1], whole.swapcase(), site.link(days=-1), revoked, site.link("Niemand")]
    answers = [site.ask(f"/link/{token}" if token else "/link", **VISIT) for token in dead]
    assert {answer.status for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert "Vraag een nieuwe" in answers[0].text
    assert [site.click(token).cookie for token in dead if token] == [None] * 7


def test_a_link_speaks_english_and_so_does_the_page_it_leads_to(site: Site) -> None:
    token = site.link()
    assert "Open my page" in site.ask(f"/link/{token}?taal=en").text
    assert site.click(token, "?taal=en").headers["location"] == "/me?taal=en"


def test_who_has_a_link_gets_the_own_page_and_no_address(site: Site) -> None:
    with tab_of(site, site.link(), "me") as tab:
        tab.run()
        assert has_text(tab.received(), NAME)
        assert has_text(tab.received(), "Eerste bericht")
        assert not has_text(tab.received(), E_MAIL)


@pytest.mark.parametrize("name", [NAME, None], ids=["person", "screen"])
def test_a_revoked_link_is_out_of_an_open_tab_at_the_next_refresh(site: Site, name: str | None) -> None:
    token = site.link(name)
    with tab_of(site, token, "me" if name else "screen") as tab:
        tab.run()
        assert tab.fragments
        before = len(tab.frames)
        # As another process does it.
        LinkRegister(site.register.paths[0].parent).revoke(token.partition(".")[0])
        site.write("Eerste bericht", LATE)
        tab.run(min(tab.fragments, key=tab.fragments.__getitem__))
        received = b"".join(tab.frames[before:])
        # The server wakes it too, so that the first run to end may be one of before.
        over = "Je aanmelding is voorbij"
        assert has_text(received, over) or tab.gets(over, until=time.monotonic() + 30)
        for fragment in list(tab.fragments):
            tab.run(fragment)
        tab.run()
        received = b"".join(tab.frames[before:])
    assert not has_text(received, LATE)
    assert not has_text(received, NAME)


def tab_of(site: Site, token: str, page: str) -> AbstractContextManager[Tab]:
    return open_tab(site.origin, page, cookie=f"{LINK_COOKIE}={token}")


def test_no_name_address_or_token_is_in_the_log(site: Site) -> None:
    token = site.link()
    site.ask(f"/link/{token}", **VISIT)
    site.click(token)
    site.click(token, Origin="https://elders.example")
    site.ask(f"/link/{token}x", **VISIT)
    with tab_of(site, token, "me") as tab:
        tab.run()
    log = site.log.read_text(encoding="utf-8")
    assert re.search("revision|uvicorn|URL", log, re.IGNORECASE)
    secret = [NAME, E_MAIL, STAFF, SECRET, token, token.partition(".")[2], "Eerste bericht", "/link/"]
    assert [text for text in secret if text.lower() in log.lower()] == []
