"""Where does the last good sheet wait for the next start? In one compressed file that only we may read."""

import fcntl
import gzip
import hashlib
import io
import os
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeAlias

from genkdash.live.archive import decode_book, encoded_parts
from genkdash.sheet.tables import RawBook

KeepingTrouble: TypeAlias = Literal["store-corrupt", "store-foreign", "store-unreadable", "store-unwritable"]

_MAGIC = "genkdash-last-good-1"
# Ten times what 100 000 posts take. A file that unpacks to more was not written by us.
_MAX_UNPACKED = 256 * 2**20


class KeptSheetError(Exception):
    """The kept sheet can't be used; `code` names the sentence `notice.<code>`."""

    def __init__(self, code: KeepingTrouble) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """A good read from before: the raw, redacted values and when they were read (UTC)."""

    book: RawBook
    read_at: datetime


class Store:
    """The last good sheet of one source, in `folder`.

    `source` is any text that tells sources apart, such as the key of a Google sheet or a path. It decides
    the file's name and stands in the file as a digest: another sheet's values are never shown.
    """

    def __init__(self, folder: Path, *, source: str) -> None:
        self._source = hashlib.sha256(source.encode()).hexdigest()
        self.path = folder / f"last-good-{self._source[:16]}.json.gz"

    def save(self, kept: KeptSheet) -> None:
        """Write it aside, force it to disk, and rename: a reader finds the old sheet or the new one, whole.

        Raises:
            KeptSheetError: the disk is full or not ours to write; what was kept before is still there.
        """
        header = f"{_MAGIC}\n{self._source}\n{kept.read_at.isoformat()}"
        packed = io.BytesIO()
        with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=6, mtime=0) as file:
            file.write(header.encode() + b"\n")
            for part in encoded_parts(kept.book):
                file.write(part)
        try:
            self._replace(packed.getbuffer())
        except OSError:
            raise KeptSheetError("store-unwritable") from None

    def load(self) -> KeptSheet | None:
        """Return what was kept, or None when nothing was.

        Raises:
            KeptSheetError: there is a file, but it is damaged, of another source, or not ours to read.
        """
        try:
            with gzip.open(self.path) as file:
                content = file.read(_MAX_UNPACKED + 1)
        except FileNotFoundError:
            return None
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise KeptSheetError("store-corrupt") from None
        except OSError:
            raise KeptSheetError("store-unreadable") from None
        parts = content.split(b"\n", 3)
        if len(parts) != 4 or parts[0] != _MAGIC.encode() or len(content) > _MAX_UNPACKED:
            raise KeptSheetError("store-corrupt")
        if parts[1] != self._source.encode():
            raise KeptSheetError("store-foreign")
        try:
            read_at = datetime.fromisoformat(parts[2].decode())
            book = decode_book(parts[3])
        except ValueError:
            raise KeptSheetError("store-corrupt") from None
        if read_at.tzinfo is None:
            raise KeptSheetError("store-corrupt")
        return KeptSheet(book=book, read_at=read_at)

    def erase(self) -> bool:
        """Remove what was kept, and what a crash left behind. Tell whether there was anything.

        Raises:
            OSError: it may not be removed.
        """
        found = False
        for path in (self.path, self._aside):
            if path.exists():
                path.unlink()
                found = True
        return found

    @property
    def _aside(self) -> Path:
        return self.path.with_name(f"{self.path.name}.new")

    def _replace(self, content: memoryview) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            # Of several processes that share the folder, one at a time writes aside; let go of when it is closed.
            fcntl.flock(folder, fcntl.LOCK_EX)
            # One fixed name: what a crash leaves behind is overwritten by the next save, not added to.
            descriptor = os.open(self._aside, flags, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                os.fchmod(descriptor, 0o600)
                file.write(content)
                file.flush()
                os.fsync(descriptor)
            self._aside.replace(self.path)
            os.fsync(folder)
        finally:
            os.close(folder)


def erase_kept_sheets(folder: Path) -> int:
    """Remove the last good sheet of every source from `folder`, what a crash left included; return how many files.

    Raises:
        OSError: one of them may not be removed.
    """
    found = sorted(folder.glob("last-good-*.json.gz*"))
    for path in found:
        path.unlink()
    return len(found)
