"""What a person sees on the example: four screens, in two languages, on a desk and on a phone."""

import re

import pytest
from playwright.sync_api import Browser, expect
from running import open_screen, wait_until_drawn

pytestmark = pytest.mark.browser

TITLES = {
    "": {"nl": "Waar staan we samen?", "en": "Where do we stand together?"},
    "topics": {"nl": "Waarover gaat het?", "en": "What is it about?"},
    "timeline": {"nl": "Wanneer werd er verteld?", "en": "When was it told?"},
    "sheet_check": {"nl": "Klopt de sheet?", "en": "Is the sheet right?"},
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", list(TITLES))
def test_each_screen_opens_from_its_address_in_both_languages(
    browser: Browser, example: str, path: str, language: str
) -> None:
    page = open_screen(browser, f"{example}/{path}?taal={language}")
    expect(page.locator("h1")).to_have_text([TITLES[path][language]])
    expect(page.get_by_test_id("stException")).to_have_count(0)
    loaded = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    assert any(".js" in name for name in loaded)
    assert [name for name in loaded if "SyntaxHighlighter" in name] == []  # 1.5 MB, for a message to copy alone
    page.close()


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("overview?taal=en&stand=2018-07-01", ["taal=en", "stand=2018-07-01"]),
        ("me?wie=Bram", ["als=influencer", "Bram"]),
    ],
)
def test_a_link_that_names_the_first_screen_leads_to_the_root_where_the_menu_shows_it(
    browser: Browser, example: str, path: str, kept: list[str]
) -> None:
    page = open_screen(browser, f"{example}/{path}")
    expect(page.get_by_test_id("stTopNavLink").first).to_have_attribute("aria-current", "page")
    expect(page).to_have_url(re.compile(re.escape(f"{example}/?") + "".join(f"(?=.*{part})" for part in kept)))
    page.close()


def test_who_comes_to_a_page_of_others_lands_on_the_own_first_one_without_a_window_to_click_away(
    browser: Browser, example: str
) -> None:
    page = open_screen(browser, f"{example}/topics?als=influencer&wie=Bram")
    expect(page.locator("h1")).to_have_text(["Dag Bram!"])
    expect(page.get_by_test_id("stDialog")).to_have_count(0)
    expect(page).to_have_url(f"{example}/?als=influencer&wie=Bram")
    page.close()


def test_changing_the_language_keeps_the_screen_the_filter_and_the_address(browser: Browser, example: str) -> None:
    page = open_screen(browser, f"{example}/timeline?influencer=Bram")
    expect(page.get_by_text("Berichten van Bram")).to_be_visible()
    page.get_by_text("EN", exact=True).click()
    expect(page.get_by_text("Posts by Bram")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/timeline\?.*influencer=Bram"))
    expect(page).to_have_url(re.compile(r"taal=en"))
    page.close()


def test_the_filter_is_still_there_after_a_visit_to_another_screen(browser: Browser, example: str) -> None:
    page = open_screen(browser, f"{example}/timeline?influencer=Bram")
    page.get_by_role("link", name="Thema's").first.click()
    expect(page.locator("h1")).to_have_text(["Waarover gaat het?"])
    page.get_by_role("link", name="Tijdlijn").first.click()
    expect(page.get_by_text("Berichten van Bram")).to_be_visible()
    expect(page).to_have_url(re.compile(r"influencer=Bram"))
    page.close()


def test_with_the_keyboard_alone_one_steps_from_one_influencer_to_the_next(browser: Browser, example: str) -> None:
    page = open_screen(browser, f"{example}/timeline?influencer=Bram")
    page.get_by_role("button", name="Volgende").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Berichten van Cem")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Berichten van Dilara")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/timeline\?.*influencer=Dilara"))
    page.close()


def test_the_names_beside_the_lanes_fit_the_room_that_they_are_given_so_that_the_chart_is_drawn_once(
    browser: Browser, example: str
) -> None:
    page = open_screen(browser, f"{example}/timeline")
    chart = page.locator(".js-plotly-plot").first
    given, taken = chart.evaluate("chart => [chart.layout.margin.l, chart._fullLayout._size.l]")
    assert taken == given
    page.close()


def test_an_unknown_name_in_the_address_shows_everybody(browser: Browser, example: str) -> None:
    page = open_screen(browser, f"{example}/timeline?influencer=Niemand")
    expect(page.get_by_text("Kies hierboven een influencer")).to_be_visible()
    page.close()


def test_nothing_is_asked_of_any_other_host(browser: Browser, example: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in TITLES:
        page.goto(f"{example}/{path}")
        wait_until_drawn(page)
    foreign = [url for url in asked if not url.startswith((example, example.replace("http", "ws"), "data:", "blob:"))]
    assert foreign == []
    page.close()
