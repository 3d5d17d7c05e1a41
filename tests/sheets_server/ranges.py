"""Which cells does a piece of A1 notation mean?

Titles and A1 notation as the Sheets API reads and writes them: `Tab`, `'Tab'!A1:B2`, `Tab!A:C`, `Tab!A2:C`, `A1`.
Rows and columns count from 0 inside the stand-in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheets_server import errors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheets_server.tab import Tab

CORNER = re.compile(r"\$?([A-Za-z]{0,3})\$?([0-9]{0,7})")
PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LOOKS_LIKE_A_CELL = re.compile(r"(?:[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*)")


@dataclass(frozen=True)
class Area:
    """A rectangle of cells; the ends are exclusive, and None means as far as the tab goes."""

    top: int
    left: int
    bottom: int | None
    right: int | None

    def within(self, tab: Tab) -> Area:
        """The part of the area that lies on the tab."""
        bottom = tab.row_count if self.bottom is None else min(self.bottom, tab.row_count)
        right = tab.column_count if self.right is None else min(self.right, tab.column_count)
        return Area(self.top, self.left, bottom, right)


def letters_of(column: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_of(letters: str) -> int:
    """The column of its letters: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def quoted(title: str) -> str:
    """A title as Google writes it in front of `!`: in quotes unless it is a plain word that is no cell."""
    if PLAIN_TITLE.fullmatch(title) and not LOOKS_LIKE_A_CELL.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def written(title: str, area: Area) -> str:
    """The area as Google writes it, a single cell without a colon; an open end lacks its row or its column."""
    first = f"{letters_of(area.left)}{area.top + 1}"
    last = f"{'' if area.right is None else letters_of(area.right - 1)}{'' if area.bottom is None else area.bottom}"
    return f"{quoted(title)}!{first if first == last else f'{first}:{last}'}"


def parse_area(text: str) -> Area | None:
    """The area that a text such as `A1:C`, `B2` or `2:4` means; None when it is no area."""
    first, colon, last = text.strip().partition(":")
    start = _corner(first)
    if start is None:
        return None
    if not colon:
        column, row = start
        return None if column is None or row is None else Area(row, column, row + 1, column + 1)
    end = _corner(last)
    if end is None:
        return None
    left, right = _sorted(start[0], end[0])
    top, bottom = _sorted(start[1], end[1])
    return Area(top or 0, left or 0, None if bottom is None else bottom + 1, None if right is None else right + 1)


def _corner(text: str) -> tuple[int | None, int | None] | None:
    match = CORNER.fullmatch(text)
    if match is None or not text.strip("$") or match[2] == "0":
        return None
    return (column_of(match[1]) if match[1] else None, int(match[2]) - 1 if match[2] else None)


def _sorted(first: int | None, last: int | None) -> tuple[int | None, int | None]:
    if first is not None and last is not None and last < first:
        return last, first
    return first, last


def find(text: str, tabs: Sequence[Tab]) -> tuple[Tab, Area]:
    """The tab and the cells that a range means.

    An unquoted text that looks like a cell is a cell of the first tab, even if a tab bears that name; hence
    clients quote titles. Titles are compared letter for letter; whether Google is laxer is not recorded.

    Raises:
        errors.Refusal: 400 "Unable to parse range", or the range begins outside of the grid.
    """
    tab, area = _found(text, tabs)
    if area.top >= tab.row_count or area.left >= tab.column_count:
        limits = f"Max rows: {tab.row_count}, max columns: {tab.column_count}"
        raise errors.bad_request(f"Range ({written(tab.title, area)}) exceeds grid limits. {limits}")
    return tab, area


def _found(text: str, tabs: Sequence[Tab]) -> tuple[Tab, Area]:
    if not tabs or not text:
        raise errors.unparsable_range(text)
    by_title = {tab.title: tab for tab in tabs}
    whole = Area(0, 0, None, None)
    if not text.startswith("'") and "!" not in text:
        area = parse_area(text)
        if area is not None and (LOOKS_LIKE_A_CELL.fullmatch(text) or ":" in text or text not in by_title):
            return tabs[0], area
    title, cells = _split(text)
    tab = by_title.get(title)
    if tab is None:
        raise errors.unparsable_range(text)
    if cells is None:
        return tab, whole
    area = parse_area(cells)
    if area is None:
        raise errors.unparsable_range(text)
    return tab, area


def _split(text: str) -> tuple[str, str | None]:
    """Title and cells; the cells are None for a whole tab."""
    if text.startswith("'"):
        match = re.fullmatch(r"'((?:[^']|'')*)'(?:!(.*))?", text, re.DOTALL)
        if match is None:
            raise errors.unparsable_range(text)
        return match[1].replace("''", "'"), match[2]
    title, mark, cells = text.rpartition("!")
    return (title, cells) if mark else (text, None)
