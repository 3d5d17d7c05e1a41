"""One row, written with real gspread over real sockets: in its place, as text, and never over what stands there."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sheets_server import READ_WRITE, SheetsServer, Spreadsheet

from genkdash.sheet.contract import POSTS, TIPS
from genkdash.sheet.errors import (
    ColumnToWriteMissingError,
    GoogleAnswerError,
    GoogleMisplacedError,
    GoogleProtectedError,
    GoogleReadOnlyError,
    TabToWriteMissingError,
)
from genkdash.sheet.google_append import GoogleAppender

EMAIL = "genkdash@proef.iam.gserviceaccount.com"
HEADER = ["Datum", "Influencer", "Titel", "Bericht-ID"]
FIRST = [43206, "Amina", "Iftar", "gd-first"]
NEEDED = ("date", "influencer", "post_id")
CELLS = {"date": date(2018, 4, 17), "influencer": "Bo", "title": "=1+1", "post_id": "gd-second", "likes": 12}
ROW = [43207, "Bo", "=1+1", "gd-second"]


@pytest.fixture(scope="module")
def server() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        yield server


@pytest.fixture(autouse=True)
def _healed(server: SheetsServer) -> Iterator[None]:
    yield
    server.heal()


@pytest.fixture
def write(server: SheetsServer) -> Iterator[Callable[..., Spreadsheet]]:
    appenders: list[GoogleAppender] = []

    def written(*rows: list[object], title: str = "Berichten", full: bool = False) -> Spreadsheet:
        book = server.add_spreadsheet("Genk vertelt", {"Blad1": [], title: rows}, locale="nl_BE", shared_with=[EMAIL])
        if full:
            book.tab(title).resize(row_count=len(rows))
        appender = GoogleAppender(book.id, credentials=server.service_account(EMAIL), api_url=server.url)
        appenders.append(appender)
        appender.append(appender.look(POSTS, needed=NEEDED), CELLS)
        return book

    yield written
    for appender in appenders:
        appender.close()


@pytest.fixture
def book(server: SheetsServer) -> Spreadsheet:
    return server.add_spreadsheet("Genk vertelt", {"Berichten": [HEADER, FIRST]}, shared_with=[EMAIL])


@pytest.fixture
def appender(server: SheetsServer, book: Spreadsheet) -> Iterator[GoogleAppender]:
    appender = GoogleAppender(book.id, credentials=server.service_account(EMAIL), api_url=server.url)
    yield appender
    appender.close()


def rows_of(book: Spreadsheet, title: str = "Berichten") -> list[list[object]]:
    """Return the rows without the blanks at the end of each."""
    rows = [list(row) for row in book.tab(title).rows]
    for row in rows:
        while row and row[-1] in (None, ""):
            row.pop()
    return rows


def test_a_row_comes_below_the_last_under_its_headers(write: Callable[..., Spreadsheet]) -> None:
    assert rows_of(write(HEADER, FIRST)) == [HEADER, FIRST, ROW]


def test_the_columns_may_stand_in_any_order_and_have_strangers_between_them(write: Callable[..., Spreadsheet]) -> None:
    header = ["Gsm", "Post ID", "Nota", "Title", "Naam", "Tijdstempel"]
    book = write(header, ["0470", "gd-1", "", "x", "Amina", 43206])
    assert rows_of(book)[2] == [None, "gd-second", None, "=1+1", "Bo", 43207]


@pytest.mark.parametrize(
    "rows",
    [
        [HEADER],
        [["Het logboek van Genk vertelt"], [], HEADER, FIRST],
        [HEADER, FIRST, [], [], FIRST],
        [HEADER, [None, "Bo", "half ingevuld"]],
        [HEADER, FIRST, [], ["", "", "", "", "", "", "een nota ernaast"]],
    ],
    ids=["only-a-header", "a-title-above", "blank-rows-between", "a-blank-cell-in-front", "a-note-beside"],
)
@pytest.mark.parametrize("grid", ["roomy", "full"])
def test_nothing_that_stands_there_is_moved_or_changed(
    write: Callable[..., Spreadsheet], rows: list[list[object]], grid: str
) -> None:
    after = rows_of(write(*rows, full=grid == "full"))
    assert after.count(ROW) == 1
    after.remove(ROW)
    before = [[cell if cell != "" else None for cell in row] for row in rows]
    assert [[cell if cell != "" else None for cell in row] for row in after] == before


def test_a_table_that_does_not_begin_in_the_first_column_stays_in_line(write: Callable[..., Spreadsheet]) -> None:
    assert rows_of(write([None, *HEADER], [None, *FIRST]))[2] == [None, *ROW]


@pytest.mark.parametrize("grid", ["roomy", "full"])
def test_a_number_that_staff_put_in_front_of_a_row_does_not_shift_it(
    write: Callable[..., Spreadsheet], grid: str
) -> None:
    book = write([None, *HEADER], [1, *FIRST], [2, *FIRST], full=grid == "full")
    assert rows_of(book)[3] == [None, *ROW]


def test_an_english_tab_is_written_in_and_the_dutch_one_goes_first(write: Callable[..., Spreadsheet]) -> None:
    book = write(HEADER, title="Posts")
    assert rows_of(book, "Posts") == [HEADER, ROW]


def test_of_two_tabs_the_dutch_one_is_written_in(book: Spreadsheet, appender: GoogleAppender) -> None:
    book.add_tab("Posts", [HEADER], index=0)
    appender.append(appender.look(POSTS, needed=NEEDED), CELLS)
    assert (len(rows_of(book)), len(rows_of(book, "Posts"))) == (3, 1)


def test_two_rows_after_one_look_come_below_each_other(book: Spreadsheet, appender: GoogleAppender) -> None:
    opened = appender.append(appender.look(POSTS, needed=NEEDED), CELLS)
    appender.append(opened, CELLS)
    assert rows_of(book)[2:] == [ROW, ROW]


def test_what_somebody_types_meanwhile_is_not_written_over(book: Spreadsheet, appender: GoogleAppender) -> None:
    opened = appender.look(POSTS, needed=NEEDED)
    book.tab("Berichten").append([43210, "Roos", "ondertussen"])
    appender.append(opened, CELLS)
    assert rows_of(book) == [HEADER, FIRST, [43210, "Roos", "ondertussen"], ROW]


def test_the_request_says_raw_and_insert_rows(server: SheetsServer, appender: GoogleAppender) -> None:
    appender.append(appender.look(POSTS, needed=NEEDED), CELLS)
    query = server.requests(":append")[-1].query
    assert (query["valueInputOption"], query["insertDataOption"]) == (["RAW"], ["INSERT_ROWS"])


def test_a_look_holds_no_cell_of_a_column_that_is_not_ours(book: Spreadsheet, appender: GoogleAppender) -> None:
    for row, cell in enumerate(["Gsm", "0470 12 34 56"]):
        book.tab("Berichten").put(row, 4, cell)
    assert "0470 12 34 56" not in str(appender.look(POSTS, needed=NEEDED).rows)


def test_a_tab_that_is_not_there_is_named(appender: GoogleAppender) -> None:
    with pytest.raises(TabToWriteMissingError) as caught:
        appender.look(TIPS, needed=("tip",))
    assert caught.value.detail == {"tab": "Tips"}


def test_every_needed_column_that_is_not_there_is_named(book: Spreadsheet, appender: GoogleAppender) -> None:
    book.tab("Berichten").set("D1", "ID")
    book.tab("Berichten").set("B1", "Wie")
    with pytest.raises(ColumnToWriteMissingError) as caught:
        appender.look(POSTS, needed=NEEDED)
    assert caught.value.detail == {"tab": "Berichten", "columns": "Influencer, Bericht-ID"}


def test_without_the_right_to_write_the_error_says_who_must_get_it(book: Spreadsheet, appender: GoogleAppender) -> None:
    book.writers.clear()
    book.readers.add(EMAIL)
    opened = appender.look(POSTS, needed=NEEDED)
    with pytest.raises(GoogleReadOnlyError) as caught:
        appender.append(opened, CELLS)
    assert caught.value.detail == {"email": EMAIL}


def test_protected_cells_have_an_error_of_their_own(server: SheetsServer, appender: GoogleAppender) -> None:
    opened = appender.look(POSTS, needed=NEEDED)
    server.fault("protected", where=":append")
    with pytest.raises(GoogleProtectedError):
        appender.append(opened, CELLS)


def test_an_answer_that_does_not_say_where_is_no_answer(server: SheetsServer, appender: GoogleAppender) -> None:
    opened = appender.look(POSTS, needed=NEEDED)
    server.fault("wrong-type:updates", where=":append")
    with pytest.raises(GoogleAnswerError):
        appender.append(opened, CELLS)


def test_a_row_that_google_wrote_in_other_columns_is_noticed(server: SheetsServer) -> None:
    shifted = [None, *HEADER]
    book = server.add_spreadsheet("Genk vertelt", {"Berichten": [shifted]}, shared_with=[EMAIL])
    appender = GoogleAppender(book.id, credentials=server.service_account(EMAIL), api_url=server.url)
    opened = appender.look(POSTS, needed=NEEDED)
    book.tab("Berichten").append(["nieuw", 43210, "Roos"])
    with pytest.raises(GoogleMisplacedError) as caught:
        appender.append(opened, CELLS)
    appender.close()
    assert caught.value.detail == {"cells": "Berichten!A3"}


def test_only_the_appender_asks_for_the_right_to_write(server: SheetsServer, appender: GoogleAppender) -> None:
    appender.look(POSTS, needed=NEEDED)
    scopes = {token.scopes for token in server.accounts._tokens.values()}  # noqa: SLF001  no other way to see it
    assert scopes == {frozenset({READ_WRITE})}
