"""What is a spreadsheet while nobody is asking for it?

Tabs with rows of cells, and the edits that people make. Tests change it directly (`book.tab("Berichten").append`),
the API changes it through the same methods; both hold the spreadsheet's lock while they do.
"""

from __future__ import annotations

import datetime as dt
import itertools
import secrets
import threading
from typing import TYPE_CHECKING

from sheets_server import ranges
from sheets_server.cells import Cell, is_blank

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

DEFAULT_ROWS = 1000
DEFAULT_COLUMNS = 26


class Tab:
    """One tab: a title, an id that survives renaming, a grid size, and rows of cells (row 1 is `rows[0]`).

    `rows` is the live list; it may be shorter and narrower than the grid, the rest is blank.
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
    ) -> None:
        self.title = title
        self.sheet_id = sheet_id
        self.rows: list[list[Cell]] = [list(row) for row in rows]
        self.row_count = max(row_count, len(self.rows))
        self.column_count = max(column_count, max((len(row) for row in self.rows), default=0))
        self.is_hidden = False
        self.frozen_rows = 0
        self.lock = lock or threading.RLock()

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a row and a column counted from 0; None beyond what was ever written."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Write one cell, counted from 0; the grid grows where needed."""
        with self.lock:
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
            while len(self.rows) < at:
                self.rows.append([])
            self.rows[at:at] = [[] for _ in range(count)]
            self.row_count += count

    def delete_rows(self, start: int, end: int) -> None:
        """Take rows away (counted from 0, the end exclusive)."""
        with self.lock:
            gone = min(end, self.row_count) - start
            del self.rows[start:end]
            self.row_count -= gone

    def insert_columns(self, at: int, count: int) -> None:
        """Push everything from a column on (counted from 0) to the right."""
        with self.lock:
            for row in self.rows:
                row.extend([None] * (at - len(row)))
                row[at:at] = [None] * count
            self.column_count += count

    def delete_columns(self, start: int, end: int) -> None:
        """Take columns away (counted from 0, the end exclusive)."""
        with self.lock:
            gone = min(end, self.column_count) - start
            for row in self.rows:
                del row[start:end]
            self.column_count -= gone

    def resize(self, row_count: int | None = None, column_count: int | None = None) -> None:
        """Give the grid another size; what falls outside is lost."""
        with self.lock:
            if row_count is not None:
                del self.rows[row_count:]
                self.row_count = row_count
            if column_count is not None:
                for row in self.rows:
                    del row[column_count:]
                self.column_count = column_count


class Spreadsheet:
    """One spreadsheet: its tabs in order, its locale and time zone, and with whom it is shared.

    Attributes:
        writers: E-mail addresses that may read and write.
        readers: E-mail addresses that may only read.
    """

    def __init__(
        self,
        title: str,
        tabs: Mapping[str, Iterable[Sequence[Cell]]],
        *,
        locale: str = "en_US",
        timezone: str = "Etc/GMT",
        writers: Iterable[str] = (),
        readers: Iterable[str] = (),
    ) -> None:
        self.id = "1" + secrets.token_urlsafe(32)[:43]
        self.title = title
        self.locale = locale
        self.timezone = timezone
        self.writers = set(writers)
        self.readers = set(readers)
        self.lock = threading.RLock()
        self.created_at = self.modified_at = dt.datetime.now(dt.UTC)
        self.tabs: list[Tab] = []
        for name, rows in tabs.items():
            self.add_tab(name, rows)

    def tab(self, title: str) -> Tab:
        """The tab of that title.

        Raises:
            KeyError: There is none.
        """
        for tab in self.tabs:
            if tab.title == title:
                return tab
        raise KeyError(title)

    def tab_by_id(self, sheet_id: int) -> Tab | None:
        """The tab of that id (the `gid` in the address bar), if there is one."""
        return next((tab for tab in self.tabs if tab.sheet_id == sheet_id), None)

    def add_tab(
        self,
        title: str,
        rows: Iterable[Sequence[Cell]] = (),
        *,
        sheet_id: int | None = None,
        index: int | None = None,
        row_count: int = DEFAULT_ROWS,
        column_count: int = DEFAULT_COLUMNS,
    ) -> Tab:
        """Add a tab, at the end unless an index says where; the first tab's id is 0, as with Google."""
        with self.lock:
            if sheet_id is None:
                taken = {tab.sheet_id for tab in self.tabs}
                fresh = itertools.chain([] if self.tabs else [0], iter(lambda: secrets.randbelow(2**31), -1))
                sheet_id = next(number for number in fresh if number not in taken)
            tab = Tab(title, rows, sheet_id=sheet_id, row_count=row_count, column_count=column_count, lock=self.lock)
            self.tabs.insert(len(self.tabs) if index is None else index, tab)
            return tab

    def rename(self, old: str, new: str) -> None:
        """Give a tab another title; its id stays."""
        with self.lock:
            self.tab(old).title = new

    def remove_tab(self, title: str) -> None:
        """Delete a tab with all that is on it."""
        with self.lock:
            self.tabs.remove(self.tab(title))

    def move_tab(self, tab: Tab, index: int) -> None:
        """Put a tab at another place."""
        with self.lock:
            self.tabs.remove(tab)
            self.tabs.insert(index, tab)

    def touch(self) -> None:
        """Note that the spreadsheet was changed now."""
        self.modified_at = dt.datetime.now(dt.UTC)

    def may_read(self, email: str) -> bool:
        """Whether the spreadsheet is shared with this address."""
        return email in self.writers or email in self.readers

    def may_write(self, email: str) -> bool:
        """Whether this address may edit."""
        return email in self.writers
