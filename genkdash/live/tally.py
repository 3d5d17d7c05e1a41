"""What came of the reads so far? How many ended in which way, and how long they took, for who watches the server."""

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

# A sheet is read in well under a second; a read is given up after twenty, and tried twice.
BOUNDS_SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 40.0)
"""Where the buckets of `Tallied.within` end; the last bucket has no end."""


@dataclass(frozen=True, slots=True)
class Tallied:
    """The reads of one process until now.

    `outcomes` counts them by how they ended: `ok`, `held`, or the code of the error. `within` counts those that took
    at most so many seconds, one count for each of `BOUNDS_SECONDS` and one for all. `seconds` is their sum.
    """

    outcomes: Mapping[str, int]
    within: tuple[int, ...]
    seconds: float


class ReadTally:
    """Counts reads. Written by the thread that reads, looked at by any."""

    def __init__(self) -> None:
        self._outcomes: Counter[str] = Counter()
        self._buckets = [0] * (len(BOUNDS_SECONDS) + 1)
        self._seconds = 0.0
        self._lock = threading.Lock()

    def add(self, outcome: str, seconds: float) -> None:
        """Count one read that took `seconds`, from the question until its picture was ready or the error was there."""
        bucket = next((number for number, most in enumerate(BOUNDS_SECONDS) if seconds <= most), len(BOUNDS_SECONDS))
        with self._lock:
            self._outcomes[outcome] += 1
            self._buckets[bucket] += 1
            self._seconds += seconds

    def tallied(self) -> Tallied:
        """Return what was counted so far."""
        with self._lock:
            return Tallied(dict(self._outcomes), tuple(accumulate(self._buckets)), self._seconds)
