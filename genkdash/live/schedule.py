"""When is the sheet read next? Start to start while all is well; later and later, with jitter, while it is not."""

from dataclasses import dataclass, replace

# A watched page recovers within five seconds of Google, its own read included: no more requests than while all is well.
# An unwatched one does so within a minute.
_WATCHED_RETRY_CAP_SECONDS = 4.5
_IDLE_RETRY_CAP_SECONDS = 60.0
# A file is on this machine: trying it often costs nobody anything.
_FILE_CHECK_SECONDS = 1.0
_FILE_RETRY_CAP_SECONDS = 2.0
# The part of a back-off that is drawn by lot, so that several dashboards do not knock together.
_JITTER = 0.25


@dataclass(frozen=True, slots=True)
class Schedule:
    """Times in seconds of one monotonic clock. `is_file`: a look at the file is enough to see a change.

    `failures` counts tries in a row that failed. Before `not_before` nobody may ask (Google said so).
    """

    watched_seconds: float
    idle_seconds: float
    is_file: bool = False
    is_held: bool = False
    started_at: float | None = None
    ended_at: float = 0.0
    failures: int = 0
    not_before: float = 0.0
    lot: float = 0.0

    def after_success(self, *, started_at: float, ended_at: float, is_file: bool, is_held: bool) -> "Schedule":
        """Return the schedule once a read (or a look at the file) went well. A held read went well too."""
        return replace(
            self,
            started_at=started_at,
            ended_at=ended_at,
            is_file=is_file,
            is_held=is_held,
            failures=0,
            not_before=0.0,
        )

    def after_failure(
        self, *, started_at: float, ended_at: float, is_file: bool, retry_after: float | None, lot: float
    ) -> "Schedule":
        """Return the schedule once a read failed. `lot` is drawn from 0 to 1, `retry_after` is Google's wish."""
        return replace(
            self,
            started_at=started_at,
            ended_at=ended_at,
            is_file=is_file,
            failures=self.failures + 1,
            not_before=ended_at + retry_after if retry_after is not None else 0.0,
            lot=lot,
        )

    def due_at(self, *, is_watched: bool) -> float | None:
        """Return when to read next, or None for at once."""
        if self.started_at is None:
            return None
        if self.failures == 0:
            return self.started_at + self._interval(is_watched=is_watched)
        # From the end of the try: one that took twenty seconds is not repeated at once.
        return max(self.ended_at + self._back_off(is_watched=is_watched), self.not_before)

    def _interval(self, *, is_watched: bool) -> float:
        if not is_watched:
            return self.idle_seconds
        # A held read is looked at again at the pace of a read, so that a person has time to undo.
        return _FILE_CHECK_SECONDS if self.is_file and not self.is_held else self.watched_seconds

    def _back_off(self, *, is_watched: bool) -> float:
        first = _FILE_CHECK_SECONDS if self.is_file else self.watched_seconds
        if not is_watched:
            cap = _IDLE_RETRY_CAP_SECONDS
        else:
            cap = _FILE_RETRY_CAP_SECONDS if self.is_file else _WATCHED_RETRY_CAP_SECONDS
        doublings = min(self.failures - 1, 10)
        return min(first * 2.0**doublings, cap) * (1 - _JITTER * self.lot)
