"""Somebody logs a post on a phone: kept at once, in the sheet soon after, on every open page, and never twice.

The sheet is the one that `template` makes, over real sockets; each test is about somebody of its own.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from pathlib import Path

import pytest
from axe import violations
from fault_proxy import FaultProxy
from playwright.sync_api import Browser, BrowserContext, Page, expect
from running import ROOT, free_port, wait_until_drawn
from shared_mode import Shared, settings_file, shared_dashboard
from sheets_server import SheetsServer, Spreadsheet
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from wire import open_tab

from genkdash.live.clock import now
from genkdash.outbox import Outbox
from genkdash.sheet.contract import POSTS, TIPS
from genkdash.sheet.contract import Tab as Contract

pytestmark = pytest.mark.browser

EMAIL = "genkdash@proef.iam.gserviceaccount.com"
PEOPLE = ("Amina", "Bo", "Cem", "Dre", "Eva", "Fien", "Gio", "Hanne")
CAMPAIGN = {"Naam": "Genk live", "Start": 43206, "Einde": 43388, "Peildatum": 43332}
SECOND = "Bewaard, bedankt! Dat zijn er nu 2."


class Place:
    """The stand-in for Google with a sheet made by `template`, and a dashboard over it behind a proxy."""

    def __init__(self, google: SheetsServer, proxy: FaultProxy, book: Spreadsheet, folder: Path) -> None:
        self.google, self.proxy, self.book, self.folder = google, proxy, book, folder
        self.port = free_port()
        self.key = folder / "key.json"
        self.said: Mapping[str, str] = {}
        self.shared = Shared("", folder)

    def genkdash(self, *arguments: str) -> str:
        """Run a command in a process of its own, and return what it says."""
        settings = self.settings | {"GENKDASH_SETTINGS": str(self.folder / "secrets.toml")}
        done = subprocess.run(  # noqa: S603  our own command
            [sys.executable, "-m", "genkdash", *arguments],
            cwd=self.folder,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "LANG": "C", **settings},
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        assert (done.returncode, done.stderr) == (0, ""), done
        return done.stdout

    def fill(self) -> None:
        """Type what a clerk types: who takes part, when it begins and ends, a first post of each."""
        for title, rows in {
            "Influencers": [{"Naam": name, "E-mail": f"{name.lower()}@proef.example"} for name in PEOPLE],
            "Berichten": [
                {
                    "Datum": 43330,
                    "Influencer": name,
                    "Platform": "Instagram",
                    "Thema's": "Muziek",
                    "Titel": f"Eerste bericht van {name}",
                    "Link": f"https://instagram.com/p/{name.lower()}",
                }
                for name in PEOPLE
            ],
            "Campagne": [{"Sleutel": key, "Waarde": value} for key, value in CAMPAIGN.items()],
        }.items():
            tab = self.book.tab(title)
            header, at = tab.rows[0], tab.used_rows()
            if title == "Campagne":
                at = 1
                header = header[:2]
                tab.rows[1:] = []
            for number, row in enumerate(rows):
                for key, cell in row.items():
                    tab.put(at + number, header.index(key), cell)

    def run(self) -> Iterator["Place"]:
        """Run the dashboard, and once more on the same port and data when it was killed."""
        with shared_dashboard(self.url, self.folder, settings=self.settings, port=self.port) as self.shared:
            yield self

    @property
    def settings(self) -> dict[str, str]:
        """Return what is set besides the sheet and the access."""
        return {
            "GENKDASH_GOOGLE__SERVICE_ACCOUNT_FILE": str(self.key),
            "GENKDASH_GOOGLE__API_URL": self.proxy.url,
            "GENKDASH_LOG__ENABLED": "true",
        }

    @property
    def url(self) -> str:
        """Return the address of the sheet."""
        return f"https://docs.google.com/spreadsheets/d/{self.book.id}/edit"

    def rows(self, text: str, tab: str = "Berichten") -> list[list[object]]:
        """Return the rows that hold this text in a cell."""
        return [row for row in self.book.tab(tab).rows if text in row]

    def row(self, text: str, contract: Contract = POSTS) -> Mapping[str, object]:
        """Return the one row that holds this text, by its headers."""
        [row] = self.rows(text, contract.title)
        return dict(zip_longest(map(str, self.book.tab(contract.title).rows[0]), row))

    def as_somebody(self, browser: Browser, *, width: int = 360, **claims: str) -> BrowserContext:
        """Return a browser of its own, signed in."""
        context = browser.new_context(viewport={"width": width, "height": 740}, locale="nl-BE")
        name, _, value = self.shared.cookie(**claims).partition("=")
        context.add_cookies([{"name": name, "value": value, "url": self.shared.url}])
        return context

    def as_(self, name: str, browser: Browser) -> BrowserContext:
        """Return the phone of one of the young people."""
        return self.as_somebody(browser, email=f"{name.lower()}@proef.example")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("place")
    with SheetsServer() as google, FaultProxy(google.url) as proxy:
        made = Place(google, proxy, Spreadsheet("", {}), folder)
        made.key.write_text(json.dumps(google.service_account(email=EMAIL)))
        settings_file(folder, public_url=f"http://localhost:{made.port}")
        told = {"template": made.genkdash("template", "--google", "--title", "Genk live", "--share", "griet@genk.be")}
        [made.book] = google.books.values()
        told["doctor"] = made.genkdash("doctor", "--source", made.url)
        made.said = told
        made.fill()
        yield from made.run()


@pytest.fixture(autouse=True)
def _healed(place: Place) -> Iterator[None]:
    yield
    place.google.heal()
    place.proxy.heal()
    place.book.writers.add(EMAIL)
    if "Logboek" in {tab.title for tab in place.book.tabs}:
        place.book.rename("Logboek", "Berichten")


def open_form(context: BrowserContext, place: Place) -> Page:
    page = context.new_page()
    page.goto(f"{place.shared.url}/log_post")
    wait_until_drawn(page)
    expect(page.get_by_label("Link", exact=True)).to_be_visible()
    return page


def send(page: Page, title: str) -> None:
    page.get_by_label("Titel, in je eigen woorden").fill(title)
    page.get_by_role("button", name="Bewaar").click()


def test_from_nothing_to_a_post_from_a_phone_on_every_open_page_and_once_in_the_sheet(
    browser: Browser, place: Place, record_property: Callable[[str, object], None]
) -> None:
    assert place.said["template"].splitlines()[0] == f"Genk live: {place.url}"
    assert place.said["doctor"].splitlines()[-1] == "Alles is in orde."
    with place.as_("Amina", browser) as amina, place.as_somebody(browser, width=1440) as staff:
        overview, wall = staff.new_page(), staff.new_page()
        overview.goto(place.shared.url)
        wait_until_drawn(overview)
        wall.goto(f"{place.shared.url}/screen?scenes=team")
        expect(wall.get_by_text("8", exact=True).first).to_be_visible()
        page = open_form(amina, place)
        page.get_by_label("Link", exact=True).fill("www.tiktok.com/@amina/video/7")
        page.get_by_role("button", name="Muziek").click()
        page.get_by_label("Titel, in je eigen woorden").fill("=Iftar op het plein")
        page.get_by_role("button", name="Bewaar").dblclick()
        expect(page.get_by_text(SECOND)).to_be_visible()
        kept_at = time.monotonic()

        expect(overview.get_by_text("=Iftar op het plein")).to_be_visible()
        expect(wall.get_by_text("9", exact=True).first).to_be_visible()
        record_property("seconds from kept to on every page", round(time.monotonic() - kept_at, 1))
        expect(page.get_by_text("Wacht op verzending", exact=True)).to_have_count(0)
        expect(page.get_by_text(SECOND)).to_be_visible()
        assert violations(page) == []
        written = place.row("=Iftar op het plein")
        assert [written[name] for name in ("Datum", "Influencer", "Platform", "Thema's", "Link")] == [
            43332,
            "Amina",
            "TikTok",
            "Muziek",
            "https://www.tiktok.com/@amina/video/7",
        ]


def test_what_is_not_right_yet_is_said_under_its_field_and_nothing_that_was_typed_is_lost(
    browser: Browser, place: Place
) -> None:
    with place.as_("Bo", browser) as bo:
        page = open_form(bo, place)
        page.get_by_role("button", name="Bewaar").click()
        expect(page.get_by_text("Geef een link, een thema of een titel. Eén is genoeg.")).to_be_visible()
        page.get_by_label("Link", exact=True).fill("instagram.com/p/bo?igsh=abc")
        send(page, "Nog eens")
        expect(page.get_by_text("Dit bericht staat er al: deze link is al gelogd.")).to_be_visible()
        page.get_by_label("Link", exact=True).fill("")
        page.get_by_label("Een ander thema").fill("Muzeik")
        page.get_by_role("button", name="Bewaar").click()
        expect(page.get_by_text("Bedoel je Muziek?")).to_be_visible()
        expect(page.get_by_label("Titel, in je eigen woorden")).to_have_value("Nog eens")
        page.get_by_role("button", name="Ja, dat bedoel ik").click()
        expect(page.get_by_text(SECOND)).to_be_visible()
        page.get_by_role("button", name="Nog een bericht").click()
        expect(page.get_by_label("Titel, in je eigen woorden")).to_have_value("")


def test_while_google_is_down_a_post_is_kept_and_waits_and_arrives_by_itself(browser: Browser, place: Place) -> None:
    with place.as_("Dre", browser) as dre:
        page = open_form(dre, place)
        place.google.stop()
        send(page, "In de storing")
        expect(page.get_by_text(SECOND)).to_be_visible()
        expect(page.get_by_text("Wacht op verzending", exact=True)).to_be_visible()
        page.goto(place.shared.url)
        expect(page.get_by_text("In de storing")).to_be_visible()

        place.google.start()
        expect(page.get_by_text("Wacht op verzending", exact=True)).to_have_count(0, timeout=90_000)
        assert len(place.rows("In de storing")) == 1


def test_a_renamed_tab_or_a_right_taken_away_is_said_to_staff_and_the_post_comes_in_once_it_is_mended(
    browser: Browser, place: Place
) -> None:
    with place.as_("Hanne", browser) as hanne, place.as_somebody(browser, width=1440) as staff:
        page, desk = open_form(hanne, place), staff.new_page()
        place.book.writers.discard(EMAIL)
        place.book.readers.add(EMAIL)
        send(page, "Zonder recht")
        expect(page.get_by_text(SECOND)).to_be_visible()
        gently = "Bewaard, maar nog niet in de sheet. Het team kijkt het na; jij hoeft niets te doen."
        expect(page.get_by_text(gently)).to_be_visible()
        desk.goto(f"{place.shared.url}/log_post")
        expect(desk.get_by_text("Het dashboard mag deze sheet wel lezen, maar er niets in schrijven.")).to_be_visible()
        place.book.writers.add(EMAIL)
        place.book.rename("Berichten", "Logboek")
        expect(desk.get_by_text("De sheet heeft geen tabblad „Berichten”. Zet het terug").first).to_be_visible()
        place.book.rename("Logboek", "Berichten")
        expect(page.get_by_text("Wacht op verzending", exact=True)).to_have_count(0, timeout=90_000)
        assert len(place.rows("Zonder recht")) == 1


def test_an_influencer_logs_under_the_own_name_whatever_the_browser_sends(place: Place) -> None:
    with open_tab(place.shared.url, "log_post", cookie=place.shared.cookie(email="eva@proef.example")) as tab:
        elements = _elements(tab.run())
        place.google.fault("503", where=":append")
        widgets = _filled(elements, {"Titel, in je eigen woorden": "Van mij"})
        widgets.widgets.add(id="log_influencer", string_value="Bo")
        tab.run(widgets=widgets)
        outbox = Outbox(place.folder, source=place.book.id, utc_now=now)
        kept = [entry.values["influencer"] for entry in outbox.entries() if entry.values["title"] == "Van mij"]
        outbox.close()

    assert kept == ["Eva"]


def test_two_taps_at_once_are_one_post_and_always_a_thanks(place: Place) -> None:
    """The second tap breaks off what the first began, wherever that is; docs/adr/0020 has what fifty of them showed."""
    titles = [f"Dubbel {number}" for number in range(5)]
    with open_tab(place.shared.url, "log_post", cookie=place.shared.cookie(email="fien@proef.example")) as tab:
        elements = _elements(tab.run())
        for number, title in enumerate(titles):
            link = f"https://tiktok.com/@fien/video/{number}"
            widgets = _filled(elements, {"Titel, in je eigen woorden": title, "Link": link})
            tab.ask(widgets=widgets)
            tab.ask(widgets=widgets)
            while "Nog een bericht" not in (elements := _elements(tab.take())):
                pass
            widgets = WidgetStates()
            widgets.widgets.add(id=elements["Nog een bericht"], trigger_value=True)
            tab.ask(widgets=widgets)
            while "Bewaar" not in (elements := _elements(tab.take())):
                pass
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not all(place.rows(title) for title in titles):
        time.sleep(0.05)
    assert [len(place.rows(title)) for title in titles] == [1] * len(titles)


def test_a_tip_from_a_phone_is_answered_by_staff_and_read_where_it_was_given(browser: Browser, place: Place) -> None:
    with place.as_("Gio", browser) as gio, place.as_somebody(browser, width=1440) as staff:
        page, desk = gio.new_page(), staff.new_page()
        page.goto(place.shared.url)
        page.get_by_label("Wat kan de stad van jou leren?").fill("=Zeg gewoon 'je'")
        page.get_by_role("button", name="Geef je tip").click()
        expect(page.get_by_text("Bewaard, bedankt voor je tip!")).to_be_visible()
        expect(page.get_by_text("wacht op antwoord")).to_be_visible()
        tip = place.row("=Zeg gewoon 'je'", TIPS)
        assert [tip["Datum"], tip["Influencer"], tip["Status"]] == [43332, "Gio", None]

        desk.goto(f"{place.shared.url}/lessons")
        desk.get_by_role("button", name="Antwoord", exact=True).click()
        # Somebody puts a row above it meanwhile: the answer finds its own.
        place.book.tab("Tips").insert_rows(1, 1)
        desk.get_by_text("geprobeerd", exact=True).click()
        desk.get_by_label("Jullie antwoord").fill("Doen we, vanaf nu.")
        assert violations(desk) == []
        desk.get_by_role("button", name="Bewaar").click()
        expect(page.get_by_text("De stad: Doen we, vanaf nu.")).to_be_visible()
        expect(desk.get_by_role("button", name="Pas het antwoord aan")).to_be_visible()
        assert violations(page) == []
        assert violations(desk) == []
        answered = place.row("=Zeg gewoon 'je'", TIPS)
        assert [answered[name] for name in ("Status", "Antwoord", "Beantwoord op")] == [
            "geprobeerd",
            "Doen we, vanaf nu.",
            43332,
        ]

        # An answer that somebody gives in the sheet while another is being typed is not written over unseen.
        desk.get_by_role("button", name="Pas het antwoord aan").click()
        place.book.tab("Tips").set("G3", "Al in de sheet beantwoord")
        expect(desk.get_by_text("De stad: Al in de sheet beantwoord")).to_be_visible()
        desk.get_by_label("Jullie antwoord").fill("Van ons")
        desk.get_by_role("button", name="Bewaar").click()
        expect(desk.get_by_text("Iemand anders paste dit antwoord intussen aan")).to_be_visible()
        assert place.row("=Zeg gewoon 'je'", TIPS)["Antwoord"] == "Al in de sheet beantwoord"


def _elements(messages: list[ForwardMsg]) -> dict[str, str]:
    """Return the ids of the text fields and buttons that were drawn, by their labels."""
    drawn = [message.delta.new_element for message in messages if message.WhichOneof("type") == "delta"]
    fields = {one.text_input.label: one.text_input.id for one in drawn if one.HasField("text_input")}
    return fields | {one.button.label: one.button.id for one in drawn if one.HasField("button")}


def _filled(elements: Mapping[str, str], texts: Mapping[str, str]) -> WidgetStates:
    """Return the form with these texts, and its button tapped."""
    widgets = WidgetStates()
    for label, text in texts.items():
        widgets.widgets.add(id=elements[label], string_value=text)
    widgets.widgets.add(id=elements["Bewaar"], trigger_value=True)
    return widgets


def test_a_post_outlives_a_kill_right_after_it_was_kept_and_comes_into_the_sheet_once(
    browser: Browser, place: Place
) -> None:
    # The row arrives, its answer does not, and then there is nobody left who sent it.
    place.proxy.fault("dup", where=":append")
    with place.as_("Cem", browser) as cem:
        page = open_form(cem, place)
        send(page, "Door de stekker heen")
        expect(page.get_by_text(SECOND)).to_be_visible()
        place.proxy.wait_until_struck()
        os.kill(_process_of(place.shared), signal.SIGKILL)
        again = place.run()
        try:
            next(again)
            page.goto(place.shared.url)
            expect(page.get_by_text("Door de stekker heen")).to_be_visible()
            expect(page.get_by_text("Wacht op verzending", exact=True)).to_have_count(0)
            assert len(place.rows("Door de stekker heen")) == 1
        finally:
            again.close()


def _process_of(shared: Shared) -> int:
    """Return the process of ours that serves a dashboard."""
    port = shared.url.rpartition(":")[2]
    children = [pid for one in Path("/proc/self/task").iterdir() for pid in (one / "children").read_text().split()]
    [found] = [int(pid) for pid in children if f"--server.port\0{port}\0" in Path(f"/proc/{pid}/cmdline").read_text()]
    return found
