"""Where does a table end, when somebody appends to it?

`values.append` looks for the last table that the given range touches. A table is a rectangle around cells that
touch each other, corners included; a blank row or column ends it. (That is why a log with a blank cell in its only
row is continued from the last column: see the recording `test_append_row_with_empty_value`.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheets_server.cells import is_blank
from sheets_server.ranges import Area

if TYPE_CHECKING:
    from sheets_server.tab import Tab


def last_table(tab: Tab, area: Area) -> Area | None:
    """The lowest table that the area touches, the rightmost among equals; None when it touches none."""
    touched = [table for table in tables_of(tab) if _overlap(table, area, reach=0)]
    return max(touched, key=lambda table: (table.bottom, table.right), default=None)


def tables_of(tab: Tab) -> list[Area]:
    """Every table of the tab."""
    left = {
        (row, column) for row, line in enumerate(tab.rows) for column, cell in enumerate(line) if not is_blank(cell)
    }
    found: list[Area] = []
    while left:
        found.append(_around(left.pop(), left))
    merging = True
    while merging:
        merging = False
        for first, one in enumerate(found):
            for other in found[first + 1 :]:
                if _overlap(one, other, reach=1):
                    found.remove(other)
                    found[first] = _joined(one, other)
                    merging = True
                    break
            if merging:
                break
    return found


def _around(start: tuple[int, int], left: set[tuple[int, int]]) -> Area:
    """The rectangle around all cells that hang together with a first one; they are taken out of `left`."""
    top, bottom, first, last = start[0], start[0], start[1], start[1]
    waiting = [start]
    while waiting:
        row, column = waiting.pop()
        top, bottom, first, last = min(top, row), max(bottom, row), min(first, column), max(last, column)
        for near in [(row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1)]:
            if near in left:
                left.remove(near)
                waiting.append(near)
    return Area(top, first, bottom + 1, last + 1)


def _joined(one: Area, other: Area) -> Area:
    return Area(
        min(one.top, other.top),
        min(one.left, other.left),
        max(one.bottom or 0, other.bottom or 0),
        max(one.right or 0, other.right or 0),
    )


def _overlap(one: Area, other: Area, *, reach: int) -> bool:
    """Whether two rectangles share a cell, or come within `reach` cells of doing so."""
    return (
        one.top < (other.bottom or 0) + reach
        and other.top < (one.bottom or 0) + reach
        and one.left < (other.right or 0) + reach
        and other.left < (one.right or 0) + reach
    )
