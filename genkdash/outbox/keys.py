"""By what is a row recognised again, once nobody knows whether it was written?

A post carries a key of our own in the column Bericht-ID. The tab Tips has no such column (its Bericht-ID names the
post that shows the tip), so that a tip is recognised by what it says: its day, its influencer and its text.
"""

import base64
import hashlib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from genkdash.sheet.cells import parse_text
from genkdash.sheet.columns import Layout, find_layout
from genkdash.sheet.contract import POSTS, TIPS, Tab, find_tab
from genkdash.sheet.dates import parse_date
from genkdash.sheet.names import fold
from genkdash.sheet.tables import Cell, RawBook

TabKey: TypeAlias = Literal["posts", "tips"]

TAB_BY_KEY: Mapping[TabKey, Tab] = {"posts": POSTS, "tips": TIPS}
NEEDED_COLUMNS: Mapping[TabKey, tuple[str, ...]] = {
    "posts": ("date", "influencer", "post_id"),
    "tips": ("date", "influencer", "tip"),
}
"""The columns that a row must have in the sheet to be written: without them it would not be recognised, or count."""
MARKS: Mapping[TabKey, tuple[str, ...]] = {"posts": ("post_id",), "tips": NEEDED_COLUMNS["tips"]}
"""The columns whose values tell one row from all others, wherever they stand."""

_LETTERS = 16


@dataclass(frozen=True, slots=True)
class Seen:
    """The keys that stand in the sheet by a read that began at `read_at` (UTC).

    A tab that could not be read, or without one of its needed columns, is not in `keys`: nothing is known of it.
    """

    keys: Mapping[TabKey, frozenset[str]]
    read_at: datetime


def new_post_key() -> str:
    """Return a fresh Bericht-ID. It begins with letters, so that no spreadsheet takes it for a number or a formula."""
    return f"gd-{_short(uuid.uuid4().bytes)}"


def tip_key(day: date, influencer: str, tip: str) -> str:
    """Return the key of a tip: the same for the same day, influencer and text, however they are spelled."""
    said = "\n".join([day.isoformat(), fold(influencer), fold(tip)])
    return f"tip-{_short(hashlib.sha256(said.encode()).digest())}"


def row_keys(tab_key: TabKey, layout: Layout, rows: Sequence[Sequence[Cell]]) -> frozenset[str]:
    """Return the keys of the rows below a header; a row without one has none."""
    return frozenset(_keys(tab_key, layout, rows))


def seen_in(book: RawBook, read_at: datetime) -> Seen:
    """Return the keys that stand in a book that was read at `read_at` (UTC)."""
    keys: dict[TabKey, frozenset[str]] = {}
    for tab_key, tab in TAB_BY_KEY.items():
        titled = [raw for raw in book.tabs if find_tab(raw.title) is tab]
        # As everywhere: of two tabs that could be the same, the one with the Dutch name is read.
        for raw in sorted(titled, key=lambda raw: fold(raw.title) != fold(tab.title))[:1]:
            layout = find_layout(tab, raw.rows)
            if layout.header is not None and layout.positions.keys() >= set(NEEDED_COLUMNS[tab_key]):
                keys[tab_key] = row_keys(tab_key, layout, raw.rows[layout.header + 1 :])
    return Seen(keys, read_at)


def _keys(tab_key: TabKey, layout: Layout, rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    positions = [layout.positions[key] for key in NEEDED_COLUMNS[tab_key]]
    for row in rows:
        date_cell, name_cell, last_cell = (row[at] if at < len(row) else None for at in positions)
        last = parse_text(last_cell).value
        if tab_key == "posts":
            if last is not None:
                yield last
            continue
        day, name = parse_date(date_cell).value, parse_text(name_cell).value
        if day is not None and name is not None and last is not None:
            yield tip_key(day, name, last)


def _short(digest: bytes) -> str:
    return base64.b32encode(digest).decode("ascii").lower()[:_LETTERS]
