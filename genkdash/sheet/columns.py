"""Where does the header of a tab stand, and which cells below it may be read?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from genkdash.sheet.contract import CAMPAIGN, Column, Tab, find_column, find_setting, find_tab
from genkdash.sheet.tables import Cell, RawTab

TOP_ROWS = 10
"""The header is looked for in this many rows, as the contract says."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a tab stand. Rows and columns are counted from 0 here.

    `header` is the header row, or the row that resembles one most when `missing` is not empty (None if none does).
    `duplicates` are the positions of columns whose name stands further to the left already.
    """

    tab: Tab
    header: int | None
    positions: Mapping[str, int]
    duplicates: Mapping[int, Column]
    missing: tuple[Column, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every required column was found, so that the tab can be read."""
        return not self.missing


def find_layout(tab: Tab, rows: Sequence[Sequence[Cell]]) -> Layout:
    """Return the first of the top ten rows that holds the required columns; else the nearest to one, incomplete."""
    nearest = Layout(tab, None, {}, {}, tuple(column for column in tab.columns if column.required))
    for index, row in enumerate(rows[:TOP_ROWS]):
        layout = _header_at(tab, index, row)
        if layout.is_complete:
            return layout
        if _likeness(layout) > _likeness(nearest):
            nearest = layout
    return nearest


def _header_at(tab: Tab, index: int, row: Sequence[Cell]) -> Layout:
    positions: dict[str, int] = {}
    duplicates: dict[int, Column] = {}
    for position, cell in enumerate(row):
        column = find_column(tab, cell)
        if column is None:
            continue
        if column.key in positions:
            duplicates[position] = column
        else:
            positions[column.key] = position
    missing = tuple(column for column in tab.columns if column.required and column.key not in positions)
    return Layout(tab, index, positions, duplicates, missing)


def _likeness(layout: Layout) -> tuple[int, int]:
    return -len(layout.missing), len(layout.positions)


def redact(tab: RawTab) -> RawTab:
    """Return the tab with None in every cell that the contract does not name, at the same positions.

    Kept are the contract's headers and the cells below them; in the Campagne tab only the rows with a known key.
    A tab that can't be read keeps its known headers only. Idempotent; parsing gives the same as before.
    """
    known = find_tab(tab.title)
    if known is None:
        return RawTab(tab.title, tuple((None,) * len(row) for row in tab.rows), tab.gid)
    layout = find_layout(known, tab.rows)
    header = -1 if layout.header is None else layout.header
    headers = {*layout.positions.values(), *layout.duplicates}
    kept = frozenset(layout.positions.values()) if layout.is_complete else frozenset()
    all_kept = next(position for position in count() if position not in kept)
    rows: list[tuple[Cell, ...]] = []
    for index, row in enumerate(tab.rows):
        if index == header:
            allowed = frozenset(headers)
        elif index > header and kept and _is_ours(layout, row):
            allowed = kept
        else:
            allowed = frozenset()
        if allowed is kept and len(row) <= all_kept:
            rows.append(tuple(row))
        else:
            rows.append(tuple(cell if position in allowed else None for position, cell in enumerate(row)))
    return RawTab(tab.title, tuple(rows), tab.gid)


def _is_ours(layout: Layout, row: Sequence[Cell]) -> bool:
    """Tell whether a row may be read: all of them, but in the Campagne tab only those with a key of the contract."""
    if layout.tab is not CAMPAIGN:
        return True
    position = layout.positions["key"]
    return position < len(row) and find_setting(row[position]) is not None
