"""How is a figure made once, and not once per viewer?

Answers are kept per revision of the sheet and day; a newer one drops the older ones. Plain memory: a client's
`clear_cache` does not reach it, and nothing in it is ever changed.
"""

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class Memo:
    """Answers of the newest few editions. An edition is what all answers depend on: revision and day."""

    def __init__(self, editions: int = 8) -> None:
        self._editions = editions
        self._answers: dict[Hashable, dict[Hashable, Any]] = {}
        self._lock = threading.RLock()

    def once(self, edition: Hashable, question: Hashable, compute: Callable[[], Answer]) -> Answer:
        """Return the answer to `question` in `edition`, computed at most once however many ask at a time."""
        with self._lock:
            answers = self._answers.setdefault(edition, {})
            while len(self._answers) > self._editions:
                del self._answers[next(iter(self._answers))]
            if question not in answers:
                answers[question] = compute()
            answer: Answer = answers[question]
            return answer


SHARED = Memo()
"""The memo of this process."""
