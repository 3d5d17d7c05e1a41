"""How does the text of a CSV file become rows, whichever program wrote it?

Excel in Belgium writes semicolons in cp1252, Google commas in UTF-8, and Excel's "Unicode text" tabs in UTF-16.
"""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain, islice

from genkdash.sheet.tables import Cell

DELIMITERS = ";,\t"
"""The first one is taken where the text does not tell."""

_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*(\r\n|\r|\n)|[^\r\n]+")
_WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,14}")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SAMPLE_ROWS = 10
_END = "\x00end of file"


class UnclosedQuoteError(ValueError):
    """A quote that opens in the row at `line` (from 1) is never closed: the rows after it are inside it."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def decode_csv(content: bytes) -> str:
    """Return the text of a file: by its mark UTF-16 or UTF-8, else UTF-8, else what Windows in Belgium writes."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def split_csv(text: str) -> list[tuple[Cell, ...]]:
    """Return the rows as a spreadsheet program shows them: blank lines kept, a line break in quotes is no new row.

    Whole numbers become int and ISO days become dates, since a CSV file has no other way to say them;
    all else stays text. A blank cell is None. Excel's line `sep=;` is obeyed and is no row.

    Raises:
        UnclosedQuoteError: a quote is never closed.
    """
    if separator := _SEPARATOR_LINE.match(text):
        rows = _rows(text[separator.end() :], separator[1])
    else:
        rows = _rows(text, _delimiter(text))
    # Equal cells are one value in memory: in a large sheet most cells say what another one said.
    known = _Cells()
    return [tuple([known[text] for text in row]) for row in rows]


class _Cells(dict[str, Cell]):
    """What each text means as a cell, read once."""

    def __missing__(self, text: str) -> Cell:
        cell = self[text] = _cell(text)
        return cell


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(chain(_lines(text), [_END]), delimiter=delimiter)
    line = 1
    try:
        for row in reader:
            if row == [_END]:
                return
            if row and row[-1].endswith(_END):
                raise UnclosedQuoteError(line)
            yield row
            line = reader.line_num + 1
    except csv.Error:  # a cell of more than 131 072 characters: no program writes one, so it is a quote left open
        raise UnclosedQuoteError(line) from None


def _lines(text: str) -> Iterator[str]:
    """Yield the lines with their line breaks, whichever they are, without a second copy of the text."""
    for line in _LINE.finditer(text):
        yield line[0] if line[1] else line[0] + "\n"


def _delimiter(text: str) -> str:
    """Return the delimiter that splits most of the first rows into the same number of cells."""

    def regularity(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(_lines(text), delimiter=delimiter)
        try:
            widths = Counter(len(row) for row in islice(reader, _SAMPLE_ROWS) if len(row) > 1)
        except csv.Error:
            return 0, 0
        return max(((rows, width) for width, rows in widths.items()), default=(0, 0))

    return max(DELIMITERS, key=regularity)


def _cell(text: str) -> Cell:
    if not text:
        return None
    if _WHOLE_NUMBER.fullmatch(text):
        return int(text)
    if _ISO_DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text
