"""Which events, pauses and meetings stand in the sheet?"""

from datetime import date
from typing import Literal, TypeAlias

from genkdash.sheet.cells import is_blank
from genkdash.sheet.dates import Plausible, parse_date
from genkdash.sheet.model import CalendarEntry
from genkdash.sheet.names import fold
from genkdash.sheet.numbers import parse_fraction
from genkdash.sheet.people import Roster
from genkdash.sheet.reading import Entry, Table

PAUSE_WEIGHT = 0.2
"""A day of pause counts for a fifth of a day, unless the sheet says otherwise."""

Kind: TypeAlias = Literal["event", "pause"]
_KINDS: dict[str, Kind] = {"evenement": "event", "event": "event", "pauze": "pause", "pause": "pause"}


def parse_calendar(table: Table, roster: Roster) -> tuple[CalendarEntry, ...]:
    """Read the Kalender tab. A row whose first day, kind or person can't be read is left out, and noted.

    A pause for an unknown name is never a pause for everybody.
    """
    entries = (_calendar_entry(table, entry, roster) for entry in table.entries())
    return tuple(entry for entry in entries if entry is not None)


def _calendar_entry(table: Table, entry: Entry, roster: Roster) -> CalendarEntry | None:
    start = _first_day(table, entry)
    end = table.planned_day(entry, "end")
    kind = _kind(table, entry)
    typed = table.text(entry, "influencer")
    influencer = _influencer(table, entry, typed, roster)
    weight = _weight(table, entry) if kind == "pause" else 1.0
    name = table.text(entry, "name")
    if start is not None and end is not None and end < start:
        table.note("bad-setting", entry.row, "end", entry.cells["end"])
        end = None
    if start is None or kind is None or (typed is not None and influencer is None):
        return None
    return CalendarEntry(start=start, end=end or start, kind=kind, name=name, influencer=influencer, weight=weight)


def _first_day(table: Table, entry: Entry) -> date | None:
    if is_blank(entry.cells["start"]):
        table.note("bad-setting", entry.row, "start", entry.cells["start"])
        return None
    return table.planned_day(entry, "start")


def _kind(table: Table, entry: Entry) -> Kind | None:
    text = table.text(entry, "kind")
    kind = _KINDS.get(fold(text or ""))
    if kind is None and (text is not None or is_blank(entry.cells["kind"])):
        table.note("bad-setting", entry.row, "kind", entry.cells["kind"])
    return kind


def _influencer(table: Table, entry: Entry, typed: str | None, roster: Roster) -> str | None:
    """Return the person a row is about. Without a list of people, somebody who has not posted yet is no mistake."""
    if typed is None:
        return None
    found = roster.find(typed)
    if found is None and roster.is_listed:
        table.note("bad-setting", entry.row, "influencer", entry.cells["influencer"])
        return None
    return found or typed


def _weight(table: Table, entry: Entry) -> float:
    weight = table.accept(entry, "weight", parse_fraction(entry.cells["weight"]), unreadable="bad-setting")
    return PAUSE_WEIGHT if weight is None else weight


def parse_meetings(table: Table, *, plausible: Plausible, cut_off: date | None) -> tuple[date, ...]:
    """Return the days of the team meetings, sorted, each once. After the day `cut_off` there are none."""
    days = set()
    for entry in table.entries():
        reading = parse_date(entry.cells["date"], table.zone)
        if reading.value is not None and cut_off is not None and reading.value > cut_off:
            continue
        day = table.accept(entry, "date", plausible.check(reading))
        if day is not None:
            days.add(day)
    return tuple(sorted(days))
