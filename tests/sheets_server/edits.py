"""What does `spreadsheets.batchUpdate` change: tabs, their sizes, titles and order, and the spreadsheet's locale?

All of a batch is done or none of it. What is on the cells stands in `looks`.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from sheets_server import books, discovery, errors
from sheets_server.field_mask import parse_mask, paths_of
from sheets_server.locales import LOCALES
from sheets_server.looks import LOOKS
from sheets_server.tab import DEFAULT_COLUMNS, DEFAULT_ROWS, Tab

if TYPE_CHECKING:
    from collections.abc import Callable

    from sheets_server.spreadsheet import Spreadsheet


def batch_update(book: Spreadsheet, body: dict[str, Any]) -> dict[str, Any]:
    """Do the requests in order; the replies mirror them.

    Raises:
        errors.Refusal: 400 naming the first request that cannot be done; nothing was changed then.
    """
    requests = body.get("requests") or []
    if not requests:
        raise errors.bad_request("Must specify at least one request.")
    before = [(tab, {**vars(tab), "dress": tab.dress.kept()}, copy.deepcopy(tab.rows)) for tab in book.tabs]
    own = (book.title, book.locale, book.timezone)
    try:
        replies = [_done(book, number, request) for number, request in enumerate(requests)]
    except errors.Refusal:
        for tab, attributes, rows in before:
            vars(tab).update(attributes)
            tab.rows[:] = rows
        book.tabs[:] = [tab for tab, _, _ in before]
        book.title, book.locale, book.timezone = own
        raise
    book.touch()
    return {"spreadsheetId": book.id, "replies": replies}


def _done(book: Spreadsheet, number: int, request: dict[str, Any]) -> dict[str, Any]:
    kind, arguments = next(iter(request.items()), ("", {}))
    action = ACTIONS.get(kind)
    if action is None:
        raise errors.bad_request(
            f"Invalid JSON payload received. Unknown name \"{kind}\" at 'requests[{number}]': Cannot find field."
        )
    wrong = discovery.problems("Request", _without_nulls(request))
    if wrong:
        raise errors.bad_request(f"Invalid JSON payload received. At 'requests[{number}]': {wrong[0]}")
    return action(book, f"Invalid requests[{number}].{kind}: ", arguments)


def _without_nulls(value: Any) -> Any:
    """A null stands for a field that is not there; gspread sends them."""
    if isinstance(value, dict):
        return {name: _without_nulls(part) for name, part in value.items() if part is not None}
    return [_without_nulls(part) for part in value] if isinstance(value, list) else value


def _add_sheet(book: Spreadsheet, blame: str, arguments: dict[str, Any]) -> dict[str, Any]:
    properties = arguments.get("properties", {})
    title = properties.get("title") or f"Sheet{len(book.tabs) + 1}"
    _check_title(book, blame, title)
    sheet_id = properties.get("sheetId")
    if sheet_id is not None and book.tab_by_id(sheet_id):
        raise errors.bad_request(f"{blame}Sheet ID {sheet_id} already exists.")
    grid = properties.get("gridProperties", {})
    tab = book.add_tab(
        title,
        sheet_id=sheet_id,
        index=properties.get("index"),
        row_count=grid.get("rowCount", DEFAULT_ROWS),
        column_count=grid.get("columnCount", DEFAULT_COLUMNS),
    )
    tab.frozen_rows = int(grid.get("frozenRowCount", 0))
    return {"addSheet": {"properties": books.sheet_properties(tab, book.tabs.index(tab))}}


def _duplicate_sheet(book: Spreadsheet, blame: str, arguments: dict[str, Any]) -> dict[str, Any]:
    source = _tab(book, blame, arguments.get("sourceSheetId", 0))
    title = arguments.get("newSheetName") or f"Copy of {source.title}"
    _check_title(book, blame, title)
    tab = book.add_tab(
        title,
        source.rows,
        sheet_id=arguments.get("newSheetId"),
        index=arguments.get("insertSheetIndex", 0),
        row_count=source.row_count,
        column_count=source.column_count,
    )
    return {"duplicateSheet": {"properties": books.sheet_properties(tab, book.tabs.index(tab))}}


def _delete_sheet(book: Spreadsheet, blame: str, arguments: dict[str, Any]) -> dict[str, Any]:
    tab = _tab(book, blame, arguments.get("sheetId", 0))
    if len(book.tabs) == 1:
        raise errors.bad_request(f"{blame}You can't remove all the sheets in a document.")
    book.remove_tab(tab.title)
    return {}


def _update_sheet(book: Spreadsheet, blame: str, arguments: dict[str, Any]) -> dict[str, Any]:
    properties = arguments.get("properties", {})
    tab = _tab(book, blame, properties.get("sheetId", 0))
    grid = properties.get("gridProperties", {})
    paths = _paths(blame, arguments)
    if "title" in paths and properties.get("title") != tab.title:
        _check_title(book, blame, properties.get("title", ""))
        tab.title = properties["title"]
    if "index" in paths:
        # Google counts the places before the tab was taken out.
        place, wanted = book.tabs.index(tab), int(properties.get("index", 0))
        book.move_tab(tab, wanted - 1 if wanted > place else wanted)
    if "hidden" in paths:
        tab.is_hidden = bool(properties.get("hidden"))
    if "gridProperties.frozenRowCount" in paths:
        tab.frozen_rows = int(grid.get("frozenRowCount", 0))
    rows = grid.get("rowCount") if paths & {"gridProperties.rowCount", "gridProperties"} else None
    columns = grid.get("columnCount") if paths & {"gridProperties.columnCount", "gridProperties"} else None
    tab.resize(rows, columns)
    return {}


def _update_spreadsheet(book: Spreadsheet, blame: str, arguments: dict[str, Any]) -> dict[str, Any]:
    properties = arguments.get("properties", {})
    paths = _paths(blame, arguments)
    if "title" in paths:
        book.title = properties.get("title", "")
    if "locale" in paths:
        if properties.get("locale") not in LOCALES:
            raise errors.bad_request(f"{blame}Unsupported locale: {properties.get('locale')}")
        book.locale = properties["locale"]
    if "timeZone" in paths:
        book.timezone = properties.get("timeZone", "Etc/GMT")
    return {}


def _insert_dimension(book: Spreadsheet, blame: str, arguments: dict[str, Any]) -> dict[str, Any]:
    tab, is_rows, start, end = _dimension(book, blame, arguments)
    (tab.insert_rows if is_rows else tab.insert_columns)(start, end - start)
    return {}


def _delete_dimension(book: Spreadsheet, blame: str, arguments: dict[str, Any]) -> dict[str, Any]:
    tab, is_rows, start, end = _dimension(book, blame, arguments)
    if end - start >= (tab.row_count if is_rows else tab.column_count):
        what = "rows" if is_rows else "columns"
        raise errors.bad_request(f"{blame}You can't delete all the {what} on the sheet.")
    (tab.delete_rows if is_rows else tab.delete_columns)(start, end)
    return {}


def _append_dimension(book: Spreadsheet, blame: str, arguments: dict[str, Any]) -> dict[str, Any]:
    tab = _tab(book, blame, arguments.get("sheetId", 0))
    length = int(arguments.get("length", 0))
    if arguments.get("dimension") == "ROWS":
        tab.resize(row_count=tab.row_count + length)
    else:
        tab.resize(column_count=tab.column_count + length)
    return {}


ACTIONS: dict[str, Callable[[Spreadsheet, str, dict[str, Any]], dict[str, Any]]] = {
    **LOOKS,
    "addSheet": _add_sheet,
    "appendDimension": _append_dimension,
    "deleteDimension": _delete_dimension,
    "deleteSheet": _delete_sheet,
    "duplicateSheet": _duplicate_sheet,
    "insertDimension": _insert_dimension,
    "updateSheetProperties": _update_sheet,
    "updateSpreadsheetProperties": _update_spreadsheet,
}


def _tab(book: Spreadsheet, blame: str, sheet_id: int) -> Tab:
    tab = book.tab_by_id(int(sheet_id))
    if tab is None:
        raise errors.bad_request(f"{blame}No {'sheet' if 'Sheet' in blame else 'grid'} with id: {sheet_id}")
    return tab


def _check_title(book: Spreadsheet, blame: str, title: str) -> None:
    if any(tab.title.casefold() == title.casefold() for tab in book.tabs):
        raise errors.bad_request(f'{blame}A sheet with the name "{title}" already exists. Please enter another name.')


def _paths(blame: str, arguments: dict[str, Any]) -> set[str]:
    """The fields to change; gspread writes some of them with a slash."""
    fields = arguments.get("fields")
    if not fields:
        raise errors.bad_request(
            f"{blame}At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
        )
    if fields == "*":
        fields = ",".join(arguments.get("properties", {}))
    return set(paths_of(parse_mask(fields)))


def _dimension(book: Spreadsheet, blame: str, arguments: dict[str, Any]) -> tuple[Tab, bool, int, int]:
    wanted = arguments.get("range", {})
    tab = _tab(book, blame, wanted.get("sheetId", 0))
    is_rows = wanted.get("dimension") == "ROWS"
    start, end = int(wanted.get("startIndex", 0)), int(wanted.get("endIndex", 0))
    if not 0 <= start < end:
        raise errors.bad_request(f"{blame}range.startIndex[{start}] must be less than range.endIndex[{end}]")
    return tab, is_rows, start, end
