"""When are the compressed files made? Once, after the first start, in a thread that gives way to everything else.

First every file quickly, those of our pages before the others; then those of our pages again, a tenth smaller, which
takes twenty times as long (docs/adr/0015).
"""

import contextlib
import fcntl
import logging
import os
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from genkdash.server.asset_shelf import Ending, Shelf
from genkdash.server.codings import with_brotli, with_gzip

_LOG = logging.getLogger(__name__)
_LOCK = "making.lock"
_LEAST_WON_BYTES = 64
_NICE = 15
_MAKERS: Final[dict[Ending, Callable[[bytes], bytes]]] = {
    "br9": lambda body: with_brotli(body, quality=9),
    "gz": lambda body: with_gzip(body, level=9),
    "br11": lambda body: with_brotli(body, quality=11),
}


@contextmanager
def making(shelf: Shelf, needed: Collection[str]) -> Iterator[threading.Thread]:
    """Make in the background what `shelf` lacks, `needed` first; give up what is not done at the end.

    `needed` are the addresses of the files that our own pages ask for.
    """
    stopped = threading.Event()
    # A daemon: the compression of one large file takes seconds, and a stop waits for nobody.
    thread = threading.Thread(target=_run, args=(shelf, needed, stopped), name="assets", daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        stopped.set()


def make_all(shelf: Shelf, needed: Collection[str], stopped: threading.Event) -> None:
    """Make what `shelf` lacks, until it is done or `stopped`.

    Raises:
        OSError: the folder can't be written, or is full.
    """
    with alone(shelf.folder / _LOCK):
        rest = [address for address in shelf.compressible if address not in needed]
        ours = [address for address in needed if address in set(shelf.compressible)]
        plan: list[tuple[str, Ending]] = [
            *((address, ending) for address in (*ours, *rest) for ending in ("br9", "gz")),
            *((address, "br11") for address in ours),
        ]
        lying = {shelf.folder / _LOCK}
        for address, ending in plan:
            if stopped.is_set():
                return
            # A file that went away since the start is another Streamlit's; so is the next start.
            with contextlib.suppress(FileNotFoundError):
                if not shelf.is_made(address, ending):
                    shelf.keep(address, ending, _made(shelf.original(address), ending))
                lying.add(shelf.path(address, ending))
        shelf.sweep(lying)


def _run(shelf: Shelf, needed: Collection[str], stopped: threading.Event) -> None:
    # Of this thread only, on Linux; elsewhere it would be the whole server's.
    if hasattr(os, "sched_getaffinity"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
    try:
        make_all(shelf, needed, stopped)
    except OSError as error:
        _LOG.warning("compressed files can't be kept, so all are sent as they are: %s", type(error).__name__)


def _made(body: bytes, ending: Ending) -> bytes:
    """Return `body` compressed; the empty text where that would win next to nothing."""
    made = _MAKERS[ending](body)
    return made if len(made) + _LEAST_WON_BYTES <= len(body) else b""


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Wait until no other process makes the same: with several, one does and the others find it done.

    Raises:
        OSError: the file `lock`, which marks who is at it, can't be made.
    """
    lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
