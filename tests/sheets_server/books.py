"""What does `spreadsheets.get` tell about a spreadsheet?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sheets_server import ranges
from sheets_server.cells import Cell, Formatted, Formula, Plain, is_blank, is_dated, plain_value
from sheets_server.display import formatted
from sheets_server.locales import locale_of
from sheets_server.ranges import Area
from sheets_server.theme import default_format, spreadsheet_theme
from sheets_server.values import cells_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheets_server.locales import Locale
    from sheets_server.spreadsheet import Spreadsheet
    from sheets_server.tab import Tab


def resource(book: Spreadsheet, *, texts: Sequence[str] = (), with_cells: bool = False) -> dict[str, Any]:
    """The Spreadsheet resource; with ranges only the tabs that they touch.

    Raises:
        errors.Refusal: 400 for a range that cannot be read.
    """
    places = [ranges.find(text, book.tabs) for text in texts] or [(tab, Area(0, 0, None, None)) for tab in book.tabs]
    sheets = []
    for index, tab in enumerate(book.tabs):
        areas = [area for touched, area in places if touched is tab]
        if not areas:
            continue
        sheet: dict[str, Any] = {"properties": sheet_properties(tab, index), **tab.dress.ranges()}
        if with_cells:
            sheet["data"] = [_grid_data(tab, area.within(tab), locale_of(book.locale)) for area in areas]
        sheets.append(sheet)
    return {
        "spreadsheetId": book.id,
        "properties": {
            "title": book.title,
            "locale": book.locale,
            "autoRecalc": "ON_CHANGE",
            "timeZone": book.timezone,
            "defaultFormat": default_format(),
            "spreadsheetTheme": spreadsheet_theme(),
        },
        "sheets": sheets,
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{book.id}/edit",
    }


def sheet_properties(tab: Tab, index: int) -> dict[str, Any]:
    """The SheetProperties of a tab at its place in the spreadsheet."""
    grid = {"rowCount": tab.row_count, "columnCount": tab.column_count}
    if tab.frozen_rows:
        grid["frozenRowCount"] = tab.frozen_rows
    properties = {
        "sheetId": tab.sheet_id,
        "title": tab.title,
        "index": index,
        "sheetType": "GRID",
        "gridProperties": grid,
    }
    return properties | ({"hidden": True} if tab.is_hidden else {})


def _grid_data(tab: Tab, area: Area, locale: Locale) -> dict[str, Any]:
    rows = []
    lines = cells_of(tab, area)
    for number in range(area.top, min(area.bottom or 0, max(area.top + len(lines), tab.dress.used_rows))):
        line = lines[number - area.top] if number - area.top < len(lines) else []
        cells = [
            _cell_data(line[column - area.left] if column - area.left < len(line) else None, locale)
            | tab.dress.cell(number, column)
            for column in range(area.left, area.right or 0)
        ]
        while cells and not cells[-1]:
            cells.pop()
        rows.append({"values": cells} if cells else {})
    while rows and not rows[-1]:
        rows.pop()
    data: dict[str, Any] = {"startRow": area.top, "startColumn": area.left}
    data = {name: number for name, number in data.items() if number}
    if rows:
        data["rowData"] = rows
    data["rowMetadata"] = [tab.dress.row_metadata(row) for row in range(area.top, area.bottom or 0)]
    data["columnMetadata"] = [tab.dress.column_metadata(column) for column in range(area.left, area.right or 0)]
    return data


def _cell_data(cell: Cell, locale: Locale) -> dict[str, Any]:
    if is_blank(cell):
        return {}
    value = plain_value(cell)
    entered = {"formulaValue": cell.text} if isinstance(cell, Formula) else _extended(value)
    data: dict[str, Any] = {"userEnteredValue": entered, "effectiveValue": _extended(value)}
    data["formattedValue"] = formatted(cell, locale)
    if is_dated(cell):
        pattern = cell.pattern if isinstance(cell, Formatted) else locale.date
        data["userEnteredFormat"] = {"numberFormat": {"type": "DATE", "pattern": pattern.lower()}}
    return data


def _extended(value: Plain) -> dict[str, Any]:
    """The ExtendedValue of a plain value."""
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, str):
        return {"stringValue": value}
    return {"numberValue": value}
