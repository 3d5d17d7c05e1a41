"""Cells are read, typed and shown as in a Google sheet."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets_server import READ_WRITE, Formatted, Formula, SheetsServer, errors, ranges, tables
from sheets_server.cells import plain_value
from sheets_server.client import session_for
from sheets_server.display import formatted
from sheets_server.entry import typed
from sheets_server.locales import LOCALES
from sheets_server.ranges import Area
from sheets_server.tab import Tab

if TYPE_CHECKING:
    from collections.abc import Iterator

    from google.auth.transport.requests import AuthorizedSession
    from sheets_server import Spreadsheet

EMAIL = "genkdash@proef.iam.gserviceaccount.com"
BELGIAN, AMERICAN = LOCALES["nl_BE"], LOCALES["en_US"]
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def server() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        yield server


@pytest.fixture(scope="module")
def session(server: SheetsServer) -> Iterator[AuthorizedSession]:
    with session_for(server, server.service_account(EMAIL), [READ_WRITE]) as session:
        yield session


@pytest.fixture
def book(server: SheetsServer) -> Spreadsheet:
    tabs = {"Berichten": [["Datum", "Wie"], [43206, "Roos", 1.5]], "Thema's": [["Thema"]], "Leeg": []}
    return server.add_spreadsheet("Genk vertelt", tabs, locale="nl_BE", timezone="Europe/Brussels", shared_with=[EMAIL])


@pytest.fixture
def ask(server: SheetsServer, session: AuthorizedSession, book: Spreadsheet) -> Ask:
    def ask(method: str, path: str, body: Any = None, **query: Any) -> Any:
        address = f"{server.url}/v4/spreadsheets/{book.id}{path}"
        answer = session.request(method, address, params=query, json=body, timeout=10)
        return answer.json() if answer.ok else (answer.status_code, answer.json()["error"]["message"])

    return ask


def read(ask: Ask, text: str, **query: Any) -> Any:
    return ask("GET", f"/values/{text}", **query)


# What is read


def test_a_whole_tab_is_read_by_its_name_without_the_blanks_at_its_ends(ask: Ask) -> None:
    assert read(ask, "Berichten", valueRenderOption="UNFORMATTED_VALUE") == {
        "range": "Berichten!A1:Z1000",
        "majorDimension": "ROWS",
        "values": [["Datum", "Wie"], [43206, "Roos", 1.5]],
    }


def test_a_blank_tab_has_no_values_at_all(ask: Ask) -> None:
    assert read(ask, "Leeg") == {"range": "Leeg!A1:Z1000", "majorDimension": "ROWS"}


def test_blank_rows_in_between_stay_and_are_short(ask: Ask, book: Spreadsheet) -> None:
    book.tab("Leeg").rows[:] = [[None, "a", ""], ["", None], [], ["b", None, "c", "", None], ["", ""], []]
    assert read(ask, "Leeg")["values"] == [["", "a"], [], [], ["b", "", "c"]]


def test_columns_can_be_the_major_dimension(ask: Ask, book: Spreadsheet) -> None:
    book.tab("Leeg").rows[:] = [["a", "b"], ["c"], [None, None, "d"]]
    assert read(ask, "Leeg", majorDimension="COLUMNS")["values"] == [["a", "c"], ["b"], ["", "", "d"]]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Berichten!A1:B2", "Berichten!A1:B2"),
        ("Berichten!B2:A1", "Berichten!A1:B2"),
        ("Berichten!$A$1:$B$2", "Berichten!A1:B2"),
        ("berichten!a1", None),
        ("Berichten!b2", "Berichten!B2"),
        ("Berichten!B", None),
        ("Berichten!A2:C", "Berichten!A2:C1000"),
        ("Berichten!B:C", "Berichten!B1:C1000"),
        ("Berichten!2:3", "Berichten!A2:Z3"),
        ("Berichten!A1:ZZ99999", "Berichten!A1:Z1000"),
        ("'Thema''s'!A1:A2", "'Thema''s'!A1:A2"),
        ("Thema's", "'Thema''s'!A1:Z1000"),
        ("'Leeg'", "Leeg!A1:Z1000"),
        ("C3", "Berichten!C3"),
        ("A:B", "Berichten!A1:B1000"),
        ("Berichten!A0", None),
        ("Berichten!", None),
        ("'Leeg", None),
        ("'Leeg'A1", None),
        ("Berichten!A1:B2:C3", None),
        ("NOPE!A5:F15", None),
        ("NOPE", None),
    ],
)
def test_a_range_means_what_it_means_to_google(ask: Ask, text: str, written: str | None) -> None:
    answer = read(ask, text)
    assert answer == (400, f"Unable to parse range: {text}") if written is None else answer["range"] == written


def test_a_title_that_looks_like_a_cell_needs_its_quotes(ask: Ask, book: Spreadsheet) -> None:
    book.add_tab("B2", [["van het blad"]])
    assert read(ask, "B2") == {"range": "Berichten!B2", "majorDimension": "ROWS", "values": [["Roos"]]}
    assert read(ask, "'B2'")["values"] == [["van het blad"]]
    assert read(ask, "'B2'!A1")["range"] == "'B2'!A1"


@pytest.mark.parametrize(
    ("text", "shown"), [("Berichten!A1001", "Berichten!A1001"), ("'Thema''s'!AA1:AB", "'Thema''s'!AA1:AB")]
)
def test_a_range_that_begins_outside_the_grid_is_refused(ask: Ask, text: str, shown: str) -> None:
    assert read(ask, text) == (400, f"Range ({shown}) exceeds grid limits. Max rows: 1000, max columns: 26")


def test_one_missing_tab_spoils_the_whole_batch(ask: Ask) -> None:
    assert ask("GET", "/values:batchGet", ranges=["Berichten", "NOPE!A5:F15", "Leeg"]) == (
        400,
        "Unable to parse range: NOPE!A5:F15",
    )


def test_an_unknown_option_is_refused(ask: Ask) -> None:
    status, message = read(ask, "Leeg", valueRenderOption="MOOI")
    assert (status, "value_render_option" in message) == (400, True)


# What is shown


@pytest.mark.parametrize(
    ("cell", "belgian", "american"),
    [
        (1.5, "1,5", "1.5"),
        (1234567.25, "1234567,25", "1234567.25"),
        (2, "2", "2"),
        (2.0, "2", "2"),
        (-0.125, "-0,125", "-0.125"),
        (1 / 3, "0,3333333333", "0.3333333333"),
        (0.1 + 0.2, "0,3", "0.3"),
        (123456789012, "123456789012", "123456789012"),
        (1e15, "1E+15", "1E+15"),
        (0, "0", "0"),
        (True, "WAAR", "TRUE"),
        (False, "ONWAAR", "FALSE"),
        (None, "", ""),
        ("", "", ""),
        ("007", "007", "007"),
        (dt.date(2018, 4, 16), "16/04/2018", "4/16/2018"),
        (dt.date(2018, 3, 5), "5/03/2018", "3/5/2018"),
        (dt.datetime(2018, 3, 5, 9, 7, 5), "5/03/2018 9:07:05", "3/5/2018 9:07:05"),  # noqa: DTZ001 - a cell
        (Formatted(43206, "yyyy-MM-dd"), "2018-04-16", "2018-04-16"),
        (Formatted(43164, "d MMMM yyyy"), "5 maart 2018", "5 March 2018"),
        (Formatted(43164, "d MMM yy"), "5 mrt 18", "5 Mar 18"),
        (Formatted(0.5, "HH:mm"), "12:00", "12:00"),
        (Formatted(0.125, "0.0%"), "12,5%", "12.5%"),
        (Formatted(1234.5, "#,##0.00"), "1.234,50", "1,234.50"),
        (Formatted(1234.5, "€ #,##0.00"), "€ 1.234,50", "€ 1,234.50"),
        (Formula("=1/0", "#DIV/0!"), "#DIV/0!", "#DIV/0!"),
        (Formula("=A1", dt.date(2018, 3, 5)), "5/03/2018", "3/5/2018"),
    ],
)
def test_a_cell_is_shown_in_the_form_of_the_locale(cell: Any, belgian: str, american: str) -> None:
    assert (formatted(cell, BELGIAN), formatted(cell, AMERICAN)) == (belgian, american)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (2.0, 2),
        (1.5, 1.5),
        (True, True),
        (None, ""),
        (dt.date(2018, 4, 16), 43206),
        (dt.date(1899, 12, 30), 0),
        (dt.datetime(2018, 4, 16, 12), 43206.5),  # noqa: DTZ001 - a cell
        (Formatted(43206, "yyyy-MM-dd"), 43206),
        (Formula("=1/0", "#DIV/0!"), "#DIV/0!"),
        (float("inf"), "#NUM!"),
    ],
)
def test_an_unformatted_value_is_plain_json(cell: Any, value: Any) -> None:
    assert json.dumps(plain_value(cell)) == json.dumps(value)


def test_dates_come_as_serials_or_as_they_are_shown(ask: Ask, book: Spreadsheet) -> None:
    book.tab("Leeg").append([dt.date(2018, 4, 16), Formula("=2+2", 4), 1.5])
    unformatted = {"valueRenderOption": "UNFORMATTED_VALUE"}
    assert read(ask, "Leeg", **unformatted)["values"] == [[43206, 4, 1.5]]
    assert read(ask, "Leeg", **unformatted, dateTimeRenderOption="FORMATTED_STRING")["values"] == [
        ["16/04/2018", 4, 1.5]
    ]
    assert read(ask, "Leeg", valueRenderOption="FORMULA")["values"] == [[43206, "=2+2", 1.5]]
    assert read(ask, "Leeg")["values"] == [["16/04/2018", "4", "1,5"]]


# What is typed


@pytest.mark.parametrize(
    ("text", "belgian", "american"),
    [
        ("1,5", 1.5, "1,5"),
        ("1.5", "1.5", 1.5),
        ("1.234", Formatted(1234, "#,##0"), 1.234),
        ("1.234,5", Formatted(1234.5, "#,##0.0"), "1.234,5"),
        ("1,234.50", "1,234.50", Formatted(1234.5, "#,##0.00")),
        ("8281", 8281, 8281),
        ("007", 7, 7),
        ("-12", -12, -12),
        ("1e3", 1000, 1000),
        ("12%", Formatted(0.12, "0%"), Formatted(0.12, "0%")),
        ("€ 5", Formatted(5, "€ #,##0"), Formatted(5, "€#,##0")),
        ("'007", "007", "007"),
        ("true", True, True),
        ("WAAR", True, "WAAR"),
        ("FALSE", False, False),
        ("2020-01-02", Formatted(43832, "yyyy-MM-dd"), Formatted(43832, "yyyy-MM-dd")),
        ("3/4/2018", Formatted(43193, "d/M/yyyy"), Formatted(43163, "M/d/yyyy")),
        ("03-04-18", Formatted(43193, "dd-MM-yy"), Formatted(43163, "MM-dd-yy")),
        ("16/4/2018", Formatted(43206, "d/M/yyyy"), "16/4/2018"),
        ("4/16/2018", "4/16/2018", Formatted(43206, "M/d/yyyy")),
        ("16/4", Formatted(43206, "d/M"), "16/4"),
        ("5 maart 2018", Formatted(43164, "d MMMM yyyy"), "5 maart 2018"),
        ("5 mrt 2018", Formatted(43164, "d MMM yyyy"), "5 mrt 2018"),
        ("31/02/2018", "31/02/2018", "31/02/2018"),
        ("12:30", Formatted(0.5208333333333334, "HH:mm"), Formatted(0.5208333333333334, "HH:mm")),
        ("2020-01-02 6:00:00", Formatted(43832.25, "yyyy-MM-dd H:mm:ss"), Formatted(43832.25, "yyyy-MM-dd H:mm:ss")),
        ("25:99", "25:99", "25:99"),
        ("Roos", "Roos", "Roos"),
        ("n.v.t.", "n.v.t.", "n.v.t."),
        ("  ", "  ", "  "),
        ("", "", ""),
        ("=", "=", "="),
        (5, 5, 5),
        (None, None, None),
    ],
)
def test_what_is_typed_is_read_by_the_locale(text: Any, belgian: Any, american: Any) -> None:
    assert typed(text, BELGIAN, this_year=2018) == belgian
    assert typed(text, AMERICAN, this_year=2018) == american


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=4/2", 2),
        ("=-(1+2)*3", -9),
        ("=2^3", 8),
        ("=1,5+1", 2.5),
        ("=A1+1", 11),
        ("=$A$1*B1", 20),
        ("=SUM(A1;B1;1)", 13),
        ("=C1", ""),
        ("=C1+1", 1),
        ("=D1+1", "#VALUE!"),
        ("=1/0", "#DIV/0!"),
        ("=E1", "#DIV/0!"),
        ("=9^9^9", "#NUM!"),
        ("=ONBEKEND(1)", "#NAME?"),
        ("=onzin", "#NAME?"),
        ("=1+", "#ERROR!"),
        ("=(1", "#ERROR!"),
        ("=TRUE", True),
        ('="tekst"', "tekst"),
        ("=[1]", "#ERROR!"),
    ],
)
def test_a_small_formula_has_its_value_or_its_error(formula: str, value: Any) -> None:
    cells = {"A1": 10, "B1": 2, "C1": None, "D1": "tekst", "E1": Formula("=1/0", "#DIV/0!")}
    assert typed(formula, BELGIAN, this_year=2018, look_up=cells.get) == Formula(formula, value)


def test_raw_text_stays_text(ask: Ask, book: Spreadsheet) -> None:
    ask("PUT", "/values/Leeg!A1", {"values": [["1,5", "=1+1", "2018-04-16", 1.5, True]]}, valueInputOption="RAW")
    assert book.tab("Leeg").rows == [["1,5", "=1+1", "2018-04-16", 1.5, True]]


@given(st.text(max_size=12), st.sampled_from(sorted(LOCALES)))
def test_anything_can_be_typed_and_is_shown_again(text: str, code: str) -> None:
    cell = typed(text, LOCALES[code], this_year=2018)
    assert isinstance(formatted(cell, LOCALES[code]), str)
    json.dumps(plain_value(cell), allow_nan=False)


# What is written


def test_null_leaves_a_cell_and_an_empty_text_empties_it(ask: Ask, book: Spreadsheet) -> None:
    answer = ask("PUT", "/values/Berichten!A2", {"values": [[None, ""]]}, valueInputOption="RAW")
    assert answer == {
        "spreadsheetId": book.id,
        "updatedRange": "Berichten!A2:B2",
        "updatedRows": 1,
        "updatedColumns": 2,
        "updatedCells": 1,
    }
    assert book.tab("Berichten").rows[1] == [43206, "", 1.5]


def test_a_written_range_can_be_sent_back(ask: Ask) -> None:
    answer = ask(
        "PUT",
        "/values/Leeg!B2:C2",
        {"values": [["1,5", "3/4/2018"]]},
        valueInputOption="USER_ENTERED",
        includeValuesInResponse=True,
        responseValueRenderOption="UNFORMATTED_VALUE",
    )
    assert answer["updatedData"] == {"range": "Leeg!B2:C2", "majorDimension": "ROWS", "values": [[1.5, 43193]]}


def test_columns_can_be_written(ask: Ask, book: Spreadsheet) -> None:
    ask("PUT", "/values/Leeg!A1", {"values": [["a", "b"], ["c"]], "majorDimension": "COLUMNS"}, valueInputOption="RAW")
    assert read(ask, "Leeg")["values"] == [["a", "c"], ["b"]]
    assert book.tab("Leeg").get("B2") is None


@pytest.mark.parametrize(
    ("text", "values", "message"),
    [
        ("Leeg!A1:B1", [["a", "b", "c"]], "within range [Leeg!A1:B1], but tried writing to column [C]"),
        ("Leeg!A1:B1", [["a"], ["b"]], "within range [Leeg!A1:B1], but tried writing to row [2]"),
        ("Leeg!A1000", [["a"], ["b"]], "within range [Leeg!A1000], but tried writing to row [1001]"),
    ],
)
def test_values_beyond_the_range_or_the_grid_are_refused(
    ask: Ask, book: Spreadsheet, text: str, values: Any, message: str
) -> None:
    answer = ask("PUT", f"/values/{text}", {"values": values}, valueInputOption="RAW")
    assert answer == (400, f"Requested writing {message}")
    assert book.tab("Leeg").rows == []


@pytest.mark.parametrize(
    ("body", "query", "part"),
    [
        ({"values": [["a"]]}, {}, "'valueInputOption' is required but not specified"),
        ({"values": ["a"]}, {"valueInputOption": "RAW"}, "Invalid value at 'data.values[0]'"),
        ({"values": [[["a"]]]}, {"valueInputOption": "RAW"}, "Invalid values[0][0]"),
        (["a"], {"valueInputOption": "RAW"}, "Invalid JSON payload received."),
    ],
)
def test_a_body_that_is_no_table_is_refused(ask: Ask, body: Any, query: dict[str, str], part: str) -> None:
    status, message = ask("PUT", "/values/Leeg!A1", body, **query)
    assert (status, part in message) == (400, True)


def test_several_ranges_are_written_at_once(ask: Ask, book: Spreadsheet) -> None:
    body = {
        "valueInputOption": "RAW",
        "data": [{"range": "Leeg!A1", "values": [["a", "b"]]}, {"range": "'Thema''s'!A2", "values": [["Sport"]]}],
    }
    answer = ask("POST", "/values:batchUpdate", body)
    totals = {name: value for name, value in answer.items() if name.startswith("total")}
    assert totals == {
        "totalUpdatedRows": 2,
        "totalUpdatedColumns": 3,
        "totalUpdatedCells": 3,
        "totalUpdatedSheets": 2,
    }
    assert [part["updatedRange"] for part in answer["responses"]] == ["Leeg!A1:B1", "'Thema''s'!A2"]
    assert book.tab("Thema's").rows == [["Thema"], ["Sport"]]


def test_cells_are_cleared_one_range_or_several(ask: Ask, book: Spreadsheet) -> None:
    assert ask("POST", "/values/Berichten!B1:B:clear")["clearedRange"] == "Berichten!B1:B1000"
    assert read(ask, "Berichten")["values"] == [["Datum"], ["43206", "", "1,5"]]
    answer = ask("POST", "/values:batchClear", {"ranges": ["Berichten", "'Thema''s'!A1"]})
    assert answer == {"spreadsheetId": book.id, "clearedRanges": ["Berichten!A1:Z1000", "'Thema''s'!A1"]}
    assert "values" not in read(ask, "Berichten")


# What is appended


def append(ask: Ask, text: str, insert: str = "OVERWRITE") -> tuple[str | None, str]:
    answer = ask(
        "POST", f"/values/{text}:append", {"values": [["x", "y"]]}, valueInputOption="RAW", insertDataOption=insert
    )
    return answer.get("tableRange"), answer["updates"]["updatedRange"]


TWO_TABLES = [["x", "y", "z"], ["x", "y", "z"], [], [None, "x", "y"], [None, None, "y", "z"], [None, "x", "y", "z"]]


@pytest.mark.parametrize(
    ("text", "table", "written"),
    [
        ("Leeg", "Leeg!B4:D6", "Leeg!B7:C7"),
        ("Leeg!C5:D5", "Leeg!B4:D6", "Leeg!B7:C7"),
        ("Leeg!B4", "Leeg!B4:D6", "Leeg!B7:C7"),
        ("Leeg!B2:D4", "Leeg!B4:D6", "Leeg!B7:C7"),
        ("Leeg!A3:G10", "Leeg!B4:D6", "Leeg!B7:C7"),
        ("Leeg!A1", "Leeg!A1:C2", "Leeg!A3:B3"),
        ("Leeg!E4", None, "Leeg!E4:F4"),
        ("Leeg!A4", None, "Leeg!A4:B4"),
    ],
)
def test_the_table_is_found_as_in_googles_own_guide(
    ask: Ask, book: Spreadsheet, text: str, table: str | None, written: str
) -> None:
    # The two tables, A1:C2 and B4:D6, and the eight ranges are those of the guide "Append values".
    book.tab("Leeg").rows[:] = [list(row) for row in TWO_TABLES]
    assert append(ask, text) == (table, written)


def test_overwriting_writes_over_what_stands_under_the_table(ask: Ask, book: Spreadsheet) -> None:
    book.tab("Leeg").rows[:] = [["a", "b"], [], ["onder", "aan"]]
    assert append(ask, "Leeg!A1") == ("Leeg!A1:B1", "Leeg!A2:B2")
    assert book.tab("Leeg").rows == [["a", "b"], ["x", "y"], ["onder", "aan"]]


def test_inserting_rows_pushes_down_what_stands_under_the_table(ask: Ask, book: Spreadsheet) -> None:
    book.tab("Leeg").rows[:] = [["a", "b"], [], ["onder", "aan"]]
    assert append(ask, "Leeg!A1", "INSERT_ROWS") == ("Leeg!A1:B1", "Leeg!A2:B2")
    assert book.tab("Leeg").rows == [["a", "b"], ["x", "y"], [], ["onder", "aan"]]
    assert book.tab("Leeg").row_count == 1001


def test_appending_to_a_full_grid_makes_it_grow(ask: Ask, book: Spreadsheet) -> None:
    book.add_tab("Vol", [["a"], ["b"]], row_count=2, column_count=2)
    assert append(ask, "Vol") == ("Vol!A1:A2", "Vol!A3:B3")
    assert book.tab("Vol").row_count == 3


@given(st.lists(st.lists(st.sampled_from(["", "x"]), max_size=6), max_size=8))
def test_every_cell_is_in_exactly_one_table(rows: list[list[str]]) -> None:
    found = tables.tables_of(Tab("Blad1", rows))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            around = [t for t in found if t.top <= number < t.bottom and t.left <= column < t.right]
            assert len(around) == 1 if cell else len(around) <= 1


# Ranges in general


@given(st.integers(0, 18277))
def test_a_column_and_its_letters_are_the_same(column: int) -> None:
    assert ranges.column_of(ranges.letters_of(column)) == column


@given(st.text(min_size=1, max_size=12), st.integers(0, 999), st.integers(0, 25))
def test_a_written_range_is_found_again(title: str, row: int, column: int) -> None:
    tab = Tab(title)
    area = Area(row, column, 1000, 26)
    text = ranges.written(title, area)
    assert ranges.find(text, [Tab("Blad1" if title != "Blad1" else "Blad2"), tab]) == (tab, area)


@given(st.text(max_size=20))
def test_any_text_is_a_range_or_a_refusal(text: str) -> None:
    with contextlib.suppress(errors.Refusal):
        tab, area = ranges.find(text, [Tab("Blad1")])
        assert (tab.title, area.top < 1000, area.left < 26) == ("Blad1", True, True)
