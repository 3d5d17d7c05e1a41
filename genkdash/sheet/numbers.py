"""Which number does a cell mean? Belgian form, with "k" and "mln" as people copy them from their phone."""

import re
import unicodedata
from decimal import Decimal

from genkdash.sheet.cells import Reading, is_blank, is_error
from genkdash.sheet.names import tidy

LARGEST = 2**53
"""Beyond this a float no longer tells two whole numbers apart; no post has as many likes."""

_UNKNOWN = frozenset({"-", "n.v.t.", "nvt", "n/a", "?"})
_SCALES = {"k": 1000, "mln": 1_000_000, "mln.": 1_000_000}
_WHOLE = r"(?:(?P<lead>[0-9]{1,3})(?P<sep>[. ])(?P<groups>[0-9]{3}(?:(?P=sep)[0-9]{3})*)|(?P<digits>[0-9]+))"
_BELGIAN = re.compile(_WHOLE + r"(?:,(?P<fraction>[0-9]+))?")
_POINT = re.compile(r"[0-9]+\.[0-9]+")
_SCALED = re.compile(r"(?P<number>.+?) ?(?P<scale>k|mln\.?)")
# "1.234k" is 1,2 thousand on an English phone and 1,2 million in Belgian form: not known.
_AMBIGUOUS = re.compile(r"[0-9]{1,3}\.[0-9]{3}")
_LONGEST = 40


def parse_count(cell: object) -> Reading[float]:
    """Return a whole number, 0 or more, with `text-number`, `bad-number` or `error-cell` where that applies.

    Blank, "-", "n.v.t.", "n/a" and "?" are unknown: None without a code.
    """
    reading = _parse(cell)
    value = reading.value
    if value is None:
        return Reading(None, reading.code)
    if not 0 <= value <= LARGEST or value != value.to_integral_value():
        return Reading(None, "bad-number")
    return Reading(float(value), reading.code)


def parse_fraction(cell: object) -> Reading[float]:
    """Return a number from 0 to 1, such as a weight: "0,2", "0.2" or a number cell. Codes as in `parse_count`."""
    reading = _parse(cell)
    if reading.code == "bad-number" and isinstance(cell, str) and _POINT.fullmatch(cell.strip()[:_LONGEST]):
        reading = Reading(Decimal(cell.strip()[:_LONGEST]), "text-number")
    if reading.value is None:
        return Reading(None, reading.code)
    if not 0 <= reading.value <= 1:
        return Reading(None, "bad-number")
    return Reading(float(reading.value), reading.code)


def _parse(cell: object) -> Reading[Decimal]:
    if is_blank(cell):
        return Reading(None)
    if is_error(cell):
        return Reading(None, "error-cell")
    if isinstance(cell, str):
        text = " ".join(unicodedata.normalize("NFKC", tidy(cell)).casefold().split())
        if text in _UNKNOWN:
            return Reading(None)
        number = _text_number(text) if len(text) <= _LONGEST else None
        return Reading(number, "bad-number" if number is None else "text-number")
    number = _cell_number(cell)
    return Reading(number, "bad-number" if number is None else None)


def _cell_number(cell: object) -> Decimal | None:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    # Not converted first: a whole number may have thousands of digits.
    return Decimal(cell) if -LARGEST <= cell <= LARGEST else None


def _text_number(text: str) -> Decimal | None:
    scaled = _SCALED.fullmatch(text)
    if scaled is None:
        return _belgian(text)
    number = scaled["number"]
    if _AMBIGUOUS.fullmatch(number):
        return None
    mantissa = Decimal(number) if _POINT.fullmatch(number) else _belgian(number)
    return None if mantissa is None else mantissa * _SCALES[scaled["scale"]]


def _belgian(text: str) -> Decimal | None:
    found = _BELGIAN.fullmatch(text)
    if found is None:
        return None
    whole = found["digits"] or found["lead"] + re.sub("[. ]", "", found["groups"])
    return Decimal(f"{whole}.{found['fraction'] or 0}")
