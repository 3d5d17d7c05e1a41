"""From when to when does the campaign run, to which target, and which day is it there?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from genkdash.sheet.cells import parse_text
from genkdash.sheet.contract import Column, find_setting
from genkdash.sheet.dates import BRUSSELS, add_months
from genkdash.sheet.model import Campaign
from genkdash.sheet.numbers import parse_count
from genkdash.sheet.reading import Entry, Table

MONTHS = 6
TARGET = 12
HIGHEST_TARGET = 10_000
"""More is a typing mistake, and would make the charts draw as many marks."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the Campagne tab says; None where it says nothing that can be read."""

    name: str | None = None
    start: date | None = None
    end: date | None = None
    target: int | None = None
    zone: ZoneInfo = BRUSSELS
    as_of: date | None = None


def parse_settings(table: Table | None) -> Settings:
    """Read the Campagne tab. A key that stands there twice counts the first time; unknown keys are not read."""
    if table is None:
        return Settings()
    entries: dict[str, tuple[Entry, Column]] = {}
    for entry in table.entries():
        setting = find_setting(entry.cells["key"])
        if setting is None:
            continue
        if setting.key in entries:
            table.note("duplicate-header", entry.row, "key", entry.cells["key"], setting=setting)
        else:
            entries[setting.key] = (entry, setting)
    days = {
        key: table.planned_day(entry, "value", setting=setting)
        for key, (entry, setting) in entries.items()
        if setting.is_date
    }
    start, end = days.get("start"), days.get("end")
    if start is not None and end is not None and start > end:
        entry, setting = entries["end"]
        table.note("bad-setting", entry.row, "value", entry.cells["value"], setting=setting)
        end = None
    return Settings(
        name=_name(table, *entries["name"]) if "name" in entries else None,
        start=start,
        end=end,
        target=parse_target(table, entries["target"][0], "value", entries["target"][1])
        if "target" in entries
        else None,
        zone=_zone(table, *entries["timezone"]) if "timezone" in entries else BRUSSELS,
        as_of=days.get("as_of"),
    )


def parse_target(table: Table, entry: Entry, key: str, setting: Column | None = None) -> int | None:
    """Return a target of 1 or more posts, noting one that can't be read; blank is None."""
    target = table.accept(entry, key, parse_count(entry.cells[key]), unreadable="bad-setting", setting=setting)
    if target is None:
        return None
    if not 1 <= target <= HIGHEST_TARGET:
        table.note("bad-setting", entry.row, key, entry.cells[key], setting=setting)
        return None
    return int(target)


def campaign_of(settings: Settings, *, first_post: date | None, book_name: str) -> Campaign:
    """Fill what the settings leave open: from the first post, six months long, twelve posts."""
    start, end = settings.start, settings.end
    if start is None and end is not None:
        start = min(first_post or add_months(end + timedelta(days=1), -MONTHS), end)
    elif start is None:
        start = first_post
    if start is not None and end is None:
        end = add_months(start, MONTHS) - timedelta(days=1)
    return Campaign(
        name=settings.name or " ".join(book_name.split()),
        start=start,
        end=end,
        target=settings.target or TARGET,
        timezone=settings.zone.key,
        as_of=settings.as_of,
    )


def day_of(settings: Settings, now: datetime) -> date:
    """Return the pinned day if there is one, else the day of `now` in the campaign's time zone."""
    return settings.as_of or now.astimezone(settings.zone).date()


def _name(table: Table, entry: Entry, setting: Column) -> str | None:
    return table.accept(entry, "value", parse_text(entry.cells["value"]), setting=setting)


def _zone(table: Table, entry: Entry, setting: Column) -> ZoneInfo:
    name = table.accept(entry, "value", parse_text(entry.cells["value"]), setting=setting)
    if name is None:
        return BRUSSELS
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        # Not a zone, not a name, or the name of a folder of zones.
        table.note("bad-setting", entry.row, "value", entry.cells["value"], setting=setting)
        return BRUSSELS
