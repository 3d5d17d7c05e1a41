"""What a young person sees on a phone: all that matters without a scroll, and nothing that sticks out."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from running import open_screen
from shared_mode import shared_dashboard
from sheets_server import SheetsServer

from genkdash.access.links import LinkRegister
from genkdash.live.clock import now

pytestmark = pytest.mark.browser

WIDTH, HEIGHT = 360, 740
PATIENCE = 30_000  # milliseconds; a run takes its time on a busy machine
BUTTON_AND_GAP = 64  # a button to log a post stands under the card where the sheet has an address


@pytest.fixture(params=["Amina", "Bram", "Yannis"])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[("nl", False), ("en", True)], ids=["nl, light", "en, dark"])
def phone(request: pytest.FixtureRequest, browser: Browser, example: str, name: str) -> Iterator[Page]:
    language, dark = request.param
    address = f"{example}/me?als=influencer&wie={name}&taal={language}"
    page = open_screen(browser, address, width=WIDTH, height=HEIGHT, dark=dark)
    yield page
    page.close()


def box(part: Locator) -> dict[str, float]:
    expect(part).to_be_visible()
    found = part.bounding_box()
    assert found is not None
    return {**found, "right": found["x"] + found["width"], "bottom": found["y"] + found["height"]}


def test_done_to_go_days_pace_and_squares_stand_on_the_first_screen_with_room_for_the_button(phone: Page) -> None:
    expect(phone.get_by_test_id("stMetric")).to_have_count(3)
    parts = [
        phone.locator("h1"),
        phone.locator("h3").first,
        phone.locator("[role=img]").first,
        *phone.get_by_test_id("stMetric").all(),
    ]
    boxes = [box(part) for part in parts]

    assert all(one["x"] >= 0 and one["right"] <= WIDTH and one["y"] >= 0 for one in boxes)
    assert max(one["bottom"] for one in boxes) <= HEIGHT - BUTTON_AND_GAP
    assert phone.evaluate("window.scrollY") == 0


def test_nothing_of_the_card_is_cut_off_or_stands_over_something_else(phone: Page) -> None:
    cut = phone.evaluate(
        """() => [...document.querySelectorAll('[data-testid="stMetric"] *, h1, h3')]
            .filter(part => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).overflow === 'hidden')
            .map(part => part.textContent)"""
    )
    parts = [phone.locator("h1"), phone.locator("h3").first, phone.locator("[role=img]").first]
    boxes = [box(part) for part in [*parts, phone.get_by_test_id("stMetric").first]]

    assert cut == []
    assert all(above["bottom"] <= below["y"] + 1 for above, below in pairwise(boxes))


def test_the_page_is_no_wider_than_the_phone(phone: Page) -> None:
    phone.wait_for_load_state("networkidle")
    assert phone.evaluate("document.documentElement.scrollWidth") <= WIDTH


def test_the_squares_are_square_and_twelve_in_a_row(browser: Browser, example: str) -> None:
    page = open_screen(browser, f"{example}/me?als=influencer&wie=Bram", width=WIDTH, height=HEIGHT)
    squares = [box(square) for square in page.locator("[role=img][aria-label*=blokjes] > span").all()]
    page.close()

    assert len(squares) == 12
    assert {round(square["y"]) for square in squares} == {round(squares[0]["y"])}
    assert all(abs(square["width"] - square["height"]) <= 1 and square["width"] >= 18 for square in squares)


def test_the_switch_leads_from_any_screen_to_an_influencer_the_next_one_and_back(
    browser: Browser, example: str
) -> None:
    page = open_screen(browser, f"{example}/topics")
    page.get_by_role("button", name="Kijk als").click()
    page.get_by_text("Influencer", exact=True).click()
    expect(page.locator("h1")).to_have_text(["Dag Amina!"], timeout=PATIENCE)
    expect(page).to_have_url(re.compile(r"als=influencer&wie=Amina"))
    page.get_by_role("button", name="Volgende").click()
    expect(page.locator("h1")).to_have_text(["Dag Bram!"], timeout=PATIENCE)
    expect(page).to_have_url(re.compile(r"wie=Bram"))
    expect(page.get_by_text("Page not found")).to_have_count(0)
    page.get_by_text("Medewerker van de stad", exact=True).click()
    expect(page.locator("h1")).to_have_text(["Waar staan we samen?"], timeout=PATIENCE)
    expect(page).not_to_have_url(re.compile(r"als=|wie="))
    page.close()


def test_the_choice_of_audience_and_person_survives_a_reload_and_the_other_language(
    browser: Browser, example: str
) -> None:
    page = open_screen(browser, f"{example}/?als=influencer&wie=Kasia")
    page.get_by_text("EN", exact=True).click()
    expect(page.locator("h1")).to_have_text(["Hi Kasia!"], timeout=PATIENCE)
    page.reload()
    expect(page.locator("h1")).to_have_text(["Hi Kasia!"], timeout=PATIENCE)
    page.close()


def test_the_plain_address_of_the_phone_page_opens_it(browser: Browser, example: str) -> None:
    page = open_screen(browser, f"{example}/me", width=WIDTH, height=HEIGHT)
    expect(page.locator("h1")).to_have_text(["Dag Amina!"], timeout=PATIENCE)
    expect(page.get_by_text("Page not found")).to_have_count(0)
    page.close()


@pytest.mark.parametrize("address", ["me?als=influencer&wie=Bram", "?taal=en"])
def test_a_phone_can_put_the_page_on_its_home_screen_with_our_name_and_icon(
    browser: Browser, example: str, address: str
) -> None:
    page = open_screen(browser, f"{example}/{address}", width=WIDTH, height=HEIGHT)
    manifest = page.context.new_cdp_session(page).send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["manifest"]["startUrl"] == f"{example}/{'?taal=en' if 'taal=en' in address else ''}"
    assert json.loads(manifest["data"])["short_name"] == "genkdash"
    icons = [icon["url"] for icon in manifest["manifest"]["icons"]]
    icons.append(page.locator("link[rel='apple-touch-icon']").evaluate("e => e.href"))
    for icon in icons:
        assert page.request.get(icon).headers["content-type"] == "image/png", icon
    assert page.request.get(manifest["url"]).headers["content-type"].startswith("application/manifest+json")
    page.close()


@pytest.fixture
def signed_link(tmp_path: Path) -> Iterator[str]:
    """The link that Amina got, to a dashboard over a Google sheet: there the page has the way to log a post."""
    email = "genkdash@proef.iam.gserviceaccount.com"
    posts = [["Datum", "Influencer", "Thema's"], *([43210 + 9 * number, "Amina", "Muziek"] for number in range(7))]
    frame = [["Sleutel", "Waarde"], ["Start", 43206], ["Einde", 43388], ["Peildatum", 43332]]
    with SheetsServer() as google:
        tabs = {"Berichten": posts, "Influencers": [["Naam"], ["Amina"]], "Campagne": frame}
        book = google.add_spreadsheet("Genk", tabs, shared_with=[email])
        key = tmp_path / "key.json"
        key.write_text(json.dumps(google.service_account(email=email)))
        settings = {"GENKDASH_GOOGLE__SERVICE_ACCOUNT_FILE": str(key), "GENKDASH_GOOGLE__API_URL": google.url}
        source = f"https://docs.google.com/spreadsheets/d/{book.id}/edit"
        with shared_dashboard(source, tmp_path, settings=settings) as shared:
            until = now() + timedelta(days=7)
            _, token = LinkRegister(tmp_path).new("influencer", influencer="Amina", until=until, at=now())
            yield f"{shared.url}/link/{token}"


def test_the_first_screen_of_a_phone_is_whole_with_the_button_to_log_a_post(browser: Browser, signed_link: str) -> None:
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, has_touch=True)
    page.goto(signed_link)
    page.get_by_role("button", name="Open mijn pagina").tap()
    expect(page.get_by_role("heading", name="Nog 5, ongeveer 1 per 11 dagen")).to_be_visible(timeout=PATIENCE)
    numbers = page.get_by_test_id("stMetric")
    expect(numbers).to_have_count(3)
    squares = page.get_by_role("img", name="7 blokjes van 12")
    button = page.get_by_role("link", name="Log een bericht").or_(page.get_by_role("button", name="Log een bericht"))
    boxes = [box(part) for part in (page.locator("h1"), page.locator("h3").first, squares, *numbers.all(), button)]
    assert max(one["bottom"] for one in boxes) <= HEIGHT
    assert all(one["x"] >= 0 and one["right"] <= WIDTH for one in boxes)
    assert page.evaluate("window.scrollY") == 0
    page.close()
