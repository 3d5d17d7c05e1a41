"""How is a raw sheet written down, so that it comes back the same and equal sheets look equal?"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, get_args

from genkdash.sheet.tables import Cell, RawBook, RawTab, SourceKind

_ROWS_AT_ONCE = 1_000


def encode_book(book: RawBook) -> bytes:
    """Return the book as JSON: the same bytes for the same values, other bytes for 1, 1.0, true and "1".

    Raises:
        TypeError: a cell is none of the types of `Cell`.
    """
    return b"".join(encoded_parts(book))


def encoded_parts(book: RawBook) -> Iterator[bytes]:
    """Yield the bytes of `encode_book` piece by piece, so that a large sheet is never in memory as one text."""
    about = _json({"kind": book.kind, "name": book.name, "url": book.url})
    yield about[:-1] + b',"tabs":['
    for number, tab in enumerate(book.tabs):
        yield (b"," if number else b"") + _json({"title": tab.title, "gid": tab.gid})[:-1] + b',"rows":['
        for start in range(0, len(tab.rows), _ROWS_AT_ONCE):
            # Every read is written down to be compared, so no cell costs a call of ours unless it is a day.
            yield (b"," if start else b"") + _json(tab.rows[start : start + _ROWS_AT_ONCE])[1:-1]
        yield b"]}"
    yield b"]}"


def decode_book(encoded: bytes) -> RawBook:
    """Return the book that `encode_book` wrote.

    Raises:
        ValueError: it is something else.
    """
    try:
        document = json.loads(encoded)
        kind = document["kind"]
        if kind not in get_args(SourceKind):
            raise ValueError(f"unknown kind of source: {kind!r}")
        # Equal cells are one value in memory: in a large sheet most cells say what another one said.
        known: dict[str, str] = {}
        tabs = tuple(
            RawTab(
                title=_text(tab["title"]),
                rows=tuple(tuple(_decode_cell(cell, known) for cell in row) for row in tab["rows"]),
                gid=None if tab["gid"] is None else int(tab["gid"]),
            )
            for tab in document["tabs"]
        )
        url = None if document["url"] is None else _text(document["url"])
        return RawBook(kind=kind, name=_text(document["name"]), tabs=tabs, url=url)
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"no sheet of ours: {type(error).__name__}") from None


def content_hash(encoded: bytes) -> str:
    """Return 64 hex digits that differ whenever `encode_book` gave other bytes."""
    return hashlib.sha256(encoded).hexdigest()


def hash_of(book: RawBook) -> str:
    """Return `content_hash(encode_book(book))`.

    Raises:
        TypeError: a cell is none of the types of `Cell`.
    """
    digest = hashlib.sha256()
    for part in encoded_parts(book):
        digest.update(part)
    return digest.hexdigest()


def filled_rows(rows: Sequence[Sequence[Cell]]) -> int:
    """Return how many rows have at least one cell that is not blank."""
    # `any(row)` settles nearly every row without a call for each cell.
    return sum(any(row) or any(cell is not None and cell != "" for cell in row) for row in rows)


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), default=_encode_day).encode("ascii")


def _encode_day(cell: object) -> dict[str, str]:
    if type(cell) is date:
        return _encode_date(cell)
    # A datetime is a date too: it must be asked first.
    if isinstance(cell, datetime):
        return {"datetime": cell.isoformat()}
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    raise TypeError(f"no cell: {type(cell).__name__}")


@lru_cache(maxsize=2_000)
def _encode_date(day: date) -> dict[str, str]:
    return {"date": day.isoformat()}


def _decode_cell(cell: Any, known: dict[str, str]) -> Cell:
    if isinstance(cell, str):
        return known.setdefault(cell, cell)
    if isinstance(cell, dict):
        if "datetime" in cell:
            return datetime.fromisoformat(cell["datetime"])
        return date.fromisoformat(cell["date"])
    if isinstance(cell, list):
        raise TypeError("a cell holds one value")
    return cell  # type: ignore[no-any-return]  # JSON has no other types left


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value
