import csv
from datetime import date, datetime
from io import StringIO
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genkdash.exports.csv_file import csv_bytes
from genkdash.i18n import translator

WORDS = translator("nl")
HOSTILE = ("=1+1", "+32 89 65", "-2", "@SUM(A1)", "\t=1+1", "\r=1", " =1+1", "|calc", "%0A")


def written(*values: Any) -> str:
    """Return the cells under one header, as they stand in the file."""
    content = csv_bytes(pd.DataFrame({"Kop": pd.Series(values, dtype="object")}), WORDS)
    head, body = content.decode("utf-8").split("\r\n", 1)
    assert head == "\ufeffKop"
    return body.removesuffix("\r\n")


def read_back(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (8.25, "8,25"),
        (1 / 3, "0,3333"),
        (-0.00001, "0"),
        (1234.0, "1234"),
        (1234567, "1234567"),
        (np.float64(2.5), "2,5"),
        (np.int64(7), "7"),
        (date(2018, 8, 5), "05/08/2018"),
        (datetime(2018, 8, 5), "05/08/2018"),  # noqa: DTZ001 -- pandas keeps days as moments without a zone
        (pd.Timestamp("2018-08-05"), "05/08/2018"),
        (True, "ja"),
        (np.bool_(0), "nee"),
        (("Muziek", "Sport"), "Muziek, Sport"),
        ("Zoë 🎸", "Zoë 🎸"),
    ],
)
def test_a_value_is_written_as_a_belgian_computer_reads_it(value: Any, shown: str) -> None:
    assert written(value) == shown


@pytest.mark.parametrize("unknown", [None, float("nan"), pd.NaT, pd.NA, float("inf")])
def test_what_is_unknown_is_an_empty_cell(unknown: Any) -> None:
    assert read_back(csv_bytes(pd.DataFrame({"A": pd.Series([unknown], dtype="object"), "B": ["x"]}), WORDS)) == [
        ["A", "B"],
        ["", "x"],
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_never_becomes_a_formula_in_a_cell_or_in_a_header(text: str) -> None:
    content = csv_bytes(pd.DataFrame({text: [text]}), WORDS)
    assert read_back(content) == [[f"'{text}"], [f"'{text}"]]


def test_a_number_below_zero_stays_a_number() -> None:
    assert written(-6.5) == "-6,5"


def test_the_file_begins_with_a_byte_order_mark_and_ends_its_rows_as_windows_does() -> None:
    table = pd.DataFrame({"Naam": ["Jan; Piet", 'Zeg "ja"'], "Doel": [12, 10]})
    assert csv_bytes(table, WORDS) == (b"\xef\xbb\xbfNaam;Doel\r\n" + b'"Jan; Piet";12\r\n' + b'"Zeg ""ja""";10\r\n')


def test_english_headers_stand_over_the_same_cells() -> None:
    table = pd.DataFrame({"Share": [0.125], "Day": [date(2018, 8, 5)]})
    assert csv_bytes(table, translator("en")).decode("utf-8-sig") == "Share;Day\r\n0,125;05/08/2018\r\n"


def test_a_table_without_rows_has_its_headers() -> None:
    assert csv_bytes(pd.DataFrame({"A": [], "B": []}), WORDS).decode("utf-8-sig") == "A;B\r\n"


def test_two_columns_of_one_name_are_both_written() -> None:
    table = pd.DataFrame([[1, 2]], columns=["Naam", "Naam"])
    assert read_back(csv_bytes(table, WORDS)) == [["Naam", "Naam"], ["1", "2"]]


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_whatever_stands_in_a_sheet_comes_back_as_text_in_its_own_cell(rows: list[tuple[str, str]]) -> None:
    content = csv_bytes(pd.DataFrame(rows, columns=["A", "B"], dtype="object"), WORDS)
    found = read_back(content)
    assert len(found) == len(rows) + 1
    for row, cells in zip(rows, found[1:], strict=True):
        assert [cell.removeprefix("'") for cell in cells] == [text.removeprefix("'") for text in row]
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in cells)
