"""Does a read look like an accident? A tab, or more than half the rows of one, gone at once.

Most of it is believed when it lasts, for somebody may have meant it. A sheet without the tab of the posts is not: there
is nothing to show in the place of the last good numbers.
"""

from dataclasses import dataclass
from typing import Literal

from genkdash.live.archive import filled_rows
from genkdash.sheet.contract import POSTS, find_tab
from genkdash.sheet.tables import RawBook


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Why a read is not shown yet. The sentence `held.<code>` takes `tab`, `before` and `after` (rows)."""

    code: Literal["posts-gone", "tab-gone", "rows-gone"]
    tab: str
    before: int
    after: int

    @property
    def may_be_meant(self) -> bool:
        """Tell whether the read is to be shown once it has lasted."""
        return self.code != "posts-gone"

    def __str__(self) -> str:
        """Name the code."""
        return self.code


def find_suspicion(shown: RawBook, read: RawBook) -> Suspicion | None:
    """Return what is missing in `read` that was in `shown`, or None when it looks like ordinary editing.

    A tab that was renamed to its other name of the contract is not gone; neither is a tab that was empty.
    """
    rows_read = _rows_by_tab(read)
    for name, (title, before) in _rows_by_tab(shown).items():
        if before == 0:
            continue
        if name not in rows_read:
            code: Literal["posts-gone", "tab-gone"] = "posts-gone" if name == POSTS.key else "tab-gone"
            return Suspicion(code, tab=title, before=before, after=0)
        after = rows_read[name][1]
        if after * 2 < before:
            return Suspicion("rows-gone", tab=title, before=before, after=after)
    return None


def _rows_by_tab(book: RawBook) -> dict[str, tuple[str, int]]:
    """Return title and number of filled rows below the header, by the contract's name of the tab."""
    rows: dict[str, tuple[str, int]] = {}
    for tab in book.tabs:
        known = find_tab(tab.title)
        rows.setdefault(known.key if known else tab.title, (tab.title, max(filled_rows(tab.rows) - 1, 0)))
    return rows
