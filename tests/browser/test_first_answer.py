"""What stands there before any script has run, and how the page that follows takes its place."""

from pathlib import Path

import pytest
from axe import violations
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect
from running import note_violations

pytestmark = pytest.mark.browser

PHONE = ViewportSize(width=360, height=740)
DESK = ViewportSize(width=1440, height=900)
BRAM = "me?als=influencer&wie=Bram"
# How far apart a measure of ours and Streamlit's may be before an eye sees something move.
CLOSE_PIXELS = 2
SHIFTS = """window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(one => {
    if (!one.hadRecentInput) window.shift += one.value; })).observe({type: 'layout-shift', buffered: true})"""
PLACES = """([within, parts]) => parts.map(part => { const found = document.querySelector(`${within} ${part}`);
    const box = found.getBoundingClientRect(); return [box.x, box.y, found.innerText.trim()]; })"""


def without_streamlit(page: Page) -> None:
    """Keep Streamlit's own scripts away, as a slow line does for a while."""
    page.route("**/static/*/*.js", lambda route: route.abort())


def test_without_a_script_a_phone_shows_the_own_numbers(browser: Browser, example: str) -> None:
    page = browser.new_page(viewport=PHONE, java_script_enabled=False, color_scheme="dark")
    page.goto(f"{example}/{BRAM}")
    for text in ("Dag Bram!", "Nog 3, ongeveer 1 per 18 dagen"):
        expect(page.get_by_text(text)).to_be_visible()
    expect(page.get_by_role("img", name="9 blokjes van 12 gevuld")).to_be_visible()
    assert page.locator("dl").inner_text().split() == ["Verteld", "9", "Nog", "te", "doen", "3", "Dagen", "tijd", "56"]
    box = page.locator("#first dl").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= PHONE["width"]
    assert box["y"] + box["height"] <= PHONE["height"]


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        (f"{BRAM}&taal=en", [(".first-title", "h1"), (".first-headline", "h3"), ("dd", "[data-testid=stMetricValue]")]),
        ("", [(".first-title", "h1"), ("dd", "[data-testid=stMetricValue]"), ("dt", "[data-testid=stMetricLabel] p")]),
    ],
    ids=["own", "team"],
)
def test_the_page_takes_its_place_without_a_jump_and_says_the_same(
    browser: Browser, example: str, address: str, parts: list[tuple[str, str]]
) -> None:
    page = browser.new_page(viewport=DESK, locale="nl-BE")
    note_violations(page)
    page.add_init_script(SHIFTS)
    without_streamlit(page)
    page.goto(f"{example}/{address}")
    before = page.evaluate(PLACES, ["#first", [part for part, _ in parts]])
    assert violations(page) == []

    page.unroute_all()
    page.goto(f"{example}/{address}")
    expect(page.locator("#first")).to_have_count(0)
    shift = page.evaluate("window.shift")
    after = page.evaluate(PLACES, ["#root", [part for _, part in parts]])

    assert [text for *_, text in before] == [text for *_, text in after]
    # a label lies in the middle of a line that is as high as ours
    assert all(
        abs(one[0] - other[0]) <= CLOSE_PIXELS and abs(one[1] - other[1]) <= CLOSE_PIXELS + 3 * (part == "dt")
        for one, other, (part, _) in zip(before, after, parts, strict=True)
    )
    assert shift < 0.1
    expect(page.locator("h1")).to_have_count(1)


def test_the_light_that_was_chosen_in_the_menu_is_there_before_streamlit_is(browser: Browser, example: str) -> None:
    page = browser.new_page(viewport=PHONE, color_scheme="light")
    without_streamlit(page)
    page.goto(f"{example}/me")
    ground = "getComputedStyle(document.getElementById('first')).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.evaluate("localStorage.setItem('stActiveTheme-/me-v2', '\"Dark\"')")
    page.reload()
    assert page.evaluate(ground) == "rgb(15, 21, 22)"
    assert violations(page) == []


def test_a_phone_asks_for_what_draws_charts_only_once_somebody_wants_a_chart(browser: Browser, example: str) -> None:
    page = browser.new_page(viewport=PHONE)
    asked: list[str] = []

    def note(route: Route) -> None:
        asked.append(route.request.url)
        route.continue_()

    page.route("**/*", note)
    page.goto(f"{example}/{BRAM}")
    expect(page.get_by_role("heading", name="Mijn berichten")).to_be_visible()
    page.wait_for_load_state("networkidle")
    # A handful of scripts, and nothing twice: what was named beforehand is what Streamlit asks for.
    scripts = [Path(url).name.split(".")[0] for url in asked if "/static/packed." in url]
    assert sorted(scripts) == ["StreamlitMarkdown", "drawn-0", "space-separated-tokens", "start-0", "start-2"]
    assert [url for url in asked if asked.count(url) > 1] == []
    assert len(asked) < 25
    assert [url for url in asked if "lotly" in url] == []

    page.get_by_text("Toon dag na dag").click()
    expect(page.locator("[data-testid=stPlotlyChart] .main-svg").first).to_be_visible()
    assert [url for url in asked if "lotly" in url] != []
