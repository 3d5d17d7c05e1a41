"""What may a log line say? Of an error its kind and place, for its message may hold a name or a cell.

Of what others' packages fill into their lines only codes and numbers: a provider describes a failed sign-in with
somebody's address, and Streamlit writes it down.
"""

import logging
import re
import threading
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePath
from types import TracebackType
from typing import Any

_LOG = logging.getLogger(__name__)
# Enough to see how it came there: our own page, what it called, and where that broke.
_PLACES = 12
_CODE = re.compile(r"[a-z_]{1,40}|[0-9.:]{1,40}")
_LEFT_OUT = "…"


@contextmanager
def errors_without_values() -> Iterator[None]:
    """Keep messages of errors out of every line that this process logs, whoever logs it, for as long as it takes."""
    make_record, hook = logging.getLogRecordFactory(), threading.excepthook

    def record_without_values(*args: Any, **kwargs: Any) -> logging.LogRecord:
        return _without_values(make_record(*args, **kwargs))

    def log_error(error: threading.ExceptHookArgs) -> None:
        if error.exc_type is not SystemExit:
            _LOG.error("a thread ended: %s", _told(error.exc_type, error.exc_traceback))

    logging.setLogRecordFactory(record_without_values)
    threading.excepthook = log_error
    try:
        yield
    finally:
        logging.setLogRecordFactory(make_record)
        threading.excepthook = hook


def _without_values(record: logging.LogRecord) -> logging.LogRecord:
    """Return the record with the kind of every error in place of what it says, and its places in one line."""
    if isinstance(record.msg, BaseException):
        record.msg = type(record.msg).__name__
    is_ours = record.name.partition(".")[0] == "genkdash"
    if isinstance(record.args, tuple):
        record.args = tuple(_harmless(value, is_ours=is_ours) for value in record.args)
    elif isinstance(record.args, Mapping):
        record.args = {name: _harmless(value, is_ours=is_ours) for name, value in record.args.items()}
    if isinstance(record.exc_info, tuple) and record.exc_info[0] is not None:
        record.msg = f"{record.getMessage()}: {_told(record.exc_info[0], record.exc_info[2])}"
        record.args = ()
    # Nothing else is to print the error in full.
    record.exc_info = record.exc_text = None
    return record


def _harmless(value: object, *, is_ours: bool) -> object:
    """Return what a line may hold in place of `value`."""
    if isinstance(value, BaseException):
        return type(value).__name__
    return _LEFT_OUT if not is_ours and isinstance(value, str) and not _CODE.fullmatch(value) else value


def _told(kind: type[BaseException], places: TracebackType | None) -> str:
    """Return the kind of an error and the lines it came through, the last one last."""
    found = traceback.extract_tb(places)[-_PLACES:]
    return " ".join([kind.__name__, *(f"{PurePath(one.filename).name}:{one.lineno}" for one in found)])
