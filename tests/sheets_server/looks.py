"""What does `spreadsheets.batchUpdate` change of cells and looks: values, notes, validation, formats, bands, widths?

Each action works on one spreadsheet, whose lock the caller holds, and gives its part of the reply.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

from sheets_server import errors, ranges
from sheets_server.cells import Cell, Formula
from sheets_server.entry import typed
from sheets_server.field_mask import parse_mask, paths_of
from sheets_server.locales import locale_of
from sheets_server.ranges import Area

if TYPE_CHECKING:
    from collections.abc import Callable

    from sheets_server.spreadsheet import Spreadsheet
    from sheets_server.tab import Tab

CONDITION_VALUES = {
    "BOOLEAN": range(3),
    "DATE_IS_VALID": range(1),
    "NUMBER_BETWEEN": range(2, 3),
    "NUMBER_GREATER_THAN_EQ": range(1, 2),
    "ONE_OF_LIST": range(1, 501),
    "ONE_OF_RANGE": range(1, 2),
    "TEXT_IS_URL": range(1),
}
DRESSED = {"note", "dataValidation", "userEnteredFormat"}


def update_cells(book: Spreadsheet, blame: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Write cells from a corner on."""
    start = arguments.get("start", {})
    tab = _tab(book, blame, start.get("sheetId", 0))
    fields = _fields(blame, arguments)
    for row, line in enumerate(arguments.get("rows", []), start=start.get("rowIndex", 0)):
        for column, data in enumerate(line.get("values", []), start=start.get("columnIndex", 0)):
            if row >= tab.row_count:
                raise errors.bad_request(f"{blame}Attempting to write row: {row}, beyond the last requested row")
            if column >= tab.column_count:
                raise errors.bad_request(f"{blame}Attempting to write column: {column}, beyond the last requested")
            _write(book, tab, (row, column), data, fields)
    return {}


def repeat_cell(book: Spreadsheet, blame: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Write one cell all over a range."""
    tab, area = _area(book, blame, arguments.get("range", {}))
    fields = _fields(blame, arguments)
    for place in _places(area):
        _write(book, tab, place, arguments.get("cell", {}), fields)
    return {}


def set_validation(book: Spreadsheet, blame: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Put a rule on every cell of a range, or take the rules away."""
    tab, area = _area(book, blame, arguments.get("range", {}))
    rule = arguments.get("rule")
    if rule is not None:
        _check_condition(book, blame, rule.get("condition", {}))
    for place in _places(area):
        _dress(tab, place, "dataValidation", rule)
    return {}


def add_banding(book: Spreadsheet, blame: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Colour the rows of a range by turns."""
    banding = copy.deepcopy(arguments.get("bandedRange", {}))
    tab, area = _area(book, blame, banding.get("range", {}))
    if any(_overlap(area, _area(book, blame, other["range"])[1]) for other in tab.dress.bandings):
        raise errors.bad_request(
            f"{blame}You cannot add alternating background colors to a range that already has alternating background "
            "colors."
        )
    banding.setdefault("bandedRangeId", 1000 + len(tab.dress.bandings))
    tab.dress.bandings.append(banding)
    return {"addBanding": {"bandedRange": copy.deepcopy(banding)}}


def add_protection(book: Spreadsheet, blame: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Protect a range, or only warn about it."""
    protection = copy.deepcopy(arguments.get("protectedRange", {}))
    tab, _ = _area(book, blame, protection.get("range", {}))
    protection.setdefault("protectedRangeId", 2000 + len(tab.dress.protections))
    protection["requestingUserCanEdit"] = True
    tab.dress.protections.append(protection)
    return {"addProtectedRange": {"protectedRange": copy.deepcopy(protection)}}


def update_dimension(book: Spreadsheet, blame: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Change the width of columns, or hide rows."""
    wanted = arguments.get("range", {})
    tab = _tab(book, blame, wanted.get("sheetId", 0))
    start, end = int(wanted.get("startIndex", 0)), int(wanted.get("endIndex", 0))
    is_rows = wanted.get("dimension") == "ROWS"
    if not 0 <= start < end <= (tab.row_count if is_rows else tab.column_count):
        raise errors.bad_request(f"{blame}range.endIndex[{end}] is after the last row or column of the sheet")
    fields, properties = _fields(blame, arguments), arguments.get("properties", {})
    for index in range(start, end):
        if "pixelSize" in fields and not is_rows:
            tab.dress.widths[index] = int(properties.get("pixelSize", 0))
        if "hiddenByUser" in fields and is_rows:
            (tab.dress.hidden_rows.add if properties.get("hiddenByUser") else tab.dress.hidden_rows.discard)(index)
    return {}


def merge_cells(book: Spreadsheet, blame: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Make one cell of a range."""
    tab, _ = _area(book, blame, arguments.get("range", {}))
    tab.dress.merges.append(copy.deepcopy(arguments["range"]))
    return {}


LOOKS: dict[str, Callable[[Spreadsheet, str, dict[str, Any]], dict[str, Any]]] = {
    "addBanding": add_banding,
    "addProtectedRange": add_protection,
    "mergeCells": merge_cells,
    "repeatCell": repeat_cell,
    "setDataValidation": set_validation,
    "updateCells": update_cells,
    "updateDimensionProperties": update_dimension,
}


def _write(book: Spreadsheet, tab: Tab, place: tuple[int, int], data: dict[str, Any], fields: set[str]) -> None:
    """Write the listed fields of a CellData; a listed field that the data lacks is cleared."""
    for path in fields:
        top, *below = path.split(".")
        if top == "userEnteredValue":
            tab.put(*place, _entered(book, tab, data.get(top, {})))
        elif top in DRESSED and not below:
            _dress(tab, place, top, data.get(top))
        elif top in DRESSED:
            _dress(tab, place, top, _with_path(tab.dress.cell(*place).get(top, {}), data.get(top, {}), below))


def _entered(book: Spreadsheet, tab: Tab, value: dict[str, Any]) -> Cell:
    """The cell that an ExtendedValue stands for."""
    if "formulaValue" in value:
        found = typed(value["formulaValue"], locale_of(book.locale), this_year=2018, look_up=tab.get)
        return found if isinstance(found, Formula) else None
    given: list[Cell] = [value[name] for name in ("stringValue", "numberValue", "boolValue") if name in value]
    return given[0] if given else None


def _with_path(looks: dict[str, Any], source: dict[str, Any], path: list[str]) -> dict[str, Any]:
    """The looks with what the source has at a path; without it, when the source has nothing there."""
    first, *rest = path
    if rest:
        return {**looks, first: _with_path(looks.get(first, {}), source.get(first, {}), rest)}
    return {name: part for name, part in looks.items() if name != first} | (
        {first: source[first]} if first in source else {}
    )


def _dress(tab: Tab, place: tuple[int, int], part: str, value: Any) -> None:
    """Put a part on a cell. Nobody changes it afterwards, so a thousand cells may share one."""
    looks = {**tab.dress.cell(*place), part: value}
    tab.dress.cells[place] = {name: found for name, found in looks.items() if found}
    if not tab.dress.cells[place]:
        del tab.dress.cells[place]


def _check_condition(book: Spreadsheet, blame: str, condition: dict[str, Any]) -> None:
    kind, values = condition.get("type"), condition.get("values", [])
    if kind not in CONDITION_VALUES:
        raise errors.bad_request(f"{blame}The stand-in does not know conditions of type {kind}")
    if len(values) not in CONDITION_VALUES[kind]:
        raise errors.bad_request(f"{blame}Invalid number of ConditionValues for type {kind}: {len(values)}")
    text = values[0].get("userEnteredValue", "") if values else ""
    if kind == "ONE_OF_RANGE":
        if not text.startswith("="):
            raise errors.bad_request(f"{blame}Invalid ConditionValue.userEnteredValue: {text}")
        ranges.find(re.sub(r"\$(?=[A-Z0-9])", "", text[1:]), book.tabs)


def _tab(book: Spreadsheet, blame: str, sheet_id: int) -> Tab:
    tab = book.tab_by_id(int(sheet_id))
    if tab is None:
        raise errors.bad_request(f"{blame}No grid with id: {sheet_id}")
    return tab


def _area(book: Spreadsheet, blame: str, wanted: dict[str, Any]) -> tuple[Tab, Area]:
    """The tab and the area of a GridRange; an index that is not there means as far as the tab goes."""
    tab = _tab(book, blame, wanted.get("sheetId", 0))
    top, left = int(wanted.get("startRowIndex", 0)), int(wanted.get("startColumnIndex", 0))
    bottom = int(wanted.get("endRowIndex", tab.row_count))
    right = int(wanted.get("endColumnIndex", tab.column_count))
    for name, start, end, last in (("Row", top, bottom, tab.row_count), ("Column", left, right, tab.column_count)):
        if start >= end:
            raise errors.bad_request(f"{blame}range.start{name}Index[{start}] must be less than its end[{end}]")
        if end > last:
            raise errors.bad_request(f"{blame}range.end{name}Index[{end}] is after last {name.lower()} [{last}]")
    return tab, Area(top, left, bottom, right)


def _places(area: Area) -> list[tuple[int, int]]:
    rows, columns = range(area.top, area.bottom or 0), range(area.left, area.right or 0)
    return [(row, column) for row in rows for column in columns]


def _overlap(one: Area, other: Area) -> bool:
    rows = range(max(one.top, other.top), min(one.bottom or 0, other.bottom or 0))
    columns = range(max(one.left, other.left), min(one.right or 0, other.right or 0))
    return bool(rows) and bool(columns)


def _fields(blame: str, arguments: dict[str, Any]) -> set[str]:
    fields = arguments.get("fields")
    if not fields:
        raise errors.bad_request(
            f"{blame}At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
        )
    return set(paths_of(parse_mask(fields)))
