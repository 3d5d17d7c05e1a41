"""Which rows of a Google sheet are hidden or filtered, which cells merged, and where do formulas stand?"""

from collections.abc import Iterator, Mapping
from typing import Any

from gspread.http_client import HTTPClient
from gspread.utils import absolute_range_name

from genkdash.sheet.errors import GoogleAnswerError
from genkdash.sheet.google_answers import json_object
from genkdash.sheet.shape import TabShape, shape_of
from genkdash.sheet.tables import RawBook

# No value is asked for: only whether a cell holds a formula.
_FIELDS = (
    "sheets(properties(sheetId),merges,data(startRow,startColumn,rowMetadata(hiddenByUser,hiddenByFilter),"
    "rowData(values(userEnteredValue(formulaValue)))))"
)


def fetch_shapes(client: HTTPClient, key: str, book: RawBook) -> tuple[TabShape, ...]:
    """Return the shape of each tab of `book`, which was read from the sheet `key`.

    Raises:
        SourceError: it can't be read.
    """
    if not book.tabs:
        return ()
    ranges = [absolute_range_name(tab.title) for tab in book.tabs]
    answer = json_object(lambda: client.fetch_sheet_metadata(key, params={"fields": _FIELDS, "ranges": ranges}))
    try:
        sheets = {int(sheet["properties"]["sheetId"]): sheet for sheet in answer["sheets"]}
        return tuple(
            shape_of(
                tab,
                hidden=_rows(sheets[tab.gid], "hiddenByUser"),
                filtered=_rows(sheets[tab.gid], "hiddenByFilter"),
                merged=[_corners(area) for area in sheets[tab.gid].get("merges", [])],
                formulas=_formulas(sheets[tab.gid]),
            )
            for tab in book.tabs
            if tab.gid in sheets
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise GoogleAnswerError(status="200") from None


def _rows(sheet: Mapping[str, Any], why: str) -> Iterator[int]:
    for part in sheet.get("data", []):
        for row, about in enumerate(part.get("rowMetadata", []), start=part.get("startRow", 0)):
            if about.get(why):
                yield row


def _formulas(sheet: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    for part in sheet.get("data", []):
        for row, line in enumerate(part.get("rowData", []), start=part.get("startRow", 0)):
            for column, cell in enumerate(line.get("values", []), start=part.get("startColumn", 0)):
                if cell.get("userEnteredValue", {}).get("formulaValue"):
                    yield row, column


def _corners(area: Mapping[str, Any]) -> tuple[int, int, int, int]:
    # A merged range always has all four edges; 0 is left out, as everywhere.
    top, left = int(area.get("startRowIndex", 0)), int(area.get("startColumnIndex", 0))
    return top, left, int(area["endRowIndex"]), int(area["endColumnIndex"])
