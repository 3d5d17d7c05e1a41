"""What is on a tab besides its values: notes, validation, formats, widths, hidden rows, merges, bands, protection?"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ROW_PIXELS = 21
COLUMN_PIXELS = 100


@dataclass
class Dress:
    """The looks of one tab; rows and columns count from 0.

    Attributes:
        cells: By row and column, the parts of a CellData that are no value: `note`, `dataValidation`,
            `userEnteredFormat`.
        widths: Pixels by column, where somebody changed them.
        hidden_rows: Rows that somebody hid.
        filtered_rows: Rows that a filter hides.
        merges: GridRanges.
        bandings: BandedRanges.
        protections: ProtectedRanges.
        basic_filter: The BasicFilter, if there is one.
    """

    cells: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    filtered_rows: set[int] = field(default_factory=set)
    merges: list[dict[str, Any]] = field(default_factory=list)
    bandings: list[dict[str, Any]] = field(default_factory=list)
    protections: list[dict[str, Any]] = field(default_factory=list)
    basic_filter: dict[str, Any] | None = None

    def kept(self) -> Dress:
        """A copy to go back to. What is on a cell is replaced, never changed, so the cells' parts are shared."""
        return Dress(
            dict(self.cells),
            dict(self.widths),
            set(self.hidden_rows),
            set(self.filtered_rows),
            *(copy.deepcopy(part) for part in (self.merges, self.bandings, self.protections, self.basic_filter)),
        )

    def cell(self, row: int, column: int) -> dict[str, Any]:
        """What is on one cell; an empty dictionary for a bare one."""
        return self.cells.get((row, column), {})

    @property
    def used_rows(self) -> int:
        """The number of rows down to the last that is not bare."""
        return max((row for row, _ in self.cells), default=-1) + 1

    def ranges(self) -> dict[str, Any]:
        """The parts of a Sheet resource that are ranges; what there is none of is left out, as Google does."""
        found = {
            "merges": self.merges,
            "bandedRanges": self.bandings,
            "protectedRanges": self.protections,
            "basicFilter": self.basic_filter,
        }
        return {name: copy.deepcopy(part) for name, part in found.items() if part}

    def row_metadata(self, row: int) -> dict[str, Any]:
        """The DimensionProperties of a row."""
        hidden = {"hiddenByUser": row in self.hidden_rows, "hiddenByFilter": row in self.filtered_rows}
        return {"pixelSize": ROW_PIXELS} | {name: True for name, is_so in hidden.items() if is_so}

    def column_metadata(self, column: int) -> dict[str, Any]:
        """The DimensionProperties of a column."""
        return {"pixelSize": self.widths.get(column, COLUMN_PIXELS)}

    def insert_rows(self, at: int, count: int) -> None:
        """Push what is on the rows from `at` on down."""
        self._move_rows(lambda row: row + count if row >= at else row)
        self._move_ranges("Row", lambda edge: edge + count if edge > at else edge)

    def delete_rows(self, start: int, end: int) -> None:
        """Take away what is on the rows from `start` to `end`, which is exclusive."""
        self._move_rows(lambda row: None if start <= row < end else row - (end - start) if row >= end else row)
        self._move_ranges("Row", lambda edge: max(start, edge - (end - start)) if edge > start else edge)

    def insert_columns(self, at: int, count: int) -> None:
        """Push what is on the columns from `at` on to the right."""
        self._move_columns(lambda column: column + count if column >= at else column)
        self._move_ranges("Column", lambda edge: edge + count if edge > at else edge)

    def delete_columns(self, start: int, end: int) -> None:
        """Take away what is on the columns from `start` to `end`, which is exclusive."""
        self._move_columns(
            lambda column: None if start <= column < end else column - (end - start) if column >= end else column
        )
        self._move_ranges("Column", lambda edge: max(start, edge - (end - start)) if edge > start else edge)

    def _move_rows(self, place: Callable[[int], int | None]) -> None:
        self.cells = {
            (row, column): looks for (old, column), looks in self.cells.items() if (row := place(old)) is not None
        }
        self.hidden_rows = {row for old in self.hidden_rows if (row := place(old)) is not None}
        self.filtered_rows = {row for old in self.filtered_rows if (row := place(old)) is not None}

    def _move_columns(self, place: Callable[[int], int | None]) -> None:
        self.cells = {
            (row, column): looks for (row, old), looks in self.cells.items() if (column := place(old)) is not None
        }
        self.widths = {column: width for old, width in self.widths.items() if (column := place(old)) is not None}

    def _move_ranges(self, dimension: str, place: Callable[[int], int]) -> None:
        owners = [*self.merges, *(part["range"] for part in (*self.bandings, *self.protections))]
        for area in owners:
            for edge in (f"start{dimension}Index", f"end{dimension}Index"):
                if edge in area:
                    area[edge] = place(area[edge])
