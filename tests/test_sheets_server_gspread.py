"""Real gspread, over real sockets, finds in the stand-in what it would find at Google."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from gspread.exceptions import APIError, SpreadsheetNotFound, WorksheetNotFound
from gspread.utils import DateTimeOption, ValueInputOption, ValueRenderOption
from sheets_server import READ_WRITE, SheetsServer
from sheets_server.client import gspread_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    import gspread
    from sheets_server import Spreadsheet

EMAIL = "genkdash@proef.iam.gserviceaccount.com"
SCOPES = (READ_WRITE, "https://www.googleapis.com/auth/drive")


@pytest.fixture(scope="module")
def server() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        yield server


@pytest.fixture(scope="module")
def client(server: SheetsServer) -> Iterator[gspread.Client]:
    client = gspread_for(server, server.service_account(EMAIL), SCOPES)
    with client.http_client.session:
        yield client


@pytest.fixture
def book(server: SheetsServer) -> Spreadsheet:
    tabs = {"Berichten": [["Datum", "Wie", "Likes"], [43206, "Roos", 12]], "Thema's": [["Thema"], ["Sport"]]}
    return server.add_spreadsheet("Genk vertelt", tabs, locale="nl_BE", timezone="Europe/Brussels", shared_with=[EMAIL])


@pytest.fixture
def sheet(client: gspread.Client, book: Spreadsheet) -> gspread.Spreadsheet:
    return client.open_by_key(book.id)


def test_a_spreadsheet_is_opened_by_its_key(sheet: gspread.Spreadsheet) -> None:
    assert (sheet.title, sheet.locale, sheet.timezone) == ("Genk vertelt", "nl_BE", "Europe/Brussels")
    assert [tab.title for tab in sheet.worksheets()] == ["Berichten", "Thema's"]


def test_a_spreadsheet_is_found_by_its_title(client: gspread.Client, server: SheetsServer) -> None:
    book = server.add_spreadsheet("Een zeldzame naam", {"Blad1": []}, shared_with=[EMAIL])
    assert client.open("Een zeldzame naam").id == book.id
    with pytest.raises(SpreadsheetNotFound):
        client.open("Een naam die niemand heeft")


def test_an_unknown_key_and_an_unshared_sheet_are_told_apart(client: gspread.Client, server: SheetsServer) -> None:
    with pytest.raises(SpreadsheetNotFound):
        client.open_by_key("bestaat-niet")
    with pytest.raises(PermissionError):
        client.open_by_key(server.add_spreadsheet("Van een ander", {"Blad1": []}).id)


def test_all_tabs_come_in_one_request(sheet: gspread.Spreadsheet, server: SheetsServer) -> None:
    before = len(server.log)
    answer = sheet.values_batch_get(
        ["'Berichten'", "'Thema''s'"],
        params={"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"},
    )
    assert [part["values"] for part in answer["valueRanges"]] == [
        [["Datum", "Wie", "Likes"], [43206, "Roos", 12]],
        [["Thema"], ["Sport"]],
    ]
    assert len(server.log) - before == 1


def test_a_missing_tab_is_an_error_with_googles_words(sheet: gspread.Spreadsheet) -> None:
    with pytest.raises(WorksheetNotFound):
        sheet.worksheet("Weg")
    with pytest.raises(APIError, match=r"\[400\]: Unable to parse range: 'Weg'") as caught:
        sheet.values_batch_get(["'Berichten'", "'Weg'"])
    assert caught.value.code == 400


def test_a_row_is_appended_as_typed(sheet: gspread.Spreadsheet, book: Spreadsheet) -> None:
    answer = sheet.sheet1.append_row(["17/4/2018", "Noor", "1,5"], value_input_option=ValueInputOption.user_entered)
    assert answer["tableRange"] == "Berichten!A1:C2"
    assert answer["updates"]["updatedRange"] == "Berichten!A3:C3"
    assert sheet.sheet1.row_values(3) == ["17/4/2018", "Noor", "1,5"]
    assert sheet.sheet1.row_values(3, value_render_option=ValueRenderOption.unformatted) == [43207, "Noor", 1.5]
    assert book.tab("Berichten").used_rows() == 3


def test_rows_are_appended_raw_and_inserted(sheet: gspread.Spreadsheet, book: Spreadsheet) -> None:
    sheet.sheet1.append_rows([[43208, "Sem"], [43209, "Lou"]], insert_data_option="INSERT_ROWS")
    sheet.sheet1.insert_row([43205, "Ada"], index=2)
    assert [row[:2] for row in book.tab("Berichten").rows[1:]] == [
        [43205, "Ada"],
        [43206, "Roos"],
        [43208, "Sem"],
        [43209, "Lou"],
    ]


def test_cells_are_updated_one_by_one_and_together(sheet: gspread.Spreadsheet, book: Spreadsheet) -> None:
    tab = sheet.worksheet("Berichten")
    tab.update_acell("B2", "Noor")
    tab.update([["x", "y"]], "E5:F5")
    tab.batch_update([{"range": "A9", "values": [[1]]}, {"range": "C9", "values": [[3]]}])
    assert tab.get("A9:C9") == [["1", "", "3"]]
    assert (book.tab("Berichten").get("B2"), book.tab("Berichten").get("F5")) == ("Noor", "y")


def test_records_and_all_values_are_read(sheet: gspread.Spreadsheet) -> None:
    records = sheet.sheet1.get_all_records(value_render_option=ValueRenderOption.unformatted)
    assert records == [{"Datum": 43206, "Wie": "Roos", "Likes": 12}]
    shown = sheet.sheet1.get_all_values(date_time_render_option=DateTimeOption.formatted_string)
    assert shown == [["Datum", "Wie", "Likes"], ["43206", "Roos", "12"]]


def test_tabs_come_go_move_and_change_their_names(sheet: gspread.Spreadsheet, book: Spreadsheet) -> None:
    tips = sheet.add_worksheet("Tips", rows=10, cols=4)
    assert (tips.row_count, tips.col_count, tips.index) == (10, 4, 2)
    tips.update_title("Raad")
    sheet.reorder_worksheets([tips, *sheet.worksheets()[:2]])
    assert [tab.title for tab in book.tabs] == ["Raad", "Berichten", "Thema's"]
    copy = sheet.worksheet("Thema's").duplicate(new_sheet_name="Kopie", insert_sheet_index=3)
    assert copy.get_all_values() == [["Thema"], ["Sport"]]
    sheet.del_worksheet(tips)
    sheet.worksheet("Kopie").hide()
    sheet.worksheet("Berichten").freeze(rows=1)
    sheet.worksheet("Berichten").resize(rows=20, cols=5)
    assert [(tab.title, tab.is_hidden, tab.frozen_rows) for tab in book.tabs] == [
        ("Berichten", False, 1),
        ("Thema's", False, 0),
        ("Kopie", True, 0),
    ]
    assert sheet.worksheet("Berichten").get_values("A1:Z100", maintain_size=True)[0][:3] == ["Datum", "Wie", "Likes"]


def test_rows_and_columns_are_deleted(sheet: gspread.Spreadsheet, book: Spreadsheet) -> None:
    sheet.sheet1.delete_columns(2)
    sheet.sheet1.delete_rows(1)
    assert book.tab("Berichten").rows == [[43206, 12]]
    assert (book.tab("Berichten").row_count, book.tab("Berichten").column_count) == (999, 25)
    sheet.sheet1.insert_cols([["wie", "Roos"]], col=2)
    assert book.tab("Berichten").rows == [[43206, "wie", 12], [None, "Roos"]]


def test_cells_are_cleared(sheet: gspread.Spreadsheet) -> None:
    sheet.sheet1.batch_clear(["A1:B1"])
    assert sheet.sheet1.get_all_values() == [["", "", "Likes"], ["43206", "Roos", "12"]]
    sheet.sheet1.clear()
    assert sheet.sheet1.get_all_values() == [[]]


def test_what_cannot_be_done_changes_nothing(sheet: gspread.Spreadsheet, book: Spreadsheet) -> None:
    requests = [
        {"addSheet": {"properties": {"title": "Erbij"}}},
        {"updateSpreadsheetProperties": {"properties": {"title": "Anders"}, "fields": "title"}},
        {"deleteDimension": {"range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}}},
        {"addSheet": {"properties": {"title": "berichten"}}},
    ]
    message = (
        'Invalid requests[3].addSheet: A sheet with the name "berichten" already exists. Please enter another name.'
    )
    with pytest.raises(APIError) as caught:
        sheet.batch_update({"requests": requests})
    assert caught.value.error["message"] == message
    assert (book.title, [tab.title for tab in book.tabs]) == ("Genk vertelt", ["Berichten", "Thema's"])
    assert book.tab("Berichten").rows[0] == ["Datum", "Wie", "Likes"]
    assert book.tab("Berichten").row_count == 1000


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"frobnicate": {}}, "Unknown name \"frobnicate\" at 'requests[0]': Cannot find field."),
        ({"deleteSheet": {"sheetId": 77}}, "No sheet with id: 77"),
        ({"updateSheetProperties": {"properties": {"sheetId": 0}}}, "At least one field must be listed in 'fields'."),
        (
            {"updateSpreadsheetProperties": {"properties": {"locale": "tlh"}, "fields": "locale"}},
            "Unsupported locale: tlh",
        ),
    ],
)
def test_a_request_that_makes_no_sense_is_named(
    sheet: gspread.Spreadsheet, request_: dict[str, object], message: str
) -> None:
    with pytest.raises(APIError) as caught:
        sheet.batch_update({"requests": [request_]})
    assert caught.value.code == 400
    assert message in caught.value.error["message"]


def test_the_last_tab_stays(client: gspread.Client, server: SheetsServer) -> None:
    book = server.add_spreadsheet("Eén blad", {"Blad1": []}, shared_with=[EMAIL])
    sheet = client.open_by_key(book.id)
    with pytest.raises(APIError, match="You can't remove all the sheets in a document"):
        sheet.del_worksheet(sheet.sheet1)


def test_a_spreadsheet_is_made_shared_and_thrown_away(client: gspread.Client, server: SheetsServer) -> None:
    made = client.create("Nieuw")
    assert [tab.title for tab in made.worksheets()] == ["Sheet1"]
    made.share("roos@example.org", perm_type="user", role="reader", notify=False)
    people = {person["emailAddress"]: person["role"] for person in made.list_permissions()}
    assert people == {EMAIL: "writer", "roos@example.org": "reader"}
    assert server.books[made.id].may_read("roos@example.org")
    made.remove_permissions("roos@example.org")
    assert not server.books[made.id].may_read("roos@example.org")
    client.del_spreadsheet(made.id)
    assert made.id not in server.books


def test_cells_with_their_forms_come_with_the_grid(sheet: gspread.Spreadsheet, book: Spreadsheet) -> None:
    sheet.sheet1.update([["16/4/2018", "=1+1"]], "A2", value_input_option=ValueInputOption.user_entered)
    found = sheet.fetch_sheet_metadata({"includeGridData": "true", "ranges": "Berichten!A2:B3"})
    assert [one["properties"]["title"] for one in found["sheets"]] == ["Berichten"]
    data = found["sheets"][0]["data"][0]
    assert (data["startRow"], len(data["rowMetadata"]), len(data["columnMetadata"])) == (1, 2, 2)
    assert data["rowData"] == [
        {
            "values": [
                {
                    "userEnteredValue": {"numberValue": 43206},
                    "effectiveValue": {"numberValue": 43206},
                    "formattedValue": "16/4/2018",
                    "userEnteredFormat": {"numberFormat": {"type": "DATE", "pattern": "d/m/yyyy"}},
                },
                {
                    "userEnteredValue": {"formulaValue": "=1+1"},
                    "effectiveValue": {"numberValue": 2},
                    "formattedValue": "2",
                },
            ]
        }
    ]
    assert book.tab("Berichten").get("A2") is not None


def test_an_edit_moves_the_time_of_the_last_change(sheet: gspread.Spreadsheet, book: Spreadsheet) -> None:
    made = book.modified_at
    book.tab("Berichten").set("B2", "Noor")
    edited = book.modified_at
    assert edited > made
    sheet.sheet1.update_acell("B2", "Lou")
    assert book.modified_at > edited
    assert sheet.get_lastUpdateTime() == book.modified_at.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def test_a_field_mask_keeps_what_it_names(sheet: gspread.Spreadsheet, book: Spreadsheet) -> None:
    fields = "properties/title,sheets(properties(sheetId,title))"
    assert sheet.fetch_sheet_metadata({"fields": fields}) == {
        "properties": {"title": "Genk vertelt"},
        "sheets": [{"properties": {"sheetId": tab.sheet_id, "title": tab.title}} for tab in book.tabs],
    }


@pytest.mark.parametrize(
    ("fields", "path"),
    [("sheets.onzin", "sheets.onzin"), ("titel", "titel"), ("sheets(properties(", "sheets(properties(")],
)
def test_a_field_mask_that_names_nothing_is_refused(sheet: gspread.Spreadsheet, fields: str, path: str) -> None:
    with pytest.raises(APIError) as caught:
        sheet.fetch_sheet_metadata({"fields": fields})
    assert caught.value.error["details"][0]["fieldViolations"][0]["field"] == path


def test_google_auth_asks_in_the_background_where_the_account_may_be_used() -> None:
    with SheetsServer() as server:
        book = server.add_spreadsheet("Genk vertelt", {"Blad1": []}, shared_with=[EMAIL])
        client = gspread_for(server, server.service_account(EMAIL), SCOPES)
        with client.http_client.session:
            client.open_by_key(book.id)
        asked = server.wait_for("allowedLocations")
    assert asked[0].path == f"/v1/projects/-/serviceAccounts/{EMAIL}/allowedLocations"
    assert (asked[0].status, asked[0].user) == (200, EMAIL)
