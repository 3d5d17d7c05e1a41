"""What in a tab is not as it looks: rows that nobody sees, merged cells, formulas?

Hidden and filtered rows are read and counted like all others. Of merged cells only the first holds something.
A formula can fail, or still be loading, at the moment of a read. Only cells of the contract below the header matter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from genkdash.sheet.columns import find_layout
from genkdash.sheet.contract import find_tab
from genkdash.sheet.tables import RawTab


@dataclass(frozen=True, slots=True)
class TabShape:
    """One tab: the numbers of its hidden and filtered rows (from 1), its merged ranges and its formulas, by address."""

    title: str
    hidden_rows: tuple[int, ...] = ()
    filtered_rows: tuple[int, ...] = ()
    merged: tuple[str, ...] = ()
    formulas: tuple[str, ...] = ()


def shape_of(
    tab: RawTab,
    *,
    hidden: Iterable[int] = (),
    filtered: Iterable[int] = (),
    merged: Iterable[tuple[int, int, int, int]] = (),
    formulas: Iterable[tuple[int, int]] = (),
) -> TabShape:
    """Return the shape of a tab: of what was found, that which matters.

    Rows and columns count from 0; a merged range is top, left, and bottom and right beyond its end. A hidden row
    matters where something stands in it.
    """
    known = find_tab(tab.title)
    layout = None if known is None else find_layout(known, tab.rows)
    if layout is None or layout.header is None:
        return TabShape(tab.title)
    header, ours = layout.header, frozenset(layout.positions.values())
    used = frozenset(
        number
        for number, row in enumerate(tab.rows)
        if number > header and any(cell is not None and cell is not False and cell != "" for cell in row)
    )
    return TabShape(
        tab.title,
        _numbers(used.intersection(hidden)),
        _numbers(used.intersection(filtered)),
        tuple(
            f"{_address(top, left)}:{_address(bottom - 1, right - 1)}"
            for top, left, bottom, right in merged
            if bottom - 1 > header and not ours.isdisjoint(range(left, right))
        ),
        tuple(_address(row, column) for row, column in sorted(formulas) if row > header and column in ours),
    )


def _numbers(rows: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(row + 1 for row in rows))


def _address(row: int, column: int) -> str:
    return f"{get_column_letter(column + 1)}{row + 1}"


def first_few(items: Sequence[object], *, limit: int = 5) -> str:
    """Return the first of many, with an ellipsis if there are more: "3, 4, 9, …"."""
    return ", ".join([*(str(item) for item in items[:limit]), *(["…"] if len(items) > limit else [])])
