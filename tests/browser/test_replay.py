"""Any earlier day: from the address or the slider, on every screen, with the numbers of `report --as-of`."""

import json
import re
import subprocess
import sys

import pytest
from playwright.sync_api import Browser, expect
from running import ROOT, open_screen

pytestmark = pytest.mark.browser

WARNING = "Terugblik: zo stond het op 1 juli 2018."


def test_an_earlier_day_in_the_address_shows_the_numbers_of_the_report_of_that_day(
    browser: Browser, example: str
) -> None:
    command = [sys.executable, "-m", "genkdash", "report", "--format", "json", "--as-of", "2018-07-01"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)  # noqa: S603  our own command
    report = json.loads(printed.stdout)
    done = sum(min(person["posts"], person["target"]) for person in report["progress"]["influencers"])
    assert (done, report["progress"]["target"], report["topics"]["posts"]) == (55, 118, 54)

    page = open_screen(browser, f"{example}/?stand=2018-07-01")
    expect(page.get_by_text(WARNING)).to_be_visible()
    expect(page.get_by_text("55 / 118")).to_be_visible()
    page.get_by_role("link", name="Thema's").first.click()
    expect(page.get_by_text("in 54 berichten met een thema")).to_be_visible()
    expect(page.get_by_text(WARNING)).to_be_visible()
    expect(page).to_have_url(re.compile(r"/topics\?.*stand=2018-07-01"))
    page.close()


def test_one_click_goes_back_to_today(browser: Browser, example: str) -> None:
    page = open_screen(browser, f"{example}/?stand=2018-07-01")
    page.get_by_role("button", name="Naar vandaag").click()
    expect(page.get_by_text("84 / 118")).to_be_visible()
    expect(page.get_by_text(WARNING)).to_have_count(0)
    expect(page).not_to_have_url(re.compile("stand="))
    page.close()


def test_the_slider_goes_back_a_day_with_an_arrow_key(browser: Browser, example: str) -> None:
    page = open_screen(browser, example)
    slider = page.get_by_role("slider", name="Kijk terug naar een eerdere dag")
    slider.focus()
    slider.press("ArrowLeft")
    expect(page.get_by_text("Terugblik: zo stond het op 19 augustus 2018.")).to_be_visible()
    expect(page).to_have_url(re.compile("stand=2018-08-19"))
    page.close()


@pytest.mark.parametrize("stand", ["2018-08-20", "2030-01-01", "morgen", ""])
def test_a_day_that_is_not_earlier_is_today(browser: Browser, example: str, stand: str) -> None:
    page = open_screen(browser, f"{example}/?stand={stand}")
    expect(page.get_by_text("84 / 118")).to_be_visible()
    expect(page.get_by_text("Terugblik")).to_have_count(0)
    page.close()
