"""Has this user any requests left this minute?

A token bucket a user, one for reads and one for writes, of sixty requests that fills again by one a second. Off
unless asked for, so that tests of other things do not meet it.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from sheets_server import errors

if TYPE_CHECKING:
    from collections.abc import Callable


class Quota:
    """Sixty reads and sixty writes a minute for each user, as Google allows by default.

    Attributes:
        limit: Requests a minute, and how many can be saved up.
        is_on: Whether requests are counted at all.
        clock: Seconds, from any beginning, that never run back.
    """

    def __init__(self, limit: int = 60, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self.clock = clock
        self.is_on = False
        self._levels: dict[tuple[str, str], tuple[float, float]] = {}
        self._lock = threading.Lock()

    def start(self, limit: int | None = None, clock: Callable[[], float] | None = None) -> None:
        """Count from now on, from full buckets."""
        with self._lock:
            self.limit = self.limit if limit is None else limit
            self.clock = self.clock if clock is None else clock
            self._levels.clear()
            self.is_on = True

    def stop(self) -> None:
        """Count no longer."""
        self.is_on = False

    def left(self, user: str, kind: str = "read") -> float:
        """Requests that the user could make at once, now."""
        with self._lock:
            return self._level(user, kind)

    def spend(self, user: str, kind: str) -> None:
        """Take one request from the user's bucket.

        Raises:
            errors.Refusal: 429 when it is empty; a refused request costs nothing.
        """
        if not self.is_on:
            return
        with self._lock:
            level = self._level(user, kind)
            if level < 1:
                raise errors.quota_exceeded(kind, self.limit)
            self._levels[user, kind] = (level - 1, self.clock())

    def _level(self, user: str, kind: str) -> float:
        level, at = self._levels.get((user, kind), (float(self.limit), self.clock()))
        return min(float(self.limit), level + (self.clock() - at) * self.limit / 60)
