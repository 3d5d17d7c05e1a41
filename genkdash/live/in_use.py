"""Does a running dashboard use this data folder? What is erased under its feet comes back, or is missed."""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LOG = logging.getLogger(__name__)
_NAME = "in-use.lock"


@contextmanager
def using(folder: Path) -> Iterator[None]:
    """Say, for as long as it takes, that this process uses `folder`; several may at a time.

    A folder that can't be written keeps nobody from starting: there is nothing in it to erase either.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(folder / _NAME, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError as error:
        _LOG.warning("the data folder can't be written: %s", type(error).__name__)
        yield
        return
    try:
        # Let go of by the system when the process ends, however it ends.
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)


def is_in_use(folder: Path) -> bool:
    """Tell whether a process uses `folder` at this moment.

    Raises:
        OSError: it may not be looked into.
    """
    try:
        descriptor = os.open(folder / _NAME, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
