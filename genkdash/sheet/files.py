"""Is a file on disk whole? Its stamp must be the same before and after it is read, or it is read once more."""

from collections.abc import Callable
from pathlib import Path
from stat import S_ISREG
from typing import TypeAlias

from genkdash.sheet.errors import (
    FileBeingSavedError,
    FileMissingError,
    FileNoRightsError,
    FileTooLargeError,
    SourceError,
)

Stamp: TypeAlias = tuple[int, int, int] | str
"""(mtime in ns, size in bytes, inode), or a word why there is none."""

MAX_BYTES = 64 * 2**20
"""The largest file that is opened. A hundred thousand posts take about 10 MB."""

_TRIES = 2


def stamp(path: Path) -> Stamp:
    """Return what tells this version of a file from the next. Raises nothing."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return "absent"
    except OSError:
        return "unreadable"
    return status.st_mtime_ns, status.st_size, status.st_ino


def read_whole(path: Path, read: Callable[[Path], bytes] = Path.read_bytes) -> bytes:
    """Return the bytes of one version of a file, never of two.

    Raises:
        SourceError: it is not there, may not be read, is too large, or is being saved.
    """
    for _ in range(_TRIES):
        before = stamp(path)
        if isinstance(before, tuple) and before[1] > MAX_BYTES:
            raise FileTooLargeError(file=path.name, limit=str(MAX_BYTES // 2**20))
        try:
            # A pipe or a device would keep us reading without an end.
            if not S_ISREG(path.stat().st_mode):
                raise FileNoRightsError(file=path.name)
            content = read(path)
        except OSError as error:
            raise unreadable(path, error) from error
        if stamp(path) == before:
            return content
    raise FileBeingSavedError(file=path.name)


def unreadable(path: Path, error: OSError) -> SourceError:
    """Return the error of our own that says why the system refuses `path`."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FileMissingError(path=str(path))
    return FileNoRightsError(file=path.name)
