"""People sign in with a real provider, in a real browser: staff, an influencer, a stranger; and go out again."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from axe import violations
from identity_provider import running_provider
from playwright.sync_api import Browser, BrowserContext, Page, expect
from running import wait_until_drawn
from shared_mode import Shared, shared_dashboard
from workbooks import CAMPAIGN, HEADER, row, save

pytestmark = pytest.mark.browser

PEOPLE: list[dict[str, object]] = [
    {"sub": "amina", "email": "Amina@proef.example", "email_verified": True},
    {"sub": "vals", "email": "amina@proef.example", "email_verified": False},
    {"sub": "vreemd", "email": "vreemd@elders.example", "email_verified": True},
]
CITY: list[dict[str, object]] = [
    {"sub": "an", "oid": "an", "tid": "genk"},
    {"sub": "jan", "upn": "Jan@genk.example", "tid": "genk"},
    {"sub": "ander", "oid": "an", "tid": "andere-stad"},
    {"sub": "amina", "email": "amina@proef.example", "email_verified": True, "tid": "genk"},
]
STAFF = [
    {"provider": "stad", "tenant": "genk", "oid": "an"},
    {"provider": "stad", "tenant": "genk", "upn": "jan@genk.example"},
]
TABS = {
    "Berichten": [
        HEADER,
        row(date(2018, 5, 1), "Amina", "Muziek", Titel="Mijn straat"),
        row(date(2018, 5, 2), "Bocanary", "Sport", Titel="Botitelcanary"),
    ],
    "Influencers": [["Naam", "E-mail"], ["Amina", "amina@proef.example"], ["Bocanary", None]],
    "Campagne": CAMPAIGN,
}


@dataclass(frozen=True)
class Door:
    """The dashboard with its two providers."""

    shared: Shared
    sheet: Path


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    folder = tmp_path_factory.mktemp("door")
    sheet = save(folder / "log.xlsx", TABS)
    with running_provider(*PEOPLE) as google, running_provider(*CITY) as city:
        settings = {
            "GENKDASH_AUTH__STAD__CLIENT_ID": "genkdash",
            "GENKDASH_AUTH__STAD__CLIENT_SECRET": "not-a-secret",
            "GENKDASH_AUTH__STAD__SERVER_METADATA_URL": f"{city}/.well-known/openid-configuration",
            "GENKDASH_ACCESS__LABELS": '{"stad": "je account van de stad"}',
            "GENKDASH_ACCESS__STAFF": json.dumps(STAFF),
        }
        metadata_url = f"{google}/.well-known/openid-configuration"
        with shared_dashboard(sheet, folder, metadata_url=metadata_url, settings=settings) as shared:
            yield Door(shared, Path(sheet))


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser of its own, on a phone, without any cookie."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="nl-BE")
    yield context
    context.close()


def sign_in(visitor: BrowserContext, door: Door, sub: str, *, path: str = "/", way: str = "Google") -> Page:
    """Ask for a screen, sign in as `sub`, and return the page as it then is."""
    page = visitor.new_page()
    page.goto(f"{door.shared.url}{path}")
    page.get_by_role("link", name=f"Aanmelden met {way}").click()
    page.get_by_role("button", name=sub, exact=True).click()
    page.wait_for_url(f"{door.shared.url}/**")
    return page


def words_of(page: Page) -> str:
    return page.locator("body").inner_text()


def test_an_influencer_signs_in_on_a_phone_and_sees_the_own_page(visitor: BrowserContext, door: Door) -> None:
    page = sign_in(visitor, door, "amina")

    expect(page.locator("h1")).to_have_text(["Dag Amina!"])
    wait_until_drawn(page)
    expect(page.get_by_text("Mijn straat").first).to_be_visible()
    assert "canary" not in page.content()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    box = page.get_by_role("link", name="Afmelden").bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44


@pytest.mark.parametrize("sub", ["an", "jan"])
def test_staff_sign_in_with_the_citys_provider_and_arrive_where_they_were_going(
    visitor: BrowserContext, door: Door, sub: str
) -> None:
    page = sign_in(visitor, door, sub, path="/timeline?taal=nl", way="je account van de stad")

    expect(page.locator("h1")).to_have_text(["Wanneer werd er verteld?"])
    assert page.url.startswith(f"{door.shared.url}/timeline")


@pytest.mark.parametrize(
    ("sub", "way"),
    [
        ("vreemd", "Google"),
        ("vals", "Google"),
        ("ander", "je account van de stad"),
        ("amina", "je account van de stad"),
    ],
)
def test_a_stranger_is_told_so_and_gets_a_way_out(visitor: BrowserContext, door: Door, sub: str, way: str) -> None:
    page = sign_in(visitor, door, sub, way=way)

    expect(page.locator("h1")).to_have_text(["Geen toegang"])
    assert "Amina" not in words_of(page)
    page.get_by_role("link", name="Met een ander account").click()
    expect(page.locator("h1")).to_have_text(["Je bent afgemeld"])
    assert [one["name"] for one in visitor.cookies() if one["name"].startswith("_streamlit_user")] == []


def test_who_denies_at_the_provider_is_back_at_the_door(visitor: BrowserContext, door: Door) -> None:
    page = visitor.new_page()
    page.goto(f"{door.shared.url}/")
    page.get_by_role("link", name="Aanmelden met Google").click()
    page.get_by_role("button", name="Deny").click()

    expect(page.locator("h1")).to_have_text(["Aanmelden"])


def test_who_signs_out_sees_the_other_tab_go_too_and_can_sign_in_again(visitor: BrowserContext, door: Door) -> None:
    page = sign_in(visitor, door, "amina")
    expect(page.locator("h1")).to_have_text(["Dag Amina!"])
    other = visitor.new_page()
    other.goto(f"{door.shared.url}/methods")
    expect(other.locator("h1")).to_have_text(["Zo rekenen we"])
    other.get_by_role("link", name="Afmelden").click()

    expect(other.locator("h1")).to_have_text(["Je bent afgemeld"])
    page.bring_to_front()
    expect(page.locator("h1")).to_have_text(["Meld je opnieuw aan"], timeout=30_000)
    assert "Amina" not in words_of(page)
    page.get_by_role("link", name="Opnieuw aanmelden").click()
    expect(page.locator("h1")).to_have_text(["Aanmelden"])


def test_an_influencer_whose_row_is_deleted_sees_the_open_page_go(visitor: BrowserContext, door: Door) -> None:
    page = sign_in(visitor, door, "amina")
    expect(page.locator("h1")).to_have_text(["Dag Amina!"])
    try:
        save(door.sheet, {**TABS, "Influencers": [["Naam", "E-mail"], ["Bocanary", None]]})
        expect(page.locator("h1")).to_have_text(["Meld je opnieuw aan"], timeout=30_000)
        assert "Amina" not in words_of(page)
        page.reload()
        expect(page.locator("h1")).to_have_text(["Geen toegang"])
    finally:
        save(door.sheet, TABS)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_everybody_can_use_the_pages_before_the_door(browser: Browser, door: Door, dark: bool) -> None:  # noqa: FBT001 -- a theme is one of two
    context = browser.new_context(color_scheme="dark" if dark else "light", locale="nl-BE")
    page = context.new_page()
    for path in ("/aanmelden", "/aanmelden?taal=en", "/afmelden?klaar=1", "/nergens.php"):
        page.goto(door.shared.url + path)
        for width, height in ((1440, 900), (360, 740), (320, 256)):
            page.set_viewport_size({"width": width, "height": height})
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_the_language_can_be_switched_before_the_door_and_goes_along(visitor: BrowserContext, door: Door) -> None:
    page = visitor.new_page()
    page.goto(f"{door.shared.url}/methods")
    page.get_by_role("link", name="English").click()
    page.get_by_role("link", name="Sign in with Google").click()
    page.get_by_role("button", name="amina", exact=True).click()

    expect(page.locator("h1")).to_have_text(["How we count"])
    expect(page.get_by_role("link", name="Sign out")).to_be_visible()


def test_with_the_keyboard_alone_one_reaches_the_provider(visitor: BrowserContext, door: Door) -> None:
    page = visitor.new_page()
    page.goto(f"{door.shared.url}/")
    page.keyboard.press("Tab")
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="amina", exact=True)).to_be_visible()
    assert ring == "solid"
