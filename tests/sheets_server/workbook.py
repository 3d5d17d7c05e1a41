"""What is in a workbook on disk, as the tabs of a spreadsheet?"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineWorkbook

from sheets_server.cells import Cell, Formatted

if TYPE_CHECKING:
    from pathlib import Path


def tabs_of(path: Path) -> dict[str, list[list[Cell]]]:
    """Every sheet of an .xlsx, .xls or .ods file; row 1 of the sheet is the first row.

    Raises:
        OSError: The file cannot be read.
    """
    with CalamineWorkbook.from_path(path) as workbook:
        return {
            name: [
                [_cell(value) for value in row]
                for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ]
            for name in workbook.sheet_names
        }


def _cell(value: Any) -> Cell:
    """A value of the workbook reader; times of day and durations become fractions of a day."""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date()
    if isinstance(value, dt.time):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return Formatted(seconds / 86400, "HH:mm:ss")
    if isinstance(value, dt.timedelta):
        return Formatted(value / dt.timedelta(days=1), "HH:mm:ss")
    if isinstance(value, float) and value.is_integer():
        return int(value)
    cell: Cell = value
    return cell
