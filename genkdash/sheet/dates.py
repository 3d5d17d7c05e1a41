"""Which calendar day does a cell mean? Never a guess: day first, or not at all."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from genkdash.sheet.cells import Reading, is_blank, is_error, serial_day
from genkdash.sheet.names import fold, tidy

BRUSSELS: Final = ZoneInfo("Europe/Brussels")
FIRST_YEAR = 2000
"""Nothing of the pilot happened before this year."""
LAST_YEAR = 2099
"""A planned day lies in this century; posts are held to two years ahead."""
MONTHS_AHEAD = 24

_MONTHS = (
    ("januari", "jan"),
    ("februari", "feb"),
    ("maart", "mrt", "maa"),
    ("april", "apr"),
    ("mei",),
    ("juni", "jun"),
    ("juli", "jul"),
    ("augustus", "aug"),
    ("september", "sep", "sept"),
    ("oktober", "okt"),
    ("november", "nov"),
    ("december", "dec"),
)
_MONTH_BY_NAME = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}

_TIME = (
    r"(?:[T ](?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r"(?: ?(?P<zone>Z|[+-][0-9]{1,2}(?::?[0-9]{2})?))?)?"
)
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})" + _TIME)
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})(?P<sep>[/.-])(?P<month>[0-9]{1,2})(?P=sep)" + _YEAR + _TIME)
_NAMED = re.compile(r"(?P<day>[0-9]{1,2})[ -](?P<name>[a-z]+)\.?[ -]" + _YEAR + _TIME, re.IGNORECASE)
_LONGEST = 60


def parse_date(cell: object, zone: tzinfo = BRUSSELS) -> Reading[date]:
    """Return the day a cell means, with `text-date`, `bad-date` or `error-cell` where that applies.

    Accepts serials, dates, and text in ISO form (first), day first, or with a Dutch month name; a time may follow.
    A moment with its own offset becomes the day in `zone`. Plausibility is not judged here. Blank is None.
    """
    if is_blank(cell):
        return Reading(None)
    if is_error(cell):
        return Reading(None, "error-cell")
    day: date | None = None
    if isinstance(cell, str):
        day = _text_day(" ".join(unicodedata.normalize("NFKC", tidy(cell)).split()), zone)
        return Reading(day, "bad-date" if day is None else "text-date")
    if isinstance(cell, datetime):
        day = _moment_day(cell, zone)
    elif isinstance(cell, date):
        day = cell
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        day = serial_day(cell)
    return Reading(day, "bad-date" if day is None else None)


@dataclass(frozen=True, slots=True)
class Plausible:
    """The days on which something can have been noted: since 2000, and at most two years ahead of `today`."""

    first: date
    last: date

    @classmethod
    def on(cls, today: date) -> "Plausible":
        """Return the plausible days, seen from `today`."""
        return cls(date(FIRST_YEAR, 1, 1), add_months(today, MONTHS_AHEAD))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def check(self, reading: Reading[date]) -> Reading[date]:
        """Return the reading, or `bad-date` instead of a day that is not plausible."""
        return reading if reading.value is None or reading.value in self else Reading(None, "bad-date")


def is_plannable(day: date) -> bool:
    """Tell whether a setting may name this day. Looser than for posts: a replay of an old day keeps its campaign."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of a month that is too short. Stops at year 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _text_day(text: str, zone: tzinfo) -> date | None:
    if len(text) > _LONGEST:
        return None
    found = _ISO.fullmatch(text) or _DAY_FIRST.fullmatch(text) or _NAMED.fullmatch(text)
    if found is None:
        return None
    parts = found.groupdict()
    month = _MONTH_BY_NAME.get(fold(parts["name"]), 0) if "name" in parts else int(parts["month"])
    try:
        day = date(_full_year(parts["year"]), month, int(parts["day"]))
        if parts["hour"] is None:
            return day
        clock = time(int(parts["hour"]), int(parts["minute"]), int(parts["second"] or 0))
        moment = datetime.combine(day, clock, None if parts["zone"] is None else _offset(parts["zone"]))
    except ValueError:
        return None  # the 31st of February, a 13th month, 25 o'clock
    return _moment_day(moment, zone)


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) == len("2018"):
        return year
    return year + (2000 if year < 70 else 1900)


def _offset(text: str) -> tzinfo:
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = (digits, "0") if len(digits) <= len("02") else (digits[:-2], digits[-2:])
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-ahead if text.startswith("-") else ahead)


def _moment_day(moment: datetime, zone: tzinfo) -> date | None:
    if moment != moment:  # noqa: PLR0124 -- pandas' NaT is a datetime unlike itself
        return None
    try:
        return (moment if moment.tzinfo is None else moment.astimezone(zone)).date()
    except (OverflowError, ValueError):
        return None  # an hour from the ends of the calendar
