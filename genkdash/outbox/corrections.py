"""What was corrected, and what became of it? On disk before the screen says so, until a read of the sheet shows it."""

import json
import sqlite3
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from genkdash.outbox.entries import decode_values, encode_values
from genkdash.outbox.file import OutboxFile
from genkdash.sheet.corrections import Correction
from genkdash.sheet.errors import SourceError

CorrectionState: TypeAlias = Literal["waiting", "written", "refused"]
Refusal: TypeAlias = Literal["changed", "formula", "gone", "twice"]

_REFUSED_FOR = timedelta(days=1)

_PUT = "INSERT OR REPLACE INTO corrections (key, tab, row, seen, new, put_at) VALUES (?, ?, ?, ?, ?, ?)"
_CHANGE = "UPDATE corrections SET state=?, at=?, code=?, detail=? WHERE key=?"


@dataclass(frozen=True, slots=True)
class CorrectionEntry:
    """One correction that was asked for.

    `state`: waiting; written (at `at`, and not seen in a read yet); refused (nothing was written, and `code` says why:
    `correct.refused.<code>`). While it waits, `code` is why the last try failed: `error.<code>`, filled with `detail`.
    """

    correction: Correction
    state: CorrectionState
    put_at: datetime
    at: datetime | None = None
    code: str | None = None
    detail: Mapping[str, str] = field(default_factory=dict)


class Corrections:
    """The corrections that wait in an outbox's file. For any number of threads and processes.

    Raises:
        KeepingError: every method does where the file can't be used.
    """

    def __init__(self, file: OutboxFile, *, utc_now: Callable[[], datetime], changed: threading.Event) -> None:
        self._file = file
        self._utc_now = utc_now
        self._changed = changed

    def put(self, correction: Correction) -> None:
        """Keep a correction. Once this returns it is on disk; one that was refused is tried anew."""
        with self._file.writing() as connection:
            known = connection.execute("SELECT state FROM corrections WHERE key = ?", (correction.key,)).fetchone()
            if known is None or known["state"] == "refused":
                cells = encode_values(correction.seen), encode_values(correction.new)
                place = correction.key, correction.tab_key, correction.row
                connection.execute(_PUT, (*place, *cells, self._utc_now().isoformat()))
        self._changed.set()

    def entries(self) -> tuple[CorrectionEntry, ...]:
        """Return all of them, in the order in which they were asked for."""
        with self._file.reading() as connection:
            if connection is None:
                return ()
            rows = connection.execute("SELECT * FROM corrections ORDER BY rowid").fetchall()
        return tuple(_decode(row) for row in rows)

    def mark_written(self, key: str) -> None:
        """Note that the sheet holds the new values."""
        self._change(key, "written", None, {})

    def mark_refused(self, key: str, code: Refusal) -> None:
        """Note that nothing was written, and why."""
        self._change(key, "refused", code, {})

    def mark_failed(self, entry: CorrectionEntry, error: SourceError) -> None:
        """Note why it waits; nothing is written where that is known already."""
        if (entry.code, entry.detail) != (error.code, error.detail):
            self._change(entry.correction.key, "waiting", error.code, error.detail)

    def settle(self, read_at: datetime) -> None:
        """Remove what stood in the sheet before a read began at `read_at` (UTC), and what was refused long ago."""
        settled = [
            entry.correction.key
            for entry in self.entries()
            if entry.at is not None
            and (
                (entry.state == "written" and entry.at < read_at)
                or (entry.state == "refused" and entry.at + _REFUSED_FOR < read_at)
            )
        ]
        for key in settled:
            self.forget(key)

    def forget(self, key: str) -> None:
        """Remove one from disk, whatever became of it."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM corrections WHERE key = ?", (key,))
        self._file.forget_pages()

    def _change(self, key: str, state: CorrectionState, code: str | None, detail: Mapping[str, str]) -> None:
        with self._file.writing() as connection:
            told = json.dumps(dict(detail), ensure_ascii=False)
            connection.execute(_CHANGE, (state, self._utc_now().isoformat(), code, told, key))


def _decode(row: sqlite3.Row) -> CorrectionEntry:
    return CorrectionEntry(
        correction=Correction(row["tab"], row["row"], decode_values(row["seen"]), decode_values(row["new"])),
        state=row["state"],
        put_at=datetime.fromisoformat(row["put_at"]),
        at=None if row["at"] is None else datetime.fromisoformat(row["at"]),
        code=row["code"],
        detail=json.loads(row["detail"]),
    )
