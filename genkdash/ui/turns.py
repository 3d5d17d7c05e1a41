"""Who draws first when many come at once? They take turns: a few pages at a time, the others wait without work.

All runs share one interpreter. Two hundred at once would each be slowed by all others, and end together at the very
end; one after the other the first are there at once, and the last are no later (docs/adr/0016).
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_AT_ONCE = 3
# A run that lasts longer waits for something else than the processor, and keeps nobody from a turn.
_SLOW_SECONDS = 0.5


class Turns:
    """Turns of a few at a time; for any number of threads."""

    def __init__(self, at_once: int = _AT_ONCE, slow_seconds: float = _SLOW_SECONDS) -> None:
        self._at_once = at_once
        self._slow_seconds = slow_seconds
        self._free = threading.Condition()
        self._begun: dict[object, float] = {}

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, and have it for as long as this lasts."""
        own = object()
        with self._free:
            while (wait := self._seconds_until_free()) > 0:
                self._free.wait(wait)
            self._begun[own] = time.monotonic()
        try:
            yield
        finally:
            with self._free:
                del self._begun[own]
                self._free.notify()

    def _seconds_until_free(self) -> float:
        """Return how long at most it takes until there is a turn; 0 for now."""
        at = time.monotonic()
        quick = sorted(left for begun in self._begun.values() if (left := begun + self._slow_seconds - at) > 0)
        return quick[-self._at_once] if len(quick) >= self._at_once else 0.0


TURNS = Turns()
"""The turns of this process."""
