"""What can stand in a cell?

A blank (None or ""), a boolean, a number, a text, or one of the two forms below. Days may also be given as
`datetime.date` or `datetime.datetime`.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any, TypeAlias

EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a cell holds a wall-clock time without a zone


@dataclass(frozen=True)
class Formatted:
    """A number with a display pattern of its own, such as a date typed as 2020-01-01 (`yyyy-MM-dd`)."""

    number: float
    pattern: str


@dataclass(frozen=True)
class Formula:
    """A formula as typed, with the value that it has."""

    text: str
    value: Plain | None


Plain: TypeAlias = "bool | float | str"
Cell: TypeAlias = "bool | float | str | dt.date | Formatted | Formula | None"


def is_blank(cell: Cell) -> bool:
    """Whether Google would leave the cell out at the end of a row."""
    return cell is None or (isinstance(cell, str) and cell == "")


def serial_of(moment: dt.date) -> float:
    """Days since 1899-12-30, the time of day as a fraction."""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001 - see EPOCH
    return (moment.replace(tzinfo=None) - EPOCH) / dt.timedelta(days=1)


def moment_of(serial: float) -> dt.datetime:
    """The wall-clock time of a serial, rounded to whole seconds."""
    return EPOCH + dt.timedelta(seconds=round(serial * 86400))


def is_dated(cell: Cell) -> bool:
    """Whether the cell holds a number that is shown as a date or a time."""
    if isinstance(cell, Formatted):
        return any(letter in cell.pattern for letter in "yMdHms") and "%" not in cell.pattern
    return isinstance(cell, dt.date)


def plain_value(cell: Cell) -> Plain:
    """The value without its form: dates as serials, whole numbers without a fraction, blanks as ""."""
    if isinstance(cell, Formula):
        return plain_value(cell.value)
    if isinstance(cell, Formatted):
        return json_number(cell.number)
    if isinstance(cell, dt.date):
        return json_number(serial_of(cell))
    if cell is None:
        return ""
    if isinstance(cell, bool | str):
        return cell
    return json_number(cell)


def json_number(number: float) -> float | str:
    """A number as Google sends it: 2, not 2.0; no cell holds an infinity."""
    if not math.isfinite(number):
        return "#NUM!"
    return int(number) if float(number).is_integer() else float(number)


def sent_value(value: Any) -> Plain | None:
    """A value of a request body, as it was sent.

    Raises:
        TypeError: The value is a list or an object.
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"no cell value: {value!r}")
