"""Whose page is drawn first when many come at once? Who came first: one at a time, the others wait without work.

All runs share one interpreter with the event loop that sends what they say. Two hundred at once would each be slowed by
all others, and by the loop, and end together at the very end; one after the other the first are there at once, and the
last are no later (docs/adr/0016).
"""

from asyncio import AbstractEventLoop, Handle
from collections import deque
from collections.abc import Callable, Hashable

_AT_ONCE = 1
# A run that lasts longer waits for something else than the processor, and keeps nobody from a turn.
_SLOW_SECONDS = 0.2
# Rounds of the event loop in which what a run said leaves: its page's sender wakes, takes it all, and writes it.
_ROUNDS_OF_SENDING = 3


class Turns:
    """Turns of a few at a time, in the order in which they were asked for. On one event loop only."""

    def __init__(
        self, loop: AbstractEventLoop, *, at_once: int = _AT_ONCE, slow_seconds: float = _SLOW_SECONDS
    ) -> None:
        self._loop = loop
        self._at_once = at_once
        self._slow_seconds = slow_seconds
        # Who has a turn and was not slow yet, with what will find it slow.
        self._quick: dict[Hashable, Handle] = {}
        self._waiting: deque[tuple[Hashable, Callable[[], None]]] = deque()

    def ask(self, who: Hashable, begin: Callable[[], None]) -> None:
        """Have `begin` called when it is the turn of `who`: at once, or later. It raises nothing."""
        self._waiting.append((who, begin))
        self._let_in()

    def end(self, who: Hashable) -> None:
        """Let the next one in once what `who` said last is on its way; both want the interpreter."""
        self._pass_on(who, _ROUNDS_OF_SENDING)

    def _pass_on(self, who: Hashable, rounds: int) -> None:
        if rounds:
            self._loop.call_soon(self._pass_on, who, rounds - 1)
            return
        finds_slow = self._quick.pop(who, None)
        if finds_slow is not None:
            finds_slow.cancel()
            self._let_in()

    def _let_in(self) -> None:
        while self._waiting and len(self._quick) < self._at_once:
            who, begin = self._waiting.popleft()
            self._quick[who] = self._loop.call_later(self._slow_seconds, self._pass_on, who, 0)
            begin()
