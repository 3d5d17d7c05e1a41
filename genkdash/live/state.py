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
_CLOCKS_DIFFER_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class State:
    """The freshness of the picture.

    `kind`: starting (no try has ended), live (the last try went well), late (it did not, or the read is held;
    the picture is at most five minutes old), down (older than that, or there is no picture).
    `age_seconds` and `read_at` (UTC) say when the picture last agreed with the sheet; None without a picture, and no
    age for one that was kept in what is the future by the clock of now.
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


def state_of(
    standing: Standing,
    *,
    now: datetime,
    next_try_seconds: float,
    overdue_seconds: float,
    least_age_seconds: float | None = None,
) -> State:
    """Return the state at `now`. A picture older than `overdue_seconds` is not live, whatever the last try said.

    `least_age_seconds` is how long ago a read of this process last agreed, by a clock that is never set.
    """
    age = _age(standing.good_at, now, least_age_seconds)
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


def _age(good_at: datetime | None, now: datetime, least_age_seconds: float | None) -> float | None:
    """Return the age of the picture in seconds: the higher one where two clocks differ, None where nobody knows."""
    if good_at is None:
        return None
    age = (now - good_at).total_seconds()
    # Kept on disk by a clock that was ahead of ours: a machine without a battery starts in the past.
    if least_age_seconds is None and age < -_CLOCKS_DIFFER_SECONDS:
        return None
    return max(age, least_age_seconds or 0.0)


def _kind(standing: Standing, age: float | None, overdue_seconds: float) -> StateKind:
    if not standing.is_tried:
        return "starting"
    if age is None:
        return "down"
    is_fine = standing.error is None and standing.held is None
    if is_fine and age <= overdue_seconds:
        return "live"
    return "late" if age <= _DOWN_AFTER_SECONDS else "down"
