import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from builders import campaign, influencer, post, sheet

from genkdash.commands.reading import Reading, read_sheet
from genkdash.commands.report import report
from genkdash.commands.report_page import report_as_page
from genkdash.commands.report_strips import topic_letters
from genkdash.i18n import LANGUAGES, Language, translator
from genkdash.settings import Settings
from genkdash.sheet.model import Issue, Sheet, Tip

NOW = datetime(2018, 8, 20, 10, 0, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script><img src=https://spy.example/x.png onerror=alert(2)>\"'&"
TAGS = {"html", "head", "meta", "title", "style", "body", "header", "section", "footer", "h1", "h2", "h3", "p", "span"}
TAGS |= {"dl", "div", "dt", "dd", "data", "b", "br", "small", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"}
TAGS |= {"svg", "rect", "text"}


class Page(HTMLParser):
    """The tags, the attributes, the text and the numbers of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.values: list[float] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "data":
            self.values.append(float(dict(attrs)["value"] or "nan"))

    def handle_data(self, data: str) -> None:
        self.text += data


def read(log: Sheet) -> Reading:
    return Reading(log, "csv", "log", NOW)


def example() -> Reading:
    return read_sheet(None, Settings(_env_file=None, source=None), as_of=None, now=NOW)


def page_of(reading: Reading, language: Language = "nl") -> Page:
    return Page(report_as_page(reading, translator(language)))


def hostile_sheet() -> Sheet:
    """A sheet in which every text is an attack."""
    return sheet(
        post("2018-05-01", HOSTILE, HOSTILE, platform=HOSTILE, title=HOSTILE, link="https://spy.example/p"),
        influencers=[influencer(HOSTILE)],
        topics=[f"{HOSTILE} 2"],
        tips=[Tip(2, HOSTILE, influencer=HOSTILE, reply=HOSTILE, link="https://spy.example/t")],
        issues=[Issue("bad-date", "error", "Berichten", 2, "A", "date", HOSTILE)],
        frame=campaign(name=HOSTILE),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_the_first_line_is_the_one_in_the_json(language: Language) -> None:
    reading = example()
    progress = report(reading)["progress"]
    names = ("share", "posts", "expected", "reached", "probability_all")
    assert page_of(reading, language).values[:5] == [progress[name] for name in names]


def test_every_other_number_of_the_page_stands_in_the_json_too() -> None:
    reading = example()
    told = report(reading)

    def numbers(part: Any) -> set[float]:
        if isinstance(part, dict):
            return set().union(*map(numbers, part.values()))
        if isinstance(part, list):
            return {float(len(part))}.union(*map(numbers, part))
        return {float(part)} if isinstance(part, int | float) else set()

    weights = [issue["severity"] for issue in told["issues"]]
    by_weight = {float(weights.count(weight)) for weight in ("error", "warning", "info")}
    values = page_of(reading).values
    assert len(values) > 80
    assert set(values) - numbers(told) - by_weight == set()


def test_the_example_says_what_the_screens_say() -> None:
    shown = page_of(example()).text
    assert "Stand van 20 augustus 2018" in shown
    assert "Voor medewerkers" in shown
    assert "71\u00a0%" in shown
    assert "Nog door niemand verteld: Gezondheid, Ondernemen." in shown
    assert translator("nl")("method.voices") in shown
    assert "43 van 69 berichten" in shown
    assert "Stel een vraag onder je foto. Dan praten mensen terug." in shown
    assert "Gelezen uit het verzonnen voorbeeld op 20 augustus 2018 om 12:00." in shown


def test_english_is_english() -> None:
    source = report_as_page(example(), translator("en"))
    assert '<html lang="en">' in source
    assert "As of 20 August 2018" in Page(source).text
    assert "For staff" in Page(source).text


def test_text_of_the_sheet_is_shown_literally_and_is_nothing_else() -> None:
    page = page_of(read(hostile_sheet()))
    assert set(page.tags) <= TAGS
    assert not {name for name in page.attributes if name.startswith("on") or name in {"href", "src", "style"}}
    assert page.text.count("<script>alert(1)</script>") >= 8


@pytest.mark.parametrize("reading", [example(), read(sheet())], ids=["example", "empty"])
def test_the_file_asks_nothing_of_the_network(reading: Reading) -> None:
    source = report_as_page(reading, translator("nl"))
    assert not re.search(r"https?://|url\(|@import|<script|<link|<img|<a ", source)
    assert "default-src 'none'; style-src 'unsafe-inline'" in source


def test_a_stranger_can_not_end_the_style_or_add_a_policy() -> None:
    source = report_as_page(read(hostile_sheet()), translator("nl"))
    assert source.count("</style>") == 1
    assert source.index("Content-Security-Policy") < source.index("<title>")


def test_the_page_is_a4_and_keeps_its_colours_in_print() -> None:
    source = report_as_page(example(), translator("nl"))
    assert "size: A4;" in source
    assert "print-color-adjust: exact;" in source


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "log",
    [
        sheet(),
        sheet(influencers=[influencer("Amina", start=None, end=None)], frame=campaign(start=None, end=None)),
        sheet(post("2018-05-01", "Amina", "Muziek"), today="2018-04-01"),
        sheet(post("2018-05-01", "Amina"), today="2019-01-01"),
        sheet(*(post("2018-05-01", "Amina", "Muziek") for _ in range(60))),
        sheet(influencers=[influencer("Amina", target=0)]),
        sheet(post("2018-05-01", "A\x00\ud800\u202e", "🎸", "\u200b")),
    ],
    ids=["empty", "no-window", "before", "after", "many", "no-target", "strange"],
)
def test_every_kind_of_sheet_has_its_page(log: Sheet, language: Language) -> None:
    page = page_of(read(log), language)
    assert set(page.tags) <= TAGS
    assert "None" not in page.text
    assert "nan" not in page.text.casefold().split()
    page.text.encode("utf-8")


def test_before_anything_is_known_there_is_a_dash_and_no_zero() -> None:
    page = page_of(read(sheet(influencers=[influencer("Amina", start=None, end=None)])))
    assert "Verwacht–" in page.text


def test_a_chance_that_means_nothing_yet_is_not_printed() -> None:
    page = page_of(read(sheet(influencers=[influencer("Amina", start="2018-08-10")])))
    assert "te vroeg om te zeggen" in page.text
    assert "op 10" not in page.text.split("Per influencer")[1]


def test_each_topic_has_letters_of_its_own_so_that_grey_is_enough() -> None:
    assert topic_letters(["Muziek", "Musiek", "Mu", "🎸", "C-mine", "X", "Mobiliteit"]) == {
        "Muziek": "Mu",
        "Musiek": "Ms",
        "Mu": "1",
        "🎸": "2",
        "C-mine": "Cm",
        "X": "3",
        "Mobiliteit": "Mo",
    }


def test_a_long_strip_keeps_its_count() -> None:
    log = sheet(*(post("2018-05-01", "Amina", "Muziek", row=2 + number) for number in range(60)))
    source = report_as_page(read(log), translator("nl"))
    assert source.count(">Mu<") == 36 + 2  # the strip, its legend, the table of topics
    assert "60 / 12" in Page(source).text


def test_the_day_of_a_replay_is_the_day_of_the_page() -> None:
    early = read_sheet(None, Settings(_env_file=None, source=None), as_of=date(2018, 7, 1), now=NOW)
    assert "Stand van 1 juli 2018" in page_of(early).text
