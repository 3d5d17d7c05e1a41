"""What batchUpdate does to the looks of a tab: kept, moved along with its rows, refused where Google refuses."""

from collections.abc import Iterator
from typing import Any

import gspread
import pytest
from gspread.exceptions import APIError
from sheets_server import READ_WRITE, SheetsServer, Spreadsheet
from sheets_server.client import gspread_for

EMAIL = "genkdash@proef.iam.gserviceaccount.com"
AREA = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 2}
LIST = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "ja"}]}, "strict": True}


@pytest.fixture(scope="module")
def server() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        yield server


@pytest.fixture(scope="module")
def client(server: SheetsServer) -> Iterator[gspread.Client]:
    client = gspread_for(server, server.service_account(EMAIL), (READ_WRITE,))
    with client.http_client.session:
        yield client


@pytest.fixture
def book(server: SheetsServer) -> Spreadsheet:
    return server.add_spreadsheet("S", {"Blad1": [["Naam"], ["Roos"]]}, shared_with=[EMAIL])


def change(client: gspread.Client, book: Spreadsheet, *requests: dict[str, Any]) -> None:
    client.http_client.batch_update(book.id, {"requests": list(requests)})


def cells(client: gspread.Client, book: Spreadsheet) -> list[list[dict[str, Any]]]:
    """Return what spreadsheets.get tells of the cells, row by row."""
    fields = "sheets.data.rowData.values(note,dataValidation,userEnteredFormat)"
    answer = client.http_client.fetch_sheet_metadata(book.id, params={"fields": fields})
    return [row.get("values", []) for row in answer["sheets"][0]["data"][0]["rowData"]]


def test_notes_rules_and_formats_are_told_by_get(client: gspread.Client, book: Spreadsheet) -> None:
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    change(
        client,
        book,
        {"updateCells": {"start": start, "rows": [{"values": [{"note": "Wie?"}]}], "fields": "note"}},
        {"repeatCell": {"range": AREA, "cell": bold, "fields": "userEnteredFormat.textFormat.bold"}},
        {"setDataValidation": {"range": {**AREA, "endColumnIndex": 1}, "rule": LIST}},
    )
    assert book.tab("Blad1").rows == [["Naam"], ["Roos"]]
    assert cells(client, book)[0][0] == {"note": "Wie?"}
    assert cells(client, book)[3][:2] == [{**bold, "dataValidation": LIST}, bold]


def test_looks_move_along_with_their_rows(client: gspread.Client, book: Spreadsheet) -> None:
    colours = {"firstBandColorStyle": {"rgbColor": {}}, "secondBandColorStyle": {"rgbColor": {"red": 1}}}
    change(
        client,
        book,
        {"setDataValidation": {"range": AREA, "rule": LIST}},
        {"addBanding": {"bandedRange": {"range": AREA, "rowProperties": colours}}},
    )
    tab = book.tab("Blad1")
    tab.insert_rows(2, 3)
    assert [row for row in range(8) if tab.dress.cell(row, 0)] == [1, 5, 6]
    assert (tab.dress.bandings[0]["range"]["startRowIndex"], tab.dress.bandings[0]["range"]["endRowIndex"]) == (1, 7)
    tab.delete_rows(0, 2)
    assert [row for row in range(8) if tab.dress.cell(row, 0)] == [3, 4]


@pytest.mark.parametrize(
    ("requests", "words"),
    [
        ([{"setDataValidation": {"range": AREA, "regel": LIST}}], "'regel' was unexpected"),
        ([{"repeatCell": {"range": {**AREA, "endRowIndex": 9999}, "cell": {}, "fields": "note"}}], "endRowIndex"),
        ([{"repeatCell": {"range": AREA, "cell": {}}}], "At least one field must be listed in 'fields'."),
        (
            [
                {
                    "setDataValidation": {
                        "range": AREA,
                        "rule": {
                            "condition": {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "=Weg!$A$1:$A"}]}
                        },
                    }
                }
            ],
            "Unable to parse range",
        ),
        ([{"addBanding": {"bandedRange": {"range": AREA, "rowProperties": {}}}}] * 2, "alternating background colors"),
    ],
)
def test_what_google_refuses_changes_nothing(
    client: gspread.Client, book: Spreadsheet, requests: list[dict[str, Any]], words: str
) -> None:
    first = {"setDataValidation": {"range": AREA, "rule": LIST}}
    with pytest.raises(APIError, match=words):
        change(client, book, first, *requests)
    assert book.tab("Blad1").dress.cells == {}
    assert book.tab("Blad1").dress.bandings == []


def test_an_account_without_storage_makes_no_file() -> None:
    with SheetsServer() as poor:
        poor.take_storage()
        scopes = (READ_WRITE, "https://www.googleapis.com/auth/drive")
        client = gspread_for(poor, poor.service_account(EMAIL), scopes)
        with client.http_client.session, pytest.raises(APIError, match="storage quota"):
            client.create("Nieuw")
        assert poor.books == {}
