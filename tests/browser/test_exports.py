"""What staff takes along: files that open, messages in the clipboard, a report on A4 that asks nothing."""

import csv
import re
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect
from running import open_screen

from genkdash.commands.reading import Reading, read_sheet
from genkdash.commands.report import report
from genkdash.commands.report_page import report_as_page
from genkdash.i18n import translator
from genkdash.settings import Settings

pytestmark = pytest.mark.browser


def reading() -> Reading:
    now = datetime(2018, 8, 20, 10, 0, tzinfo=UTC)
    return read_sheet(None, Settings(_env_file=None, source=None), as_of=None, now=now)


def downloaded(page: Page, button: str) -> tuple[str, bytes]:
    """Open the menu under the table, choose `button`, and return the file's name and content."""
    page.get_by_role("button", name="Download", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_the_influencers_are_downloaded_as_the_report_counts_them(browser: Browser, example: str) -> None:
    page = open_screen(browser, example)
    name, content = downloaded(page, "Influencers (CSV)")
    page.close()
    assert name == "influencers-2018-08-20.csv"
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    people = report(reading())["progress"]["influencers"]
    assert [row[:4] for row in rows[1:]] == [
        [one["name"], str(one["posts"]), str(one["target"]), str(one["surplus"])] for one in people
    ]


def test_the_tables_of_a_screen_are_downloaded_in_one_workbook(browser: Browser, example: str) -> None:
    page = open_screen(browser, f"{example}/topics")
    name, content = downloaded(page, "Alles in één werkmap (XLSX)")
    page.close()
    assert name == "themas-2018-08-20.xlsx"
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.sheetnames == ["Thema's", "Wie vertelt waarover"]
    shares = report(reading())["topics"]["shares"]
    told = {topic: share for topic, share, _ in book["Thema's"].iter_rows(min_row=2, values_only=True) if share}
    assert told == {topic: pytest.approx(share, abs=0.00005) for topic, share in shares.items()}


@pytest.mark.parametrize("screen", ["", "topics", "timeline", "reactions", "lessons", "sheet_check"])
def test_every_screen_of_staff_has_one_menu_under_its_tables(browser: Browser, example: str, screen: str) -> None:
    page = open_screen(browser, f"{example}/{screen}")
    expect(page.get_by_role("button", name="Download", exact=True)).to_have_count(1)
    page.close()


@pytest.mark.parametrize(
    ("button", "message"),
    [
        ("Stuur een berichtje", r"Dag Jonas! We zijn benieuwd naar je volgende verhaal over Genk\. .+ iets terug\."),
        ("Weekbericht", r"Genk vertelt, 14 augustus tot en met 20 augustus\n\nEr kwamen 5 nieuwe berichten bij, .+"),
    ],
)
def test_a_message_is_in_the_clipboard_after_one_click(
    browser: Browser, example: str, button: str, message: str
) -> None:
    page = open_screen(browser, example, width=360, height=740)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=button).first.click()
    page.get_by_role("button", name="Kopieer", exact=True).click()
    expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()
    assert re.fullmatch(message, page.evaluate("navigator.clipboard.readText()"), re.DOTALL)
    page.close()


def test_the_report_asks_nothing_of_the_network_and_prints_on_a4(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "verslag.html"
    file.write_text(report_as_page(reading(), translator("nl")), encoding="utf-8")
    page = browser.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(file.as_uri())
    printed = page.pdf(prefer_css_page_size=True)
    assert asked == [file.as_uri()]
    assert complaints == []
    # in points of 1/72 inch, as the PDF says it: 210 by 297 mm
    sizes = {tuple(float(side) for side in box.split()) for box in re.findall(rb"/MediaBox \[0 0 ([\d. ]+)\]", printed)}
    assert {(round(width / 72 * 25.4), round(height / 72 * 25.4)) for width, height in sizes} == {(210, 297)}
    page.close()


def test_the_printed_report_cuts_no_table_off(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "verslag.html"
    file.write_text(report_as_page(reading(), translator("nl")), encoding="utf-8")
    page = browser.new_page(viewport={"width": 695, "height": 1000})  # 184 mm at 96 pixels an inch
    page.goto(file.as_uri())
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 695
    page.close()
