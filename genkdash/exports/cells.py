"""What is a value of a table, as a spreadsheet knows values: text, a number, a day, or nothing?"""

from collections.abc import Iterator
from datetime import date, datetime
from math import isfinite
from numbers import Integral, Real
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from genkdash.i18n import Translator

Cell: TypeAlias = str | int | float | date | None

# enough to sort by and to add up; a spreadsheet shows what fits
DECIMALS = 4


def rows_of(table: pd.DataFrame, words: Translator) -> Iterator[list[Cell]]:
    """Yield the rows of `table` as cells, without its index."""
    columns = [[as_cell(value, words) for value in column] for _, column in table.items()]
    yield from (list(row) for row in zip(*columns, strict=True))


def as_cell(value: Any, words: Translator) -> Cell:
    """Return what is known of a value: missing and not finite are None, "ja" or "nee" for a bool, a list as text."""
    known: Cell = None
    match value:
        case str():
            known = str(value)
        case bool() | np.bool_():
            known = words("export.yes") if value else words("export.no")
        case tuple() | list():
            known = ", ".join(str(part) for part in value)
        case _ if pd.isna(value):
            known = None
        case datetime():
            known = value.date()
        case date():
            known = value
        case Integral():
            known = int(value)
        case Real():
            known = _number(float(value))
        case _:
            known = str(value)
    return known


def _number(value: float) -> float | None:
    """Return a number with the decimals that a file keeps; adding 0.0 takes the sign from -0."""
    return round(value, DECIMALS) + 0.0 if isfinite(value) else None
