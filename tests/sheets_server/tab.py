"""What is on one tab, and what can be done to it?

Tests change it directly (`book.tab("Berichten").append`), the API changes it through the same methods.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from sheets_server import ranges
from sheets_server.cells import Cell, is_blank
from sheets_server.dress import Dress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

DEFAULT_ROWS = 1000
DEFAULT_COLUMNS = 26


class Tab:
    """One tab: a title, an id that survives renaming, a grid size, and rows of cells (row 1 is `rows[0]`).

    `rows` is the live list; it may be shorter and narrower than the grid, the rest is blank. `dress` is what is on the
    tab besides its values.
    """

    def __init__(
        self,
        title: str,
        rows: Iterable[Sequence[Cell]] = (),
        *,
        sheet_id: int = 0,
        row_count: int = DEFAULT_ROWS,
        column_count: int = DEFAULT_COLUMNS,
        lock: threading.RLock | None = None,
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        self.title = title
        self.sheet_id = sheet_id
        self.rows: list[list[Cell]] = [list(row) for row in rows]
        self.row_count = max(row_count, len(self.rows))
        self.column_count = max(column_count, max((len(row) for row in self.rows), default=0))
        self.is_hidden = False
        self.frozen_rows = 0
        self.dress = Dress()
        self.lock = lock or threading.RLock()
        self._on_change = on_change

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a row and a column counted from 0; None beyond what was ever written."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Write one cell, counted from 0; the grid grows where needed."""
        with self.lock:
            self._on_change()
            while len(self.rows) <= row:
                self.rows.append([])
            line = self.rows[row]
            line.extend([None] * (column + 1 - len(line)))
            line[column] = cell
            self.row_count = max(self.row_count, row + 1)
            self.column_count = max(self.column_count, column + 1)

    def set(self, address: str, cell: Cell) -> None:
        """Write one cell by its address: `tab.set("B3", "Roos")`."""
        area = ranges.parse_area(address)
        if area is None or area.bottom != area.top + 1 or area.right != area.left + 1:
            raise ValueError(f"not the address of one cell: {address!r}")
        self.put(area.top, area.left, cell)

    def get(self, address: str) -> Cell:
        """The cell at an address: `tab.get("B3")`."""
        area = ranges.parse_area(address)
        if area is None:
            raise ValueError(f"not an address: {address!r}")
        return self.cell(area.top, area.left)

    def append(self, row: Sequence[Cell]) -> None:
        """Write a row under the last one that holds anything."""
        with self.lock:
            self._on_change()
            last = self.used_rows()
            del self.rows[last:]
            self.rows.append(list(row))
            self.row_count = max(self.row_count, len(self.rows))
            self.column_count = max(self.column_count, len(row))

    def used_rows(self) -> int:
        """The number of rows down to the last that holds anything."""
        for number in range(len(self.rows), 0, -1):
            if not all(is_blank(cell) for cell in self.rows[number - 1]):
                return number
        return 0

    def insert_rows(self, at: int, count: int) -> None:
        """Push everything from a row on (counted from 0) down."""
        with self.lock:
            self._on_change()
            while len(self.rows) < at:
                self.rows.append([])
            self.rows[at:at] = [[] for _ in range(count)]
            self.dress.insert_rows(at, count)
            self.row_count += count

    def delete_rows(self, start: int, end: int) -> None:
        """Take rows away (counted from 0, the end exclusive)."""
        with self.lock:
            self._on_change()
            gone = min(end, self.row_count) - start
            del self.rows[start:end]
            self.dress.delete_rows(start, end)
            self.row_count -= gone

    def insert_columns(self, at: int, count: int) -> None:
        """Push everything from a column on (counted from 0) to the right."""
        with self.lock:
            self._on_change()
            for row in self.rows:
                row.extend([None] * (at - len(row)))
                row[at:at] = [None] * count
            self.dress.insert_columns(at, count)
            self.column_count += count

    def delete_columns(self, start: int, end: int) -> None:
        """Take columns away (counted from 0, the end exclusive)."""
        with self.lock:
            self._on_change()
            gone = min(end, self.column_count) - start
            for row in self.rows:
                del row[start:end]
            self.dress.delete_columns(start, end)
            self.column_count -= gone

    def resize(self, row_count: int | None = None, column_count: int | None = None) -> None:
        """Give the grid another size; what falls outside is lost."""
        with self.lock:
            self._on_change()
            if row_count is not None:
                del self.rows[row_count:]
                self.row_count = row_count
            if column_count is not None:
                for row in self.rows:
                    del row[column_count:]
                self.column_count = column_count
