"""How does a row that was kept get into the sheet exactly once? Look first, note that we send, send, note the answer.

Every step is on disk before the next begins, so that a crash between any two of them leaves no doubt that another
look can't settle. Nothing is ever sent without a look at the keys that stand in the sheet at that moment.
"""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from genkdash.outbox.drafts import Value
from genkdash.outbox.entries import Entry
from genkdash.outbox.keys import MARKS, NEEDED_COLUMNS, TAB_BY_KEY, TabKey, row_keys
from genkdash.outbox.outbox import Outbox
from genkdash.sheet.contract import Tab
from genkdash.sheet.errors import (
    GoogleAnswerError,
    GoogleBusyError,
    GoogleMisplacedError,
    SetupError,
    SharingError,
    SourceError,
)

if TYPE_CHECKING:
    from genkdash.sheet.google_append import OpenTab

_LOG = logging.getLogger(__name__)


class Door(Protocol):
    """Where rows go into the sheet: `GoogleAppender`."""

    def look(self, tab: Tab, *, needed: Collection[str], marks: Mapping[str, Collection[Value]]) -> "OpenTab":
        """Return the tab as it is now, and where the marked rows are."""
        ...

    def append(self, opened: "OpenTab", cells: Mapping[str, Value]) -> "OpenTab":
        """Write one row, and return the tab as it is with it."""
        ...


@dataclass(frozen=True, slots=True)
class Delivered:
    """How one round went: how many rows turned out to stand in the sheet, and which are `held`, by key: for how long.

    `error` is what ended the round early, or kept a row from being written; None when all went well.
    """

    count: int = 0
    held: Mapping[str, float] = field(default_factory=dict)
    error: SourceError | None = None


def deliver(  # noqa: PLR0913  what, where to, and what the clock, the network and the server's end have to say
    outbox: Outbox,
    door: Door,
    tab_key: TabKey,
    *,
    utc_now: Callable[[], datetime],
    late: timedelta,
    is_over: Callable[[], bool] = lambda: False,
) -> Delivered:
    """Send what waits for one tab. A request that got no clear answer may still arrive for as long as `late`.

    Until then its row is looked for, but held. No row is begun once `is_over()`. Errors of the sheet are noted with
    the rows, and returned.

    Raises:
        KeepingError: the outbox can't be used; whatever was sent is found by the next look.
    """
    waiting = outbox.unsent(tab_key)
    if not waiting:
        return Delivered()
    # Before the look: what arrives after it has not arrived for us.
    began_at = utc_now()
    marks = {entry.key: [entry.values[name] for name in MARKS[tab_key]] for entry in waiting if entry.is_unclear}
    try:
        opened = door.look(TAB_BY_KEY[tab_key], needed=NEEDED_COLUMNS[tab_key], marks=marks)
    except SourceError as error:
        outbox.mark_failed(waiting, error)
        return Delivered(error=error)
    there = row_keys(tab_key, opened.layout, opened.rows)
    found = [entry for entry in waiting if entry.key in there]
    astray = [entry for entry in waiting if entry.key in opened.astray and entry.key not in there]
    missing = [entry for entry in waiting if entry.key not in {*there, *opened.astray}]
    for entry in found:
        outbox.mark_sent(entry.key)
    for entry in astray:
        # It stands in the sheet, where a person has to move it; another one would be one too many.
        outbox.mark_failed([entry], GoogleMisplacedError(cells=opened.astray[entry.key]), is_unclear=True)
    for entry in missing:
        if entry.is_unclear and entry.tried_at is not None and entry.tried_at > began_at:
            # The clock was set back: count from now, instead of for as long as the clock takes to catch up.
            outbox.mark_sending(entry.key)
    left = {entry.key: _seconds_left(entry, began_at, late) for entry in missing}
    count, failure = _send(outbox, door, opened, [entry for entry in missing if left[entry.key] == 0.0], is_over)
    held = {key: seconds for key, seconds in left.items() if seconds > 0}
    held |= {entry.key: late.total_seconds() for entry in astray}
    return Delivered(len(found) + count, held, failure)


def _send(
    outbox: Outbox, door: Door, opened: "OpenTab", ready: Sequence[Entry], is_over: Callable[[], bool]
) -> tuple[int, SourceError | None]:
    """Write the rows below each other; return how many were, and the last error."""
    count, failure = 0, None
    for at, entry in enumerate(ready):
        if is_over() or not outbox.mark_sending(entry.key):
            continue
        _note_left_out(entry, opened)
        try:
            opened = door.append(opened, entry.values)
        except SourceError as error:
            failure = error
            outbox.mark_failed([entry], error, is_unclear=is_unclear(error))
            if not is_of_one_row(error):
                outbox.mark_failed(ready[at + 1 :], error)
                break
        else:
            outbox.mark_sent(entry.key)
            count += 1
    return count, failure


def is_unclear(error: SourceError) -> bool:
    """Tell whether a request to write that ended so may have done its work all the same."""
    if isinstance(error, GoogleMisplacedError):
        return True
    if isinstance(error, GoogleAnswerError):
        return not _is_refusal(error)
    return not isinstance(error, SetupError | SharingError | GoogleBusyError)


def is_of_one_row(error: SourceError) -> bool:
    """Tell whether this row met the error, and not every row after it would."""
    return isinstance(error, GoogleMisplacedError) or (isinstance(error, GoogleAnswerError) and _is_refusal(error))


def _is_refusal(error: GoogleAnswerError) -> bool:
    return error.detail.get("status", "").startswith("4")


def _seconds_left(entry: Entry, now: datetime, late: timedelta) -> float:
    """Return for how long a request of before may still arrive: 0 where there was none."""
    if not entry.is_unclear or entry.tried_at is None:
        return 0.0
    return max(0.0, min((entry.tried_at + late - now).total_seconds(), late.total_seconds()))


def _note_left_out(entry: Entry, opened: "OpenTab") -> None:
    left_out = sorted(entry.values.keys() - opened.layout.positions.keys())
    if left_out:
        _LOG.warning("the tab of the %s has no column for: %s", entry.tab_key, ", ".join(left_out))
