"""Who looks at this moment? Counted at the door: each page that is open has one websocket."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Literal, TypeAlias

from genkdash.access.viewer import Role
from genkdash.live.clock import now
from genkdash.server.pseudonyms import Pseudonyms

LookingRole: TypeAlias = Role | Literal["local"]
"""The role of who opened a page; `local` where nobody signs in."""

_LOG = logging.getLogger(__name__)

_pseudonyms = Pseudonyms()
_lock = threading.Lock()
_open: Counter[str] = Counter()
_opened: Counter[str] = Counter()


@contextmanager
def open_page(role: LookingRole, mark: str | None) -> Iterator[None]:
    """Count a page as open for as long as it takes, and log when it began and ended.

    `mark` is what tells people apart (`google:1084...`); the log has a name of one day instead, and none for None.
    """
    viewer = None if mark is None else _pseudonyms.name(mark, day=now().date())
    who = {"role": role} if viewer is None else {"role": role, "viewer": viewer}
    began = time.monotonic()
    with _lock:
        _open[role] += 1
        _opened[role] += 1
    _LOG.info("a page opened: %s", " ".join(who.values()), extra={"event": "page-opened", **who})
    try:
        yield
    finally:
        with _lock:
            _open[role] -= 1
        seconds = round(time.monotonic() - began)
        said = {"event": "page-closed", **who, "seconds": seconds}
        _LOG.info("a page closed: %s, after %d s", " ".join(who.values()), seconds, extra=said)


def open_pages() -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Return by role how many pages are open now, and how many were opened since the start."""
    with _lock:
        return dict(_open), dict(_opened)
