"""Which row is meant by a correction, and may it still be written? By what the row says, not by its number alone.

Rows are sorted, inserted and deleted while a correction waits. So it carries the cells that tell the row from others,
and the old value of each cell that changes; only a row that still says all of that is written in.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from genkdash.sheet.cells import EPOCH, is_blank
from genkdash.sheet.columns import Layout, find_layout
from genkdash.sheet.contract import find_tab
from genkdash.sheet.names import fold
from genkdash.sheet.tables import Cell, RawBook, RawTab

Standing: TypeAlias = Literal["ready", "done", "changed", "gone", "twice"]

TELLING_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "posts": ("date", "influencer", "platform", "topics", "title", "link", "post_id"),
    "tips": ("date", "influencer", "tip", "link", "post_id"),
}
"""The columns that tell a row from others, by the key of its tab. Reactions and answers change without being another
row."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One row as it was read, and what some of its cells are to become. The one way to change a row that is there.

    `tab_key` and the column keys are those of the contract; `row` is its number in the sheet when it was read. `seen`
    holds the telling cells and those that change, `new` the latter as they are to be: a day as a date, blank as None.
    """

    tab_key: str
    row: int
    seen: Mapping[str, Cell] = field(repr=False)
    new: Mapping[str, Cell] = field(repr=False)

    @property
    def key(self) -> str:
        """What this correction is known by, wherever its row stands."""
        said = json.dumps([self.tab_key, dict(self.seen), dict(self.new)], sort_keys=True, default=str)
        return f"fix-{hashlib.sha256(said.encode(errors='surrogatepass')).hexdigest()[:24]}"


def correct(book: RawBook, tab_key: str, row: int, new: Mapping[str, Cell]) -> Correction | None:
    """Return the correction of cells in row `row` of a tab of `book`, `new` by column key.

    None where there is no such row, where a column that is to change is not in the sheet, or nothing would change.
    """
    cells = cells_of_row(book, tab_key, row)
    if cells is None or not new.keys() <= cells.keys():
        return None
    changed = {key: cell for key, cell in new.items() if not is_same(cell, cells.get(key))}
    if not changed:
        return None
    seen = {key: cells.get(key) for key in (*TELLING_COLUMNS[tab_key], *changed)}
    return Correction(tab_key, row, seen, changed)


def cells_of_row(book: RawBook, tab_key: str, row: int) -> Mapping[str, Cell] | None:
    """Return the cells of a row below the header, by the key of each column that is there; None for no such row."""
    raw = corrected_tab(book, tab_key)
    known = None if raw is None else find_tab(raw.title)
    if raw is None or known is None:
        return None
    layout = find_layout(known, raw.rows)
    if layout.header is None or not layout.header + 1 < row <= len(raw.rows):
        return None
    return {**dict.fromkeys(layout.positions), **_cells(layout, raw.rows[row - 1])}


def row_mark(tab_key: str, cells: Mapping[str, Cell]) -> str:
    """Return what a row is known by, wherever it stands: the same for rows whose telling cells are the same."""
    said = json.dumps([as_stored(cells.get(key)) for key in TELLING_COLUMNS[tab_key]], default=str)
    return hashlib.sha256(said.encode(errors="surrogatepass")).hexdigest()[:16]


def corrected_tab(book: RawBook, tab_key: str) -> RawTab | None:
    """Return the tab of a book with this key of the contract; as everywhere, the one with the Dutch name first."""
    titled = [(raw, tab) for raw in book.tabs if (tab := find_tab(raw.title)) is not None and tab.key == tab_key]
    return min(titled, key=lambda one: fold(one[0].title) != fold(one[1].title))[0] if titled else None


def find_row(
    correction: Correction,
    layout: Layout,
    rows: Sequence[Sequence[Cell]],
    also: Mapping[str, Collection[Cell]] | None = None,
) -> tuple[Standing, int | None]:
    """Return how the correction stands among `rows`, those below the header, and the index of its row.

    ready: that row still holds the old values; done: it holds the new ones; changed: it holds others; gone: no row says
    what that row said; twice: it moved, and several do. `also` has, by column, what other corrections of ours may have
    made of this row meanwhile.
    """
    first = (layout.header or 0) + 2
    standings = [_standing(correction, _cells(layout, row), also or {}) for row in rows]
    at = correction.row - first
    if 0 <= at < len(rows) and standings[at] in {"ready", "done"}:
        return standings[at], at
    for wanted in ("ready", "done", "changed"):
        found = [index for index, standing in enumerate(standings) if standing == wanted]
        if len(found) > 1 and wanted == "ready":
            return "twice", None
        if found:
            return standings[found[0]], found[0]
    return "gone", None


def is_same(one: Cell, other: Cell) -> bool:
    """Tell whether two cells hold the same: blank is blank, a day is its serial, and a checkbox is no number."""
    if is_blank(one) or is_blank(other):
        return is_blank(one) and is_blank(other)
    if isinstance(one, bool) is not isinstance(other, bool):
        return False
    return as_stored(one) == as_stored(other)


def as_stored(cell: Cell) -> Cell:
    """Return the cell as Google gives it: a day as its serial."""
    return (cell - EPOCH).days if type(cell) is date else cell


def _standing(correction: Correction, cells: Mapping[str, Cell], also: Mapping[str, Collection[Cell]]) -> Standing:
    for key, seen in correction.seen.items():
        held = cells.get(key)
        if key not in correction.new and not any(is_same(held, cell) for cell in (seen, *also.get(key, ()))):
            return "gone"
    if all(is_same(cells.get(key), correction.seen[key]) for key in correction.new):
        return "ready"
    return "done" if all(is_same(cells.get(key), cell) for key, cell in correction.new.items()) else "changed"


def _cells(layout: Layout, row: Sequence[Cell]) -> Mapping[str, Cell]:
    return {key: row[at] for key, at in layout.positions.items() if at < len(row)}
