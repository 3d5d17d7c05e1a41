"""Which open page wants to be drawn again, and when, though nothing new was read? One moment for each."""

import threading


class Alarms:
    """Moments (seconds since 1970) by page. Written by the pages, emptied by whoever wakes them; for any thread."""

    def __init__(self) -> None:
        self._moments: dict[str, float] = {}
        self._lock = threading.Lock()

    def set(self, page: str, moment: float) -> None:
        """Wake `page` at `moment`, and not at the one that it named before."""
        with self._lock:
            self._moments[page] = moment

    def cancel(self, page: str) -> None:
        """Wake `page` at no moment of its own."""
        with self._lock:
            self._moments.pop(page, None)

    def due(self, now: float) -> frozenset[str]:
        """Return the pages whose moment has come, and forget their moments."""
        with self._lock:
            due = frozenset(page for page, moment in self._moments.items() if moment <= now)
            for page in due:
                del self._moments[page]
            return due

    def seconds_left(self, now: float, *, at_most: float) -> float:
        """Return how long until the next one, at most `at_most`."""
        with self._lock:
            return max(min([at_most, *(moment - now for moment in self._moments.values())]), 0.0)


ALARMS = Alarms()
"""The alarms of this process."""
