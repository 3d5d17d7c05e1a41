"""What does each open page show? Noted when it is drawn, so that the server knows beforehand which are overtaken."""

import threading
from collections.abc import Collection, Hashable
from datetime import datetime

from genkdash.live.snapshot import Snapshot


def edition(snapshot: Snapshot | None, moment: datetime) -> Hashable:
    """Return what a page drawn at `moment` shows of the sheet: its revision and its day."""
    return None if snapshot is None else (snapshot.revision, snapshot.day(moment))


class Shown:
    """What was drawn, by page: whatever differs when a page is to be drawn again as a whole. For any thread."""

    def __init__(self) -> None:
        self._editions: dict[str, Hashable] = {}
        self._lock = threading.Lock()

    def note(self, page: str, shown: Hashable) -> None:
        """Note what `page` shows."""
        with self._lock:
            self._editions[page] = shown

    def forget(self, page: str) -> None:
        """Note that `page` sees by itself when it is overtaken."""
        with self._lock:
            self._editions.pop(page, None)

    def keep_only(self, pages: Collection[str]) -> None:
        """Forget all pages but these."""
        with self._lock:
            self._editions = {page: shown for page, shown in self._editions.items() if page in pages}

    def is_overtaken(self, page: str, there: Hashable) -> bool:
        """Tell whether `page` is known to show something else than what is there."""
        with self._lock:
            return self._editions.get(page, there) != there


SHOWN = Shown()
"""What the pages of this process show."""
