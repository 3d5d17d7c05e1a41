"""Where does the register of links stand? In one file that only we may read: its signing key, and a row per link."""

import fcntl
import json
import logging
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

LinkKind: TypeAlias = Literal["screen", "influencer"]
LinkTrouble: TypeAlias = Literal["links-corrupt", "links-unreadable", "links-unwritable"]

_LOG = logging.getLogger(__name__)
_MAGIC = "genkdash-links-1"
# A thousand times what a campaign needs. A file that is larger was not written by us.
_MAX_BYTES = 4 * 2**20
_OTHERS = 0o077


class LinkRegisterError(Exception):
    """The register can't be used; `code` names the sentence `link.error.<code>`."""

    def __init__(self, code: LinkTrouble) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Row:
    """One link as it is kept. `whom` stands for the name of an influencer without saying it; None for a screen."""

    id: str
    kind: LinkKind
    whom: str | None = field(repr=False)
    until: datetime
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands in the file: the key that signs tokens, and the links in the order in which they were made."""

    key: str = field(repr=False)
    rows: tuple[Row, ...]


class LinkFile:
    """`links.json` in `folder`, mode 0600, replaced as a whole."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "links.json"
        self._aside = folder / "links.json.new"
        self._lock = folder / "links.lock"

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file that may be there, the register first."""
        return self.path, self._aside, self._lock

    def edition(self) -> tuple[int, ...] | None:
        """Return numbers that differ once the file was replaced; None where there is none."""
        try:
            found = self.path.lstat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size

    def read(self) -> Kept | None:
        """Return what stands in the file, None where there is none. What others could read is closed to them again.

        Raises:
            LinkRegisterError: it is damaged, no plain file, or not ours.
        """
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            with os.fdopen(os.open(self.path, flags), "rb") as file:
                self._close_to_others(file.fileno())
                content = file.read(_MAX_BYTES + 1)
        except FileNotFoundError:
            return None
        except OSError:
            raise LinkRegisterError("links-unreadable") from None
        if len(content) > _MAX_BYTES:
            raise LinkRegisterError("links-corrupt")
        try:
            return _decoded(content)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise LinkRegisterError("links-corrupt") from None

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other process from writing, for as long as it takes to read, change and write.

        Raises:
            LinkRegisterError: the folder is not ours to write.
        """
        try:
            self._lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
            descriptor = os.open(self._lock, flags, 0o600)
        except OSError:
            raise LinkRegisterError("links-unwritable") from None
        try:
            self._give_to_owner(descriptor)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def write(self, kept: Kept) -> None:
        """Write it aside, force it to disk, and rename: a reader finds the old register or the new one, whole.

        Raises:
            LinkRegisterError: the disk is full or not ours to write; what was there is still there.
        """
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
        try:
            with os.fdopen(os.open(self._aside, flags, 0o600), "wb") as file:
                os.fchmod(file.fileno(), 0o600)
                self._give_to_owner(file.fileno())
                file.write(_encoded(kept))
                file.flush()
                os.fsync(file.fileno())
            self._aside.replace(self.path)
        except OSError:
            raise LinkRegisterError("links-unwritable") from None

    def erase(self) -> bool:
        """Remove the register and what a crash left behind. Tell whether there was anything.

        Raises:
            LinkRegisterError: it can't be removed.
        """
        if not self.path.parent.is_dir():
            return False
        with self.locked():
            found = [path for path in (self.path, self._aside) if os.path.lexists(path)]
            try:
                for path in found:
                    path.unlink()
            except OSError:
                raise LinkRegisterError("links-unwritable") from None
        return bool(found)

    def _give_to_owner(self, descriptor: int) -> None:
        """Give a file that root makes to whose folder it is: the dashboard has to read it."""
        if os.geteuid() == 0:
            owner = self.path.parent.stat()
            os.fchown(descriptor, owner.st_uid, owner.st_gid)

    def _close_to_others(self, descriptor: int) -> None:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise LinkRegisterError("links-unreadable")
        if found.st_mode & _OTHERS:
            os.fchmod(descriptor, 0o600)
            _LOG.warning("the register of links was open to others on this machine; it is closed again")


def _encoded(kept: Kept) -> bytes:
    rows = [
        {
            "id": row.id,
            "kind": row.kind,
            "whom": row.whom,
            "until": row.until.astimezone(UTC).isoformat(),
            "revoked": row.revoked,
        }
        for row in kept.rows
    ]
    return json.dumps({"form": _MAGIC, "key": kept.key, "links": rows}, indent=1).encode("ascii")


def _decoded(content: bytes) -> Kept:
    document = json.loads(content)
    if document["form"] != _MAGIC or not isinstance(document["key"], str) or len(document["key"]) < 32:
        raise ValueError("no register of ours")
    return Kept(document["key"], tuple(map(_row, document["links"])))


def _row(kept: dict[str, Any]) -> Row:
    until = datetime.fromisoformat(kept["until"])
    is_whole = isinstance(kept["id"], str) and kept["kind"] in get_args(LinkKind) and isinstance(kept["revoked"], bool)
    if not is_whole or until.tzinfo is None or not isinstance(kept["whom"], str | None):
        raise ValueError("no link of ours")
    return Row(kept["id"], kept["kind"], kept["whom"], until, revoked=kept["revoked"])
