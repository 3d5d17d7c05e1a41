"""How is a line of the log written? For people, or as JSON for a program that collects them.

Lines of ours, of Streamlit and of the server below it alike. What a line may say is decided in `log_lines.py`.
"""

import json
import logging
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias

LineKind: TypeAlias = Literal["text", "json"]

FACTS = ("event", "role", "viewer", "revision", "outcome", "seconds")
"""What our own lines say besides their message, given as `extra`; nothing else of a record is written."""

_TEXT = "%(asctime)s %(message)s"
# Kinds of errors are few; a package that makes up names for them must not fill the memory of who counts.
_MOST_COUNTS = 100
_ORIGINS = ("genkdash", "streamlit", "uvicorn")


class LineCounter:
    """Counts warnings and errors by level, origin and kind of error, whoever logs them."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._lock = threading.Lock()

    def add(self, record: logging.LogRecord, error: object) -> None:
        """Count one line. `error` is what it was logged with: as `logging` has it, a tuple that opens with its kind."""
        kind = error[0].__name__ if isinstance(error, tuple) and isinstance(error[0], type) else ""
        origin = record.name.partition(".")[0]
        counted = (record.levelname.lower(), origin if origin in _ORIGINS else "other", kind)
        with self._lock:
            if counted not in self._counts and len(self._counts) >= _MOST_COUNTS:
                counted = (*counted[:2], "other")
            self._counts[counted] += 1

    def counts(self) -> Mapping[tuple[str, str, str], int]:
        """Return how many lines there were, by level, origin (`genkdash`, ..., `other`) and kind (empty for none)."""
        with self._lock:
            return dict(self._counts)


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object: `at` (UTC), `level`, `logger`, `message`, and of `FACTS` what it has."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        return json.dumps(line | {name: vars(record)[name] for name in FACTS if name in vars(record)})


@contextmanager
def log_output(kind: LineKind) -> Iterator[LineCounter]:
    """Write what this process logs as `kind` for as long as it takes; yield what counts its warnings and errors."""
    counter = LineCounter()
    formatter = _formatter(kind)
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    ours, root = logging.getLogger("genkdash"), logging.getLogger()
    level, make_record, make_logger = ours.level, logging.getLogRecordFactory(), logging.getLoggerClass()

    def counted(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make_record(*args, **kwargs)
        if record.levelno >= logging.WARNING:
            counter.add(record, args[6] if len(args) > 6 else kwargs.get("exc_info"))
        return record

    before = list(_written_by_others()) if kind == "json" else []
    for other, _ in before:
        other.setFormatter(formatter)
    root.addHandler(handler)
    ours.setLevel(logging.INFO)
    logging.setLogRecordFactory(counted)
    if kind == "json":
        logging.setLoggerClass(_later_logger(make_logger, formatter))
    try:
        yield counter
    finally:
        logging.setLoggerClass(make_logger)
        logging.setLogRecordFactory(make_record)
        ours.setLevel(level)
        root.removeHandler(handler)
        for other, was in before:
            other.setFormatter(was)


def _formatter(kind: LineKind) -> logging.Formatter:
    if kind == "json":
        return JsonLines()
    formatter = logging.Formatter(_TEXT)
    formatter.default_msec_format = "%s.%03d"  # as Streamlit writes its own
    return formatter


def _written_by_others() -> Iterator[tuple[logging.Handler, logging.Formatter | None]]:
    """Yield each handler that writes lines for a logger below the root, with the form it gives them."""
    for logger in logging.Logger.manager.loggerDict.values():
        if isinstance(logger, logging.Logger):
            for handler in logger.handlers:
                if isinstance(handler, logging.StreamHandler):
                    yield handler, handler.formatter


def _later_logger(base: type[logging.Logger], formatter: logging.Formatter) -> type[logging.Logger]:
    """Return a kind of logger whose own handlers write as `formatter` does: Streamlit gives each of its loggers one."""

    class LaterLogger(base):  # type: ignore[misc, valid-type]  # whichever kind is in use
        def addHandler(self, hdlr: logging.Handler) -> None:  # noqa: N802  the name is that of logging
            hdlr.setFormatter(formatter)
            super().addHandler(hdlr)

    return LaterLogger
