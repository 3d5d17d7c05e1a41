"""How are cells read and written through `spreadsheets.values`?

Every function works on one spreadsheet, whose lock the caller holds, and gives the JSON body of the answer.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sheets_server import entry, errors, ranges, tables
from sheets_server.cells import Cell, Formula, is_blank, is_dated, plain_value, sent_value
from sheets_server.display import formatted
from sheets_server.locales import locale_of
from sheets_server.ranges import Area

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sheets_server.grid import Spreadsheet, Tab
    from sheets_server.locales import Locale

RENDER_OPTIONS = ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA")
DATE_OPTIONS = ("SERIAL_NUMBER", "FORMATTED_STRING")
INPUT_OPTIONS = ("RAW", "USER_ENTERED")
INSERT_OPTIONS = ("OVERWRITE", "INSERT_ROWS")
DIMENSIONS = ("ROWS", "COLUMNS")


def option(query: dict[str, Any], name: str, allowed: Sequence[str], *, default: str | None) -> str:
    """The value of an option, or its default.

    Raises:
        errors.Refusal: 400 for a value that is not allowed, or for a required option that is missing.
    """
    given = query.get(name)
    value = given[0] if isinstance(given, list) else given
    if value is None and default is None:
        raise errors.bad_request(f"'{name}' is required but not specified")
    if value is None:
        return str(default)
    if value not in allowed:
        raise errors.bad_request(f"Invalid value at '{_snake(name)}' (type.googleapis.com), \"{value}\"")
    return str(value)


def read(book: Spreadsheet, text: str, query: dict[str, Any]) -> dict[str, Any]:
    """The ValueRange of one range; without `values` when nothing is in it."""
    tab, area = ranges.find(text, book.tabs)
    return value_range(book, tab, area.within(tab), query)


def value_range(book: Spreadsheet, tab: Tab, area: Area, query: dict[str, Any]) -> dict[str, Any]:
    """The ValueRange of an area within the tab's grid."""
    render = option(query, "valueRenderOption", RENDER_OPTIONS, default="FORMATTED_VALUE")
    dates = option(query, "dateTimeRenderOption", DATE_OPTIONS, default="SERIAL_NUMBER")
    major = option(query, "majorDimension", DIMENSIONS, default="ROWS")
    locale = locale_of(book.locale)
    lines = [
        [rendered(cell, render, dates, locale) for cell in line]
        for line in trimmed(cells_of(tab, area, by_columns=major == "COLUMNS"))
    ]
    answer: dict[str, Any] = {"range": ranges.written(tab.title, area), "majorDimension": major}
    if lines:
        answer["values"] = lines
    return answer


def cells_of(tab: Tab, area: Area, *, by_columns: bool = False) -> list[list[Cell]]:
    """The cells of an area, a list a row, or a list a column."""
    if area.bottom is None or area.right is None:
        raise ValueError("an open area has no cells")
    bottom = min(area.bottom, len(tab.rows))
    rows = [list(row[area.left : area.right]) for row in tab.rows[area.top : bottom]]
    if not by_columns:
        return rows
    width = max((len(row) for row in rows), default=0)
    return [[row[column] if column < len(row) else None for row in rows] for column in range(width)]


def trimmed(lines: list[list[Cell]]) -> list[list[Cell]]:
    """Without the blanks at the end of each line, and without the blank lines at the end."""
    shortened = []
    for line in lines:
        end = len(line)
        while end and is_blank(line[end - 1]):
            end -= 1
        shortened.append(line[:end])
    while shortened and not shortened[-1]:
        shortened.pop()
    return shortened


def rendered(cell: Cell, render: str, dates: str, locale: Locale) -> bool | float | str:
    """One cell as the render options ask for it."""
    if render == "FORMATTED_VALUE":
        return formatted(cell, locale)
    if render == "FORMULA" and isinstance(cell, Formula):
        return cell.text
    if dates == "FORMATTED_STRING" and is_dated(cell):
        return formatted(cell, locale)
    return plain_value(cell)


def update(book: Spreadsheet, text: str, body: dict[str, Any], query: dict[str, Any]) -> dict[str, Any]:
    """Write values from the corner of a range on; values beyond a range of several cells are refused."""
    tab, area = ranges.find(text, book.tabs)
    rows = _rows_of(body)
    height, width = len(rows), max((len(row) for row in rows), default=0)
    is_one_cell = area.bottom == area.top + 1 and area.right == area.left + 1
    if not is_one_cell:
        if (area.bottom or 0) > tab.row_count or (area.right or 0) > tab.column_count:
            raise ranges.outside(text, tab)
        shown = ranges.written(tab.title, area.within(tab))
        if area.bottom is not None and area.top + height > area.bottom:
            raise errors.bad_request(
                f"Requested writing within range [{shown}], but tried writing to row [{area.bottom + 1}]"
            )
        if area.right is not None and area.left + width > area.right:
            letters = ranges.letters_of(area.right)
            raise errors.bad_request(
                f"Requested writing within range [{shown}], but tried writing to column [{letters}]"
            )
    return write(book, tab, area.top, area.left, rows, query)


def write(
    book: Spreadsheet, tab: Tab, top: int, left: int, rows: list[list[Any]], query: dict[str, Any]
) -> dict[str, Any]:
    """Write rows of sent values; null leaves a cell as it is, "" empties it."""
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
    answer = {"spreadsheetId": book.id, "updatedRange": ranges.written(tab.title, area)}
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
    answer["updates"] = write(book, tab, top, left, rows, query)
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


def batch_read(
    book: Spreadsheet, texts: Sequence[str], query: dict[str, Any], *, between: Callable[[], None]
) -> dict[str, Any]:
    """Several ranges in one answer; one that cannot be read spoils them all, before any is read.

    Args:
        book: The spreadsheet.
        texts: The ranges in A1 notation.
        query: The render options.
        between: Called after the first range was read, for tests of an edit in the middle of a read.
    """
    places = [ranges.find(text, book.tabs) for text in texts]
    parts = []
    for number, (tab, area) in enumerate(places):
        if number == 1:
            between()
        parts.append(value_range(book, tab, area.within(tab), query))
    return {"spreadsheetId": book.id} | ({"valueRanges": parts} if parts else {})


def _rows_of(body: dict[str, Any]) -> list[list[Any]]:
    """The sent values as rows, checked."""
    lines = body.get("values") or []
    for number, line in enumerate(lines):
        if not isinstance(line, list):
            raise errors.bad_request(f"Invalid value at 'data.values[{number}]' (type.googleapis.com), \"{line}\"")
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


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
