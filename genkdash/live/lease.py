"""Which of several processes reads the sheet? The one that holds the lease: it runs out by itself, renewed or not."""

import secrets
import time
from collections.abc import Callable

from genkdash.live.shared_board import Board, Turn


class Lease:
    """At most one of all that share `board` holds it, for `seconds` from its last renewal.

    `clock` is monotonic. Written by one thread, asked by any.
    """

    def __init__(self, board: Board, *, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._board = board
        self._clock = clock
        # A process that was killed and came back is somebody else: what it was about to say is not ours to say.
        self._who = secrets.token_hex(8)
        self._held: tuple[Turn, float] | None = None

    @property
    def turn(self) -> Turn | None:
        """Our turn, as long as it can't have run out by our own clock."""
        held = self._held
        return held[0] if held is not None and self._clock() < held[1] else None

    def keep(self, *, next_try: bytes = b"") -> bool:
        """Renew it where it is ours, and tell whether it still is. `next_try` is told to the others.

        Raises:
            SharedMemoryGoneError: nobody knows; it stays ours until it runs out.
            SharedMemoryRefusedError: the same.
        """
        if self._held is None:
            return False
        # Counted from before the question: the server begins to count later than we do.
        asked_at, turn = self._clock(), self._held[0]
        is_ours = self._board.renew(turn, seconds=self.seconds, next_try=next_try)
        self._held = (turn, asked_at + self.seconds) if is_ours else None
        return is_ours

    def take(self) -> bool:
        """Take it unless somebody else has it. Tell whether it is ours now.

        Raises:
            SharedMemoryGoneError: the server does not answer; if it is ours after all, it runs out unused.
            SharedMemoryRefusedError: the same.
        """
        asked_at = self._clock()
        turn = self._board.take(self._who, seconds=self.seconds)
        self._held = None if turn is None else (turn, asked_at + self.seconds)
        return turn is not None

    def give_back(self) -> None:
        """Let another one in at once, where it is ours.

        Raises:
            SharedMemoryGoneError: it runs out by itself.
            SharedMemoryRefusedError: the same.
        """
        held, self._held = self._held, None
        if held is not None:
            self._board.give_back(held[0])
