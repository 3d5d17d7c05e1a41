"""How is a cell of the Google sheet corrected, and only while it holds what it held?

The cells of the row are asked for once more right before the request. Google has no request that writes a cell only
if it still holds a value, so that what somebody does between those two, a tenth of a second, is not seen.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal, TypeAlias

from gspread.utils import absolute_range_name, rowcol_to_a1

from genkdash.sheet.corrections import as_stored, is_same
from genkdash.sheet.errors import GoogleAnswerError, GoogleNotSharedError, GoogleReadOnlyError
from genkdash.sheet.google_answers import json_object
from genkdash.sheet.google_append import GoogleAppender, OpenTab
from genkdash.sheet.tables import Cell

Written: TypeAlias = Literal["written", "changed", "formula"]

_FIELDS = (
    "sheets(properties(sheetId),data(rowData(values("
    "userEnteredValue(formulaValue),effectiveValue,userEnteredFormat(numberFormat(type))))))"
)
_DAY_FORMAT = {"type": "DATE", "pattern": "yyyy-mm-dd"}


class GoogleEditor(GoogleAppender):
    """A Google sheet in which rows are appended and cells corrected, as a service account that may. For one thread."""

    def correct(self, opened: OpenTab, at: int, new: Mapping[str, Cell], held: Sequence[str]) -> Written:
        """Write `new`, by column key, in the row at index `at` of `opened`, if that row still is what it was there.

        `held` are the keys of the columns that must hold what they held, those of `new` included. All cells are written
        or none. Text stays text, whatever it begins with; a day becomes a date in any locale. A formula is never
        written over.

        Raises:
            GoogleReadOnlyError: Google refused, and nothing was written.
            SourceError: the cells were written or not; only another look can tell.
        """
        number = (opened.layout.header or 0) + 2 + at
        places = {key: opened.layout.positions[key] for key in held if key in opened.layout.positions}
        gid, now = self._read_again(opened.title, number, places)
        row = opened.rows[at]
        if any("formulaValue" in now[key].get("userEnteredValue", {}) for key in new):
            return "formula"
        if not all(
            is_same(_value(now[key]), row[place] if place < len(row) else None) for key, place in places.items()
        ):
            return "changed"
        requests = [
            _request({"sheetId": gid, "rowIndex": number - 1, "columnIndex": places[key]}, cell, now[key])
            for key, cell in new.items()
        ]
        is_refused = False
        try:
            json_object(lambda: self._client.batch_update(self.key, {"requests": requests}))
        except GoogleNotSharedError:
            is_refused = True
        if is_refused:
            # It was read a moment ago: what is missing is the right to write.
            raise GoogleReadOnlyError(email=self.email)
        return "written"

    def _read_again(self, title: str, number: int, places: Mapping[str, int]) -> tuple[int, Mapping[str, Any]]:
        """Return Google's number of the tab, and what it says of each cell of a row. No other cell is asked for."""
        ranges = [absolute_range_name(title, str(rowcol_to_a1(number, place + 1))) for place in places.values()]
        answer = json_object(
            lambda: self._client.fetch_sheet_metadata(self.key, params={"fields": _FIELDS, "ranges": ranges})
        )
        try:
            (sheet,) = answer["sheets"]
            cells = [_only_cell(area) for area in sheet["data"]]
            return int(sheet["properties"]["sheetId"]), dict(zip(places, cells, strict=True))
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            raise GoogleAnswerError(status="200") from None


def _only_cell(area: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what Google says of the one cell of an area; it leaves out what is blank."""
    rows = area.get("rowData") or [{}]
    values = rows[0].get("values") or [{}]
    return {name: part for name, part in values[0].items() if isinstance(part, dict)}


def _value(cell: Mapping[str, Any]) -> Cell:
    value = cell.get("effectiveValue", {})
    if "errorValue" in value:
        # A failed formula holds nothing that could be compared, and is no value of ours.
        return float("nan")
    found: list[Cell] = [value[kind] for kind in ("stringValue", "numberValue", "boolValue") if kind in value]
    return found[0] if found else None


def _request(place: Mapping[str, int], cell: Cell, now: Mapping[str, Any]) -> Mapping[str, Any]:
    stored = as_stored(cell)
    kind = "stringValue" if isinstance(stored, str) else "boolValue" if isinstance(stored, bool) else "numberValue"
    data: dict[str, Any] = {} if stored is None else {"userEnteredValue": {kind: stored}}
    fields = "userEnteredValue"
    format_type = now.get("userEnteredFormat", {}).get("numberFormat", {}).get("type")
    if type(cell) is date and format_type not in {"DATE", "DATE_TIME"}:
        # Without it people would see the number of the day; a format of theirs stays.
        data["userEnteredFormat"] = {"numberFormat": _DAY_FORMAT}
        fields += ",userEnteredFormat.numberFormat"
    return {"updateCells": {"start": dict(place), "rows": [{"values": [data]}], "fields": fields}}
