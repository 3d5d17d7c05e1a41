"""How do several processes make one reader? Each has a feed like this; the lease says whose thread reads.

A thread of its own comes by twice a second: it renews the lease while the other one waits for the sheet, follows the
reader, and passes on that pages are open here or that somebody asked for a read.
"""

import logging
import random
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from genkdash.live.clock import now
from genkdash.live.feed import Feed
from genkdash.live.lease import Lease
from genkdash.live.schedule import Schedule
from genkdash.live.shared_board import Board, Look
from genkdash.live.shared_poller import SharedPoller
from genkdash.live.state import State
from genkdash.live.store import Store
from genkdash.sheet.errors import SourceError
from genkdash.sheet.tables import Source

_LOG = logging.getLogger(__name__)

_TICK_SECONDS = 0.5
# As long as a watched sheet waits between two reads, but four ticks at least, and never long enough to be missed.
_LEAST_LEASE_SECONDS = 2.0
_LONGEST_LEASE_SECONDS = 10.0
# The longest that a client waits for its server, so that the lease can be given back.
_LEAVE_SECONDS = 3.0
_STUCK_AFTER_SECONDS = 120.0
# Followers say every tick that pages are open with them.
_WATCHED_ELSEWHERE_SECONDS = 5.0


class SharedFeed(Feed):
    """A feed whose reads are shared over `board` by all processes that have one for the same source."""

    def __init__(  # noqa: PLR0913  as its parent, and the board
        self,
        source: Source,
        *,
        store: Store | None,
        board: Board,
        watched_seconds: float = 5.0,
        idle_seconds: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
        utc_now: Callable[[], datetime] = now,
        lot: Callable[[], float] = random.random,
    ) -> None:
        super().__init__(
            source,
            store=store,
            watched_seconds=watched_seconds,
            idle_seconds=idle_seconds,
            clock=clock,
            utc_now=utc_now,
            lot=lot,
        )
        seconds = min(max(watched_seconds, _LEAST_LEASE_SECONDS), _LONGEST_LEASE_SECONDS)
        self._board = board
        self._lease = Lease(board, seconds=seconds, clock=clock)
        self._shared = SharedPoller(source, store, board, self._lease, clock=clock)
        self._poller = self._shared
        self._next_try: datetime | None = None
        self._watched_elsewhere_at: float | None = None
        self._ticked_at = clock()
        self._sharing: threading.Thread | None = None

    @property
    def is_reader(self) -> bool:
        """Whether this process is the one that reads the sheet now."""
        return self._lease.turn is not None

    def state(self, now: datetime) -> State:
        """Return how fresh the picture is at `now`; of who follows, the next try is the reader's."""
        state = super().state(now)
        if self.is_reader:
            return state
        left = 0.0 if self._next_try is None else max((self._next_try - now).total_seconds(), 0.0)
        return replace(state, next_try_seconds=left)

    def start(self) -> None:
        """Show the last good picture from disk, then begin to share. Does nothing when it is running already."""
        super().start()
        with self._changed:
            if self._sharing is not None and self._sharing.is_alive():
                return
            self._ticked_at = self._clock()
            self._sharing = threading.Thread(
                target=self._share, args=(self._stopping,), name="genkdash-shared", daemon=True
            )
            self._sharing.start()

    def stop(self, timeout_seconds: float = 0.0) -> None:
        """Read no more, and let another process read at once."""
        super().stop(timeout_seconds)
        sharing, self._sharing = self._sharing, None
        if sharing is not None:
            sharing.join(_LEAVE_SECONDS)
        with suppress(SourceError):  # then it runs out by itself
            self._lease.give_back()
        self._board.close()

    def is_turning(self) -> bool:
        """Tell whether both threads live and are not stuck."""
        return super().is_turning() and self._clock() - self._ticked_at < _STUCK_AFTER_SECONDS

    def share_once(self) -> None:
        """Renew, follow or take over, and say to the others what they must know. Raises nothing."""
        self._ticked_at = self._clock()
        was_reader, before = self.is_reader, self._shared.standing
        with self._changed:
            is_watched, is_asked = super()._is_watched(), self._is_asked
            next_try = self._utc_now() + timedelta(seconds=super()._seconds_left())
        try:
            look = self._shared.tick(
                self._utc_now(), next_try=next_try.isoformat().encode(), is_watched=is_watched, is_asked=is_asked
            )
            self._heed(look, was_reader=was_reader, was_asked=is_asked)
        except SourceError:
            pass  # the poller says so in its standing
        except Exception as error:  # noqa: BLE001  whatever breaks here, the next tick must come
            place = traceback.extract_tb(error.__traceback__)[-1]
            # The type and the place only: a message may hold cells.
            _LOG.error("sharing failed: %s at %s:%s", type(error).__name__, place.filename, place.lineno)
        with self._changed:
            standing = self._shared.standing
            if standing.good_at is not None and standing.good_at != before.good_at and not was_reader:
                age = max((self._utc_now() - standing.good_at).total_seconds(), 0.0)
                self._agreed_at = self._clock() - age
            if standing is not before or self.is_reader != was_reader:
                self._changed.notify_all()

    def _heed(self, look: Look, *, was_reader: bool, was_asked: bool) -> None:
        """Do what the others ask of a reader, and remember what a reader tells the others."""
        if not self.is_reader:
            self._next_try = _moment(look.next_try)
            with self._changed:
                self._is_asked = self._is_asked and not was_asked
            return
        if not was_reader:
            with self._changed:
                self._schedule = self._resumed(_moment(look.next_try))
        if look.is_watched:
            with self._changed:
                was_watched = self._is_watched()
                self._watched_elsewhere_at = self._clock()
                if not was_watched:
                    self._changed.notify_all()
        snapshot = self._shared.standing.snapshot
        if look.is_asked:
            self._board.heard()
        # Somebody has a higher number: ours must pass it, and soon.
        if look.is_asked or (snapshot is not None and look.floor >= snapshot.revision):
            self.refresh_now()

    def _resumed(self, next_try: datetime | None) -> Schedule:
        """Return when to read after a take-over: at once, unless Google asked the reader before us to wait."""
        fresh = Schedule(self._schedule.watched_seconds, self._schedule.idle_seconds)
        error, at = self._shared.standing.error, self._clock()
        left = 0.0 if next_try is None else (next_try - self._utc_now()).total_seconds()
        if error is None or error.retry_after is None or left <= 0:
            return fresh
        wait = min(left, error.retry_after)
        return fresh.after_failure(started_at=at, ended_at=at, is_file=False, retry_after=wait, lot=0.0)

    def _share(self, stopping: threading.Event) -> None:
        while not stopping.is_set():
            self.share_once()
            stopping.wait(_TICK_SECONDS)

    def _is_watched(self) -> bool:
        """Tell whether a page is open, with us or with those who follow."""
        elsewhere = self._watched_elsewhere_at
        is_elsewhere = elsewhere is not None and self._clock() - elsewhere <= _WATCHED_ELSEWHERE_SECONDS
        return super()._is_watched() or (self.is_reader and is_elsewhere)

    def _is_due(self) -> bool:
        return self.is_reader and super()._is_due()

    def _seconds_left(self) -> float:
        # Who follows waits for its turn, of which it is told.
        return super()._seconds_left() if self.is_reader else _LONGEST_LEASE_SECONDS


def _moment(text: bytes | None) -> datetime | None:
    """Return the moment that a reader wrote, or None for what is none."""
    try:
        moment = datetime.fromisoformat((text or b"").decode())
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
