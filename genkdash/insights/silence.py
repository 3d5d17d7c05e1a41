"""How long was somebody silent, and when?"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from genkdash.insights.counted import Integers, as_date, as_day_number


@dataclass(frozen=True, slots=True)
class Silence:
    """A stretch without a post, from one landmark to the next.

    `start` and `end` are the post (or the edge of the window, or today) at either side; `days` lie between them.
    """

    start: date
    end: date

    @property
    def days(self) -> int:
        """Return the length in days; 0 when both ends are one day."""
        return (self.end - self.start).days


def longest_silence(days: Integers, *, start: date | None, end: date | None, today: date) -> Silence | None:
    """Return the longest silence of the window up to the end of `today`; the earliest one if several are as long.

    The landmarks are the window's `start`, each post, and `today` or the window's `end`, whichever comes first: who
    has not posted yet is silent since the start. `days` are day numbers of the posts, ascending.
    None before the window opens, and without a window.
    """
    if start is None or end is None or today < start:
        return None
    first, last = as_day_number(start), as_day_number(max(start, min(end, today)))
    landmarks = np.concatenate(([first], days[(days >= first) & (days <= last)], [last]))
    longest = int(np.argmax(np.diff(landmarks)))
    return Silence(as_date(landmarks[longest]), as_date(landmarks[longest + 1]))
