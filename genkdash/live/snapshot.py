"""What did the sheet say at one read, and what does that mean today? An immutable, numbered picture."""

import threading
from dataclasses import dataclass, field
from datetime import date, datetime

from genkdash.sheet.invited import parse_invited
from genkdash.sheet.model import Invited, Sheet
from genkdash.sheet.parse import campaign_day, parse
from genkdash.sheet.tables import RawBook

# Around midnight two days are asked for by turns; more is waste.
_DAYS_KEPT = 2


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Snapshot:
    """One revision of the sheet. `revision` counts from 1 in this process; `read_at` is UTC.

    Every viewer shares it: nothing in it may be changed.
    """

    revision: int
    book: RawBook = field(repr=False)
    content_hash: str
    read_at: datetime
    _sheets: dict[date, Sheet] = field(default_factory=dict, init=False, repr=False, compare=False)
    _invited: dict[date, tuple[Invited, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _days: dict[int, date] = field(default_factory=dict, init=False, repr=False, compare=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False, compare=False)

    def day(self, now: datetime) -> date:
        """Return the day the numbers are of: Peildatum, or today in the campaign's time zone. `now` has a zone."""
        # A day begins on a whole minute in every time zone, so one answer holds for a minute of everybody's asking.
        minute = int(now.timestamp() // 60)
        with self._lock:
            day = self._days.get(minute)
            if day is None:
                day = campaign_day(self.book, now)
                self._days.clear()
                self._days[minute] = day
            return day

    def sheet(self, now: datetime) -> Sheet:
        """Return the sheet as it is to be understood on `day(now)`, parsed once however many ask."""
        day = self.day(now)
        with self._lock:
            sheet = self._sheets.get(day)
            if sheet is None:
                sheet = parse(self.book, today=day)
                while len(self._sheets) >= _DAYS_KEPT:
                    del self._sheets[next(iter(self._sheets))]
                self._sheets[day] = sheet
            return sheet

    def invited(self, now: datetime) -> tuple[Invited, ...]:
        """Return who may sign in as an influencer of `sheet(now)`, looked up once however many ask."""
        day, sheet = self.day(now), self.sheet(now)
        with self._lock:
            invited = self._invited.get(day)
            if invited is None:
                invited = parse_invited(self.book, sheet)
                self._invited.clear()
                self._invited[day] = invited
            return invited
