"""A sheet in which every text is an attack is shown as it was typed: no element, no request, no complaint."""

import json
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
from hostile import hostile_texts
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect
from running import wait_until_drawn
from shared_mode import Shared, shared_dashboard
from sheets_server import SheetsServer

from genkdash.charts.labels import shortened
from genkdash.commands.reading import Reading
from genkdash.commands.report_page import report_as_page
from genkdash.i18n import translator
from genkdash.sheet.google import GoogleSheet
from genkdash.sheet.model import Sheet
from genkdash.sheet.names import tidy
from genkdash.sheet.parse import parse

pytestmark = pytest.mark.browser

EMAIL = "genkdash@proef.iam.gserviceaccount.com"
FIRST = "eerste@proef.example"
START, TODAY = date(2018, 4, 16), date(2018, 8, 20)
_SINGLE = 60
_PART = re.compile(r"^\d+ tot \d+ van \d+$")
# A text node holds text and nothing else: where a whole text stands in one, nothing became of a part of it.
_TEXT_NODES = """() => {
    const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
        if (!['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(walker.currentNode.parentElement.tagName))
            found.push(walker.currentNode.data);
    return found;
}"""
# Streamlit gives the emoji that a pill begins with a place of its own; one alone is there once more, unseen.
_PILLS = """key => [...document.querySelectorAll(`.st-key-${key} button`)].map(pill => {
    const found = [], walker = document.createTreeWalker(pill, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) found.push(walker.currentNode.data);
    return found.filter((text, place) => text !== found[place - 1]).join(' ');
})"""
_IS_SAYING_MORE = """before => {
    const said = [...document.querySelectorAll('.hoverlayer tspan')].map(line => line.textContent).join();
    return said !== '' && said !== before;
}"""
# What no screen of ours ever holds, wherever it came from.
_FOREIGN = """host => [...document.querySelectorAll('body *')].filter(one =>
    ['IFRAME', 'OBJECT', 'EMBED', 'BASE', 'FORM', 'VIDEO', 'AUDIO', 'MATH'].includes(one.tagName)
    || one.tagName === 'DETAILS' && !one.matches('[data-testid="stExpander"] > details')
    || one.classList.contains('katex') || one.tagName === 'MARQUEE'
    || [...one.attributes].some(each => /^on/.test(each.name)
        || (['src', 'srcset', 'style', 'href', 'xlink:href', 'data', 'action', 'poster'].includes(each.name)
            && each.value.includes(host) && !one.matches('[data-testid="stLinkButton"] a')))
    ).map(one => one.outerHTML.slice(0, 200))"""


@dataclass
class Beacon:
    """A server that only notes who asked it for what."""

    host: str
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def beacon() -> Iterator[Beacon]:
    class Notes(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            noted.asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Notes) as server:
        noted = Beacon(f"127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield noted
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def texts(beacon: Beacon) -> list[str]:
    # half a surrogate pair can't travel in UTF-8; tests/test_safe_text.py has it
    return [text for text in hostile_texts(beacon.host) if tidy(text) and not re.search("[\ud800-\udfff]", text)]


@dataclass(frozen=True)
class Attacked:
    """A dashboard over the hostile sheet, and what that sheet means."""

    shared: Shared
    sheet: Sheet
    name: str

    @property
    def url(self) -> str:
        """Return its address."""
        return self.shared.url


@pytest.fixture(scope="module")
def attacked(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    with SheetsServer() as google:
        book = google.add_spreadsheet(texts[25], tabs_of(texts), locale="nl_BE", shared_with=[EMAIL])
        account = google.service_account(EMAIL)
        source = GoogleSheet(book.id, credentials=account, api_url=google.url)
        sheet = parse(source.read(), today=TODAY)
        source.close()
        key = json.dumps(account)
        settings = {"GENKDASH_GOOGLE__SERVICE_ACCOUNT": key, "GENKDASH_GOOGLE__API_URL": google.url}
        settings["GENKDASH_LOG__ENABLED"] = "true"
        with shared_dashboard(book.id, tmp_path_factory.mktemp("shared"), settings=settings) as shared:
            yield Attacked(shared, sheet, tidy(texts[25]))


def tabs_of(texts: Sequence[str]) -> dict[str, list[list[object]]]:
    """Return a sheet with a text in every cell that takes one: the first person has each of them as a title.

    The second has few enough, far enough apart, that each has a mark of its own that can be pointed at.
    """
    count = len(texts)
    # a dozen people and two dozen platforms: a chart has a row, and a grid a cell, for each of them
    people = [text for text in texts if "://" in text][:60:5]
    platforms = [text for text in texts if "://" in text][:72:3]

    def post(number: int, day: int, name: str, title: str, *further: object) -> list[object]:
        platform, topics = platforms[number % len(platforms)], texts[number * 11 % count]
        link, likes = further
        return [START + timedelta(day), name, platform, topics, title, link, texts[number * 17 % count], likes]

    links = [f"https://berichten.example/{number}" for number in range(2 * _SINGLE)]
    posts = [
        *(
            post(n, n * 120 // count, people[0], texts[n], texts[n * 13 % count], texts[n * 19 % count])
            for n in range(count)
        ),
        *(post(n, n * 134 // _SINGLE, people[1], texts[n * count // _SINGLE], links[n], n) for n in range(_SINGLE)),
        *(
            post(n, 120 + n // 3, people[2 + n % (len(people) - 2)], texts[n], links[_SINGLE + n], None)
            for n in range(_SINGLE)
        ),
    ]
    return {
        "Berichten": [
            ["Datum", "Influencer", "Platform", "Thema's", "Titel", "Link", "Vorm", "Likes"],
            *posts,
            *([text, text, None, None, None, None, None, None] for text in texts),
        ],
        "Influencers": [
            ["Naam", "E-mail", "Alias", "Interesses", "Toon op scherm"],
            *([name, FIRST if name == people[0] else None, f"{name} alias", name, True] for name in people),
        ],
        "Thema's": [
            ["Thema", "Synoniemen", "Omschrijving", "Kleur"],
            *([text, None, text, text] for text in texts),
            *([f"{text} °", None, text, None] for text in texts),
        ],
        "Campagne": [
            ["Sleutel", "Waarde"],
            ["Naam", texts[26]],
            ["Start", START],
            ["Einde", date(2018, 10, 15)],
            ["Peildatum", TODAY],
        ],
        "Kalender": [
            ["Van", "Tot", "Soort", "Naam", "Influencer"],
            *([START + timedelta(days=place), None, "evenement", text, None] for place, text in enumerate(texts[:20])),
            [date(2018, 7, 1), date(2018, 7, 9), "pauze", texts[27], None],
            [date(2018, 6, 1), date(2018, 6, 3), "pauze", texts[28], people[0]],
        ],
        "Tips": [
            ["Datum", "Influencer", "Tip", "Link", "Status", "Antwoord", "Beantwoord op"],
            *(
                [START + timedelta(days=3), people[place % len(people)], text, text, "gehoord", texts[-place], TODAY]
                for place, text in enumerate(texts)
            ),
        ],
        "Vergaderingen": [["Datum"], [date(2018, 8, 1)]],
    }


@dataclass
class Watched:
    """A page, with all that it asked and complained about."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def complain(self, message: ConsoleMessage) -> None:
        """Note an error; Streamlit looks for its own server at every part of an address, and that is no error."""
        if message.type == "error" and "/_stcore/" not in message.location["url"]:
            self.complaints.append(message.text)

    def open(self, address: str, *, foot: bool = True) -> None:
        """Go to a screen and wait for the line at its `foot`, so that all of it is there."""
        self.page.goto(address)
        wait_until_drawn(self.page)
        if foot:
            self.page.get_by_test_id("stPageLink").first.wait_for()
        wait_until_drawn(self.page)

    def show_tables(self) -> None:
        """Switch on every table that stands in for a chart."""
        switches = self.page.get_by_text("Toon als tabel", exact=True)
        for switch in switches.all():
            switch.click()
        self.page.get_by_test_id("stTable").nth(switches.count() - 1).wait_for()
        wait_until_drawn(self.page)

    def texts(self) -> list[str]:
        """Return what stands in every text node."""
        return [as_read(text) for text in self.page.evaluate(_TEXT_NODES)]

    def parts(self, key: str) -> Iterator[list[str]]:
        """Step through a list that is shown a part at a time; yield what stands in every text node with each."""
        shown, further = self.page.get_by_text(_PART), self.page.locator(f".st-key-portion_{key}_next button")
        yield self.texts()
        while further.is_enabled():
            before = shown.inner_text()
            further.click()
            expect(shown).not_to_have_text(before)
            wait_until_drawn(self.page)
            yield self.texts()

    def said_by(self, marks: Sequence[Locator]) -> set[str]:
        """Point at each of these marks of a chart, and return the lines that they say, each another."""
        said: set[str] = set()
        lines = self.page.locator(".hoverlayer tspan")
        for mark in marks:
            before = ",".join(lines.all_text_contents())
            mark.hover(force=True)
            self.page.wait_for_function(_IS_SAYING_MORE, arg=before)
            said |= {as_read(text) for text in lines.all_text_contents()}
        return said


@pytest.fixture
def watched(browser: Browser, attacked: Attacked) -> Iterator[Watched]:
    with watching(browser, attacked.shared.cookie()) as watched:
        yield watched


@contextmanager
def watching(browser: Browser, cookie: str) -> Iterator[Watched]:
    """Open a page for somebody with this cookie; the content security policy is no help to it."""
    with browser.new_context(viewport={"width": 1440, "height": 900}, locale="nl-BE", bypass_csp=True) as context:
        name, _, value = cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "domain": "localhost", "path": "/"}])
        page = context.new_page()
        page.set_default_timeout(60_000)
        watched = Watched(page)
        page.on("request", lambda request: watched.asked.append(request.url))
        page.on("console", watched.complain)
        page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        page.on("dialog", lambda dialog: watched.complaints.append(dialog.message))
        yield watched


def as_read(text: str) -> str:
    """Return a text as a person reads it: white space is one space, and a word joiner is nothing."""
    return " ".join(text.replace("\u2060", "").split())


def missing(wanted: Iterable[str | None], texts: Sequence[str]) -> list[str]:
    """Return which of the `wanted` are not in `texts`."""
    known = set(texts)
    return [text for text in wanted if text is not None and as_read(text) not in known]


def missing_within(wanted: Iterable[str | None], texts: Sequence[str]) -> list[str]:
    """Return which of the `wanted` are not whole within one of `texts`."""
    everything = "\n".join(texts)
    return [text for text in wanted if text is not None and as_read(text) not in everything]


def nothing_happened(watched: Watched, attacked: Attacked, beacon: Beacon) -> None:
    """See that the page is only what we made of it."""
    assert watched.page.evaluate(_FOREIGN, beacon.host) == []
    assert beacon.asked == []
    ours = (attacked.url, attacked.url.replace("http", "ws"), "data:image/svg+xml;base64", "blob:")
    assert [address for address in watched.asked if not address.startswith(ours)] == []
    assert watched.complaints == []


def test_every_text_stands_in_the_sheet_as_it_was_typed(attacked: Attacked, texts: list[str]) -> None:
    assert len(texts) >= 300
    assert set(attacked.sheet.posts["title"].dropna()) == {tidy(text) for text in texts}
    assert {tip.text for tip in attacked.sheet.tips} == {tidy(text) for text in texts}


def test_a_text_that_is_obeyed_would_be_noticed(watched: Watched, beacon: Beacon) -> None:
    watched.page.set_content(
        f"<p>a<b>b</b></p><img src=http://{beacon.host}/p onerror=x><script>console.error(1)</script>"
    )
    watched.page.wait_for_load_state("load")
    assert beacon.asked == ["/p"]
    assert watched.asked == [f"http://{beacon.host}/p"]
    assert watched.complaints == ["1"]
    assert len(watched.page.evaluate(_FOREIGN, beacon.host)) == 1
    assert missing(["ab"], watched.texts()) == ["ab"]
    beacon.asked.clear()


def test_the_overview_shows_names_topics_and_titles_literally(
    attacked: Attacked, watched: Watched, beacon: Beacon
) -> None:
    sheet, names = attacked.sheet, [one.name for one in attacked.sheet.influencers]
    newest = sheet.posts[sheet.posts["counted"]].sort_values(["date", "row"]).tail(6)
    topics = [topics[0] for topics in sheet.posts["topics"] if topics]
    watched.open(attacked.url)
    drawn = watched.texts()
    watched.show_tables()
    watched.page.get_by_role("button", name="Weekbericht").click()
    watched.page.get_by_test_id("stCode").wait_for()
    message = as_read(str(watched.page.get_by_test_id("stCode").locator("code").text_content()))
    assert missing(names, drawn) == []
    assert missing(map(shortened, names), drawn) == []
    assert missing([*topics, *newest["title"], sheet.campaign.name], drawn) == []
    assert missing_within([*names, *topics], watched.texts()) == []
    assert message.startswith(as_read(sheet.campaign.name))
    nothing_happened(watched, attacked, beacon)


def test_the_topics_screen_shows_every_topic_literally(attacked: Attacked, watched: Watched, beacon: Beacon) -> None:
    posts = attacked.sheet.posts
    told = {topic for topics in posts.loc[posts["counted"], "topics"] for topic in topics}
    untouched = [topic.name for topic in attacked.sheet.topics or () if topic.name not in told]
    watched.open(f"{attacked.url}/topics")
    drawn = watched.texts()
    watched.show_tables()
    assert len(untouched) >= 300
    assert missing(untouched, drawn) == []
    assert missing(map(shortened, told), drawn) == []
    assert missing(told, watched.texts()) == []
    nothing_happened(watched, attacked, beacon)


def test_the_posts_of_one_person_are_shown_literally_as_cards_and_in_the_table(
    attacked: Attacked, watched: Watched, beacon: Beacon
) -> None:
    sheet = attacked.sheet
    name = sheet.influencers[0].name
    own = sheet.posts[sheet.posts["influencer"] == name]
    events = [entry.name for entry in sheet.calendar if entry.kind == "event"]
    watched.open(f"{attacked.url}/timeline?influencer={quote(name, safe='')}")
    said = watched.said_by(watched.page.locator(".barlayer .point").all())
    cards: list[str] = []
    for part in watched.parts("own_posts"):
        cards += part
        nothing_happened(watched, attacked, beacon)
    watched.show_tables()
    told = {as_read(f"Het meest over: {topic}") for topic in own["topics"].explode().dropna()}
    assert len(own) >= 300
    assert len(said & told) >= 15
    assert missing(own["title"], cards) == []
    assert missing_within([name, *own["platform"], *own["topics"].explode().dropna(), *events], cards) == []
    assert missing([line.removeprefix("Het meest over: ") for line in said & told], watched.texts()) == []
    nothing_happened(watched, attacked, beacon)


def test_the_own_page_of_somebody_shows_posts_and_topics_literally(
    browser: Browser, attacked: Attacked, beacon: Beacon
) -> None:
    name = attacked.sheet.influencers[0].name
    own = attacked.sheet.posts[attacked.sheet.posts["influencer"] == name]
    told = own[own["counted"]]["topics"].explode().dropna()
    with watching(browser, attacked.shared.cookie(email=FIRST)) as watched:
        watched.open(attacked.url)
        shown = [text for part in watched.parts("mine") for text in part]
        assert missing_within([name], shown) == []
        assert missing(own["title"], shown) == []
        assert missing(told, shown) == []
        assert missing((tip.text for tip in attacked.sheet.tips if tip.influencer == name), shown) == []
        nothing_happened(watched, attacked, beacon)


def test_the_form_to_log_a_post_offers_topics_and_platforms_literally(
    attacked: Attacked, watched: Watched, beacon: Beacon
) -> None:
    watched.open(f"{attacked.url}/log_post", foot=False)
    watched.page.get_by_test_id("stExpander").locator("summary").click()
    watched.page.locator(".st-key-log_platform button").first.wait_for()
    topics, platforms = (
        [as_read(text) for text in watched.page.evaluate(_PILLS, key)] for key in ("log_topics", "log_platform")
    )
    told = attacked.sheet.posts["topics"].explode().dropna()
    assert missing([*told.unique(), *(topic.name for topic in attacked.sheet.topics or ())], topics) == []
    assert len(platforms) == 8
    assert set(platforms) <= {as_read(one) for one in attacked.sheet.posts["platform"].dropna()}
    nothing_happened(watched, attacked, beacon)


def test_a_mark_in_a_chart_says_its_title_literally(attacked: Attacked, watched: Watched, beacon: Beacon) -> None:
    name = attacked.sheet.influencers[1].name
    own = attacked.sheet.posts[(attacked.sheet.posts["influencer"] == name) & attacked.sheet.posts["date"].notna()]
    watched.open(f"{attacked.url}/timeline?influencer={quote(name, safe='')}")
    said = watched.said_by(watched.page.locator(".scatterlayer .point").all())
    assert len(own) == _SINGLE
    assert missing(own["title"], [*said]) == []
    watched.show_tables()
    assert missing_within([*own["title"], *own["topics"].explode().dropna()], watched.texts()) == []
    nothing_happened(watched, attacked, beacon)


def test_tables_and_their_links_do_nothing(attacked: Attacked, watched: Watched, beacon: Beacon) -> None:
    for path, table in (("sheet_check", ".facts"), ("reactions", "[data-testid=stDataFrame]")):
        watched.open(f"{attacked.url}/{path}")
        cells = watched.page.locator(table).first.locator("td")
        cells.first.wait_for(state="attached")
        shown = {as_read(text) for text in cells.all_text_contents()}
        assert len(shown & {as_read(text) for text in _typed(attacked.sheet)}) >= 5
        nothing_happened(watched, attacked, beacon)
    said = watched.said_by(watched.page.locator(".scatterlayer .point").all()[:12])
    assert len(said & {as_read(title) for title in attacked.sheet.posts["title"].dropna()}) >= 12
    nothing_happened(watched, attacked, beacon)


def test_the_lessons_show_every_tip_and_reply_literally(attacked: Attacked, watched: Watched, beacon: Beacon) -> None:
    tips = attacked.sheet.tips
    watched.open(f"{attacked.url}/lessons")
    shown: list[str] = []
    for part in watched.parts("tips"):
        shown += part
        nothing_happened(watched, attacked, beacon)
    assert missing((tip.text for tip in tips), shown) == []
    assert missing_within((tip.reply for tip in tips), shown) == []
    assert missing_within((tip.influencer for tip in tips), shown) == []


def test_the_meeting_screen_shows_what_it_may_literally(attacked: Attacked, watched: Watched, beacon: Beacon) -> None:
    page = watched.page
    page.goto(f"{attacked.url}/screen?seconds=3600&scenes=strip,topics,since,lessons,latest")
    page.locator("section.screen").wait_for()
    shown: list[str] = []
    for _ in range(5):
        scene = page.locator("section.screen").get_attribute("class")
        shown += watched.texts()
        nothing_happened(watched, attacked, beacon)
        page.keyboard.press("ArrowRight")
        page.wait_for_function("scene => document.querySelector('section.screen').className !== scene", arg=scene)
    known = {as_read(text) for text in _typed(attacked.sheet)}
    assert missing((one.name.split()[0] for one in attacked.sheet.influencers), shown) == []
    assert len(known & set(shown)) >= 15


def test_the_printed_report_shows_everything_literally_even_without_its_policy(
    attacked: Attacked, watched: Watched, beacon: Beacon, tmp_path: Path
) -> None:
    sheet = attacked.sheet
    reading = Reading(sheet, "google", attacked.name, datetime(2018, 8, 20, 10, tzinfo=UTC))
    written, count = re.subn("<meta http-equiv=[^>]+>", "", report_as_page(reading, translator("nl")))
    file = tmp_path / "verslag.html"
    file.write_text(written, encoding="utf-8")
    watched.page.goto(file.as_uri())
    shown = watched.texts()
    assert count == 1
    assert missing([*(one.name for one in sheet.influencers), sheet.campaign.name], shown) == []
    assert missing((tip.text for tip in sheet.tips), shown) == []
    assert missing_within((tip.reply for tip in sheet.tips), shown) == []
    assert watched.page.evaluate(_FOREIGN, beacon.host) == []
    assert watched.asked == [file.as_uri()]
    assert (beacon.asked, watched.complaints) == ([], [])


def _typed(sheet: Sheet) -> list[str]:
    """Return all that stands in the sheet as text, whole as it was understood."""
    posts = sheet.posts
    texts = [*posts["title"], *posts["platform"], *posts["topics"].explode().dropna()]
    texts += [text for tip in sheet.tips for text in (tip.text, tip.reply)]
    texts += [issue.value for issue in sheet.issues]
    return [text for text in texts if isinstance(text, str)]
