"""How is each part of the template said to Google? The requests of `spreadsheets.batchUpdate`, one function each.

Every request is held against Google's discovery document in the tests. Rows and columns count from 0.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from gspread.utils import absolute_range_name, rowcol_to_a1

from genkdash.sheet.template import BAND_COLOURS, HEADER_COLOUR, LOCALE, TIMEZONE, ColumnForm, Kind, Rule, pattern_of

Request: TypeAlias = dict[str, Any]

_PIXELS_PER_LETTER = 7
_FORMAT_TYPES: Mapping[Kind, str] = {"date": "DATE", "count": "NUMBER", "share": "NUMBER", "text": "TEXT"}
_RULED = frozenset({"date", "count", "share", "link", "choice", "list", "checkbox"})


def set_locale() -> Request:
    """Make the sheet Belgian, so that 3/4 is in April and 1,5 is a number."""
    return _book_property("locale", LOCALE)


def set_timezone() -> Request:
    """Let a day begin in Genk."""
    return _book_property("timeZone", TIMEZONE)


def add_tab(title: str, gid: int, *, index: int | None, row_count: int, column_count: int) -> Request:
    """Add a tab with a number of our choice, so that the requests after it can name it."""
    grid = {"rowCount": row_count, "columnCount": column_count, "frozenRowCount": 1}
    properties: dict[str, Any] = {"sheetId": gid, "title": title, "gridProperties": grid}
    return {"addSheet": {"properties": properties | ({} if index is None else {"index": index})}}


def add_room(gid: int, dimension: str, length: int) -> Request:
    """Add blank ROWS or COLUMNS at the end."""
    return {"appendDimension": {"sheetId": gid, "dimension": dimension, "length": length}}


def write_headers(gid: int, row: int, column: int, forms: Sequence[ColumnForm]) -> Request:
    """Write headers side by side, each with its note."""
    cells = [
        {
            "userEnteredValue": {"stringValue": form.column.header},
            "note": form.note,
            "userEnteredFormat": {"textFormat": {"bold": True}},
        }
        for form in forms
    ]
    return _cells(gid, row, column, [cells], "userEnteredValue,note,userEnteredFormat.textFormat.bold")


def write_note(gid: int, row: int, column: int, note: str) -> Request:
    """Put a note on a cell, and leave its value."""
    return _cells(gid, row, column, [[{"note": note}]], "note")


def write_pair(gid: int, row: int, columns: tuple[int, int], texts: tuple[str, str | int | None]) -> list[Request]:
    """Write a key and its value on one row; a value of None leaves its cell."""
    return [
        _cells(gid, row, column, [[{"userEnteredValue": _value(text)}]], "userEnteredValue")
        for column, text in zip(columns, texts, strict=True)
        if text is not None
    ]


def set_width(gid: int, column: int, letters: int) -> Request:
    """Make a column as wide as so many letters."""
    return {
        "updateDimensionProperties": {
            "range": {"sheetId": gid, "dimension": "COLUMNS", "startIndex": column, "endIndex": column + 1},
            "properties": {"pixelSize": letters * _PIXELS_PER_LETTER + 10},
            "fields": "pixelSize",
        }
    }


def freeze(gid: int, row_count: int) -> Request:
    """Keep the first rows on screen."""
    properties = {"sheetId": gid, "gridProperties": {"frozenRowCount": row_count}}
    return {"updateSheetProperties": {"properties": properties, "fields": "gridProperties.frozenRowCount"}}


def set_format(area: Mapping[str, int], rule: Rule) -> Request:
    """Give cells the number format of a rule that has one."""
    number_format = {"type": _FORMAT_TYPES[rule.kind], "pattern": pattern_of(rule)}
    cell = {"userEnteredFormat": {"numberFormat": number_format}}
    return {"repeatCell": {"range": dict(area), "cell": cell, "fields": "userEnteredFormat.numberFormat"}}


def has_check(rule: Rule) -> bool:
    """Tell whether Google checks anything for this rule."""
    return rule.kind in _RULED


def set_rule(area: Mapping[str, int], rule: Rule, *, note: str, source: str | None = None) -> Request:
    """Let Google check what is typed; `source` is the reference a dropdown is fed from.

    `note` is read when a value is refused. Google shows it at every selected cell too, so only strict rules have one.
    """
    check = {"condition": _condition(rule, source), "strict": rule.is_strict, "showCustomUi": True}
    if rule.is_strict:
        check["inputMessage"] = note
    return {"setDataValidation": {"range": dict(area), "rule": check}}


def add_bands(area: Mapping[str, int]) -> Request:
    """Colour the header, and the rows below it by turns."""
    first, second = BAND_COLOURS
    colours = {"headerColorStyle": HEADER_COLOUR, "firstBandColorStyle": first, "secondBandColorStyle": second}
    rows = {name: {"rgbColor": _rgb(colour)} for name, colour in colours.items()}
    return {"addBanding": {"bandedRange": {"range": dict(area), "rowProperties": rows}}}


def protect(area: Mapping[str, int], description: str) -> Request:
    """Ask "are you sure?" before somebody changes these cells; nobody is kept out."""
    protection = {"range": dict(area), "description": description, "warningOnly": True}
    return {"addProtectedRange": {"protectedRange": protection}}


def area(gid: int, rows: tuple[int, int], columns: tuple[int, int]) -> dict[str, int]:
    """Return a GridRange; the ends are exclusive."""
    return {
        "sheetId": gid,
        "startRowIndex": rows[0],
        "endRowIndex": rows[1],
        "startColumnIndex": columns[0],
        "endColumnIndex": columns[1],
    }


def reference(title: str, first_row: int, column: int) -> str:
    """Return the cells of a column from a row down, as a dropdown names them: `='Thema''s'!$A$2:$A`."""
    letters = rowcol_to_a1(1, column + 1).rstrip("1")
    return f"={absolute_range_name(title, f'${letters}${first_row + 1}:${letters}')}"


def _condition(rule: Rule, source: str | None) -> dict[str, Any]:
    conditions: Mapping[str, tuple[str, Sequence[str]]] = {
        "date": ("DATE_IS_VALID", ()),
        "count": ("NUMBER_GREATER_THAN_EQ", (str(rule.minimum),)),
        "share": ("NUMBER_BETWEEN", ("0", "1")),
        "link": ("TEXT_IS_URL", ()),
        "choice": ("ONE_OF_LIST", rule.choices),
        "list": ("ONE_OF_RANGE", (source or "",)),
        "checkbox": ("BOOLEAN", ()),
    }
    kind, values = conditions[rule.kind]
    return {"type": kind} | ({"values": [{"userEnteredValue": value} for value in values]} if values else {})


def _book_property(name: str, value: str) -> Request:
    return {"updateSpreadsheetProperties": {"properties": {name: value}, "fields": name}}


def _cells(gid: int, row: int, column: int, lines: Sequence[Sequence[Mapping[str, Any]]], fields: str) -> Request:
    start = {"sheetId": gid, "rowIndex": row, "columnIndex": column}
    return {"updateCells": {"start": start, "rows": [{"values": list(line)} for line in lines], "fields": fields}}


def _value(text: str | int | None) -> dict[str, str | int]:
    return {"numberValue": text} if isinstance(text, int) else {"stringValue": text or ""}


def _rgb(colour: str) -> dict[str, float]:
    parts = (colour[1:3], colour[3:5], colour[5:7])
    return {name: int(part, 16) / 255 for name, part in zip(("red", "green", "blue"), parts, strict=True)}
