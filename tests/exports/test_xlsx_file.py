from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from genkdash.exports.xlsx_file import xlsx_bytes
from genkdash.i18n import translator

WORDS = translator("nl")


def opened(**sheets: pd.DataFrame) -> Workbook:
    return openpyxl.load_workbook(BytesIO(xlsx_bytes(sheets, WORDS)))


def one(*values: Any) -> Worksheet:
    """Return the sheet that has `values` under one header."""
    return opened(Blad=pd.DataFrame({"Kop": pd.Series(values, dtype="object")}))["Blad"]


def test_numbers_and_days_are_real() -> None:
    sheet = one(8.25, 12, date(2018, 8, 5), pd.Timestamp("2018-08-06"), -3)
    assert [cell.value for cell in sheet["A"][1:]] == [
        8.25,
        12,
        datetime(2018, 8, 5),  # noqa: DTZ001 -- a workbook knows no zones
        datetime(2018, 8, 6),  # noqa: DTZ001 -- the same
        -3,
    ]
    assert [cell.data_type for cell in sheet["A"][1:]] == ["n", "n", "d", "d", "n"]
    assert sheet["A4"].number_format == "dd/mm/yyyy"


@pytest.mark.parametrize("text", ["=1+1", "+32", "-2", "@SUM(A1)", "\t=1+1", " =1+1", "#N/A", "12", "05/08/2018"])
def test_text_stays_text_whatever_it_looks_like(text: str) -> None:
    sheet = opened(Blad=pd.DataFrame({text: [text]}))["Blad"]
    assert [(cell.value, cell.data_type) for cell in sheet["A"]] == [(text, "s"), (text, "s")]


def test_text_that_begins_as_a_formula_stays_text_for_somebody_who_edits_it() -> None:
    sheet = one("=1+1", "Amina")
    assert (sheet["A2"].quotePrefix, sheet["A3"].quotePrefix) == (True, False)


def test_what_is_unknown_is_an_empty_cell() -> None:
    assert [cell.value for cell in one(None, float("nan"), pd.NaT, pd.NA, "x")["A"][1:]] == [None] * 4 + ["x"]


def test_a_day_that_excel_can_not_count_is_text() -> None:
    assert one(date(1066, 10, 14))["A2"].value == "14/10/1066"


def test_headers_are_bold_stay_in_sight_and_filter() -> None:
    sheet = opened(Blad=pd.DataFrame({"Naam": ["Amina", "Bram"], "Doel": [12, 12]}))["Blad"]
    assert [cell.font.bold for cell in sheet[1]] == [True, True]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"


def test_a_column_is_as_wide_as_its_text_within_reason() -> None:
    sheet = opened(Blad=pd.DataFrame({"A": ["x" * 20], "B": ["x" * 500], "C": [1]}))["Blad"]
    assert [sheet.column_dimensions[letter].width for letter in "ABC"] == [22, 60, 10]


def test_each_table_has_its_sheet_also_when_titles_meet_or_are_not_allowed() -> None:
    table = pd.DataFrame({"A": [1]})
    titles = opened(**{"Thema's": table, "thema's": table, "Wie/wat: [alles]?": table, "x" * 40: table, "": table})
    assert titles.sheetnames == ["Thema's", "thema's 2", "Wie wat   alles", "x" * 31, "-"]


def test_a_table_without_rows_opens() -> None:
    sheet = opened(Blad=pd.DataFrame({"Naam": [], "Doel": []}))["Blad"]
    assert [cell.value for cell in sheet[1]] == ["Naam", "Doel"]


@settings(deadline=None, max_examples=50)
@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=30), st.text(max_size=40))
def test_whatever_stands_in_a_sheet_makes_a_workbook_that_opens(text: str, title: str) -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx_bytes({title: pd.DataFrame({"Kop": [text]})}, WORDS)))
    cell = book.worksheets[0]["A2"]
    assert cell.data_type in {"s", "n"}  # an empty text comes back as an empty cell
    assert cell.value is None or isinstance(cell.value, str)
