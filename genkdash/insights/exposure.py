"""How much time to post did somebody really have? Days of the campaign, with pauses counting for less."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from math import isfinite

from genkdash.sheet.model import CalendarEntry

_LAST_ORDINAL = date.max.toordinal()


class Calendar:
    """The weight of every day for one influencer, or for everybody when `influencer` is None.

    A day weighs 1, or the smallest weight of the pauses that cover it. Events weigh nothing.
    The weight is constant between two edges, so every question is a look-up among the edges, never a walk over days.
    """

    def __init__(self, entries: Iterable[CalendarEntry] = (), influencer: str | None = None) -> None:
        pauses = [
            (entry.start.toordinal(), entry.end.toordinal() + 1, entry.weight)
            for entry in entries
            if entry.kind == "pause" and entry.influencer in {None, influencer} and entry.start <= entry.end
        ]
        self._edges = sorted({1, *(edge for start, stop, _ in pauses for edge in (start, stop))})
        self._weights = [1.0] * len(self._edges)
        for start, stop, weight in pauses:
            for index in range(bisect_left(self._edges, start), bisect_left(self._edges, stop)):
                self._weights[index] = min(self._weights[index], weight)
        self._exposure = [0.0]
        for (start, stop), weight in zip(pairwise(self._edges), self._weights, strict=False):
            self._exposure.append(self._exposure[-1] + weight * (stop - start))

    def weight(self, day: date) -> float:
        """Return what `day` counts for, from 0 to 1."""
        return self._weights[bisect_right(self._edges, day.toordinal()) - 1]

    def between(self, start: date, end: date) -> float:
        """Return E(start, end): the sum of the weights of the days from `start` to `end`, both inclusive, in days.

        0.0 when `end` is before `start`. It never falls when `end` moves forward.
        """
        if end < start:
            return 0.0
        return self._before(end.toordinal() + 1) - self._before(start.toordinal())

    def date_after(self, start: date, exposure: float) -> date | None:
        """Return the first day on which `between(start, day)` is at least `exposure`: the inverse of `between`.

        The day before `start` when nothing is needed; None when it would be beyond the year 9999 or is not finite.
        """
        if not isfinite(exposure):
            return None
        first = start.toordinal() - 1
        if exposure <= 0:
            return date.fromordinal(first) if first >= 1 else None
        before_start = self._before(start.toordinal())
        low, high = first, _LAST_ORDINAL
        if self._before(high + 1) - before_start < exposure:
            return None
        while high - low > 1:
            middle = (low + high) // 2
            if self._before(middle + 1) - before_start < exposure:
                low = middle
            else:
                high = middle
        return date.fromordinal(high)

    def _before(self, ordinal: int) -> float:
        """Return the exposure of all days before `ordinal`."""
        index = bisect_right(self._edges, ordinal) - 1
        return self._exposure[index] + self._weights[index] * (ordinal - self._edges[index])


def calendars(entries: Iterable[CalendarEntry], influencers: Iterable[str]) -> dict[str, Calendar]:
    """Return a calendar for each name; those without a pause of their own share one."""
    pauses = [entry for entry in entries if entry.kind == "pause"]
    shared = [entry for entry in pauses if entry.influencer is None]
    own: dict[str, list[CalendarEntry]] = {}
    for entry in pauses:
        if entry.influencer is not None:
            own.setdefault(entry.influencer, []).append(entry)
    everybody = Calendar(shared)
    return {name: Calendar([*shared, *own[name]], name) if name in own else everybody for name in influencers}
