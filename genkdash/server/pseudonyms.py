"""How does the log call somebody who looks? By a name of one day, from which nobody can tell who it is.

The name is a keyed hash. The key is drawn in memory, is never written down, and goes with the day and with the process,
so that what somebody did on two days can't be put together, and no list of addresses can be tried on an old log.
"""

import hashlib
import secrets
import threading
from collections.abc import Callable
from datetime import date

_NAME_BYTES = 4


class Pseudonyms:
    """Names of one day at a time. `draw` gives a key of so many bytes."""

    def __init__(self, draw: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self._draw = draw
        self._day: date | None = None
        self._key = b""
        self._lock = threading.Lock()

    def name(self, mark: str, *, day: date) -> str:
        """Return eight letters and digits for whom `mark` means: the same ones all `day`, others on every other."""
        with self._lock:
            if day != self._day:
                self._day, self._key = day, self._draw(32)
            return hashlib.blake2b(mark.encode(), digest_size=_NAME_BYTES, key=self._key).hexdigest()
