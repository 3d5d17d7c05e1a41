"""What does one cell show, and is there anything in it?"""

import math
from datetime import date, datetime, timedelta
from typing import Generic, NamedTuple, TypeVar

from genkdash.sheet.names import tidy

SHOWN_LETTERS = 200
"""A shown value is cut off after this many letters: it stands in a table, next to a link into the cell."""

EPOCH = date(1899, 12, 30)
_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#ERROR!")
_LOADING_LETTERS = frozenset("lL")
_LAST_SERIAL = (date.max - EPOCH).days
_DAY_SECONDS = 86_400
# Python refuses to write out whole numbers of more than 4300 digits; no cell holds one of more than 300.
_HUGE = 10**300

Value_co = TypeVar("Value_co", covariant=True)


class Reading(NamedTuple, Generic[Value_co]):
    """What was read from a cell, None when unknown, and the issue code it deserves, None when all is well."""

    value: Value_co | None
    code: str | None = None


def is_blank(cell: object) -> bool:
    """Tell whether a person sees nothing in the cell."""
    return cell is None or (isinstance(cell, str) and not tidy(cell))


def is_error(cell: object) -> bool:
    """Tell whether a formula failed in the cell, or is still being worked out."""
    if not isinstance(cell, str):
        return False
    text = cell.strip()
    # The first letter tells for nearly every cell.
    if text[:1] == "#":
        return text.startswith(_ERRORS)
    return text[:1] in _LOADING_LETTERS and text.casefold() in {"loading...", "loading…"}


def serial_day(serial: float) -> date | None:
    """Return the day of a serial: days since 1899-12-30, rounded to whole seconds, floored to the day."""
    if not 0 <= serial < _LAST_SERIAL:
        return None
    return EPOCH + timedelta(days=round(serial * _DAY_SECONDS) // _DAY_SECONDS)


def parse_text(cell: object) -> Reading[str]:
    """Return the cell as text: trimmed, whole numbers without a decimal point. Blank is None."""
    if is_error(cell):
        return Reading(None, "error-cell")
    if isinstance(cell, str):
        return Reading(tidy(cell) or None)
    return Reading(None if cell is None else _plain(cell))


def shown(cell: object, *, is_date: bool = False) -> str | None:
    """Return what the cell shows, at most 200 letters; a serial in a date column as an ISO date; blank is None."""
    if is_blank(cell):
        return None
    if is_date and isinstance(cell, int | float) and not isinstance(cell, bool):
        day = serial_day(cell)
        return _plain(cell) if day is None else day.isoformat()
    text = _plain(cell)
    return text if len(text) <= SHOWN_LETTERS else text[: SHOWN_LETTERS - 1] + "…"


def _plain(cell: object) -> str:
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return str(cell) if isinstance(cell, int) and -_HUGE < cell < _HUGE else format(_as_float(cell), ".15g")
    if isinstance(cell, datetime) and cell == cell:  # noqa: PLR0124 -- pandas' NaT is a datetime unlike itself
        has_time = (cell.hour, cell.minute, cell.second) != (0, 0, 0)
        return cell.isoformat(" ", "seconds")[: len("2018-03-05 14:30:00")] if has_time else cell.date().isoformat()
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return cell.isoformat()
    # Anything else is no cell of ours; its own text could be anything, or fail.
    return f"<{type(cell).__name__}>"


def _as_float(number: float) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf
