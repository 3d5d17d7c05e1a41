"""What was kept, and what became of it? A row is here before the screen says so, and until it was seen in the sheet."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from genkdash.outbox.corrections import Corrections
from genkdash.outbox.drafts import Draft
from genkdash.outbox.entries import Entry, Receipt, decode_entry, encode_values
from genkdash.outbox.errors import DamagedError, LimitError
from genkdash.outbox.file import OutboxFile
from genkdash.outbox.keys import Seen, TabKey
from genkdash.outbox.lock import WriterLock, lock_path
from genkdash.sheet.errors import SetupError, SharingError, SourceError

_DAY = timedelta(days=1)
# A row that was written this long before a read began, and is not in it, was taken out by somebody.
_GONE_AFTER = timedelta(minutes=1)

_SENDING = "UPDATE entries SET state='sending', is_unclear=1, tried_at=?, code=NULL, detail='{}' WHERE key=?"
_SENT = "UPDATE entries SET state='sent', is_unclear=0, tried_at=?, code=NULL, detail='{}' WHERE key=?"
_COUNT_UNSENT = (
    "SELECT (SELECT count(*) FROM entries WHERE state != 'sent')"
    " + (SELECT count(*) FROM corrections WHERE state = 'waiting')"
)
_FAILED = "UPDATE entries SET state=?, is_unclear=?, code=?, detail=? WHERE key=?"


class Outbox:
    """The rows for one sheet, in `folder`. For any number of threads and processes.

    `source` is any text that tells sheets apart, as for the store of the last good sheet: what was written for one
    never goes to another. `utc_now` tells the time. A person keeps at most `daily_limit` rows within 24 hours.
    `changed` is set when there is something new to send. `corrections` of rows that are there wait in the same file.

    Raises:
        KeepingError: every method does where the file can't be used.
    """

    def __init__(self, folder: Path, *, source: str, utc_now: Callable[[], datetime], daily_limit: int = 20) -> None:
        digest = hashlib.sha256(source.encode()).hexdigest()[:16]
        self._file = OutboxFile(folder / f"outbox-{digest}.sqlite")
        self.path = self._file.path
        self._utc_now = utc_now
        self._daily_limit = daily_limit
        self.changed = threading.Event()
        self.corrections = Corrections(self._file, utc_now=utc_now, changed=self.changed)

    def put(self, draft: Draft) -> Receipt:
        """Keep a row. Once this returns, it is on disk; the same draft again is the same row.

        Raises:
            LimitError: this person kept enough for a day.
            KeepingError: it is not kept: the disk is full, or not ours to write.
        """
        now = self._utc_now()
        with self._file.writing() as connection:
            known = connection.execute("SELECT put_at FROM entries WHERE key = ?", (draft.key,)).fetchone()
            if known is not None:
                return Receipt(draft.key, datetime.fromisoformat(known["put_at"]))
            connection.execute("DELETE FROM puts WHERE at <= ?", ((now - _DAY).isoformat(),))
            count = connection.execute("SELECT count(*) FROM puts WHERE who = ?", (draft.who,)).fetchone()[0]
            if count >= self._daily_limit:
                raise LimitError(limit=str(self._daily_limit))
            connection.execute("INSERT INTO puts VALUES (?, ?)", (draft.who, now.isoformat()))
            connection.execute(
                "INSERT INTO entries (key, tab, who, cells, put_at) VALUES (?, ?, ?, ?, ?)",
                (draft.key, draft.tab_key, draft.who, encode_values(draft.values), now.isoformat()),
            )
        self.changed.set()
        return Receipt(draft.key, now)

    def entries(self, *, who: str | None = None, tab_key: TabKey | None = None) -> tuple[Entry, ...]:
        """Return what was not seen in the sheet yet, in the order in which it was kept; of one person, for one tab."""
        with self._file.reading() as connection:
            if connection is None:
                return ()
            rows = connection.execute(
                "SELECT * FROM entries WHERE who = coalesce(?, who) AND tab = coalesce(?, tab) ORDER BY rowid",
                (who, tab_key),
            ).fetchall()
        return tuple(decode_entry(row) for row in rows)

    def unsent(self, tab_key: TabKey) -> tuple[Entry, ...]:
        """Return what Google has not confirmed yet, for one tab."""
        return tuple(entry for entry in self.entries(tab_key=tab_key) if entry.state != "sent")

    def mark_sending(self, key: str) -> bool:
        """Note, on disk, that a request is about to go out. False: the row was settled meanwhile, send nothing."""
        return self._change(_SENDING, self._utc_now().isoformat(), key) == 1

    def mark_sent(self, key: str) -> None:
        """Note that the row stands in the sheet."""
        self._change(_SENT, self._utc_now().isoformat(), key)

    def mark_failed(self, entries: Iterable[Entry], error: SourceError, *, is_unclear: bool | None = None) -> None:
        """Note why rows are not in the sheet yet; nothing is written where that is known already.

        `is_unclear` tells whether a request may still have done its work; None leaves that as it is.
        """
        is_for_people = isinstance(error, SetupError | SharingError)
        for entry in entries:
            unclear = entry.is_unclear if is_unclear is None else is_unclear
            state = "refused" if is_for_people else "sending" if unclear else "waiting"
            if (entry.state, entry.is_unclear, entry.code, entry.detail) != (state, unclear, error.code, error.detail):
                detail = json.dumps(error.detail, ensure_ascii=False)
                self._change(_FAILED, state, unclear, error.code, detail, entry.key)

    def settle(self, seen: Seen) -> int:
        """Remove from disk what was seen in the sheet, and what somebody took out of it since. Return how many."""
        settled = [entry.key for entry in self.entries() if _is_settled(entry, seen)]
        return self._remove(settled)

    def forget(self, key: str) -> bool:
        """Remove one row from disk, whatever became of it. Tell whether it was there."""
        return self._remove([key]) == 1

    def erase(self) -> bool:
        """Remove all that was kept, sent or not. Tell whether there was anything to remove."""
        return self._file.erase()

    def edition(self) -> tuple[tuple[int, int, int] | None, ...]:
        """Return numbers that differ once any process changed something here, without opening the file."""
        return self._file.edition()

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        self._file.close()

    def _remove(self, keys: Sequence[str]) -> int:
        if not keys:
            return 0
        with self._file.writing() as connection:
            count = connection.executemany("DELETE FROM entries WHERE key = ?", [(key,) for key in keys]).rowcount
        self._file.forget_pages()
        return count

    def _change(self, statement: str, *values: str | bool | None) -> int:
        with self._file.writing() as connection:
            return connection.execute(statement, values).rowcount


def erase_outboxes(folder: Path) -> int:
    """Remove the outbox of every sheet from `folder`, sent or not, and return how many there were.

    Raises:
        KeepingError: one of them can't be removed.
    """
    found = _files(folder)
    for path in found:
        OutboxFile(path).erase()
        WriterLock(lock_path(path)).remove()
    return len(found)


def count_unsent(folder: Path) -> int:
    """Return how many rows in `folder` stand nowhere else, as far as we know. A damaged file counts as one.

    Raises:
        KeepingError: one of the files can't be read for another reason.
    """
    return sum(_count_unsent(OutboxFile(path)) for path in _files(folder))


def _count_unsent(file: OutboxFile) -> int:
    try:
        with file.reading() as connection:
            found = connection and connection.execute(_COUNT_UNSENT).fetchone()
        return int(found[0]) if found else 0
    except DamagedError:
        return 1
    finally:
        file.close()


def _files(folder: Path) -> Sequence[Path]:
    return sorted(folder.glob("outbox-*.sqlite"))


def _is_settled(entry: Entry, seen: Seen) -> bool:
    keys = seen.keys.get(entry.tab_key)
    if keys is None:
        return False
    if entry.key in keys:
        return True
    return entry.state == "sent" and entry.tried_at is not None and entry.tried_at + _GONE_AFTER < seen.read_at
