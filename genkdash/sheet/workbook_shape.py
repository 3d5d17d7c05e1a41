"""Which rows of a workbook (.xlsx) are hidden or filtered, which cells merged, and where do formulas stand?"""

from pathlib import Path
from zipfile import BadZipFile

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from genkdash.sheet.shape import TabShape, shape_of
from genkdash.sheet.tables import RawBook, RawTab


def read_shapes(path: Path, book: RawBook) -> tuple[TabShape, ...]:
    """Return the shape of each tab of `book`, which was just read from `path`, so that its size is known to be safe.

    An .ods is not looked at, nor is a workbook in a form that openpyxl does not know: nothing for them.
    """
    if path.suffix.casefold() not in {".xlsx", ".xlsm"}:
        return ()
    try:
        found = openpyxl.load_workbook(path, keep_links=False)
        sheets = {sheet.title: sheet for sheet in found.worksheets}
        return tuple(_shape(tab, sheets[tab.title]) for tab in book.tabs if tab.title in sheets)
    except (OSError, BadZipFile, KeyError, TypeError, ValueError, AttributeError):
        return ()


def _shape(tab: RawTab, sheet: Worksheet) -> TabShape:
    hidden = [number - 1 for number, row in sheet.row_dimensions.items() if number is not None and row.hidden]
    is_filtered = bool(sheet.auto_filter.ref)
    return shape_of(
        tab,
        hidden=() if is_filtered else hidden,
        # The file does not tell rows that a filter hides from those that somebody hid.
        filtered=hidden if is_filtered else (),
        merged=[(area.min_row - 1, area.min_col - 1, area.max_row, area.max_col) for area in sheet.merged_cells.ranges],
        formulas=[
            (row, column)
            for row, cells in enumerate(sheet.iter_rows())
            for column, cell in enumerate(cells)
            if cell.data_type == "f"
        ],
    )
