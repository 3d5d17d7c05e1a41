"""How does a table become a CSV file that a Belgian Excel opens right with one double click, and LibreOffice too?

A byte order mark, semicolons, decimal commas and days as 20/08/2018, in English too: it is the computer's settings
that read them, not the language of the screen. No text is left that a spreadsheet would take for a formula.
"""

import csv
from datetime import date
from io import StringIO

import pandas as pd

from genkdash.exports.cells import DECIMALS, Cell, rows_of
from genkdash.i18n import Translator
from genkdash.safe_text import for_spreadsheet


def csv_bytes(table: pd.DataFrame, words: Translator) -> bytes:
    """Return `table` as a CSV file in UTF-8, below a row of headers, without its index; unknown is an empty cell."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_written(str(header)) for header in table.columns])
    writer.writerows([_written(cell) for cell in row] for row in rows_of(table, words))
    # half a surrogate pair, which a sheet can hold, has no place in UTF-8
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _written(cell: Cell) -> str:
    """Return a cell as the spreadsheet reads it back."""
    match cell:
        case None:
            return ""
        case str():
            return for_spreadsheet(cell)
        case date():
            return f"{cell.day:02}/{cell.month:02}/{cell.year:04}"
        case float():
            return f"{cell:.{DECIMALS}f}".rstrip("0").rstrip(".").replace(".", ",")
        case _:
            return str(cell)
