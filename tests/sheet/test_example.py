import importlib.util
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest

from genkdash.sheet.contract import TABS, find_column
from genkdash.sheet.model import RowCount, Sheet
from genkdash.sheet.parse import parse
from genkdash.sheet.sample import EXAMPLE, Example
from genkdash.sheet.tables import RawBook, RawTab

SCRIPT = Path(__file__).parents[2] / "tools" / "make_example.py"


@pytest.fixture(scope="module")
def book() -> RawBook:
    return Example().read()


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_example", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tab(book: RawBook, title: str) -> RawTab:
    return next(tab for tab in book.tabs if tab.title == title)


def column(book: RawBook, title: str, header: str) -> list[object]:
    rows = tab(book, title).rows
    return [row[rows[0].index(header)] for row in rows[1:]]


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_committed_workbook_is_what_the_script_makes() -> None:
    made, kept = script().build(), openpyxl.load_workbook(EXAMPLE)
    assert kept.sheetnames == made.sheetnames
    for title in made.sheetnames:
        typed = [tuple(cell.value for cell in row) for row in made[title].iter_rows()]
        stored = [tuple(cell.value for cell in row) for row in kept[title].iter_rows()]
        assert [tuple(map(str, row)) for row in stored] == [tuple(map(as_stored, row)) for row in typed]


def as_stored(value: object) -> str:
    return f"{value} 00:00:00" if isinstance(value, date) else str(value)


def test_the_example_says_that_it_is_one(book: RawBook) -> None:
    assert (book.kind, book.name, book.url) == ("example", "example", None)


def test_the_example_has_every_tab_of_the_contract(book: RawBook) -> None:
    assert {tab.title for tab in book.tabs} == {tab.title for tab in TABS}


def test_every_header_of_the_example_but_the_private_one_is_in_the_contract(book: RawBook) -> None:
    headers = {tab.title: tab for tab in TABS}
    strange = [
        (sheet.title, header)
        for sheet in book.tabs
        for header in sheet.rows[0]
        if find_column(headers[sheet.title], header) is None
    ]
    assert strange == [("Influencers", None)]


def test_a_phone_number_in_the_file_is_not_in_the_book_that_is_read(book: RawBook) -> None:
    assert b"0400 00 00 01" in _unpacked(EXAMPLE)
    assert "0400" not in str(book)


def test_no_title_comes_twice(book: RawBook) -> None:
    titles = Counter(title for title in column(book, "Berichten", "Titel") if title)
    assert len(titles) == 96
    assert set(titles.values()) == {1}


def test_no_address_of_the_example_leads_anywhere(book: RawBook) -> None:
    links = [link for title in ("Berichten", "Tips") for link in column(book, title, "Link") if link]
    assert len(links) > 80
    assert [link for link in links if ".example/" not in link] == []


def test_every_topic_colour_stands_out_on_light_and_dark(book: RawBook) -> None:
    colours = [colour for colour in column(book, "Thema's", "Kleur") if colour]
    assert len(colours) == len(set(colours)) == 12
    assert [colour for colour in colours if min(contrast(colour, "#ffffff"), contrast(colour, "#0e1117")) < 3] == []


def test_the_day_of_the_example_is_a_monday_in_august(book: RawBook) -> None:
    settings = dict(zip(column(book, "Campagne", "Sleutel"), column(book, "Campagne", "Waarde"), strict=True))
    assert settings["Peildatum"] == date(2018, 8, 20)
    assert settings["Peildatum"].strftime("%A") == "Monday"


@pytest.fixture(scope="module")
def sheet(book: RawBook) -> Sheet:
    return parse(book, today=date(2018, 8, 20))


def test_ninety_of_the_96_rows_count(sheet: Sheet) -> None:
    assert sheet.rows == RowCount(read=96, counted=90, not_counted=6, blank=2)


def test_the_example_makes_a_handful_of_the_usual_mistakes(sheet: Sheet) -> None:
    assert Counter(issue.code for issue in sheet.issues) == {
        "bad-date": 1,
        "bad-link": 1,
        "duplicate-link": 1,
        "future-date": 1,
        "missing-influencer": 1,
        "missing-topic": 2,
        "new-topic": 5,
        "outside-campaign": 1,
        "similar-topic": 1,
        "text-date": 1,
        "text-number": 1,
        "unknown-influencer": 1,
    }


def test_the_ten_go_at_paces_of_their_own(sheet: Sheet) -> None:
    counted = Counter(sheet.posts.loc[sheet.posts["counted"], "influencer"])
    assert counted == {
        "Amina": 18,
        "Dilara": 12,
        "Noor": 11,
        "Elena": 10,
        "Bram": 9,
        "Cem": 9,
        "Kasia": 9,
        "Luca": 6,
        "Jonas": 5,
        "Yannis": 1,
    }
    assert {person.name: person.target for person in sheet.influencers if person.target != 12} == {"Kasia": 10}
    assert {person.name for person in sheet.influencers if person.start != date(2018, 4, 16)} == {"Luca"}


def test_two_listed_topics_were_never_touched(sheet: Sheet) -> None:
    told = {topic for topics in sheet.posts.loc[sheet.posts["counted"], "topics"] for topic in topics}
    assert {topic.name for topic in sheet.topics} - told == {"Gezondheid", "Ondernemen"}


def test_three_of_the_five_tips_are_answered_and_one_is_adopted(sheet: Sheet) -> None:
    assert [tip.status for tip in sheet.tips] == ["adopted", "tried", "heard", None, None]
    assert [tip.replied_on is not None for tip in sheet.tips] == [True, True, True, False, False]


def _unpacked(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())
