"""How are cells written through `spreadsheets.values`?

Every function works on one spreadsheet, whose lock the caller holds, and gives the JSON body of the answer.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sheets_server import entry, errors, ranges, tables
from sheets_server.cells import sent_value
from sheets_server.locales import locale_of
from sheets_server.ranges import Area
from sheets_server.values import option, value_range

if TYPE_CHECKING:
    from sheets_server.spreadsheet import Spreadsheet
    from sheets_server.tab import Tab

INPUT_OPTIONS = ("RAW", "USER_ENTERED")
INSERT_OPTIONS = ("OVERWRITE", "INSERT_ROWS")


def update(book: Spreadsheet, text: str, body: dict[str, Any], query: dict[str, Any]) -> dict[str, Any]:
    """Write values from the corner of a range on.

    A single cell is only a corner; a range of several is a limit, and so is the edge of the grid, which does not
    grow by itself.
    """
    tab, area = ranges.find(text, book.tabs)
    rows = _rows_of(body)
    is_corner = area.bottom == area.top + 1 and area.right == area.left + 1
    limit = (Area(area.top, area.left, None, None) if is_corner else area).within(tab)
    bottom, right = area.top + len(rows), area.left + max((len(row) for row in rows), default=0)
    blame = f"Requested writing within range [{ranges.written(tab.title, area)}], but tried writing to"
    if bottom > (limit.bottom or 0):
        raise errors.bad_request(f"{blame} row [{(limit.bottom or 0) + 1}]")
    if right > (limit.right or 0):
        raise errors.bad_request(f"{blame} column [{ranges.letters_of(limit.right or 0)}]")
    return write(book, tab, (area.top, area.left), rows, query)


def write(
    book: Spreadsheet, tab: Tab, corner: tuple[int, int], rows: list[list[Any]], query: dict[str, Any]
) -> dict[str, Any]:
    """Write rows of sent values; null leaves a cell as it is, "" empties it."""
    top, left = corner
    as_typed = option(query, "valueInputOption", INPUT_OPTIONS, default=None) == "USER_ENTERED"
    locale, this_year = locale_of(book.locale), dt.datetime.now(ZoneInfo(book.timezone)).year
    for row, line in enumerate(rows, start=top):
        for column, value in enumerate(line, start=left):
            if value is None:
                continue
            cell = entry.raw(value)
            if as_typed:
                cell = entry.typed(value, locale, this_year=this_year, look_up=tab.get)
            tab.put(row, column, cell)
    book.touch()
    height, width = len(rows), max((len(row) for row in rows), default=0)
    area = Area(top, left, top + max(height, 1), left + max(width, 1))
    counts = {
        "updatedRows": height,
        "updatedColumns": width,
        "updatedCells": sum(1 for line in rows for value in line if value is not None),
    }
    answer: dict[str, Any] = {"spreadsheetId": book.id, "updatedRange": ranges.written(tab.title, area)}
    answer |= {name: count for name, count in counts.items() if count}
    if _is_true(query.get("includeValuesInResponse")):
        render = {
            "valueRenderOption": query.get("responseValueRenderOption"),
            "dateTimeRenderOption": query.get("responseDateTimeRenderOption"),
        }
        answer["updatedData"] = value_range(book, tab, area, render)
    return answer


def append(book: Spreadsheet, text: str, body: dict[str, Any], query: dict[str, Any]) -> dict[str, Any]:
    """Write values under the last table that the range touches; where there is none, at the range's corner."""
    insert = option(query, "insertDataOption", INSERT_OPTIONS, default="OVERWRITE")
    tab, area = ranges.find(text, book.tabs)
    rows = _rows_of(body)
    table = tables.last_table(tab, area.within(tab))
    answer: dict[str, Any] = {"spreadsheetId": book.id}
    top, left = area.top, area.left
    if table is not None and table.bottom is not None:
        answer["tableRange"] = ranges.written(tab.title, table)
        top, left = table.bottom, table.left
        if insert == "INSERT_ROWS":
            tab.insert_rows(top, len(rows))
    answer["updates"] = write(book, tab, (top, left), rows, query)
    return answer


def clear(book: Spreadsheet, text: str) -> str:
    """Empty the cells of a range; gives the range that was cleared."""
    tab, area = ranges.find(text, book.tabs)
    area = area.within(tab)
    if area.bottom is None or area.right is None:
        raise ValueError("a tab is finite")
    for row in tab.rows[area.top : area.bottom]:
        row[area.left : area.right] = [None] * len(row[area.left : area.right])
    book.touch()
    return ranges.written(tab.title, area)


def batch_update(book: Spreadsheet, body: dict[str, Any]) -> dict[str, Any]:
    """Write several ranges in one request."""
    responses = [update(book, str(part.get("range", "")), part, body) for part in body.get("data", [])]
    answer: dict[str, Any] = {"spreadsheetId": book.id}
    for name in ("Rows", "Columns", "Cells"):
        answer[f"totalUpdated{name}"] = sum(part.get(f"updated{name}", 0) for part in responses)
    answer["totalUpdatedSheets"] = len({part["updatedRange"].rpartition("!")[0] for part in responses})
    return {name: value for name, value in answer.items() if value} | {"responses": responses}


def _rows_of(body: dict[str, Any]) -> list[list[Any]]:
    """The sent values as rows, checked."""
    lines = body.get("values") or []
    for number, line in enumerate(lines):
        if not isinstance(line, list):
            kind = "type.googleapis.com/google.protobuf.ListValue"
            raise errors.bad_request(f"Invalid value at 'data.values[{number}]' ({kind}), \"{line}\"")
        for place, value in enumerate(line):
            try:
                sent_value(value)
            except TypeError as error:
                raise errors.bad_request(f"Invalid values[{number}][{place}]: struct_value or list_value") from error
    if body.get("majorDimension") == "COLUMNS":
        height = max((len(line) for line in lines), default=0)
        return [[line[row] if row < len(line) else None for line in lines] for row in range(height)]
    return [list(line) for line in lines]


def _is_true(given: Any) -> bool:
    value = given[0] if isinstance(given, list) else given
    return str(value).lower() == "true"
