"""Somebody logs a post on a phone: kept at once, in the sheet soon after, on every open page, and never twice."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import violations
from playwright.sync_api import Browser, BrowserContext, Page, expect
from running import wait_until_drawn
from shared_mode import Shared, shared_dashboard
from sheets_server import SheetsServer, Spreadsheet
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from wire import open_tab

from genkdash.live.clock import now
from genkdash.outbox import Outbox

pytestmark = pytest.mark.browser

EMAIL = "genkdash@proef.iam.gserviceaccount.com"
HEADER = ["Datum", "Influencer", "Platform", "Thema's", "Titel", "Link", "Vorm", "Likes", "Gemeten op", "Bericht-ID"]
ROWS = [
    HEADER,
    [43330, "Amina", "Instagram", "Muziek", "Eerste bericht", "https://instagram.com/p/een", None, None, None, None],
    [43331, "Bo", "TikTok", "Sport", "Van Bo", None, None, None, None, None],
]
PEOPLE = [["Naam", "E-mail"], ["Amina", "amina@proef.example"], ["Bo", "bo@proef.example"]]
CAMPAIGN = [["Sleutel", "Waarde"], ["Naam", "Genk live"], ["Start", 43206], ["Einde", 43388], ["Peildatum", 43332]]


class Place:
    """The stand-in for Google with a sheet that may be written in, and a dashboard over it."""

    def __init__(self, google: SheetsServer, book: Spreadsheet, shared: Shared) -> None:
        self.google, self.book, self.shared = google, book, shared

    def rows(self, title: str) -> list[list[object]]:
        """Return the rows with this title."""
        return [row for row in self.book.tab("Berichten").rows if title in row]

    def as_somebody(self, browser: Browser, *, width: int = 360, **claims: str) -> BrowserContext:
        """Return a browser of its own, signed in."""
        context = browser.new_context(viewport={"width": width, "height": 740}, locale="nl-BE")
        name, _, value = self.shared.cookie(**claims).partition("=")
        context.add_cookies([{"name": name, "value": value, "url": self.shared.url}])
        return context


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with SheetsServer() as google:
        tabs = {"Berichten": ROWS, "Influencers": PEOPLE, "Campagne": CAMPAIGN}
        book = google.add_spreadsheet("Genk live", tabs, shared_with=[EMAIL])
        key = tmp_path / "key.json"
        key.write_text(json.dumps(google.service_account(email=EMAIL)))
        settings = {
            "GENKDASH_GOOGLE__SERVICE_ACCOUNT_FILE": str(key),
            "GENKDASH_GOOGLE__API_URL": google.url,
            "GENKDASH_LOG__ENABLED": "true",
        }
        source = f"https://docs.google.com/spreadsheets/d/{book.id}/edit"
        with shared_dashboard(source, tmp_path, settings=settings) as shared:
            yield Place(google, book, shared)


def open_form(context: BrowserContext, place: Place) -> Page:
    page = context.new_page()
    page.goto(f"{place.shared.url}/log_post")
    wait_until_drawn(page)
    expect(page.get_by_label("Link", exact=True)).to_be_visible()
    return page


def test_a_post_that_is_logged_on_a_phone_is_on_every_open_page_and_once_in_the_sheet(
    browser: Browser, place: Place
) -> None:
    with (
        place.as_somebody(browser, email="amina@proef.example") as amina,
        place.as_somebody(browser, width=1440) as staff,
    ):
        overview = staff.new_page()
        overview.goto(place.shared.url)
        expect(overview.get_by_text("Eerste bericht")).to_be_visible()
        page = open_form(amina, place)
        page.get_by_label("Link", exact=True).fill("www.tiktok.com/@amina/video/7")
        page.get_by_role("button", name="Muziek").click()
        page.get_by_label("Titel, in je eigen woorden").fill("=Iftar op het plein")
        page.get_by_role("button", name="Bewaar").click()
        expect(page.get_by_text("Bewaard, bedankt! Dat zijn er nu 2.")).to_be_visible()

        expect(overview.get_by_text("=Iftar op het plein")).to_be_visible()
        expect(page.get_by_text("Wacht op verzending", exact=True)).to_have_count(0)
        expect(page.get_by_text("Bewaard, bedankt! Dat zijn er nu 2.")).to_be_visible()
        assert violations(page) == []
        written = place.rows("=Iftar op het plein")
        assert [row[:6] for row in written] == [
            [43332, "Amina", "TikTok", "Muziek", "=Iftar op het plein", "https://www.tiktok.com/@amina/video/7"]
        ]


def test_what_is_not_right_yet_is_said_under_its_field_and_nothing_that_was_typed_is_lost(
    browser: Browser, place: Place
) -> None:
    with place.as_somebody(browser, email="amina@proef.example") as amina:
        page = open_form(amina, place)
        page.get_by_role("button", name="Bewaar").click()
        expect(page.get_by_text("Geef een link, een thema of een titel. Eén is genoeg.")).to_be_visible()
        page.get_by_label("Link", exact=True).fill("instagram.com/p/een?igsh=abc")
        page.get_by_label("Titel, in je eigen woorden").fill("Nog eens")
        page.get_by_role("button", name="Bewaar").click()
        expect(page.get_by_text("Dit bericht staat er al: deze link is al gelogd.")).to_be_visible()
        page.get_by_label("Link", exact=True).fill("")
        page.get_by_label("Een ander thema").fill("Muzeik")
        page.get_by_role("button", name="Bewaar").click()
        expect(page.get_by_text("Bedoel je Muziek?")).to_be_visible()
        expect(page.get_by_label("Titel, in je eigen woorden")).to_have_value("Nog eens")
        page.get_by_role("button", name="Ja, dat bedoel ik").click()
        expect(page.get_by_text("Bewaard, bedankt! Dat zijn er nu 2.")).to_be_visible()
        page.get_by_role("button", name="Nog een bericht").click()
        expect(page.get_by_label("Titel, in je eigen woorden")).to_have_value("")


def test_while_google_is_down_a_post_is_kept_and_waits_and_arrives_by_itself(browser: Browser, place: Place) -> None:
    with place.as_somebody(browser, email="amina@proef.example") as amina:
        page = open_form(amina, place)
        place.google.stop()
        page.get_by_label("Titel, in je eigen woorden").fill("In de storing")
        page.get_by_role("button", name="Bewaar").click()
        expect(page.get_by_text("Bewaard, bedankt! Dat zijn er nu 2.")).to_be_visible()
        expect(page.get_by_text("Wacht op verzending", exact=True)).to_be_visible()
        page.goto(place.shared.url)
        expect(page.get_by_text("In de storing")).to_be_visible()

        place.google.start()
        expect(page.get_by_text("Wacht op verzending", exact=True)).to_have_count(0, timeout=90_000)
        assert len(place.rows("In de storing")) == 1


def test_an_influencer_logs_under_the_own_name_whatever_the_browser_sends(place: Place) -> None:
    cookie = place.shared.cookie(email="amina@proef.example")
    with open_tab(place.shared.url, "log_post", cookie=cookie) as tab:
        messages = tab.run()
        place.google.stop()
        ids = {
            element.text_input.label: element.text_input.id
            for message in messages
            if (element := message.delta.new_element).HasField("text_input")
        }
        send = next(
            message.delta.new_element.button.id
            for message in messages
            if message.delta.new_element.button.label == "Bewaar"
        )
        widgets = WidgetStates()
        for widget_id, text in ((ids["Titel, in je eigen woorden"], "Van mij"), ("log_influencer", "Bo")):
            widgets.widgets.add(id=widget_id, string_value=text)
        widgets.widgets.add(id=send, trigger_value=True)
        tab.run(widgets=widgets)
        outbox = Outbox(place.shared.folder, source=place.book.id, utc_now=now)
        kept = [(entry.values["influencer"], entry.values["title"]) for entry in outbox.entries()]
        outbox.close()

    assert kept == [("Amina", "Van mij")]
