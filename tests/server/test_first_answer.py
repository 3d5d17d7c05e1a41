"""The first answer shows each of us what the screen after it will show, and nobody else anything."""

import asyncio
import html
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Literal

import pytest
from books import CAMPAIGN, HEADERS, book, post
from hostile import hostile_texts
from scripted_source import ScriptedSource
from streamlit.file_util import get_static_dir

from genkdash.access.current import Access, admit
from genkdash.access.links import LINK_COOKIE, LinkRegister
from genkdash.access.mode import Mode
from genkdash.live.current import follow, now, stop
from genkdash.live.feed import Feed
from genkdash.live.memo import Memo
from genkdash.server import first_numbers
from genkdash.server.first_answer import first_answer
from genkdash.server.private_streamlit import THEME_KEY
from genkdash.settings import Settings
from genkdash.sheet.errors import FileMissingError
from genkdash.sheet.tables import RawBook

PEOPLE = [["Naam"], ["Amina"], ["Bo"], ["Cas"]]
ORIGIN = "https://genkdash.example"
WITHOUT_SCRIPT = "Zet JavaScript aan in je browser om meer te zien."  # said where there is none


def log(today: date = date(2018, 8, 20), **tabs: Any) -> RawBook:
    """Return a sheet in which Amina has seven posts and Bo two, seen on that day."""
    own = [post(Datum=date(2018, 4, 16 + day), Themas="Muziek", Titel=f"Verhaal {day}") for day in range(7)]
    theirs = [post(Datum=date(2018, 5, 1 + day), Influencer="Bo", Themas="Sport") for day in range(2)]
    return book([*own, *theirs], **{"Campagne": [*CAMPAIGN, ["Peildatum", today]], "Influencers": PEOPLE} | tabs)


class Read(HTMLParser):
    """What a browser without scripts makes of an answer: its texts, the titles in it, its elements."""

    def __init__(self, answer: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self._is_read = True
        self.feed(answer)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self._is_read = tag not in {"style", "script"}

    def handle_endtag(self, tag: str) -> None:
        self._is_read = self._is_read or tag in {"style", "script"}

    def handle_data(self, data: str) -> None:
        if self._is_read and data.strip():
            self.texts.append(data.strip())


Ask = Callable[..., str]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    """Return a function that asks for an address over a sheet, as staff on this machine or with somebody's link."""
    register = LinkRegister(tmp_path)
    feeds: list[Feed] = []

    def answer(
        source: RawBook | Exception,
        address: str = "/",
        *,
        link: str | None = None,
        kind: Literal["google", "example"] = "google",
        language: Literal["nl", "en"] = "nl",
    ) -> str:
        monkeypatch.setattr(first_numbers, "SHARED", Memo())
        scripted = ScriptedSource() if isinstance(source, Exception) else ScriptedSource(source)
        scripted.kind = kind
        scripted.trouble = source if isinstance(source, Exception) else None
        feed = Feed(scripted, store=None)
        feeds.append(feed)
        follow(feed)
        assert feed.wait_for(lambda: feed.state(now()).kind != "starting", timeout_seconds=20)
        path, _, query = address.partition("?")
        scope: dict[str, Any] = {"type": "http", "path": path, "query_string": query.encode(), "headers": []}
        admit(Access(Mode("own"), Settings.model_construct(), register))
        if link is not None:
            settings = Settings(source="log.xlsx", access={"public_url": ORIGIN}, auth={})
            admit(Access(Mode("shared"), settings, register))
            role, _, name = link.partition(":")
            until = now() + timedelta(days=1)
            if role != "nobody":
                made, token = register.new(
                    "screen" if role == "screen" else "influencer", influencer=name or None, until=until, at=now()
                )
                scope["headers"] = [(b"cookie", f"{LINK_COOKIE}={token}".encode())]
            if role == "revoked":
                register.revoke(made.id)
        return asyncio.run(first_answer(scope, language)).decode()

    yield answer
    stop()
    for feed in feeds:
        feed.stop(timeout_seconds=20)


def test_an_influencer_reads_what_is_done_to_go_and_how_many_days_are_left(ask: Ask) -> None:
    answer = Read(ask(log(), link="influencer:Amina"))
    assert answer.texts[0].startswith("Bijgewerkt vandaag om ")
    assert answer.texts[1:] == [
        "Dag Amina!",
        "Nog 5, ongeveer 1 per 11 dagen",
        "Knap: je bent al over de helft!",
        *("Verteld", "7", "Nog te doen", "5", "Dagen tijd", "56"),
        WITHOUT_SCRIPT,
    ]
    assert ("aria-label", "7 blokjes van 12 gevuld, in de kleuren van de thema's") in answer.attributes
    assert answer.attributes.count(("title", "Muziek")) == 7


def test_an_influencer_gets_nothing_of_anybody_else(ask: Ask) -> None:
    answer = ask(log(), "/me?als=staff&wie=Bo&stand=2018-05-01", link="influencer:Amina")
    assert "Dag Amina!" in answer
    assert not re.search(r"\b(Bo|Cas|Sport)\b", answer)


def test_staff_read_the_teams_sum_and_which_campaign_it_is(ask: Ask) -> None:
    answer = Read(ask(log(), "/overview"))
    assert answer.texts[:2] == ["Genk vertelt", "· 20 augustus 2018"]
    assert answer.texts[3:7] == ["Waar staan we samen?", "Samen op weg", "9 / 36", "berichten, 25\xa0% van het doel"]
    assert answer.texts[7:9] == ["Verwacht", "25"]
    assert "Amina" not in " ".join(answer.texts)


def test_a_screen_reads_the_teams_sum_and_no_name_at_all(ask: Ask) -> None:
    named = [*CAMPAIGN, ["Peildatum", date(2018, 8, 20)], ["Naam", "Het Genk van Cas"]]
    answer = Read(ask(log(Campagne=named), link="screen"))
    assert {"Waar staan we samen?", "9", "van 36 berichten"} < set(answer.texts)
    assert not re.search(r"\b(Amina|Bo|Cas|Muziek)\b", " ".join(answer.texts))


def test_in_english_the_same_is_said_in_english(ask: Ask) -> None:
    assert {"Hi Amina!", "5 to go, about 1 every 11 days"} < set(
        Read(ask(log(), link="influencer:Amina", language="en")).texts
    )


@pytest.mark.parametrize("who", ["nobody", "revoked:Amina"])
@pytest.mark.parametrize("address", ["/", "/me", "/screen", "/overview"])
def test_nobody_known_gets_nothing(ask: Ask, who: str, address: str) -> None:
    assert ask(log(), address, link=who) == ""


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/?stand=2018-06-01", None),
        ("/screen?stand=2018-06-01", None),
        ("/screen?scenes=tips,latest", "screen"),
        ("/topics", None),
        ("/methods", "influencer:Amina"),
        ("/_stcore/health", None),
        ("/overview", "screen"),
    ],
)
def test_where_the_screen_shows_other_numbers_nothing_is_said_before_it(
    ask: Ask, address: str, link: str | None
) -> None:
    assert ask(log(), address, link=link) == ""


@pytest.mark.parametrize("link", [None, "screen", "influencer:Amina"])
@pytest.mark.parametrize(
    "source",
    [
        FileMissingError(path="/srv/log.xlsx"),
        log(Berichten=None),
        log(Berichten=[["Datum", "Titel"], [date(2018, 5, 3), "x"]]),
    ],
    ids=["never read", "no tab", "no column"],
)
def test_where_nothing_is_known_there_is_no_zero_either(
    ask: Ask, source: RawBook | Exception, link: str | None
) -> None:
    assert ask(source, link=link) == ""


def test_an_empty_sheet_has_no_sum(ask: Ask) -> None:
    empty = log(Berichten=[HEADERS])
    assert [ask(empty), ask(empty, link="screen")] == ["", ""]
    assert "Nog 12, ongeveer 1 per 4 dagen" in ask(empty, link="influencer:Amina")


def test_before_the_start_the_days_are_counted_down(ask: Ask) -> None:
    answer = ask(log(date(2018, 4, 10), Berichten=[HEADERS, post(Datum=date(2018, 4, 9))]), link="influencer:Amina")
    assert {"Nog 6 dagen, dan begint het", "183"} < set(Read(answer).texts)


def test_after_the_end_there_is_nothing_left_to_do(ask: Ask) -> None:
    ended = log(date(2018, 10, 20))
    own, wall = Read(ask(ended, link="influencer:Amina")), Read(ask(ended, link="screen"))
    assert own.texts[1:] == [
        "Dag Amina!",
        "Bedankt om te vertellen!",
        "Je vertelde 7 verhalen over Genk. Die neemt niemand je nog af.",
        "Verteld",
        "7",
        WITHOUT_SCRIPT,
    ]
    assert "Dit vertelden we samen" in wall.texts


def test_over_the_example_the_address_says_as_whom_one_looks(ask: Ask) -> None:
    asked = ["/", "/me", "/?als=influencer&wie=Bo", "/screen", "/?als=scherm"]
    answers = [ask(log(), address, kind="example") for address in asked]
    titles = [re.findall(r'class="first-title"[^>]*>([^<]*)', answer)[0] for answer in answers]
    assert titles == ["Waar staan we samen?", "Dag Amina!", "Dag Bo!", "Waar staan we samen?", "Waar staan we samen?"]
    assert ["first-wall" in answer.partition("<main")[2] for answer in answers] == [False, False, False, True, True]


def test_whatever_a_cell_holds_is_text_and_makes_no_element(ask: Ask) -> None:
    texts = [text for text in hostile_texts("127.0.0.1:9") if text.isprintable() and ";" not in text and len(text) < 90]
    plain = Read(ask(log(), link="influencer:Amina"))
    posts = [HEADERS, *(post(Datum=date(2018, 5, 3), Themas=text) for text in texts)]
    own = Read(ask(log(Berichten=posts), link="influencer:Amina"))
    titles = {value for name, value in own.attributes if name == "title"}
    assert len(texts) > 150
    assert set(own.tags) == set(plain.tags)
    assert {name for name, _ in own.attributes} == {name for name, _ in plain.attributes}
    assert len(titles & {" ".join(text.split()) for text in texts}) > 100


@pytest.mark.parametrize("text", ["<img src=x onerror=y>", '"><script>z</script>', "</main><b>vet</b>", "&lt;i&gt;"])
def test_a_name_of_a_person_a_pause_or_a_campaign_is_shown_as_it_is_typed(ask: Ask, text: str) -> None:
    pause = [["Van", "Tot", "Soort", "Naam", "Influencer"], [date(2018, 8, 1), date(2018, 9, 1), "pauze", text, text]]
    settings = [*CAMPAIGN, ["Peildatum", date(2018, 8, 20)], ["Naam", text]]
    source = log(Influencers=[["Naam"], [text]], Kalender=pause, Campagne=settings)
    own, team = ask(source, link=f"influencer:{text}"), ask(source)
    assert f"Dag {text}!" in Read(own).texts
    assert f"{text}: tot en met 1 sep hoeft er niets. Vertellen mag altijd." in Read(own).texts
    assert text in Read(team).texts
    assert text not in own + team.replace(html.escape(text), "")


def test_the_light_that_was_chosen_is_kept_where_the_installed_streamlit_keeps_it() -> None:
    scripts = (path.read_text(encoding="utf-8") for path in (Path(get_static_dir()) / "static" / "js").glob("utils.*"))
    script = next(script for script in scripts if "stActiveTheme-" in script)
    name, version = re.findall(r"ACTIVE_THEME:`\$\{(\w+)\}-v\$\{(\w+)\}`", script)[0]
    assert f"{name}=`stActiveTheme-${{window.location.pathname}}`" in script
    number = re.findall(rf"\b{version}=(\d+)[,;]", script)[0]
    assert f"stActiveTheme-{{}}-v{number}" == THEME_KEY
