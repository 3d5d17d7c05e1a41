"""What does a cell look like on the screen (`FORMATTED_VALUE`)?"""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import TYPE_CHECKING

from sheets_server.cells import Cell, Formatted, Formula, json_number, moment_of, serial_of

if TYPE_CHECKING:
    from sheets_server.locales import Locale

TOKEN = re.compile(r"yyyy|yy|MMMM|MMM|MM|M|dd|d|HH|H|mm|ss|.", re.DOTALL)
GENERAL_DIGITS = 10
LARGEST_PLAIN = 1e15


def formatted(cell: Cell, locale: Locale) -> str:
    """The cell as the spreadsheet shows it in its locale; "" for a blank."""
    if isinstance(cell, Formula):
        return formatted(cell.value, locale)
    if isinstance(cell, dt.date):
        clock = " H:mm:ss" if isinstance(cell, dt.datetime) else ""
        cell = Formatted(serial_of(cell), locale.date + clock)
    if isinstance(cell, Formatted):
        return with_pattern(cell.number, cell.pattern, locale)
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, bool):
        return locale.true if cell else locale.false
    return general(cell, locale)


def general(number: float, locale: Locale) -> str:
    """A number without a format of its own: up to ten significant digits after a decimal sign, no grouping."""
    plain = json_number(number)
    if isinstance(plain, str):
        return plain
    if isinstance(plain, int) and abs(plain) < LARGEST_PLAIN:
        return str(plain)
    if abs(plain) >= LARGEST_PLAIN:
        text = f"{plain:.5E}"
        mantissa, _, exponent = text.partition("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}".replace(".", locale.decimal)
    places = max(0, GENERAL_DIGITS - max(0, math.floor(math.log10(abs(plain))) + 1))
    return f"{plain:.{places}f}".rstrip("0").rstrip(".").replace(".", locale.decimal)


def with_pattern(number: float, pattern: str, locale: Locale) -> str:
    """A number in a date, percentage, currency or grouped pattern."""
    if "#" in pattern or "0" in pattern:
        return _number_pattern(number, pattern, locale)
    moment = moment_of(number)
    parts = {
        "yyyy": f"{moment.year:04d}",
        "yy": f"{moment.year % 100:02d}",
        "MMMM": locale.months[moment.month - 1],
        "MMM": locale.months_short[moment.month - 1],
        "MM": f"{moment.month:02d}",
        "M": str(moment.month),
        "dd": f"{moment.day:02d}",
        "d": str(moment.day),
        "HH": f"{moment.hour:02d}",
        "H": str(moment.hour),
        "mm": f"{moment.minute:02d}",
        "ss": f"{moment.second:02d}",
    }
    return "".join(parts.get(token, token) for token in TOKEN.findall(pattern))


def _number_pattern(number: float, pattern: str, locale: Locale) -> str:
    """Patterns are written the English way, as the API does: `#,##0.00`, `0.0%`, `€ #,##0.00`."""
    match = re.search(r"[#0][#0,.]*", pattern)
    if match is None:
        return general(number, locale)
    core = match[0]
    percent = "%" in pattern
    places = len(core.partition(".")[2])
    shown = f"{number * (100 if percent else 1):{',' if ',' in core else ''}.{places}f}"
    shown = shown.replace(",", "\0").replace(".", locale.decimal).replace("\0", locale.group)
    return pattern[: match.start()] + shown + pattern[match.end() :]
