"""How is a figure made once, and not once per viewer?

Answers are kept per revision of the sheet and day; a newer one drops the older ones, and a revision that nobody holds
any more takes its answers along: who was deleted from the sheet is not remembered here. Plain memory: a client's
`clear_cache` does not reach it, and nothing in it is ever changed.
"""

import threading
import weakref
from collections import deque
from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class Memo:
    """Answers of the newest few editions. An edition is what all answers depend on: revision and day."""

    def __init__(self, editions: int = 8) -> None:
        self._editions = editions
        self._answers: dict[Hashable, dict[Hashable, Any]] = {}
        self._followed: set[int] = set()
        self._gone: deque[int] = deque()
        self._lock = threading.RLock()

    def once(self, edition: Hashable, question: Hashable, compute: Callable[[], Answer]) -> Answer:
        """Return the answer to `question` in `edition`, computed at most once however many ask at a time."""
        with self._lock:
            answers = self._answers.setdefault(edition, {})
            while len(self._answers) > self._editions:
                self._answers.pop(next(iter(self._answers)), None)
            if question not in answers:
                answers[question] = compute()
            answer: Answer = answers[question]
            self._forget_gone()
            return answer

    def ask(
        self,
        edition: Hashable,
        whose: Hashable,
        question: Callable[..., Answer],
        sheet: object,
        *args: Hashable,
        **day: date,
    ) -> Answer:
        """Return `question(sheet, *args)`, computed once for everybody who sees the same `sheet` of this edition.

        `whose` tells that sheet from others of the edition: None for the whole, a name for somebody's own part.
        """
        key = (whose, question.__module__, question.__qualname__, args, tuple(day.items()))
        return self.once(edition, key, lambda: question(sheet, *args, **day))

    def forget_with(self, picture: object, revision: int) -> None:
        """Forget all answers of the editions `(revision, ...)` once nobody holds `picture`, which they came from."""
        with self._lock:
            if revision in self._followed:
                return
            self._followed.add(revision)
        weakref.finalize(picture, self._let_go, revision).atexit = False

    def _let_go(self, revision: int) -> None:
        """Forget a revision now, or leave it to who is computing: a picture may go at any line of any thread."""
        self._gone.append(revision)
        if self._lock.acquire(blocking=False):
            try:
                self._forget_gone()
            finally:
                self._lock.release()

    def _forget_gone(self) -> None:
        while self._gone:
            revision = self._gone.popleft()
            self._followed.discard(revision)
            for edition in [one for one in self._answers if isinstance(one, tuple) and one[:1] == (revision,)]:
                self._answers.pop(edition, None)


SHARED = Memo()
"""The memo of this process."""
