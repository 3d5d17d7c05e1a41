"""Where do the rows wait? In one SQLite file that only we may read, where a commit has reached the disk."""

import errno
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from genkdash.outbox.errors import DamagedError, DiskFullError, KeepingError, UnwritableError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
    key TEXT PRIMARY KEY, tab TEXT NOT NULL, who TEXT NOT NULL, cells TEXT NOT NULL, put_at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting', tried_at TEXT, is_unclear INTEGER NOT NULL DEFAULT 0,
    code TEXT, detail TEXT NOT NULL DEFAULT '{}'
);
CREATE TABLE IF NOT EXISTS puts (who TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS corrections (
    key TEXT PRIMARY KEY, tab TEXT NOT NULL, row INTEGER NOT NULL, seen TEXT NOT NULL, new TEXT NOT NULL,
    put_at TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'waiting', at TEXT, code TEXT, detail TEXT NOT NULL DEFAULT '{}'
);
"""
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
# The writers are few and quick: one that waits longer than this waits for something that is stuck.
_BUSY_SECONDS = 5.0


class OutboxFile:
    """One file, for any number of threads and processes. It is made by the first write.

    Every method raises KeepingError where the file can't be used; what was committed before is still there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._lock = threading.RLock()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection | None]:
        """Give a connection to read with, or None while there is no file."""
        with self._lock, self._understood():
            yield self._current() if self.path.exists() else None

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection within a transaction. Leaving it without an error means that all is on disk."""
        with self._lock, self._understood():
            connection = self._current()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # A COMMIT that failed may have ended the transaction already.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def forget_pages(self) -> None:
        """Take what was deleted out of the write-ahead log as well."""
        with self._lock, self._understood():
            self._current().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def edition(self) -> tuple[tuple[int, int, int] | None, ...]:
        """Return numbers that differ once something was committed; None for a file that is not there."""
        return tuple(_edition_of(path) for path in (self.path, self.path.with_name(f"{self.path.name}-wal")))

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def erase(self) -> bool:
        """Remove all that was kept, and the file too unless somebody has it open. Tell whether there was one."""
        with self._lock, self._understood():
            if not self.path.exists():
                return False
            try:
                is_alone = self._emptied(self._current())
            except sqlite3.DatabaseError as error:
                if not isinstance(self._meaning(error), DamagedError):
                    raise
                # What can't be read can't be emptied, but it can be removed.
                is_alone = True
            self.close()
            if is_alone:
                for path in (self.path, *(self.path.with_name(self.path.name + end) for end in ("-wal", "-shm"))):
                    path.unlink(missing_ok=True)
            return True

    def _emptied(self, connection: sqlite3.Connection) -> bool:
        """Empty the file, and tell whether nobody else has it open."""
        connection.executescript(
            "BEGIN IMMEDIATE; DELETE FROM entries; DELETE FROM puts; DELETE FROM corrections; COMMIT; VACUUM;"
        )
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        try:
            # SQLite gives up its log only to the last one who has the file open.
            return str(connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]) == "delete"
        except sqlite3.OperationalError:
            return False

    @contextmanager
    def _understood(self) -> Iterator[None]:
        failure: KeepingError | None = None
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            failure = self._meaning(error)
        if failure is not None:
            # A connection that failed may hold on to a file that is gone, or to half of a change.
            self.close()
            raise failure

    def _meaning(self, error: sqlite3.Error | OSError) -> KeepingError:
        if isinstance(error, OSError):
            return DiskFullError() if error.errno in _NO_ROOM else UnwritableError()
        code = getattr(error, "sqlite_errorcode", 0)
        if code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE}:
            return DiskFullError()
        # The second byte only says more about the first.
        if code & 0xFF in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
            return DamagedError(file=self.path.name)
        return UnwritableError()

    def _current(self) -> sqlite3.Connection:
        """Return the open connection, to the file that stands there now: somebody may have cleared the folder."""
        if self._connection is not None and self._identity != _identity(self.path):
            self.close()
        if self._connection is None:
            self._connection = self._open()
            self._identity = _identity(self.path)
        return self._connection

    def _open(self) -> sqlite3.Connection:
        self._make()
        connection = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            connection.row_factory = sqlite3.Row
            with closing(connection.cursor()) as cursor:
                cursor.execute("PRAGMA journal_mode=WAL")
                cursor.execute("PRAGMA synchronous=FULL")
                cursor.execute("PRAGMA secure_delete=ON")
                cursor.executescript(_SCHEMA)
        except BaseException:
            connection.close()
            raise
        return connection

    def _make(self) -> None:
        """Make the file where there is none, ours alone, and see to it that its name survives a power cut."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            # Never opened by us once it is there: closing it would drop the locks of SQLite in this process.
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            if self.path.is_symlink():
                raise
            self.path.chmod(0o600)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _edition_of(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
