"""What a person sees when somebody edits the Google sheet: the new post, without touching the page.

One dashboard for all: each test leaves a post more in the sheet than it found.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from running import open_screen, running_dashboard, wait_until_drawn
from sheets_server import SheetsServer

pytestmark = pytest.mark.browser

EMAIL = "genkdash@proef.iam.gserviceaccount.com"
HEADER = ["Datum", "Influencer", "Platform", "Thema's", "Titel", "Link"]
A_PIXEL = 1.0
CAMPAIGN = [["Sleutel", "Waarde"], ["Naam", "Genk live"], ["Start", 43206], ["Einde", 43388], ["Peildatum", 43332]]


class Live:
    """A stand-in for Google with one shared sheet, and the dashboard that follows it."""

    def __init__(self, google: SheetsServer, folder: Path) -> None:
        self.google = google
        rows = [HEADER, [43330, "Amina", "Instagram", "Muziek", "Eerste bericht", "https://a.example/1"]]
        tabs = {"Berichten": rows, "Influencers": [["Naam"], ["Amina"]], "Campagne": CAMPAIGN}
        self.book = google.add_spreadsheet("Genk live", tabs, shared_with=[EMAIL])
        key = folder / "key.json"
        key.write_text(json.dumps(google.service_account(email=EMAIL)))
        self.source = f"https://docs.google.com/spreadsheets/d/{self.book.id}/edit"
        self.settings = {
            "GENKDASH_GOOGLE__SERVICE_ACCOUNT_FILE": str(key),
            "GENKDASH_GOOGLE__API_URL": google.url,
            "GENKDASH_WATCHED_SECONDS": "1",
            "GENKDASH_LOG__ENABLED": "true",
        }

    def post(self, title: str, topic: str = "Sport") -> None:
        """Add a post of Amina's at the foot of the sheet."""
        number = self.book.tab("Berichten").used_rows()
        link = f"https://a.example/{number}"
        self.book.tab("Berichten").append([43331, "Amina", "Instagram", topic, title, link])

    @property
    def sum(self) -> str:
        """Return what the overview says of the posts that are in the sheet now."""
        return f"{self.book.tab('Berichten').used_rows() - 1} / 12"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Live, str]]:
    with SheetsServer() as google:
        made = Live(google, tmp_path_factory.mktemp("live"))
        with running_dashboard(made.source, settings=made.settings) as url:
            yield made, url


@pytest.fixture
def live(running: tuple[Live, str]) -> Iterator[tuple[Live, str]]:
    yield running
    running[0].google.heal()


def place_on_screen(one: Locator) -> float:
    """Return how far from the top of the window something stands, in pixels."""
    return float(one.evaluate("element => element.getBoundingClientRect().top"))


def settled(page: Page) -> float:
    """Return how far the screen is scrolled, once it stands still."""
    return float(
        page.evaluate(
            """async () => {
                const main = document.querySelector('[data-testid=stMain]')
                for (let before = -1; before !== main.scrollTop;) {
                    before = main.scrollTop
                    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
                }
                return main.scrollTop
            }"""
        )
    )


def test_a_new_row_in_the_sheet_appears_without_touching_the_page(browser: Browser, live: tuple[Live, str]) -> None:
    made, url = live
    page = open_screen(browser, url)
    expect(page.get_by_text("Eerste bericht")).to_be_visible()
    expect(page.get_by_text(made.sum, exact=True)).to_be_visible()
    made.post("Net geplaatst")
    expect(page.get_by_text("Net geplaatst")).to_be_visible(timeout=15_000)
    expect(page.get_by_text(made.sum, exact=True)).to_be_visible()


def test_news_leaves_the_log_form_as_it_is_being_filled_in(browser: Browser, live: tuple[Live, str]) -> None:
    made, url = live
    page = open_screen(browser, f"{url}/log_post", width=360, height=740)
    page.get_by_label("Link", exact=True).fill("https://a.example/half")
    page.get_by_role("button", name="Muziek", exact=True).click()
    page.get_by_text("Meer: dag, platform, vorm, likes").click()
    tiktok = page.get_by_role("radio", name="TikTok", exact=True)
    tiktok.click()
    title = page.get_by_label("Titel, in je eigen woorden")
    title.press_sequentially("Half getyp")
    title.evaluate("element => { element.setSelectionRange(4, 4); window.typedIn = element }")
    scrolled, stood = settled(page), place_on_screen(title)

    # Twice as many of another topic, so that the topics stand in another order, and one of them is new.
    made.post("Van iemand anders", "Natuur")
    made.post("Nog een van iemand anders", "Natuur")

    expect(page.get_by_role("button", name="Natuur", exact=True)).to_be_visible()
    expect(page.get_by_label("Link", exact=True)).to_have_value("https://a.example/half")
    expect(title).to_have_value("Half getyp")
    expect(title).to_be_focused()
    assert title.evaluate("element => [element === window.typedIn, element.selectionStart]") == [True, 4]
    page.keyboard.type("e")
    expect(title).to_have_value("Halfe getyp")
    for chosen in (page.get_by_role("button", name="Muziek", exact=True), tiktok):
        expect(chosen).to_be_visible()
        expect(chosen).to_have_attribute("data-selected", "true")
    assert (settled(page), place_on_screen(title)) == pytest.approx((scrolled, stood), abs=A_PIXEL)


def test_news_changes_the_numbers_under_an_open_menu_and_leaves_it_open(
    browser: Browser, live: tuple[Live, str]
) -> None:
    made, url = live
    page = open_screen(browser, url)
    menu = page.get_by_role("button", name="Download", exact=True)
    menu.click()
    choice = page.get_by_role("button", name="Influencers (CSV)")
    expect(choice).to_be_visible()
    stood = place_on_screen(menu)
    made.post("Onder een open menu")
    expect(page.get_by_text(made.sum, exact=True)).to_have_count(1)
    expect(choice).to_be_visible()
    settled(page)
    assert place_on_screen(menu) == pytest.approx(stood, abs=A_PIXEL)


@pytest.mark.parametrize("width", [360, 412])
def test_on_a_phone_the_numbers_stand_where_the_first_answer_had_them(
    browser: Browser, live: tuple[Live, str], width: int
) -> None:
    made, url = live
    page = browser.new_page(viewport={"width": width, "height": 740}, locale="nl-BE")
    page.route("**/static/*/*.js", lambda route: route.abort())
    page.goto(url)
    before = place_on_screen(page.locator("#first dd").filter(has_text=made.sum))
    page.unroute_all()
    page.goto(url)
    wait_until_drawn(page)
    number = page.locator("[data-testid=stMetricValue]").filter(has_text=made.sum)
    assert place_on_screen(number) == pytest.approx(before, abs=2 * A_PIXEL)


@pytest.mark.parametrize("fault", ["down", "503-html", "html-200", "truncate", "reset"])
def test_in_an_outage_the_last_good_numbers_stay_with_age_and_reason_and_it_recovers(
    browser: Browser, live: tuple[Live, str], fault: str
) -> None:
    made, url = live
    page = open_screen(browser, url)
    expect(page.get_by_text(made.sum, exact=True)).to_be_visible()
    if fault == "down":
        made.google.stop()
    else:
        made.google.fault(fault)
    trouble = page.get_by_text("De sheet is even niet te lezen")
    expect(trouble).to_be_visible(timeout=45_000)
    expect(page.get_by_text(made.sum, exact=True)).to_be_visible()
    expect(page.get_by_text("Wat je hieronder ziet, zijn de laatste goede cijfers.")).to_be_visible()
    if fault == "down":
        made.google.start()
    made.google.heal()
    made.post(f"Na de storing {fault}")
    expect(page.get_by_text(f"Na de storing {fault}")).to_be_visible(timeout=90_000)
    expect(trouble).to_have_count(0)
