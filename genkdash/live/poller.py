"""What is the newest good picture of the sheet, and how did the last try go? One try at a time."""

import gc
import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from genkdash.live.archive import filled_rows, hash_of
from genkdash.live.snapshot import Snapshot
from genkdash.live.store import KeepingTrouble, KeptSheet, KeptSheetError, Store
from genkdash.live.suspicion import Suspicion, find_suspicion
from genkdash.sheet.errors import InternalError, SourceError
from genkdash.sheet.tables import RawBook, Source

_LOG = logging.getLogger(__name__)

# A read that looks like an accident, but may be meant, is not shown the first two times it is seen.
_HELD_POLLS = 2
# The time on disk is renewed now and then, so that a restart does not make a quiet sheet look old.
_SAVE_AGAIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Standing:
    """The picture and the last try, in one value: a viewer never sees halves of two polls.

    `good_at` is when a read last agreed with `snapshot` (UTC). `is_tried` tells whether any try has ended.
    """

    snapshot: Snapshot | None = None
    good_at: datetime | None = None
    error: SourceError | None = None
    held: Suspicion | None = None
    is_from_disk: bool = False
    is_tried: bool = False
    notice: KeepingTrouble | None = None

    @property
    def outcome(self) -> str:
        """How the last try went, in one word: `ok`, `held`, or the code of its error."""
        if self.error is not None:
            return self.error.code
        return "ok" if self.held is None else "held"


class Poller:
    """Reads one source, one try per call. Only one thread may call it; `standing` may be read by all.

    `reads` counts how often the source itself was read, which a look at an unchanged file is not.
    """

    def __init__(self, source: Source, store: Store | None) -> None:
        self._source = source
        self._store = store
        self._times_held = 0
        self._fingerprint: object | None = None
        self._saved_at: datetime | None = None
        self.is_file = False
        self.reads = 0
        self.standing = Standing()

    def load_kept(self, now: datetime) -> None:
        """Show what was kept on disk, if it is whole and of this source; else say so in `standing.notice`."""
        if self._store is None:
            return
        notice: KeepingTrouble | None = None
        try:
            kept = self._store.load()
            snapshot = None if kept is None else _from_disk(kept, now)
        except KeptSheetError as trouble:
            notice = trouble.code
        except Exception as error:  # noqa: BLE001  a file from before must never keep the dashboard from starting
            _LOG.warning("the kept sheet can't be understood: %s", type(error).__name__)
            notice = "store-corrupt"
        if notice is not None:
            _LOG.warning("the kept sheet is ignored: %s", notice)
            self.standing = replace(self.standing, notice=notice)
        elif snapshot is not None:
            _LOG.info("start from the sheet kept on disk")
            self.standing = replace(self.standing, snapshot=snapshot, good_at=snapshot.read_at, is_from_disk=True)

    def poll(self, now: datetime, *, is_forced: bool = False) -> None:
        """Try once and set `standing`. `is_forced` reads a file even if it looks unchanged. Raises nothing."""
        before = self.standing
        try:
            with _without_collector():
                after = self._try(now, is_forced=is_forced)
        except SourceError as error:
            after = replace(before, error=error, is_tried=True)
        except Exception as error:  # noqa: BLE001  whatever breaks here, the last good picture must stay
            # The type and the place only: a message may hold cells.
            _LOG.error("reading failed: %s at %s", type(error).__name__, _place(error))
            after = replace(before, error=InternalError(kind=type(error).__name__), is_tried=True)
        self._show(after)
        _log_change(before, self.standing)

    def keep(self, now: datetime) -> None:
        """Save what the read of `now` showed, for the next start. After it is shown: nobody waits for the disk."""
        before = self.standing
        if before.good_at == now:
            self._keep(now)
            _log_change(before, self.standing)

    def _show(self, after: Standing) -> None:
        """Make it what everybody sees."""
        self.standing = after

    def _try(self, now: datetime, *, is_forced: bool) -> Standing:
        standing = self.standing
        fingerprint = self._source.fingerprint()
        self.is_file = fingerprint is not None
        is_settled = standing.is_tried and standing.error is None and standing.held is None
        if self.is_file and is_settled and not is_forced and fingerprint == self._fingerprint:
            return _confirmed(standing, now)

        self.reads += 1
        book = self._source.read()
        # Taken before the read: a change during the read is seen at the next look.
        self._fingerprint = fingerprint
        shown = standing.snapshot
        digest = hash_of(book)
        if shown is None or shown.content_hash != digest:
            suspicion = find_suspicion(shown.book, book) if shown else None
            if suspicion is not None and (self._times_held < _HELD_POLLS or not suspicion.may_be_meant):
                self._times_held += 1
                return replace(standing, error=None, held=suspicion, is_tried=True)
            standing = self._accepted(standing, book, digest, now)
        self._times_held = 0
        return _confirmed(standing, now)

    def _accepted(self, standing: Standing, book: RawBook, digest: str, now: datetime) -> Standing:
        snapshot = Snapshot(standing.snapshot.revision + 1 if standing.snapshot else 1, book, digest, now)
        snapshot.sheet(now)  # parsed here, so that no viewer waits for it or meets our mistakes
        rows = [filled_rows(tab.rows) for tab in book.tabs]
        _LOG.info(
            "revision %d: %s rows", snapshot.revision, rows, extra={"event": "revision", "revision": snapshot.revision}
        )
        self._saved_at = None
        # A notice from the start stays while the first picture does, or nobody would have seen it.
        return replace(standing, snapshot=snapshot, notice=None if standing.snapshot else standing.notice)

    def _keep(self, now: datetime) -> None:
        """Save what is shown for the next start, where it changed or was saved long ago; say so where that fails."""
        standing = self.standing
        if self._store is None or standing.snapshot is None:
            return
        if self._saved_at is not None and abs(now - self._saved_at) < _SAVE_AGAIN:
            return
        try:
            self._store.save(KeptSheet(standing.snapshot.book, now))
        except KeptSheetError as trouble:
            self._show(replace(standing, notice=trouble.code))
            return
        self._saved_at = now
        if standing.notice == "store-unwritable":
            self._show(replace(standing, notice=None))


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep Python's collector of circles away: it would walk past all cells of a large sheet, again and again.

    A sheet has no circles, and leaves memory without it.
    """
    is_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_on:
            gc.enable()


def _confirmed(standing: Standing, now: datetime) -> Standing:
    return replace(standing, good_at=now, error=None, held=None, is_from_disk=False, is_tried=True)


def _from_disk(kept: KeptSheet, now: datetime) -> Snapshot:
    snapshot = Snapshot(1, kept.book, hash_of(kept.book), kept.read_at)
    snapshot.sheet(now)
    return snapshot


def _log_change(before: Standing, after: Standing) -> None:
    """Log what became different, once; never a cell, a name or an address."""
    was, now = (standing.error.code if standing.error else None for standing in (before, after))
    if now is not None and now != was:
        _LOG.warning("the sheet can't be read: %s", now, extra={"event": "read-failed", "outcome": now})
    if now is None and was is not None:
        _LOG.info("the sheet is read again", extra={"event": "read-again"})
    if after.held is not None and before.held is None:
        _LOG.warning("a read is held: %s", after.held.code, extra={"event": "read-held", "outcome": after.held.code})
    if after.notice != before.notice and after.notice is not None:
        _LOG.warning("the sheet is not kept on disk: %s", after.notice)


def _place(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{last.filename}:{last.lineno}"
