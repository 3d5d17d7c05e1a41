"""What is a spreadsheet while nobody is asking for it?

Tabs in order, a locale, a time zone, and the people it is shared with. Whoever changes it holds its lock.
"""

from __future__ import annotations

import datetime as dt
import itertools
import secrets
import threading
from typing import TYPE_CHECKING

from sheets_server.tab import DEFAULT_COLUMNS, DEFAULT_ROWS, Tab

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sheets_server.cells import Cell


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
            tab = Tab(
                title,
                rows,
                sheet_id=sheet_id,
                row_count=row_count,
                column_count=column_count,
                lock=self.lock,
                on_change=self.touch,
            )
            self.tabs.insert(len(self.tabs) if index is None else index, tab)
            self.touch()
            return tab

    def rename(self, old: str, new: str) -> None:
        """Give a tab another title; its id stays."""
        with self.lock:
            self.tab(old).title = new
            self.touch()

    def remove_tab(self, title: str) -> None:
        """Delete a tab with all that is on it."""
        with self.lock:
            self.tabs.remove(self.tab(title))
            self.touch()

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
