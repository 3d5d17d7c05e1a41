"""How are cells read through `spreadsheets.values`?

Every function works on one spreadsheet, whose lock the caller holds, and gives the JSON body of the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sheets_server import errors, ranges
from sheets_server.cells import Cell, Formula, Plain, is_blank, is_dated, plain_value
from sheets_server.display import formatted
from sheets_server.locales import locale_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sheets_server.locales import Locale
    from sheets_server.ranges import Area
    from sheets_server.spreadsheet import Spreadsheet
    from sheets_server.tab import Tab

RENDER_OPTIONS = ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA")
DATE_OPTIONS = ("SERIAL_NUMBER", "FORMATTED_STRING")
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


def rendered(cell: Cell, render: str, dates: str, locale: Locale) -> Plain:
    """One cell as the render options ask for it."""
    if render == "FORMATTED_VALUE":
        return formatted(cell, locale)
    if render == "FORMULA" and isinstance(cell, Formula):
        return cell.text
    if dates == "FORMATTED_STRING" and is_dated(cell):
        return formatted(cell, locale)
    return plain_value(cell)


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


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
