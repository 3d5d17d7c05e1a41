"""What does an influencer read at each moment? Kind words, the own numbers, and nothing of anybody else."""

import dataclasses
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from babel.messages.pofile import read_po
from books import CAMPAIGN, book, post
from scripted_source import ScriptedSource
from streamlit.runtime import context
from streamlit.testing.v1 import AppTest

from genkdash.live.current import follow, now, stop
from genkdash.live.feed import Feed
from genkdash.live.memo import Memo
from genkdash.sheet.errors import FileMissingError
from genkdash.sheet.tables import RawBook
from genkdash.ui import view

ROOT = Path(view.__file__).parents[2]
HERE = SimpleNamespace(headers=[("Host", "localhost:8501")], cookies={}, remote_ip="127.0.0.1")
NEVER_SAID = re.compile(r"\b(achter\w*|te laat|behind|late)\b", re.IGNORECASE)
OTHERS = ("Bo", "Cas", "Dre", "Eva", "Flo")
PEOPLE = [["Naam"], *([name] for name in ("Amina", *OTHERS))]
TOPICS = [["Thema", "Omschrijving"], ["Muziek", None], ["Sport", None], ["Gezondheid", "Lijf en hoofd"]]
HOLIDAY = [
    ["Van", "Tot", "Soort", "Naam", "Influencer", "Gewicht"],
    [date(2018, 8, 10), date(2018, 8, 25), "pauze", "Op reis", "Amina", None],
]


def log(posts: int, today: date = date(2018, 8, 20), **tabs: Any) -> RawBook:
    """Return an example sheet in which Amina has so many posts and five others have one each, on that day."""
    own = [
        post(Datum=date(2018, 4, 16 + number), Titel=f"Verhaal {number}", Themas="Muziek") for number in range(posts)
    ]
    theirs = [post(Datum=date(2018, 4, 16), Influencer=name, Themas="Sport", Titel=f"Van {name}") for name in OTHERS]
    usual = {"Campagne": [*CAMPAIGN, ["Peildatum", today]], "Influencers": PEOPLE, "Themas": TOPICS}
    return dataclasses.replace(book([*own, *theirs], **usual | tabs), kind="example")


MOMENTS: dict[str, tuple[RawBook, str, str, list[str]]] = {
    "never posted": (
        log(0),
        "Nog 12, ongeveer 1 per 4 dagen",
        "Je eerste verhaal mag over alles gaan wat jij in Genk ziet.",
        ["Verteld 0", "Nog te doen 12", "Dagen tijd 56"],
    ),
    "under way": (
        log(4),
        "Nog 8, ongeveer 1 per 7 dagen",
        "Fijn bezig: je verhaal over Genk groeit.",
        ["Verteld 4", "Nog te doen 8", "Dagen tijd 56"],
    ),
    "halfway": (
        log(6),
        "Nog 6, ongeveer 1 per 9 dagen",
        "Je bent precies halverwege!",
        ["Verteld 6", "Nog te doen 6", "Dagen tijd 56"],
    ),
    "past halfway": (
        log(7),
        "Nog 5, ongeveer 1 per 11 dagen",
        "Knap: je bent al over de helft!",
        ["Verteld 7", "Nog te doen 5", "Dagen tijd 56"],
    ),
    "one to go": (
        log(11),
        "Nog eentje, en nog 56 dagen de tijd",
        "Knap: je bent al over de helft!",
        ["Verteld 11", "Nog te doen 1", "Dagen tijd 56"],
    ),
    "one a day": (
        log(7, date(2018, 10, 10)),
        "Nog 5, ongeveer 1 per dag",
        "Knap: je bent al over de helft!",
        ["Verteld 7", "Nog te doen 5", "Dagen tijd 5"],
    ),
    "last day": (
        log(4, date(2018, 10, 15)),
        "Nog 8: elk verhaal is welkom",
        "Fijn bezig: je verhaal over Genk groeit.",
        ["Verteld 4", "Nog te doen 8", "Dagen tijd 0"],
    ),
    "reached": (
        log(12),
        "Gelukt! Alle 12 staan er",
        "Proficiat! Wat nu nog komt, is extra: alles mag, niets moet.",
        ["Verteld 12", "Dagen tijd 56"],
    ),
    "surplus": (
        log(14),
        "Gelukt, en 2 extra!",
        "Proficiat! Wat nu nog komt, is extra: alles mag, niets moet.",
        ["Verteld 14", "Extra 2", "Dagen tijd 56"],
    ),
    "paused": (
        log(4, Kalender=HOLIDAY),
        "Geniet van je pauze",
        "Op reis: tot en met 25 aug hoeft er niets. Vertellen mag altijd.",
        ["Verteld 4", "Nog te doen 8", "Dagen tijd 56"],
    ),
    "not started": (
        log(0, date(2018, 4, 10), Berichten=[["Datum", "Influencer"], [date(2018, 4, 9), "Bo"]]),
        "Nog 6 dagen, dan begint het",
        "Vanaf 16 april 2018 vertel jij over jouw Genk: waarover je wil, op jouw manier.",
        ["Verteld 0", "Nog te doen 12", "Dagen tijd 183"],
    ),
    "ended": (
        log(7, date(2018, 10, 20)),
        "Bedankt om te vertellen!",
        "Je vertelde 7 verhalen over Genk. Die neemt niemand je nog af.",
        ["Verteld 7"],
    ),
    "ended above the target": (
        log(13, date(2018, 10, 20)),
        "Bedankt om te vertellen!",
        "Je vertelde 13 verhalen over Genk. Die neemt niemand je nog af.",
        ["Verteld 13", "Extra 1"],
    ),
    "ended without a post": (
        log(0, date(2018, 10, 20)),
        "Bedankt om te vertellen!",
        "Fijn dat je erbij was.",
        ["Verteld 0"],
    ),
}


@dataclasses.dataclass(frozen=True)
class Page:
    """The page as it was drawn."""

    app: AppTest

    @property
    def title(self) -> str:
        return str(self.app.title[0].value)

    @property
    def headings(self) -> list[str]:
        return [str(heading.value) for heading in self.app.subheader]

    @property
    def numbers(self) -> list[str]:
        return [f"{metric.label} {metric.value}" for metric in self.app.metric]

    @property
    def links(self) -> list[tuple[str, str]]:
        return [(button.proto.label, button.proto.url) for button in self.app.get("link_button")]

    @property
    def html(self) -> str:
        return "".join(element.value for element in self.app.get("html"))

    @property
    def texts(self) -> list[str]:
        """Everything that is to be read, in the frame too."""
        kinds = ("markdown", "caption", "title", "subheader", "info", "warning", "success", "html")
        texts = [str(element.value) for kind in kinds for element in self.app.get(kind)]
        charts = [element.proto.alt + element.proto.spec for element in self.app.get("plotly_chart")]
        buttons = [element.label for element in self.app.button]
        return [*texts, *charts, *buttons, *(label for label, _ in self.links), *self.numbers]


Open = Callable[..., Page]


@pytest.fixture
def open_me(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Return a function that draws the page of somebody over a sheet."""
    feeds: list[Feed] = []

    def draw(source: RawBook | Exception, name: str = "Amina", language: str = "nl") -> Page:
        monkeypatch.setattr(context, "_get_client_context", lambda: HERE)
        monkeypatch.setattr(view, "SHARED", Memo())
        scripted = ScriptedSource() if isinstance(source, Exception) else ScriptedSource(source)
        scripted.kind = "example"
        if isinstance(source, Exception):
            scripted.trouble = source
        feed = Feed(scripted, store=None)
        feeds.append(feed)
        follow(feed)
        assert feed.wait_for(lambda: feed.state(now()).kind != "starting", timeout_seconds=20)
        app = AppTest.from_file(ROOT / "genkdash" / "dashboard.py", default_timeout=30)
        app.query_params = {"taal": language, "als": "influencer", "wie": name}
        return Page(app.run())

    yield draw
    stop()
    for feed in feeds:
        feed.stop(timeout_seconds=20)


@pytest.mark.parametrize("moment", list(MOMENTS))
def test_each_moment_has_its_own_words_and_numbers(open_me: Open, moment: str) -> None:
    source, headline, line, numbers = MOMENTS[moment]
    page = open_me(source)

    assert page.app.exception.values == []
    assert page.title == "Dag Amina!"
    assert page.headings[0] == headline
    assert line in [str(text.value) for text in page.app.markdown]
    assert page.numbers == numbers


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("moment", list(MOMENTS))
def test_no_moment_reproaches_anything_or_names_anybody_else(open_me: Open, moment: str, language: str) -> None:
    page = open_me(MOMENTS[moment][0], language=language)

    assert [text for text in page.texts if NEVER_SAID.search(text)] == []
    assert [text for text in page.texts if re.search(rf"\b({'|'.join(OTHERS)})\b", text)] == []
    assert not any("expected" in text or "verwacht" in text.lower() for text in page.texts)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_sentence_for_an_influencer_reproaches_anything(language: str) -> None:
    with (ROOT / "genkdash" / "i18n" / "locale" / language / "me.po").open("rb") as file:
        sentences = [str(message.string) for message in read_po(file, locale=language) if message.id]

    assert len(sentences) > 50
    assert [sentence for sentence in sentences if NEVER_SAID.search(sentence)] == []


def test_the_squares_stand_in_their_topics_colours_with_surplus_beyond_a_line(open_me: Open) -> None:
    under_way, beyond = open_me(log(7)).html, open_me(log(14)).html

    assert (under_way.count('title="Muziek"'), under_way.count("1.5px solid"), "grid-column" in under_way) == (
        7,
        5,
        False,
    )
    assert "7 blokjes van 12 gevuld, in de kleuren van de thema&#x27;s" in under_way
    assert (beyond.count('title="Muziek"'), beyond.count("1.5px solid")) == (14, 0)
    first, last = beyond.split("grid-column")
    assert (first.count('title="Muziek"'), last.count('title="Muziek"')) == (12, 2)


def test_somebody_with_hundreds_of_posts_has_a_stretch_per_topic_and_cards_in_parts(open_me: Open) -> None:
    hundreds = [post(Datum=date(2018, 4, 16), Titel=f"Verhaal {number}", Themas="Sport") for number in range(310)]
    page = open_me(log(0, Berichten=book([*hundreds, post(Themas="Muziek")]).tabs[0].rows))

    assert (page.html.count("flex:310 0 0"), page.html.count("flex:1 0 0"), page.html.count("1.5px solid")) == (1, 1, 0)
    assert "311 berichten, doel 12: een strook per thema, in zijn kleur" in page.html
    assert "1 tot 24 van 311" in [caption.value for caption in page.app.caption]

    page.app.button(key="portion_mine_next").click().run()

    assert "25 tot 48 van 311" in [caption.value for caption in page.app.caption]
    assert "Verhaal 280" in str([text.value for text in page.app.markdown])


def test_once_it_is_over_what_was_told_is_what_there_is(open_me: Open) -> None:
    told, nothing = open_me(MOMENTS["ended"][0]).html, open_me(MOMENTS["ended without a post"][0]).html

    assert (told.count('title="Muziek"'), told.count("1.5px solid")) == (7, 0)
    assert "7 blokjes, in de kleuren van de thema&#x27;s" in told
    assert "blokje" not in nothing


def test_a_topic_has_the_colour_it_has_for_everybody(open_me: Open) -> None:
    found = post(Influencer="Bo", Themas="Breien", Datum=date(2018, 4, 17))
    mine = post(Themas="Skaten", Datum=date(2018, 4, 18))
    source = log(0, Berichten=[*book([found, mine]).tabs[0].rows], Themas=None)
    from genkdash.charts.colours import topic_colours  # noqa: PLC0415  only this test needs them
    from genkdash.sheet.parse import parse  # noqa: PLC0415

    colour = topic_colours(parse(source, today=date(2018, 8, 20)))["Skaten"]
    assert f"background:{colour}" in open_me(source).html


def test_over_the_example_the_button_leads_to_the_form(open_me: Open) -> None:
    page = open_me(log(3))

    assert page.app.button(key="log_begin").label == "Log een bericht"
    assert "Log een bericht" not in dict(page.links)


def test_a_theme_nobody_touched_is_suggested_with_what_it_is(open_me: Open) -> None:
    page = open_me(log(3))

    assert ":material/lightbulb: **Over Gezondheid vertelde nog niemand iets.**" in page.texts
    assert "Lijf en hoofd" in page.texts


def test_with_fewer_than_five_others_nothing_is_said_of_the_team(open_me: Open) -> None:
    many, few = open_me(log(3)), open_me(log(3, Influencers=PEOPLE[:-1]))

    assert "Samen vertelden jullie al 8 verhalen over Genk." in many.texts
    assert not any("Samen" in text or "niemand" in text for text in few.texts)
    assert any("vertelde jij nog niets" in text for text in few.texts)


@pytest.mark.parametrize("moment", ["paused", "ended"])
def test_in_a_pause_and_after_the_end_nothing_is_suggested(open_me: Open, moment: str) -> None:
    assert not any("lightbulb" in text for text in open_me(MOMENTS[moment][0]).texts)


def test_the_own_posts_are_cards_and_those_that_stand_apart_are_not_lost(open_me: Open) -> None:
    early = post(Datum=date(2018, 4, 1), Titel="Een proef")
    unread = post(Datum="ooit", Titel="Zonder dag")
    page = open_me(log(0, Berichten=book([post(Titel="Mijn straat"), early, unread]).tabs[0].rows))

    assert page.headings[-3:-1] == ["Mijn berichten", "Deze tellen niet mee voor je doel"]
    assert {"Mijn straat", "Een proef"} < set(page.texts)
    assert "1 rij van jou heeft nog geen dag die we kunnen lezen. Vraag gerust even hulp." in page.texts


def test_the_own_days_are_a_line_with_a_dot_per_post_and_no_chart_before_it_is_asked_for(open_me: Open) -> None:
    days = [post(Datum=day, Themas="Muziek") for day in (date(2018, 4, 1), date(2018, 7, 10), date(2018, 8, 15))]
    page = open_me(log(0, Berichten=book(days).tabs[0].rows))

    assert page.app.get("plotly_chart") == []
    assert 'aria-label="2 berichten van jou, 16 apr – 15 okt 2018' in page.html
    assert page.html.count("border-radius:50%") == 3
    assert page.html.count("border:3px solid") == 1
    assert "left:0.00%" in page.html
    assert "vandaag, 20 aug" in page.html


def test_the_own_chart_counts_no_silence(open_me: Open) -> None:
    page = open_me(log(4))
    page.app.toggle(key="my_timeline_open").set_value(True).run()
    (chart,) = page.app.get("plotly_chart")

    assert not re.search(r'"text":\s*"\d+ d"', chart.proto.spec)
    assert chart.proto.alt.startswith("4 berichten van jou, 16 apr – 15 okt 2018")


@pytest.mark.parametrize(
    "source",
    [log(0, Berichten=None), log(0, Berichten=[["Datum", "Titel"], [date(2018, 5, 3), "x"]])],
    ids=["no tab", "no column"],
)
def test_a_sheet_that_cannot_be_counted_shows_no_number(open_me: Open, source: RawBook) -> None:
    page = open_me(source)

    assert (page.title, page.numbers) == ("Nog even geduld", [])
    assert any("je berichten komen vanzelf terug" in text for text in page.texts)


def test_a_sheet_without_anybody_says_whom_to_ask(open_me: Open) -> None:
    page = open_me(log(0, Berichten=[["Datum", "Influencer"]], Influencers=None))

    assert (page.title, page.numbers) == ("Nog even geduld", [])
    assert "Je naam staat nog niet in de sheet. Vraag het even aan de stad." in page.texts


def test_a_sheet_that_was_never_read_says_so_without_a_path_or_a_zero(open_me: Open) -> None:
    page = open_me(FileMissingError(path="/srv/sheets/log.xlsx"))

    assert page.title == "Nog niets te tonen"
    assert page.numbers == []
    assert not any("/srv" in text for text in page.texts)


NAME = "*Ami* <b>B</b> :red[x] [y](http://z.example)"


def test_hostile_text_is_shown_as_it_was_typed_and_commands_nothing(open_me: Open) -> None:
    source = log(
        0,
        Berichten=book([post(Influencer=NAME, Titel=NAME, Themas=NAME, Link="javascript:alert(1)")]).tabs[0].rows,
        Influencers=[["Naam"], [NAME]],
        Themas=[["Thema", "Omschrijving"], [NAME, NAME], [f"{NAME}!", NAME]],
    )
    page = open_me(source, NAME)

    assert page.app.exception.values == []
    assert "<b>B" not in page.html
    for text in (str(element.value) for kind in ("markdown", "caption", "title") for element in page.app.get(kind)):
        assert not re.search(r"(?<!\\)(\*Ami|:red\[|<b>B|\[y\])", text)
    assert not any(url.startswith("javascript") for _, url in page.links)
