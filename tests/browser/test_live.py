"""What a person sees when somebody edits the Google sheet: the new post, without touching the page."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from running import open_screen, running_dashboard
from sheets_server import SheetsServer

pytestmark = pytest.mark.browser

EMAIL = "genkdash@proef.iam.gserviceaccount.com"
HEADER = ["Datum", "Influencer", "Platform", "Thema's", "Titel", "Link"]
CAMPAIGN = [["Sleutel", "Waarde"], ["Naam", "Genk live"], ["Start", 43206], ["Einde", 43388], ["Peildatum", 43332]]


class Live:
    """A stand-in for Google with one shared sheet, and the dashboard that follows it."""

    def __init__(self, google: SheetsServer, folder: Path) -> None:
        self.google = google
        rows = [HEADER, [43330, "Amina", "Instagram", "Muziek", "Eerste bericht", "https://a.example/1"]]
        tabs = {"Berichten": rows, "Campagne": CAMPAIGN}
        self.book = google.add_spreadsheet("Genk live", tabs, shared_with=[EMAIL])
        key = folder / "key.json"
        key.write_text(json.dumps(google.service_account(email=EMAIL)))
        self.source = f"https://docs.google.com/spreadsheets/d/{self.book.id}/edit"
        self.settings = {"GENKDASH_GOOGLE__SERVICE_ACCOUNT_FILE": str(key), "GENKDASH_GOOGLE__API_URL": google.url}


@pytest.fixture
def live(tmp_path: Path) -> Iterator[tuple[Live, str]]:
    with SheetsServer() as google:
        made = Live(google, tmp_path)
        with running_dashboard(made.source, settings=made.settings) as url:
            yield made, url


def test_a_new_row_in_the_sheet_appears_without_touching_the_page(browser: Browser, live: tuple[Live, str]) -> None:
    made, url = live
    page = open_screen(browser, url)
    expect(page.get_by_text("Eerste bericht")).to_be_visible()
    expect(page.get_by_text("1 / 12")).to_be_visible()
    made.book.tab("Berichten").append([43331, "Amina", "Instagram", "Sport", "Net geplaatst", "https://a.example/2"])
    expect(page.get_by_text("Net geplaatst")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("2 / 12")).to_be_visible()
    page.close()


@pytest.mark.parametrize(
    "fault", ["down", "500", "503-html", "html-200", "truncate", "429", "reset", "drip:2", "wrong-type"]
)
def test_in_an_outage_the_last_good_numbers_stay_with_age_and_reason_and_it_recovers(
    browser: Browser, live: tuple[Live, str], fault: str
) -> None:
    made, url = live
    page = open_screen(browser, url)
    expect(page.get_by_text("1 / 12")).to_be_visible()
    if fault == "down":
        made.google.stop()
    else:
        made.google.fault(fault)
    trouble = page.get_by_text("De sheet is even niet te lezen")
    expect(trouble).to_be_visible(timeout=45_000)
    expect(page.get_by_text("1 / 12")).to_be_visible()
    expect(page.get_by_text("Wat je hieronder ziet, zijn de laatste goede cijfers.")).to_be_visible()
    if fault == "down":
        made.google.start()
    made.google.heal()
    made.book.tab("Berichten").append([43331, "Amina", "Instagram", "Sport", "Na de storing", "https://a.example/2"])
    expect(page.get_by_text("Na de storing")).to_be_visible(timeout=90_000)
    expect(trouble).to_have_count(0)
    page.close()
