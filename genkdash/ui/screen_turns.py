"""Whose turn is it among the scenes? A function of the clock, so that a restart needs no memory."""

from collections.abc import Sequence
from dataclasses import dataclass

SECONDS = 20
_SLOWEST_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Turns:
    """Turn `first` began at `began` (seconds since 1970). Paused, it lasts.

    As they begin, turns are counted from 1970, so that two screens side by side show the same scene.
    """

    first: int = 0
    began: float = 0.0
    is_paused: bool = False

    def at(self, moment: float, *, seconds: int) -> int:
        """Return the number of the turn at `moment`, where each lasts `seconds`."""
        return self.first if self.is_paused else self.first + int((moment - self.began) // seconds)

    def next_begins(self, moment: float, *, seconds: int) -> float | None:
        """Return when the turn after the one at `moment` begins; None while they stand still."""
        if self.is_paused:
            return None
        return self.began + ((moment - self.began) // seconds + 1) * seconds

    def next(self, moment: float, *, seconds: int) -> "Turns":
        """Return the turns in which the next one begins at `moment`, paused or not."""
        return Turns(self.at(moment, seconds=seconds) + 1, moment, self.is_paused)

    def paused_or_resumed(self, moment: float, *, seconds: int) -> "Turns":
        """Return the turns that stand still on this one, or go on from it."""
        return Turns(self.at(moment, seconds=seconds), moment, not self.is_paused)


def chosen_scenes(text: str | None, known: Sequence[str]) -> tuple[str, ...]:
    """Return the scenes that "team,strip" names, in that order, once each; all of them where it names none."""
    named = (part.strip() for part in (text or "").split(","))
    return tuple(dict.fromkeys(name for name in named if name in known)) or tuple(known)


def chosen_seconds(text: str | None) -> int:
    """Return how long a turn lasts: from a second to an hour, twenty seconds where the text is no whole number."""
    digits = (text or "").strip()
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= 6
    return min(max(int(digits), 1), _SLOWEST_SECONDS) if is_number else SECONDS
