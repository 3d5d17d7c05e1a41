"""What does each screen say over each kind of sheet, in Dutch and in English? Drawn by Streamlit, without a browser."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from books import CAMPAIGN, book, post
from builders import facts
from scripted_source import ScriptedSource
from streamlit.runtime import context
from streamlit.testing.v1 import AppTest

from genkdash.live.current import follow, now, stop
from genkdash.live.feed import Feed
from genkdash.live.memo import Memo
from genkdash.sheet.errors import FileMissingError, SourceError
from genkdash.sheet.sample import Example
from genkdash.sheet.tables import RawBook, Source
from genkdash.ui import view

SCRIPT = Path(view.__file__).parent.parent / "dashboard.py"
PAGES = ("overview", "topics", "timeline", "reactions", "lessons", "sheet_check", "methods")
POST_PAGES = PAGES[:4]
LANGUAGES = ("nl", "en")
TITLES = {
    ("overview", "nl"): "Waar staan we samen?",
    ("topics", "nl"): "Waarover gaat het?",
    ("timeline", "nl"): "Wanneer werd er verteld?",
    ("reactions", "nl"): "Hoe wordt er gereageerd?",
    ("lessons", "nl"): "Wat leren de jongeren ons?",
    ("sheet_check", "nl"): "Klopt de sheet?",
    ("methods", "nl"): "Zo rekenen we",
    ("overview", "en"): "Where do we stand together?",
    ("topics", "en"): "What is it about?",
    ("timeline", "en"): "When was it told?",
    ("reactions", "en"): "How do people react?",
    ("lessons", "en"): "What do the young teach us?",
    ("sheet_check", "en"): "Is the sheet right?",
    ("methods", "en"): "How we count",
}
# AppTest has no client; this one sits on the same machine, as the gate asks.
HERE = SimpleNamespace(headers=[("Host", "localhost:8501")], cookies={}, remote_ip="127.0.0.1")
ELSEWHERE = SimpleNamespace(headers=[("Host", "genkdash.example")], cookies={}, remote_ip="127.0.0.1")
PINNED = [*CAMPAIGN, ["Naam", "Genk vertelt"], ["Peildatum", date(2018, 8, 20)]]
ZERO = re.compile(r"(?<![\d.,/=-])0(?![\d.,/-])")


@dataclass(frozen=True)
class Screen:
    """One screen as it was drawn."""

    app: AppTest

    @property
    def title(self) -> str:
        return str(self.app.title[0].value)

    @property
    def numbers(self) -> list[str]:
        """The large numbers, from left to right."""
        return [plain(metric.value) for metric in self.app.metric]

    @property
    def captions(self) -> list[str]:
        return [plain(caption.value) for caption in self.app.caption]

    @property
    def alerts(self) -> list[tuple[str, str]]:
        """Title and text of each coloured message."""
        kinds = (self.app.warning, self.app.info, self.app.success, self.app.error)
        return [(alert.proto.title, alert.value) for kind in kinds for alert in kind]

    @property
    def charts(self) -> list[str]:
        """The text alternatives of the charts."""
        return [element.proto.alt for element in self.app.get("plotly_chart")]

    @property
    def figures(self) -> str:
        """All that the charts were given, as JSON."""
        return "".join(element.proto.spec for element in self.app.get("plotly_chart"))

    @property
    def markdown(self) -> list[str]:
        """Everything that Streamlit reads as markdown."""
        texts = [element.value for kind in ("markdown", "caption") for element in self.app.get(kind)]
        headings = [element.value for kind in ("title", "subheader") for element in getattr(self.app, kind)]
        buttons = [element.proto.label for element in self.app.get("link_button")]
        return [*texts, *headings, *buttons, *(text for alert in self.alerts for text in alert)]

    @property
    def html(self) -> list[str]:
        return [element.proto.body for element in self.app.get("html")]

    @property
    def texts(self) -> list[str]:
        """Everything that is to be read, in tables too."""
        cells = [str(cell) for table in self.app.dataframe for row in table.value.to_numpy() for cell in row]
        labels = [metric.label for metric in self.app.metric]
        return [*self.markdown, *labels, *self.numbers, *cells, *self.html, *self.charts]


Show = Callable[..., Screen]


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    """Return a function that follows a source and draws one of its screens, from a first visit to its address."""
    feeds: list[Feed] = []

    def draw(
        source: Source | RawBook | SourceError, page: str, language: str = "nl", *, client: Any = HERE, **query: Any
    ) -> Screen:
        monkeypatch.setattr(context, "_get_client_context", lambda: client)
        # Answers are kept for a revision and a day; the revisions of another feed begin at 1 too.
        monkeypatch.setattr(view, "SHARED", Memo())
        feed = Feed(_source(source), store=None)
        feeds.append(feed)
        follow(feed)
        assert feed.wait_for(lambda: feed.state(now()).kind != "starting", timeout_seconds=20)
        app = AppTest.from_file(SCRIPT, default_timeout=30)
        app.query_params = {"taal": language, **query}
        if page != "overview":
            app.switch_page(f"../pages/{page}.py")
        return Screen(app.run())

    yield draw
    stop()
    for feed in feeds:
        feed.stop(timeout_seconds=20)


def _source(source: Source | RawBook | SourceError) -> Source:
    if isinstance(source, RawBook):
        return ScriptedSource(source)
    if isinstance(source, SourceError):
        broken = ScriptedSource()
        broken.trouble = source
        return broken
    return source


def tabs(*posts: Any, **others: Any) -> RawBook:
    """Return a sheet of Amina, Bo and Özge on 20 August 2018: day 127 of 183."""
    return book(posts, **{"Campagne": PINNED, **others})


NO_TAB = tabs(Berichten=None)
NO_COLUMN = tabs(Berichten=[["Datum", "Titel"], [date(2018, 5, 3), "Mijn straat"]])
UNREADABLE = FileMissingError(path="/srv/sheets/log.xlsx")
ONLY_POSTS: dict[str, Any] = dict.fromkeys(["Influencers", "Themas", "Campagne", "Kalender", "Tips", "Vergaderingen"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_each_screen_draws_the_example_under_its_own_title(show: Show, page: str, language: str) -> None:
    screen = show(Example(), page, language)

    assert screen.title == TITLES[page, language]
    assert screen.app.exception.values == []
    assert screen.app.warning.values == []


@pytest.mark.parametrize(
    ("language", "captions"),
    [
        ("nl", {"berichten, 71 % van het doel", "en 6 berichten extra", "tot en met 15 oktober 2018"}),
        ("en", {"posts, 71% of the target", "and 6 posts extra", "up to and including 15 October 2018"}),
    ],
)
def test_the_overview_of_the_example_puts_four_numbers_in_their_place(
    show: Show, language: str, captions: set[str]
) -> None:
    screen = show(Example(), "overview", language)

    assert screen.numbers == ["84 / 118", "77", "2 / 10", "56"]
    assert captions < set(screen.captions)


@pytest.mark.parametrize(
    ("language", "numbers", "without"),
    [
        ("nl", ["14", "11,6", "92 %", "93 %"], "2 berichten hebben nog geen thema en tellen hier niet mee."),
        ("en", ["14", "11.6", "92%", "93%"], "2 posts have no topic yet and are left out here."),
    ],
)
def test_the_topics_of_the_example_say_how_varied_they_are(
    show: Show, language: str, numbers: list[str], without: str
) -> None:
    screen = show(Example(), "topics", language)

    assert screen.numbers[:4] == numbers
    assert without in screen.captions
    assert [text for text in screen.markdown if "badge" in text][-2:] == [
        ":gray-badge[:material/add_circle: Gezondheid]",
        ":gray-badge[:material/add_circle: Ondernemen]",
    ]


@pytest.mark.parametrize(
    ("language", "alt"),
    [
        ("nl", "90 berichten in 10 banen, 16 apr – 15 okt 2018"),
        ("en", "90 posts in 10 lanes, 16 Apr – 15 Oct 2018"),
    ],
)
def test_the_timeline_of_the_example_has_ten_lanes_and_nobody_chosen(show: Show, language: str, alt: str) -> None:
    screen = show(Example(), "timeline", language)

    assert [chart.startswith(alt) for chart in screen.charts] == [True]
    assert screen.app.selectbox[0].options[:3] == ["Amina", "Bram", "Cem"]
    assert screen.app.selectbox[0].value is None
    assert len(screen.app.get("link_button")) == 0


@pytest.mark.parametrize(("language", "blank"), [("nl", "en 2 lege rijen"), ("en", "and 2 blank rows")])
def test_the_check_of_the_example_adds_up(show: Show, language: str, blank: str) -> None:
    screen = show(Example(), "sheet_check", language)

    assert screen.numbers == ["90", "6", "96"]
    assert blank in screen.captions
    assert len(facts(screen.html)["Waar" if language == "nl" else "Where"]) == 17


@pytest.mark.parametrize(
    ("language", "message"),
    [
        (
            "nl",
            (
                "Nog geen berichten",
                "Zodra iemand een rij invult in het tabblad Berichten, verschijnt die hier vanzelf.",
            ),
        ),
        (
            "en",
            ("No posts yet", "As soon as somebody fills in a row of the tab Berichten it appears here by itself."),
        ),
    ],
)
@pytest.mark.parametrize("others", [{}, ONLY_POSTS], ids=["all tabs", "only Berichten"])
@pytest.mark.parametrize("page", POST_PAGES)
def test_a_sheet_with_only_its_header_waits_for_the_first_row_and_shows_no_number(
    show: Show, page: str, others: dict[str, Any], language: str, message: tuple[str, str]
) -> None:
    screen = show(tabs(**others), page, language)

    assert screen.alerts == [message]
    assert screen.numbers == []
    assert screen.charts == []
    assert not any(ZERO.search(text) for text in screen.texts)


@pytest.mark.parametrize("page", [*POST_PAGES, "lessons", "sheet_check"])
def test_a_screen_with_nothing_to_show_leads_to_the_methods_and_the_accessibility_statement_too(
    show: Show, page: str
) -> None:
    links = [link.proto.label for link in show(tabs(), page).app.get("page_link")]

    assert links == ["Zo rekenen we", "Toegankelijkheid"]


def test_a_sheet_with_only_its_header_has_nothing_to_correct(show: Show) -> None:
    screen = show(tabs(), "sheet_check")

    assert screen.numbers == ["0", "0", "0"]
    assert screen.alerts == [("", "Alles klopt. Er is niets te verbeteren.")]


@pytest.mark.parametrize(
    ("source", "language", "message"),
    [
        (
            NO_TAB,
            "nl",
            (
                "Het tabblad Berichten is er niet. Heet het anders of is het verwijderd? "
                "Noem het weer Berichten, dan verschijnen de cijfers vanzelf."
            ),
        ),
        (
            NO_TAB,
            "en",
            (
                "There is no tab named Berichten. Was it renamed or removed? "
                "Name it Berichten again and the numbers appear by themselves."
            ),
        ),
        (
            NO_COLUMN,
            "nl",
            (
                "In het tabblad Berichten ontbreekt een kolom die nodig is: Datum of Influencer. "
                "Zet de kolomtitel terug in de eerste rij, dan verschijnen de cijfers vanzelf."
            ),
        ),
        (
            NO_COLUMN,
            "en",
            (
                "The tab Berichten lacks a column that is needed: Datum or Influencer. "
                "Put the column title back in the first row and the numbers appear by themselves."
            ),
        ),
    ],
    ids=["no tab, nl", "no tab, en", "no column, nl", "no column, en"],
)
@pytest.mark.parametrize("page", POST_PAGES)
def test_a_sheet_whose_posts_cannot_be_read_says_what_to_do_and_shows_no_number(
    show: Show, page: str, source: RawBook, language: str, message: str
) -> None:
    screen = show(source, page, language)

    title = {"nl": "De sheet kan niet geteld worden", "en": "The sheet can't be counted"}[language]
    assert screen.alerts == [(title, message)]
    assert screen.numbers == []
    assert screen.charts == []
    assert not any(ZERO.search(text) for text in screen.texts)


@pytest.mark.parametrize("title", ["Posts", "berichten", "BERICHTEN "])
@pytest.mark.parametrize("page", POST_PAGES)
def test_a_missing_column_is_explained_whatever_the_spelling_of_the_tab(show: Show, page: str, title: str) -> None:
    screen = show(tabs(Berichten=None, **{title: [["Datum", "Titel"], [date(2018, 5, 3), "x"]]}), page)

    assert [alert[0] for alert in screen.alerts] == ["De sheet kan niet geteld worden"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("source", [NO_TAB, NO_COLUMN], ids=["no tab", "no column"])
def test_the_check_does_not_count_rows_that_it_cannot_read(show: Show, source: RawBook, language: str) -> None:
    screen = show(source, "sheet_check", language)

    assert not any(ZERO.search(text) for text in screen.texts)
    assert len(facts(screen.html)["Waar" if language == "nl" else "Where"]) == 1


@pytest.mark.parametrize(
    ("language", "title", "alert"),
    [
        (
            "nl",
            "Nog niets te tonen",
            ("De sheet is niet te lezen", "Er staat niets op /srv/sheets/log.xlsx. Kijk de plaats en de naam na. "),
        ),
        (
            "en",
            "Nothing to show yet",
            ("The sheet can't be read", "There is nothing at /srv/sheets/log.xlsx. Check the place and the name. "),
        ),
    ],
)
@pytest.mark.parametrize("page", PAGES)
def test_a_sheet_that_was_never_read_gives_the_reason_and_not_one_zero(
    show: Show, page: str, language: str, title: str, alert: tuple[str, str]
) -> None:
    screen = show(UNREADABLE, page, language)

    assert screen.title == title
    ((heading, sentence),) = screen.alerts
    assert (heading, sentence.replace("\\.", ".").startswith(alert[1])) == (alert[0], True)
    assert (screen.numbers, screen.charts, len(screen.app.dataframe)) == ([], [], 0)
    assert not any(ZERO.search(text) for text in screen.texts)


def test_a_visit_from_elsewhere_gets_the_refusal_on_every_screen(show: Show) -> None:
    for page in PAGES:
        screen = show(Example(), page, client=ELSEWHERE)
        assert screen.title == "Geen toegang langs deze weg"
        assert not any("Amina" in text for text in screen.texts)


UNCOUNTED = tabs(post(Influencer="Niemand"), post(Datum="ooit"), post(Datum=date(2018, 4, 1), Titel="Te vroeg"))


@pytest.mark.parametrize(
    ("language", "title"), [("nl", "Er telt nog geen enkel bericht mee"), ("en", "No post counts yet")]
)
def test_when_no_row_counts_the_overview_says_so_beside_a_true_zero(show: Show, language: str, title: str) -> None:
    screen = show(UNCOUNTED, "overview", language)

    assert title in [alert[0] for alert in screen.alerts]
    assert screen.numbers == ["0 / 36", "25", "0 / 3", "56"]
    names, posts, _, _, _, last, days_since, *_ = facts(screen.html).values()
    assert names == ["Amina", "Bo", "Özge"]
    assert (posts, last, days_since) == (["0"] * 3, ["–"] * 3, ["–"] * 3)


def test_when_no_row_counts_the_reactions_show_no_table_without_a_row(show: Show) -> None:
    screen = show(UNCOUNTED, "reactions")

    assert screen.alerts[0][0] == "Er telt nog geen enkel bericht mee"
    assert (screen.numbers, screen.charts, len(screen.app.dataframe)) == ([], [], 0)


def test_when_no_row_counts_the_topics_show_no_figures_about_variety(show: Show) -> None:
    screen = show(UNCOUNTED, "topics")

    assert screen.alerts[0][0] == "Er telt nog geen enkel bericht mee"
    assert (screen.numbers, screen.charts) == ([], [])


def test_when_no_row_counts_a_post_outside_the_window_still_stands_apart_on_the_timeline(show: Show) -> None:
    screen = show(UNCOUNTED, "timeline", influencer="Amina")

    assert "Nog geen berichten die meetellen." in screen.markdown
    assert "Buiten de periode" in screen.markdown
    assert "Te vroeg" in screen.markdown


def test_when_no_row_counts_the_check_names_each_row(show: Show) -> None:
    screen = show(UNCOUNTED, "sheet_check")

    assert screen.numbers == ["0", "3", "3"]
    issues = facts(screen.html)
    assert issues["Waar"] == ["Berichten B2", "Berichten A3", "Berichten A4"]
    cell = "https://docs.google.com/spreadsheets/d/KEY/edit#gid=0&amp;range=B2"
    assert issues["Open"][0] == f'<a href="{cell}" target="_blank" rel="noopener noreferrer">naar de cel</a>'


@pytest.mark.parametrize(
    ("language", "message", "without"),
    [
        (
            "nl",
            (
                "Nog geen thema's",
                "Vul in het tabblad Berichten de kolom Thema's in, dan zie je hier waarover het gaat.",
            ),
            "1 bericht heeft nog geen thema en telt hier niet mee.",
        ),
        (
            "en",
            (
                "No topics yet",
                "Fill in the column Thema's of the tab Berichten and you will see here what it is about.",
            ),
            "1 post has no topic yet and is left out here.",
        ),
    ],
)
def test_posts_without_any_topic_ask_for_topics(
    show: Show, language: str, message: tuple[str, str], without: str
) -> None:
    screen = show(tabs(post(Themas=None)), "topics", language)

    assert screen.alerts == [message]
    assert screen.captions == [without]
    assert (screen.numbers, screen.charts) == ([], [])


def test_posts_without_any_topic_are_counted_and_drawn_all_the_same(show: Show) -> None:
    source = tabs(post(Themas=None), post(Themas=None, Datum=date(2018, 8, 14)), Themas=None)

    overview = show(source, "overview")
    assert overview.numbers[0] == "2 / 36"
    assert "1 bericht in de laatste zeven dagen" in overview.captions
    assert "Amina · onbekend platform · 14 aug" in overview.captions
    assert any(html.endswith("zonder thema</span></div>") for html in overview.html)
    assert "2 berichten in 3 banen" in show(source, "timeline").charts[0]


def test_one_topic_has_no_evenness_and_one_post_no_chance_of_another(show: Show) -> None:
    screen = show(tabs(post()), "topics")

    assert screen.numbers[:4] == ["1", "1", "–", "–"]


def test_without_a_list_the_influencers_are_those_who_posted(show: Show) -> None:
    source = tabs(post(Influencer="Wout"), post(Influencer="Femke"), Influencers=None)

    overview = show(source, "overview")
    assert overview.numbers[0] == "2 / 24"
    assert facts(overview.html)["Naam"] == ["Wout", "Femke"]
    assert show(source, "timeline").app.selectbox[0].options == ["Wout", "Femke"]
    assert facts(show(source, "sheet_check").html)["Waar"] == ["Influencers"]


def test_without_a_campaign_it_runs_six_months_from_the_first_post_under_the_name_of_the_sheet(show: Show) -> None:
    source = tabs(post(), Campagne=None)

    screen = show(source, "overview")
    assert screen.markdown[0].startswith("**Genk vertelt** · ")
    assert screen.numbers[3] == "0"
    assert "afgelopen op 2 november 2018" in screen.captions
    assert "3 mei – 2 nov 2018" in show(source, "timeline").charts[0]


def test_without_any_readable_day_what_hangs_on_it_is_unknown_and_not_zero(show: Show) -> None:
    screen = show(tabs(post(Datum="ooit"), Campagne=None), "overview")

    assert screen.numbers == ["0 / 36", "–", "0 / 3", "–"]
    assert "de einddatum is nog niet bekend" in screen.captions
    assert facts(screen.html)["Verwacht vandaag"] == ["–"] * 3


@pytest.mark.parametrize("page", PAGES)
def test_a_sheet_in_which_nobody_has_a_name_breaks_no_screen(show: Show, page: str) -> None:
    screen = show(tabs(post(Influencer=None), **ONLY_POSTS), page)

    assert screen.app.exception.values == []


NAME = "*Ami* <b>B</b> %{x} {0} $a$ :red[x] [y](http://z.example) `c` &amp;"
SHOWN = (
    r"\*Ami\* \<b\>B\</b\> %\{x\} \{0\} \$a\$ \:red\[x\] "
    "\\[y\\]\\(http\u2060\\://z\\.example\\) \\`c\\` \\&amp;"
)
LONG = "Ellen " * 50
HOSTILE = tabs(
    post(Influencer=NAME, Titel=NAME, Themas=NAME.replace(";", ""), Platform=NAME, Datum=date(2018, 8, 19)),
    post(Influencer=LONG, Titel=LONG, Themas=LONG, Platform=LONG, Link="https://a.example/?<script>"),
    post(Influencer=NAME, Titel=LONG, Datum=date(2018, 4, 1), Link="javascript:alert(1)"),
    post(Influencer="<img src=x>", Titel="# kop\n- lijst\n1. een", Datum="<b>ooit</b>"),
    Influencers=[["Naam"], [NAME], [LONG]],
    Themas=[["Thema"], ["# niemand :blue[x]"], [NAME.replace(";", "")]],
    Campagne=[*PINNED, ["Naam", "tweede"]],
    Tips=[["Datum", "Influencer", "Tip", "Status", "Antwoord"], [date(2018, 6, 1), NAME, NAME, "gehoord", NAME]],
    Kalender=[["Van", "Tot", "Soort", "Naam"], [date(2018, 6, 1), date(2018, 6, 3), "evenement", NAME]],
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_hostile_text_is_shown_as_it_was_typed_and_commands_nothing(show: Show, page: str, language: str) -> None:
    screen = show(HOSTILE, page, language, influencer=NAME)

    assert screen.app.exception.values == []
    for text in screen.markdown:
        assert not re.search(r"(?<!\\)(\*Ami|:red\[|:blue\[|\$a|<b>|\[y\]|`c`|&amp;)", text)
        assert "://" not in text.replace("\u2060\\://", "")
    assert "<b>B" not in screen.figures.replace("\\u003c", "<")
    assert not any("<b>B" in element.value for element in screen.app.get("html"))
    assert not any(button.proto.url.startswith("javascript") for button in screen.app.get("link_button"))


def test_hostile_titles_and_topics_are_whole_on_their_card(show: Show) -> None:
    news = show(HOSTILE, "overview")
    assert SHOWN in news.markdown
    assert f"{SHOWN} · {SHOWN} · 19 aug" in news.captions
    assert any(escape(NAME.replace(";", "")) in html for html in news.html)

    own = show(HOSTILE, "timeline", influencer=NAME)
    assert f"Berichten van {SHOWN}" in own.markdown
    assert own.app.selectbox[0].value == NAME
    assert LONG.strip() in own.markdown


def test_a_hostile_cell_stands_in_the_check_as_plain_text(show: Show) -> None:
    issues = facts(show(HOSTILE, "sheet_check").html)

    assert "&lt;b&gt;ooit&lt;/b&gt;" in issues["Wat er staat"]
    assert any("“&lt;img src=x&gt;”" in sentence for sentence in issues["Wat te doen"])


@pytest.mark.parametrize("title", [":material/home:", ":streamlit:", "a -> b", "<- a", "a -- b", "a <-> b", "a >= b"])
def test_a_title_with_signs_that_streamlit_would_draw_is_broken_up(show: Show, title: str) -> None:
    screen = show(tabs(post(Titel=title, Datum=date(2018, 8, 19))), "overview")

    # Streamlit draws icons and arrows from the text that is left when markdown's escapes are gone.
    drawn = r":material[/_]\w+:|:streamlit:|(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)"
    card = screen.markdown[[without_escapes(text) for text in screen.markdown].index(title)]
    assert not re.search(drawn, card.replace("\\", ""))


def test_a_badge_shows_a_topic_with_brackets_without_backslashes(show: Show) -> None:
    screen = show(tabs(post(), Themas=[["Thema"], ["Muziek"], ["Taal [nieuw]"]]), "topics")

    assert any(r"Taal \[nieuw\]" in text for text in screen.markdown)


def test_influencers_and_topics_that_are_numbers_stay_names_on_their_axes(show: Show) -> None:
    source = tabs(
        post(Influencer="1", Themas="2018"),
        post(Influencer="2", Themas="2019"),
        Influencers=[["Naam"], [1], [2]],
        Themas=None,
    )
    for page, labels in (("topics", ["2018", "2019"]), ("timeline", ["1", "2"])):
        axes = [json.loads(spec.proto.spec)["layout"]["yaxis"] for spec in show(source, page).app.get("plotly_chart")]
        rows = next(axis for axis in axes if "tickvals" in axis)
        assert (page, rows["type"], rows["tickvals"]) == (page, "category", labels)


def without_escapes(text: str) -> str:
    """Return what markdown leaves of escaped text, without the joiners that nobody sees."""
    return re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", text).replace("\u2060", "")


def plain(text: str) -> str:
    """Return the text with ordinary spaces."""
    return text.replace("\u00a0", " ")


def test_how_varied_each_one_is_stands_in_the_order_of_the_sheet_without_a_rank(show: Show) -> None:
    source = tabs(
        post(Themas="Muziek", Datum=date(2018, 5, 3)),
        post(Themas="Sport", Datum=date(2018, 5, 4)),
        post(Themas="Sport", Datum=date(2018, 5, 5)),
        post(Influencer="Bo", Themas="Sport", Datum=date(2018, 5, 6)),
    )
    table = show(source, "topics").app.dataframe[0].value

    assert table["name"].tolist() == ["Amina", "Bo", "Özge"]
    assert table["topics"].tolist() == [2, 1, 0]
    assert [value if isinstance(value, str) else None for value in table["q1"]] == ["1,9", "1", None]
    assert [plain(value) if isinstance(value, str) else None for value in table["pie"]] == ["67 %", None, None]
    assert [value if isinstance(value, str) else None for value in table["rarefied"]] == ["2", None, None]


HEADER = ["Datum", "Influencer", "Platform", "Likes", "Reacties", "Gedeeld", "Bereik", "Gemeten op"]


def measured(*counts: Any, platform: str = "Instagram", on: date = date(2018, 6, 1)) -> list[Any]:
    """Return a row of Amina of 3 May, with its counts read on a day."""
    return [date(2018, 5, 3), "Amina", platform, *counts, on]


def test_a_card_says_the_counts_that_are_known_and_when_they_were_read_and_never_a_zero_for_the_rest(
    show: Show,
) -> None:
    rows = [
        measured(1, 2, 1, 1234),
        measured(40, None, 0, None, on=date(2018, 5, 5)),
        measured(None, None, None, None),
    ]
    screen = show(tabs(Berichten=[HEADER, *rows]), "timeline", influencer="Amina")

    told = [caption for caption in screen.captions if "geteld" in caption]
    assert told == [
        "40 likes · 0 keer gedeeld · vroeg geteld, op 5 mei",
        "1 like · 2 reacties · 1 keer gedeeld · 1.234 mensen bereikt · geteld op 1 jun",
    ]
    assert screen.captions.count("Instagram · 3 mei") == 3


def test_the_page_of_one_influencer_says_how_far_and_steps_to_the_next_in_the_order_of_the_sheet(show: Show) -> None:
    app = show(tabs(post(Datum=date(2018, 8, 19))), "timeline", influencer="Amina").app

    assert "1 bericht, doel 12 · laatste bericht op 19 aug, 1 dag geleden · achter, weinig kans" in Screen(app).captions
    app.button(key="person_step_1").click().run()
    assert ("Berichten van Bo" in Screen(app).markdown, app.query_params["influencer"]) == (True, "Bo")
    assert any(caption.startswith("0 berichten, doel 12 · ") for caption in Screen(app).captions)
    app.button(key="person_step_-1").click().run().button(key="person_step_-1").click().run()
    assert app.query_params["influencer"] == "Özge"


@pytest.mark.parametrize(
    ("facebook", "sentence"),
    [
        ([30, 40, 50, 60], "**Te weinig om iets te zeggen.** "),
        ([30, 40, 50, 60, 70], "**Likes:** de middelste helft van Instagram en die van Facebook overlappen. "),
        (
            [300, 400, 500, 600, 700],
            "**Likes:** de middelste helft van Instagram en die van Facebook overlappen niet. ",
        ),
    ],
)
def test_two_platforms_are_compared_when_enough_is_known_and_then_without_a_verdict(
    show: Show, facebook: list[int], sentence: str
) -> None:
    rows = [
        *(measured(likes, None, None, None) for likes in (10, 20, 30, 40, 50)),
        *(measured(likes, None, None, None, platform="Facebook") for likes in facebook),
        measured(1, None, None, None, platform="Facebook", on=date(2018, 5, 4)),
    ]
    screen = show(tabs(Berichten=[HEADER, *rows]), "reactions")

    said = [text for text in screen.markdown if text.startswith("**")]
    assert [text.startswith(sentence) for text in said if not text.startswith("**Genk")] == [True]
    assert screen.app.table[0].value["Instagram"].tolist()[0] == "**30** (20 – 40), bij 5 van 5"
    assert screen.app.table[0].value["Facebook"].tolist()[1] == f"te weinig, bij 0 van {len(facebook) + 1}"


def test_without_a_post_on_one_of_the_two_platforms_nothing_is_compared(show: Show) -> None:
    screen = show(tabs(post(), Themas=None), "reactions")

    assert any(text.startswith("**Te weinig om iets te zeggen.**") for text in screen.markdown)
    assert screen.app.table[0].value["Facebook"].tolist() == ["te weinig, bij 0 van 0"] * 4


def test_rows_with_the_same_mistake_stand_on_one_line_and_apart_when_asked(show: Show) -> None:
    bad = [post(Datum=None, Titel=f"Bericht {number}") for number in range(39)]
    screen = show(tabs(*bad, post(), post(Datum="31/02/2018"), *bad[:2]), "sheet_check")
    assert facts(screen.html)["Waar"][:2] == ["Berichten, 41 rijen: A2–A40, A43–A44", "Berichten A42"]

    screen.app.toggle(key="issues_apart").set_value(True).run()

    assert screen.app.toggle(key="issues_apart").label == "Toon elke rij apart (42)"
    assert facts(screen.html)["Waar"][:3] == ["Berichten A2", "Berichten A3", "Berichten A4"]
    assert "1 tot 40 van 42" in screen.captions


def test_of_many_who_can_use_a_nudge_those_with_one_reason_can_be_chosen(show: Show) -> None:
    names = [f"Jongere {number:02}" for number in range(1, 15)]
    posts = [post(Influencer=name) for name in names[:13]]
    screen = show(tabs(*posts, Influencers=[["Naam"], *([name] for name in names)]), "overview")
    reasons = screen.app.pills(key="reden")
    assert reasons.options[:2] == ["nog niets gepost (1)", "twee weken stil (13)"]
    assert "1 tot 12 van 14" in screen.captions

    reasons.set_value(["never"]).run()

    assert "**Jongere 14**" in screen.markdown
    assert "**Jongere 01**" not in screen.markdown
    assert screen.app.query_params["reden"] == "never"


def test_after_the_end_nothing_is_said_to_be_expected_today(show: Show) -> None:
    ended = [*CAMPAIGN, ["Peildatum", date(2018, 10, 25)]]
    screen = show(tabs(post(), Campagne=ended), "overview")
    assert "bij het einde: het hele doel" in screen.captions
    assert not any("vandaag" in text for text in screen.texts)
    assert any(">doel<" in text and ">niet verteld<" in text for text in screen.html)


def test_of_many_tips_those_that_wait_for_an_answer_can_be_chosen(show: Show) -> None:
    tips = [["Influencer", "Tip", "Antwoord"], *(["Amina", f"Tip {number}", "Doen we"] for number in range(24))]
    screen = show(tabs(post(), Tips=[*tips, ["Amina", "Niet te lang", None]]), "lessons")
    choice = screen.app.pills(key="antwoord")
    assert choice.options == ["wacht op antwoord (1)", "gehoord (24)"]

    choice.set_value(["waiting"]).run()

    assert "**Niet te lang**" in screen.markdown
    assert "**Tip 1**" not in screen.markdown
