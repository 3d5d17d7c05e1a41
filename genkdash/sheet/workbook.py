"""How is a workbook (.xlsx, .ods) read? Whole or not at all, and only the tabs and columns of the contract."""

import math
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import TypeAlias
from xml.etree.ElementTree import ParseError

import python_calamine as calamine

from genkdash.sheet.columns import redact
from genkdash.sheet.contract import find_tab
from genkdash.sheet.errors import TabTooLargeError, WorkbookDamagedError, WorkbookProtectedError
from genkdash.sheet.files import read_whole, stamp
from genkdash.sheet.tables import Cell, RawBook, RawTab, SourceKind
from genkdash.sheet.workbook_parts import Parts, open_parts
from genkdash.sheet.xlsx_parts import MAX_CELLS

_Found: TypeAlias = int | float | str | bool | time | date | datetime | timedelta

_MAX_WHOLE = 2**53
"""Above this a float no longer counts in ones, so it stays a float."""


class Workbook:
    """A spreadsheet in one file. It is read anew at every `read`, so saving it is enough to see it."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)

    @property
    def kind(self) -> SourceKind:
        """Say that this is a workbook."""
        return "workbook"

    def read(self) -> RawBook:
        """Return the tabs of the contract, with every cell at its own row and column.

        A cell that holds an error comes out as the text it shows ("#REF!"), a time or a duration as text,
        a blank as None. Hidden rows and tabs are read; a merged cell has its value at its top left.

        Raises:
            SourceError: it is missing, damaged, being saved, protected, too large, or not ours to read.
        """
        content = read_whole(self.path)
        parts = open_parts(content, self.path.name)
        try:
            with calamine.CalamineWorkbook.from_filelike(BytesIO(content)) as book:
                tabs = [_read_tab(book, parts, sheet.name) for sheet in book.sheets_metadata if _is_wanted(sheet)]
        except calamine.PasswordError as error:
            raise WorkbookProtectedError(file=self.path.name) from error
        except (calamine.CalamineError, ParseError, LookupError, ValueError) as error:
            raise WorkbookDamagedError(file=self.path.name) from error
        return RawBook(kind=self.kind, name=self.path.stem, tabs=tuple(map(redact, tabs)))

    def fingerprint(self) -> object:
        """Return the file's time, size and inode, or a word where there is none."""
        return stamp(self.path)


def _is_wanted(sheet: calamine.SheetMetadata) -> bool:
    return sheet.typ is calamine.SheetTypeEnum.WorkSheet and find_tab(sheet.name) is not None


def _read_tab(book: calamine.CalamineWorkbook, parts: Parts, title: str) -> RawTab:
    parts.check_extent(title)
    sheet = book.get_sheet_by_name(title)
    if sheet.total_height * sheet.total_width > MAX_CELLS:
        raise TabTooLargeError(tab=title, rows=str(sheet.total_height), columns=str(sheet.total_width))
    rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for row, column, text in parts.error_cells(title):
        if row >= len(rows):
            break
        if column < len(rows[row]):
            rows[row][column] = text
    return RawTab(title=title, rows=rows)


def _cell(value: _Found) -> Cell:
    """Return a value as the contract knows it: whole floats as int, a time of day and a duration as text."""
    match value:
        case "":
            return None
        case float() if math.isfinite(value) and value.is_integer() and abs(value) < _MAX_WHOLE:
            return int(value)
        case time():
            return value.isoformat()
        case timedelta():
            minutes, seconds = divmod(int(value.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
        case _:
            return value
