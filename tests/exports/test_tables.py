from datetime import date
from typing import get_args

import pandas as pd
import pytest
from builders import post, sheet

from genkdash.exports.csv_file import csv_bytes
from genkdash.exports.tables import TABLES, TableName
from genkdash.exports.xlsx_file import xlsx_bytes
from genkdash.i18n import LANGUAGES, translator
from genkdash.sheet.model import Sheet, Tip

WORDS = translator("nl")
LOG = sheet(
    post("2018-05-01", "Amina", "Muziek", "Sport", title="=1+1", link="https://example.org/1", likes=40.0),
    post("2018-05-02", "Bram", "Muziek", measured_on=date(2018, 5, 20)),
    post("2018-03-01", "Bram", "Sport", reason="outside-campaign"),
    topics=["Muziek", "Sport", "Natuur"],
    tips=[
        Tip(2, "Zeg je", day=date(2018, 6, 1), influencer="Amina", reply="Doen we", replied_on=date(2018, 6, 11)),
        Tip(3, "Film rechtop", link="javascript:alert(1)"),
    ],
)


def rows(name: TableName, log: Sheet = LOG) -> list[list[object]]:
    table = TABLES[name](log, WORDS).astype("object")
    return [list(table.columns), *table.where(table.notna(), None).to_numpy().tolist()]


def test_shares_are_numbers_and_untouched_topics_stand_below() -> None:
    assert rows("shares") == [
        ["Thema", "Aandeel (0-1)", "Berichten"],
        ["Muziek", 0.75, 2],
        ["Sport", 0.25, 1],
        ["Natuur", 0.0, 0],
    ]


def test_the_grid_has_a_row_per_influencer_and_a_column_per_topic() -> None:
    assert rows("matrix") == [["Influencer", "Muziek", "Sport"], ["Amina", 1, 1], ["Bram", 1, 0]]


def test_a_median_of_a_handful_is_unknown_and_says_what_it_rests_on() -> None:
    assert rows("platforms") == [
        ["Platform", "Middelste aantal likes", "Gekend bij zoveel berichten", "Berichten", "Nog jong"],
        ["Instagram", None, 1, 2, 0],
    ]


def test_a_tip_stands_beside_what_the_city_did_and_a_link_that_is_none_is_left_out() -> None:
    assert rows("tips")[1:] == [
        [date(2018, 6, 1), "Amina", "Zeg je", None, "gehoord", "Doen we", date(2018, 6, 11), 10],
        [None, None, "Film rechtop", None, "wacht op antwoord", None, None, None],
    ]


def test_every_row_of_the_posts_is_there_with_the_reason_why_it_does_not_count() -> None:
    found = rows("posts")
    assert [row[0] for row in found] == ["Rij in de sheet", 2, 3, 4]
    assert [row[-2:] for row in found[1:]] == [[True, None], [True, None], [False, "Buiten de campagne"]]


def test_a_title_that_looks_like_a_formula_does_not_run() -> None:
    assert ";'=1+1;" in csv_bytes(TABLES["posts"](LOG, WORDS), WORDS).decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", get_args(TableName))
@pytest.mark.parametrize("log", [LOG, sheet()], ids=["some", "empty"])
def test_every_table_becomes_both_files_and_has_a_title_and_a_file_name(
    name: TableName, language: str, log: Sheet
) -> None:
    words = translator(language)
    table = TABLES[name](log, words)
    assert isinstance(table, pd.DataFrame)
    assert csv_bytes(table, words).startswith(b"\xef\xbb\xbf")
    assert xlsx_bytes({"A": table}, words).startswith(b"PK")
    assert words.has(f"export.title.{name}")
    assert words(f"export.file.{name}", day="2018-08-20").endswith("-2018-08-20")
