"""Where do the compressed files lie, and are they whole? In a folder of our own, each under the digest of what it is.

A file is known by its address, size and moment of change, and by the edition of what made it: another Streamlit, or
a file that changed, finds nothing here and is sent as it is. Each variant begins with the digest of its bytes, so
what a crash tore or a disk spoilt is never sent.
"""

import contextlib
import hashlib
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, Literal, TypeAlias, get_args

from genkdash.server.codings import Coding

Ending: TypeAlias = Literal["br11", "br9", "gz"]
"""What a variant's name ends in: how it was made."""

CONTENT_TYPES: Final[Mapping[str, bytes]] = {
    ".js": b"text/javascript; charset=utf-8",
    ".css": b"text/css; charset=utf-8",
    ".svg": b"image/svg+xml",
    ".json": b"application/json",
    ".webmanifest": b"application/manifest+json",
    ".txt": b"text/plain; charset=utf-8",
}
"""Files that compressing makes smaller, by the end of their name; pictures and fonts are compressed already."""

_BEST_FIRST: Final[Mapping[Coding, tuple[Ending, ...]]] = {"br": ("br11", "br9"), "gzip": ("gz",)}
_DIGEST_BYTES = 32
_ASIDE = ".new"
_ANY_EDITION = "streamlit-*"


@dataclass(frozen=True, slots=True)
class Variant:
    """A file in one coding: its bytes and its mark, an entity tag that no other variant has."""

    body: bytes
    mark: bytes


class Shelf:
    """The variants of all files below `roots`, each an address that ends in a slash and its folder.

    `edition` tells apart what was made by something else: `streamlit-1.67.0`. `seldom` are addresses that no page of
    ours names: not worth compressing.
    """

    def __init__(self, folder: Path, roots: Mapping[str, Path], *, edition: str, seldom: Collection[str] = ()) -> None:
        self.folder = folder / edition
        self._seldom = frozenset(seldom)
        self._files = {
            f"{address}{path.relative_to(root).as_posix()}": path
            for address, root in roots.items()
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }
        # What was asked for once is asked for again, and is little: the files of our pages are 3 MB in a coding.
        self._at_hand: dict[Path, Variant] = {}
        self._versions: dict[str, tuple[tuple[int, int], str]] = {}

    @property
    def compressible(self) -> tuple[str, ...]:
        """The addresses of all files that are worth compressing."""
        return tuple(
            address
            for address in self._files
            if PurePosixPath(address).suffix in CONTENT_TYPES and address not in self._seldom
        )

    def below(self, address: str) -> tuple[str, ...]:
        """Return the addresses of the compressible files below `address`, which ends in a slash."""
        return tuple(one for one in self.compressible if one.startswith(address))

    def has(self, address: str) -> bool:
        """Tell whether there is a file at `address`, compressible or not."""
        return address in self._files

    def file(self, address: str) -> Path:
        """Return where the file at `address` lies.

        Raises:
            KeyError: there is none.
        """
        return self._files[address]

    def original(self, address: str) -> bytes:
        """Return the file at `address` as it is.

        Raises:
            KeyError: there is none.
            OSError: it can't be read, or is gone.
        """
        return self._files[address].read_bytes()

    def version(self, address: str) -> str | None:
        """Return what tells this content of a file from any other it had or will have; None for no file."""
        try:
            now = self._files[address].stat()
            stamp = (now.st_size, now.st_mtime_ns)
            known = self._versions.get(address)
            if known is None or known[0] != stamp:
                known = stamp, hashlib.sha256(self.original(address)).hexdigest()[:12]
                self._versions[address] = known
        except (KeyError, OSError):
            return None
        return known[1]

    def at_hand(self, address: str, coding: Coding) -> Variant | None:
        """Return a variant that was asked for before, without reading anything; None where it was not."""
        found = (self._at_hand.get(path) for path in self._paths(address, coding))
        return next((variant for variant in found if variant is not None), None)

    def variant(self, address: str, coding: Coding) -> Variant | None:
        """Return the file at `address` in `coding`; None where it is not made yet, is not worth it, or is damaged."""
        for path in self._paths(address, coding):
            body = _whole(path)
            if body:
                mark = f'"{hashlib.sha256(body).hexdigest()[:20]}-{coding}"'.encode()
                return self._at_hand.setdefault(path, Variant(body, mark))
        return None

    def is_made(self, address: str, ending: Ending) -> bool:
        """Tell whether this variant lies here, whole; one that is not worth it lies here empty.

        Raises:
            OSError: the file itself can't be looked at.
        """
        return _whole(self.path(address, ending)) is not None

    def keep(self, address: str, ending: Ending, body: bytes) -> None:
        """Put a variant here; `body` is empty where it is not worth it.

        Raises:
            OSError: it can't be written.
        """
        path = self.path(address, ending)
        aside = path.with_name(f"{path.name}.{os.getpid()}{_ASIDE}")
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            # Not flushed to the disk: what a power cut tears is noticed by its digest, and made again.
            aside.write_bytes(hashlib.sha256(body).digest() + body)
            aside.replace(path)
        except OSError:
            with contextlib.suppress(OSError):  # the first error is the one that tells
                aside.unlink(missing_ok=True)
            raise
        for coding, endings in _BEST_FIRST.items():
            if ending in endings:  # a better one is there now
                for other in self._paths(address, coding):
                    self._at_hand.pop(other, None)

    def path(self, address: str, ending: Ending) -> Path:
        """Return where a variant of the file at `address`, as the file is now, lies.

        Raises:
            KeyError: there is no such file.
            OSError: it can't be looked at, or is gone.
        """
        now = self._files[address].stat()
        digest = hashlib.sha256(f"{address} {now.st_size} {now.st_mtime_ns}".encode()).hexdigest()[:32]
        return self.folder / f"{digest}.{ending}"

    def _paths(self, address: str, coding: Coding) -> list[Path]:
        """Return where variants may lie, the best first; nowhere for a file that is gone or never compressed."""
        if PurePosixPath(address).suffix not in CONTENT_TYPES:
            return []
        try:
            return [self.path(address, ending) for ending in _BEST_FIRST[coding]]
        except OSError:
            return []

    def sweep(self, lying: Collection[Path]) -> None:
        """Remove what is none of `lying`: variants of files that changed, of an older Streamlit, and what a crash left.

        Raises:
            OSError: one can't be removed.
        """
        for path in self.folder.parent.glob(f"{_ANY_EDITION}/*"):
            if path not in lying and (path.suffix[1:] in get_args(Ending) or path.suffix == _ASIDE):
                path.unlink(missing_ok=True)


def _whole(path: Path) -> bytes | None:
    """Return the bytes of a variant, None where there is none or it is not whole."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    digest, body = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
    return body if hashlib.sha256(body).digest() == digest else None
