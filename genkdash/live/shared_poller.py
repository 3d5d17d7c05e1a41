"""What do the processes that share one reader show? What the reader read, under one number; each keeps its last good.

One of them holds the lease and reads. A picture is shown, by the reader as well, only once it stands in the shared
memory: so a number means the same picture in every process. The others follow. Without the shared memory nobody reads,
and everybody keeps what is there and says why (docs/adr/0018).
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from genkdash.live.lease import Lease
from genkdash.live.poller import Poller, Standing
from genkdash.live.shared_board import MAX_PICTURE_BYTES, Board, Look, Turn
from genkdash.live.shared_picture import Told, decode_picture, decode_told, encode_picture, encode_told
from genkdash.live.snapshot import Snapshot
from genkdash.live.store import Store
from genkdash.sheet.errors import SharedMemoryGoneError, SharedMemoryRefusedError
from genkdash.sheet.tables import Source

_LOG = logging.getLogger(__name__)

# What was kept on disk is number 1 in each process: what was read is never called that.
_FIRST_FLOOR = 1


class SharedPoller(Poller):
    """Reads while `lease` is ours, follows the board while it is not.

    `poll` is for the thread that reads, `tick` for another that comes by a few times a second; `standing` may be read
    by all. `clock` is monotonic.
    """

    def __init__(
        self,
        source: Source,
        store: Store | None,
        board: Board,
        lease: Lease,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(source, store)
        self._board = board
        self.lease = lease
        self._clock = clock
        # Guards `standing` and what follows against the other thread.
        self._writing = threading.Lock()
        self._reached_at = clock()
        self._floor = _FIRST_FLOOR
        # The picture that stands on the board, as far as we know.
        self._on_board: tuple[int, str] | None = None
        self._followed: bytes | None = None
        self._turn: Turn | None = None
        self._is_refusing = False

    def poll(self, now: datetime, *, is_forced: bool = False) -> None:
        """Read, if it is our turn, and show what the board took."""
        self._turn = self.lease.turn
        if self._turn is not None:
            super().poll(now, is_forced=is_forced)

    def tick(self, now: datetime, *, next_try: bytes, is_watched: bool, is_asked: bool) -> Look:
        """Hold on to the lease, or follow, or take it over. Return what stood on the board.

        `next_try` is told to who follows; `is_watched` and `is_asked` of our own pages to who reads.

        Raises:
            SharedMemoryGoneError: the shared memory does not answer; said in `standing` once the lease has run out.
            SharedMemoryRefusedError: it refuses, which is said at once.
        """
        try:
            look = self._board.look()
            self._floor = max(look.floor, _FIRST_FLOOR)
            if not self.lease.keep(next_try=next_try):
                self._follow_or_take(look, now, is_watched=is_watched, is_asked=is_asked)
        except (SharedMemoryGoneError, SharedMemoryRefusedError) as error:
            is_lasting = isinstance(error, SharedMemoryRefusedError)
            if is_lasting or self._clock() - self._reached_at >= self.lease.seconds:
                with self._writing:
                    self._say_lost(error)
            raise
        self._reached_at = self._clock()
        return look

    def _follow_or_take(self, look: Look, now: datetime, *, is_watched: bool, is_asked: bool) -> None:
        # Followed before it is taken over: the next number comes after the last one.
        with self._writing:
            self._follow(look, now)
        if self.lease.take():
            turn = self.lease.turn
            _LOG.info("this process reads the sheet, turn %d", turn.number if turn else 0, extra={"event": "reader"})
        elif is_watched or is_asked:
            self._board.say(is_watched=is_watched, is_asked=is_asked)

    def _show(self, after: Standing) -> None:
        """Show what was read, if the board takes it from us; else what is shown stays."""
        with self._writing:
            snapshot = after.snapshot
            if snapshot is not None and snapshot.revision <= self._floor:
                snapshot = _numbered(snapshot, self._floor + 1)
                after = replace(after, snapshot=snapshot)
            try:
                is_taken = self._published(after)
            except SharedMemoryGoneError:
                # One answer that did not come is not a server that is gone; the tick tells.
                is_taken = False
            except SharedMemoryRefusedError as error:
                is_taken = False
                self._say_lost(error)
            if is_taken:
                self.standing, self._followed = after, None
            else:
                # What was read and not shown must be read again.
                self._forget_read()

    def _published(self, after: Standing) -> bool:
        snapshot, turn = after.snapshot, self._turn
        if turn is None:
            return False
        edition = None if snapshot is None else (snapshot.revision, snapshot.content_hash)
        told, has_picture = encode_told(after), snapshot is not None
        answer = "picture missing"
        if edition == self._on_board:
            answer = self._board.publish(turn, told, picture=None, has_picture=has_picture)
        if answer == "picture missing":
            picture = None if snapshot is None else encode_picture(snapshot)
            if picture is not None and len(picture) > MAX_PICTURE_BYTES:
                raise SharedMemoryRefusedError
            answer = self._board.publish(turn, told, picture=picture, has_picture=has_picture)
        if answer == "published":
            self._on_board = edition
        return answer == "published"

    def _follow(self, look: Look, now: datetime) -> None:
        """Show what the reader shows, unless it is older than what we have, or not whole."""
        if look.told is None or look.told == self._followed:
            return
        self._on_board = None
        try:
            told = decode_told(look.told)
            after = self._standing_of(told, now)
        except ValueError:
            if not self._is_refusing:
                _LOG.warning("what stands in the shared memory is not ours, and is not shown")
            self._is_refusing = True
            return
        self._is_refusing = False
        if after is not None:
            self.standing, self._followed = after, look.told
            self._on_board = (told.revision, told.content_hash) if told.revision else None
            self._forget_read()

    def _standing_of(self, told: Told, now: datetime) -> Standing | None:
        """Return what to show once this was told; None while its picture is not there, or is not to be shown.

        Raises:
            ValueError: the picture is not one of ours; the reader is asked to write it again.
        """
        before, own = self.standing, self.standing.snapshot
        if told.revision == 0:
            return replace(before, error=told.error, held=told.held, is_tried=True)
        if own is not None and (own.revision, own.content_hash) == (told.revision, told.content_hash):
            return _standing(told, own)
        if own is not None and not before.is_from_disk and told.revision <= own.revision:
            self._board.raise_floor(own.revision)
            return None
        if own is not None and own.content_hash == told.content_hash:
            return _standing(told, _understood(_numbered(own, told.revision), now))
        snapshot = self._fetched(told)
        return None if snapshot is None else _standing(told, _understood(snapshot, now))

    def _fetched(self, told: Told) -> Snapshot | None:
        """Return the picture that was told of, or None while another one stands there.

        Raises:
            ValueError: what stands there is not one of ours; the reader is asked to write it again.
        """
        try:
            snapshot = decode_picture(self._board.fetch_picture() or b"")
        except ValueError:
            self._board.raise_floor(told.revision)
            raise
        # Both were written between our two questions: the next look finds them.
        is_told_of = (snapshot.revision, snapshot.content_hash) == (told.revision, told.content_hash)
        return snapshot if is_told_of else None

    def _say_lost(self, error: SharedMemoryGoneError | SharedMemoryRefusedError) -> None:
        shown = self.standing.error
        if shown is None or shown.code != error.code:
            _LOG.warning("the shared memory can't be used: %s", error.code, extra={"event": "shared-lost"})
            self.standing, self._followed = replace(self.standing, error=error, is_tried=True), None

    def _forget_read(self) -> None:
        self._fingerprint = None
        self._saved_at = None
        self._times_held = 0


def _standing(told: Told, snapshot: Snapshot) -> Standing:
    return Standing(
        snapshot=snapshot,
        good_at=told.good_at,
        error=told.error,
        held=told.held,
        is_from_disk=told.is_from_disk,
        is_tried=True,
        notice=told.notice,
    )


def _numbered(snapshot: Snapshot, revision: int) -> Snapshot:
    return Snapshot(revision, snapshot.book, snapshot.content_hash, snapshot.read_at)


def _understood(snapshot: Snapshot, now: datetime) -> Snapshot:
    """Return the snapshot once it was parsed, so that no viewer waits for it or meets our mistakes."""
    snapshot.sheet(now)
    return snapshot
