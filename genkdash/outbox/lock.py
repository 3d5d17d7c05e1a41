"""Which of several processes sends? The one that holds the lock; the system takes it back when that one ends."""

import fcntl
import os
from pathlib import Path


def lock_path(outbox: Path) -> Path:
    """Return where the lock of an outbox stands: beside it, for closing a database file drops SQLite's own locks."""
    return outbox.with_suffix(".lock")


class WriterLock:
    """A lock on the file `path`, which is made where needed. Killing its holder frees it at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Take the lock unless somebody else has it. Tell whether it is ours.

        Raises:
            OSError: the file can't be made.
        """
        if self._descriptor is not None:
            if self._is_of(self._descriptor):
                return True
            self.release()
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(self._path, flags, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_ours = self._is_of(descriptor)
        except BlockingIOError:
            is_ours = False
        except BaseException:
            os.close(descriptor)
            raise
        if not is_ours:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def _is_of(self, descriptor: int) -> bool:
        """Tell whether the file is still the one that was opened: a lock on another is one that nobody else sees."""
        try:
            return self._path.stat().st_ino == os.fstat(descriptor).st_ino
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Let go of the lock."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def remove(self) -> None:
        """Remove the file, unless somebody holds it.

        Raises:
            OSError: it may not be removed.
        """
        if self._path.exists() and self.acquire():
            self._path.unlink()
            self.release()
