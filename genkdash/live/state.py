"""How fresh is what is on screen? One small value that says it all."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from genkdash.live.poller import Standing
from genkdash.live.store import KeepingTrouble
from genkdash.live.suspicion import Suspicion
from genkdash.sheet.errors import SourceError

StateKind: TypeAlias = Literal["starting", "live", "late", "down"]

# Beyond this age a picture that can't be renewed is called down.
_DOWN_AFTER_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class State:
    """The freshness of the picture.

    `kind`: starting (no try has ended), live (the last try went well), late (it did not, or the read is held;
    the picture is at most five minutes old), down (older than that, or there is no picture).
    `age_seconds` and `read_at` (UTC) say when the picture last agreed with the sheet; None without a picture.
    `error` is why the last try failed, `held` why a read is not shown yet, `next_try_seconds` how long until
    the next. `from_disk`: the picture is from before the start and not confirmed since. `notice`: the sentence
    `notice.<notice>` on keeping the sheet on disk.
    """

    kind: StateKind
    revision: int
    age_seconds: float | None
    read_at: datetime | None
    error: SourceError | None
    next_try_seconds: float
    held: Suspicion | None
    from_disk: bool
    notice: KeepingTrouble | None


def state_of(standing: Standing, *, now: datetime, next_try_seconds: float, overdue_seconds: float) -> State:
    """Return the state at `now`. A picture older than `overdue_seconds` is not live, whatever the last try said."""
    age = None if standing.good_at is None else max((now - standing.good_at).total_seconds(), 0.0)
    return State(
        kind=_kind(standing, age, overdue_seconds),
        revision=standing.snapshot.revision if standing.snapshot else 0,
        age_seconds=age,
        read_at=standing.good_at,
        error=standing.error,
        next_try_seconds=next_try_seconds,
        held=standing.held,
        from_disk=standing.is_from_disk,
        notice=standing.notice,
    )


def _kind(standing: Standing, age: float | None, overdue_seconds: float) -> StateKind:
    if not standing.is_tried:
        return "starting"
    if age is None:
        return "down"
    is_fine = standing.error is None and standing.held is None
    if is_fine and age <= overdue_seconds:
        return "live"
    return "late" if age <= _DOWN_AFTER_SECONDS else "down"
