"""What may the first visitor after a start not have to wait for? For the scientific library that most pages need.

It takes a second to import, longer on a busy machine, and nothing that the server itself does asks for it. It comes in
while the server answers already: on a slow line long before the page it is for.
"""

import logging
import threading
from importlib import import_module
from typing import Final

EARLY: Final = ("genkdash.insights.forecast", "genkdash.insights.incidence")
"""What imports it, by all that pages ask of it."""

_LOG = logging.getLogger(__name__)


def begin_imports() -> threading.Thread:
    """Begin to import `EARLY` in a thread, and return that: a page that asks meanwhile waits for the rest of it."""
    # A daemon: a stop waits for no import.
    thread = threading.Thread(target=_import_all, name="early imports", daemon=True)
    thread.start()
    return thread


def _import_all() -> None:
    for name in EARLY:
        try:
            import_module(name)
        except ImportError as error:
            _LOG.warning("%s can't be imported; pages that need it will say so: %s", name, type(error).__name__)
