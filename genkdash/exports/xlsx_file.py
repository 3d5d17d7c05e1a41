"""How do tables become a workbook with real days and numbers, in which no text ever runs as a formula?"""

import re
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from itertools import count

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import Cell as XlsxCell
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from genkdash.exports.cells import Cell, rows_of
from genkdash.i18n import Translator
from genkdash.safe_text import for_spreadsheet

_DAY_FORMAT = "dd/mm/yyyy"
# Excel counts days from 1900 and takes that year for a leap year; an older day stays text
_FIRST_DAY = date(1900, 3, 1)
_TITLE_LETTERS = 31
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
# what XML can't hold; openpyxl refuses the control characters, and half a surrogate pair breaks the file
_NOT_IN_A_CELL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NARROWEST, _WIDEST = 8, 60  # in characters


def xlsx_bytes(sheets: Mapping[str, pd.DataFrame], words: Translator) -> bytes:
    """Return a workbook with a sheet for each title, at least one; the index of a table is left out."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "genkdash"
    for title, table in sheets.items():
        _fill(book.create_sheet(_free_title(title, book)), table, words)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(sheet: Worksheet, table: pd.DataFrame, words: Translator) -> None:
    """Write the headers and the rows: headers bold and always in sight, a filter on each."""
    rows: list[list[Cell]] = [[str(header) for header in table.columns], *rows_of(table, words)]
    for number, row in enumerate(rows, start=1):
        for position, value in enumerate(row, start=1):
            if value not in {None, ""}:
                _write(sheet.cell(number, position), value)
    for position in range(1, len(table.columns) + 1):
        header = sheet.cell(1, position)
        header.font = Font(bold=True)
        header.alignment = Alignment(wrap_text=True, vertical="top")
        widest = max(_width(row[position - 1]) for row in rows[1:]) if rows[1:] else 0
        longest_word = max((len(word) for word in str(rows[0][position - 1]).split()), default=0)
        width = min(max(widest, longest_word + 3, _NARROWEST) + 2, _WIDEST)  # the filter's arrow takes three
        sheet.column_dimensions[get_column_letter(position)].width = width
    sheet.freeze_panes = "A2"
    if len(table.columns):
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(rows)}"


def _write(cell: XlsxCell | MergedCell, value: str | float | date) -> None:
    """Write one value; text is marked as text, whatever it looks like."""
    if isinstance(value, date) and value < _FIRST_DAY:
        value = f"{value.day:02}/{value.month:02}/{value.year:04}"
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, date):
            cell.number_format = _DAY_FORMAT
        return
    text = _NOT_IN_A_CELL.sub("\N{REPLACEMENT CHARACTER}", value)
    cell.value = text
    cell.data_type = "s"
    # so that it stays text for somebody who edits the cell
    cell.quotePrefix = for_spreadsheet(text) != text


def _width(cell: Cell) -> int:
    """Return how many characters a cell shows on its longest line."""
    if isinstance(cell, date):
        return len(_DAY_FORMAT)
    return max(map(len, str("" if cell is None else cell).splitlines()), default=0)


def _free_title(wished: str, book: Workbook) -> str:
    """Return a title that a workbook accepts and that no sheet of `book` has yet."""
    taken = {title.casefold() for title in book.sheetnames}
    tidy = _NOT_IN_A_CELL.sub("", _NOT_IN_A_TITLE.sub(" ", wished)).strip(" '") or "-"
    for number in count(1):
        end = "" if number == 1 else f" {number}"
        title = tidy[: _TITLE_LETTERS - len(end)] + end
        if title.casefold() not in taken:
            break
    return title
