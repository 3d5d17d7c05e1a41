"""What becomes of a value that somebody types (`USER_ENTERED`), or that a program writes as it is (`RAW`)?

Typing is read by the locale: "1,5" is one and a half in nl_BE and text in en_US, "3/4/2018" is the third of April
or the fourth of March. A typed date keeps the form in which it was typed.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from sheets_server.cells import Cell, Formatted, Formula, Plain, serial_of
from sheets_server.formulas import evaluated

if TYPE_CHECKING:
    from collections.abc import Callable

    from sheets_server.locales import Locale

ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
SHORT = re.compile(r"(\d{1,2})([-/])(\d{1,2})")
NAMED = re.compile(r"(\d{1,2})[ -]([^\W\d]+\.?)[ -](\d{4})")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
CURRENCIES = "€$£"


def raw(value: Plain | None) -> Cell:
    """The value as it was sent: a text stays text, whatever it looks like."""
    return value


def typed(
    value: Plain | None,
    locale: Locale,
    *,
    this_year: int,
    look_up: Callable[[str], Cell] | None = None,
) -> Cell:
    """The cell that comes of typing the value.

    Args:
        value: What is typed.
        locale: Decides how numbers and dates are read.
        this_year: The year of a date typed without one.
        look_up: Gives the cell that a reference in a formula means.
    """
    if not isinstance(value, str) or not value.strip():
        return value
    if value.startswith("'"):
        return value[1:]
    if value.startswith("=") and len(value) > 1:
        return Formula(value, evaluated(value[1:], locale, look_up))
    text = value.strip()
    if text.upper() in {"TRUE", "FALSE", locale.true, locale.false}:
        return text.upper() in {"TRUE", locale.true}
    readings = (_number(text, locale), _moment(text, locale, this_year))
    return next((reading for reading in readings if reading is not None), value)


def _number(text: str, locale: Locale) -> float | Formatted | None:
    group, decimal = re.escape(locale.group), re.escape(locale.decimal)
    shape = re.compile(
        rf"(?P<sign>[-+]?)\s*(?P<currency>[{CURRENCIES}]?)\s*"
        rf"(?P<whole>\d{{1,3}}(?:{group}\d{{3}})+|\d+|(?={decimal}\d))(?:{decimal}(?P<fraction>\d*))?"
        rf"(?P<power>[eE][-+]?\d+)?\s*(?P<after>%|[{CURRENCIES}]?)"
    )
    match = shape.fullmatch(text)
    if match is None:
        return None
    whole, fraction = match["whole"], match["fraction"] or ""
    number = float(f"{match['sign']}{whole.replace(locale.group, '') or '0'}.{fraction or '0'}{match['power'] or ''}")
    digits = "#,##0" if locale.group in whole else "0"
    places = f".{'0' * len(fraction)}" if fraction else ""
    if match["after"] == "%":
        return Formatted(number / 100, f"{digits}{places}%")
    if match["currency"]:
        return Formatted(number, f"{match['currency']}{'' if locale.code == 'en_US' else ' '}#,##0{places}")
    if match["after"]:
        return Formatted(number, f"#,##0{places} {match['after']}")
    return Formatted(number, digits + places) if locale.group in whole else number


def _moment(text: str, locale: Locale, this_year: int) -> Formatted | None:
    day_text, _, clock_text = text.rpartition(" ") if ":" in text else (text, "", "")
    day = _day(day_text, locale, this_year) if day_text else Formatted(0, "")
    if day is None or not clock_text:
        return day
    clock = CLOCK.fullmatch(clock_text)
    if clock is None:
        return None
    hours, minutes, seconds = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    if hours > 23 or minutes > 59 or seconds > 59:
        return None
    pattern = ("HH" if len(clock[1]) == 2 else "H") + ":mm" + (":ss" if clock[3] else "")
    number = day.number + (hours * 3600 + minutes * 60 + seconds) / 86400
    return Formatted(number, f"{day.pattern} {pattern}".strip())


def _day(text: str, locale: Locale, this_year: int) -> Formatted | None:
    if match := ISO.fullmatch(text):
        pattern = match[2].join(("yyyy", _width("M", match[3]), _width("d", match[4])))
        return _dated(int(match[1]), int(match[3]), int(match[4]), pattern)
    if match := NUMERIC.fullmatch(text):
        letters = ("d", "M") if locale.is_day_first else ("M", "d")
        numbers = dict(zip(letters, (int(match[1]), int(match[3])), strict=True))
        year = int(match[4]) if len(match[4]) == 4 else 2000 + int(match[4]) - (100 if int(match[4]) > 69 else 0)
        years = "yyyy" if len(match[4]) == 4 else "yy"
        pattern = match[2].join((_width(letters[0], match[1]), _width(letters[1], match[3]), years))
        return _dated(year, numbers["M"], numbers["d"], pattern)
    if match := SHORT.fullmatch(text):
        letters = ("d", "M") if locale.is_day_first else ("M", "d")
        numbers = dict(zip(letters, (int(match[1]), int(match[3])), strict=True))
        pattern = match[2].join((_width(letters[0], match[1]), _width(letters[1], match[3])))
        return _dated(this_year, numbers["M"], numbers["d"], pattern)
    if match := NAMED.fullmatch(text):
        return _named(match, locale)
    return None


def _named(match: re.Match[str], locale: Locale) -> Formatted | None:
    name = match[2].casefold().rstrip(".")
    for pattern, names in (("MMMM", locale.months), ("MMM", locale.months_short)):
        for month, known in enumerate(names, start=1):
            if known.casefold().rstrip(".") == name:
                return _dated(int(match[3]), month, int(match[1]), f"d {pattern} yyyy")
    return None


def _width(letter: str, digits: str) -> str:
    return letter * 2 if digits.startswith("0") else letter


def _dated(year: int, month: int, day: int, pattern: str) -> Formatted | None:
    try:
        return Formatted(serial_of(dt.date(year, month, day)), pattern)
    except ValueError:
        return None
