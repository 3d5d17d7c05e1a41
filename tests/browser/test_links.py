"""A link on a real phone and a real screen: one tap, one visit, and out again when it is revoked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from axe import violations
from playwright.sync_api import Browser, BrowserContext, expect
from running import wait_until_drawn
from shared_mode import shared_dashboard
from workbooks import CAMPAIGN, HEADER, row, save

from genkdash.access.links import LinkKind, LinkRegister
from genkdash.live.clock import now

pytestmark = pytest.mark.browser

ENDED = "Meld je opnieuw aan"


@dataclass(frozen=True)
class Site:
    """A dashboard that people sign in to, and the register of its links."""

    url: str
    register: LinkRegister

    def link(self, kind: LinkKind) -> str:
        """Return the address of a new link."""
        name = "Amina" if kind == "influencer" else None
        _, token = self.register.new(kind, influencer=name, until=now() + timedelta(days=7), at=now())
        return f"{self.url}/link/{token}"

    def revoke(self, address: str) -> None:
        """Revoke the link of this address, as another process does."""
        token = address.rpartition("/")[2]
        LinkRegister(self.register.paths[0].parent).revoke(token.partition(".")[0])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    tabs = {
        "Berichten": [HEADER, row(date(2018, 5, 1), "Amina", "Muziek", Titel="Eerste bericht")],
        "Influencers": [["Naam"], ["Amina"]],
        "Campagne": CAMPAIGN,
    }
    source = save(folder / "log.xlsx", tabs)
    with shared_dashboard(source, folder) as shared:
        yield Site(shared.url, LinkRegister(folder))


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True) as phone:
        yield phone


def test_one_tap_opens_the_own_page_and_the_next_visit_needs_none(phone: BrowserContext, site: Site) -> None:
    address = site.link("influencer")
    page = phone.new_page()
    page.goto(address)
    page.get_by_role("button", name="Open mijn pagina").tap()
    expect(page.get_by_role("heading", name="Dag Amina!")).to_be_visible()
    assert address.rpartition("/")[2] not in page.url
    assert "/link/" not in page.evaluate("document.referrer")

    again = phone.new_page()
    again.goto(address)
    expect(again.get_by_role("heading", name="Dag Amina!")).to_be_visible()


def test_a_screen_is_in_by_the_visit_alone_and_out_within_one_refresh_once_revoked(
    browser: Browser, site: Site
) -> None:
    address = site.link("screen")
    with browser.new_context(viewport={"width": 1920, "height": 1080}) as wall:
        page = wall.new_page()
        page.goto(address)
        wait_until_drawn(page)
        assert page.url == f"{site.url}/screen"
        expect(page.get_by_text(ENDED)).to_have_count(0)
        assert "Amina" not in page.content()

        site.revoke(address)

        expect(page.get_by_role("heading", name=ENDED)).to_be_visible(timeout=30_000)
        expect(page.get_by_text("van 12 berichten")).to_have_count(0)
        page.reload()
        expect(page.get_by_role("heading", name="Aanmelden")).to_be_visible()


def test_a_phone_whose_link_is_revoked_shows_nothing_of_the_sheet_any_more(phone: BrowserContext, site: Site) -> None:
    address = site.link("influencer")
    page = phone.new_page()
    page.goto(address)
    page.get_by_role("button", name="Open mijn pagina").tap()
    expect(page.get_by_text("Eerste bericht").first).to_be_visible()

    site.revoke(address)

    expect(page.get_by_role("heading", name=ENDED)).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Eerste bericht")).to_have_count(0)
    assert "Amina" not in page.content()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", ["influencer", "nothing"])
def test_axe_and_the_policy_accept_the_page_of_a_link(browser: Browser, site: Site, path: str, dark: bool) -> None:  # noqa: FBT001 -- a theme is one of two
    address = site.link("influencer") if path == "influencer" else f"{site.url}/link/nothing"
    size = {"width": 320, "height": 740}
    with browser.new_context(viewport=size, color_scheme="dark" if dark else "light", bypass_csp=False) as visit:
        page = visit.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.fonts.check('16px \"Hanken Grotesk\"')")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        # a page that is not there says so to the console, and that is all
        assert [text for text in said if "404" not in text] == []
    with browser.new_context(viewport=size, color_scheme="dark" if dark else "light", bypass_csp=True) as visit:
        page = visit.new_page()
        page.goto(address)
        assert violations(page) == []
