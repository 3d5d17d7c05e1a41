"""Which rows of Berichten are there on a given day, and which of them are blank?"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from genkdash.sheet.cells import Reading, is_blank, parse_text
from genkdash.sheet.contract import POSTS
from genkdash.sheet.dates import Plausible, parse_date
from genkdash.sheet.reading import Remembered, Table
from genkdash.sheet.tables import Cell

REACTIONS = ("likes", "comments", "shares", "reach")


@dataclass(frozen=True, slots=True)
class PostRows:
    """The rows that are not blank: `numbers` as the sheet numbers them, cells by column key, and the days read.

    All lists are equally long; a column that is not in the sheet holds None.
    """

    numbers: Sequence[int]
    cells: Mapping[str, Sequence[Cell]]
    dates: Sequence[Reading[date]]
    measured: Sequence[Reading[date]]
    blank: int

    def first_day(self, plausible: Plausible) -> date | None:
        """Return the earliest plausible day of a post, None without one."""
        return min((day.value for day in set(self.dates) if day.value and day.value in plausible), default=None)

    def names(self) -> Counter[str]:
        """Return how often each name was typed, in order of appearance."""
        read = Remembered(parse_text).column(self.cells["influencer"])
        return Counter(name.value for name in read if name.value is not None)


NO_ROWS = PostRows((), {column.key: () for column in POSTS.columns}, (), (), blank=0)


def read_post_rows(table: Table, *, cut_off: date | None) -> PostRows:
    """Return the rows as they stood at the end of the day `cut_off`; None is now.

    A post dated after that day is not there at all, and reactions measured after it are not known yet.
    """
    below = table.raw.rows[table.first_row - 1 :]
    positions = table.layout.positions
    filled = [index for index, row in enumerate(below) if _has_content(row, positions.values())]
    blank = len(below) - len(filled)
    rows = [below[index] for index in filled]
    read_days = Remembered(lambda cell: parse_date(cell, table.zone)).column
    dates = read_days(_column(rows, positions.get("date")))
    if cut_off is not None:
        kept = [at for at, day in enumerate(dates) if day.value is None or day.value <= cut_off]
        filled, rows = [filled[at] for at in kept], [rows[at] for at in kept]
        dates = [dates[at] for at in kept]
    cells = {column.key: _column(rows, positions.get(column.key)) for column in POSTS.columns}
    measured = read_days(cells["measured_on"])
    if cut_off is not None:
        for at, day in enumerate(measured):
            if day.value is not None and day.value > cut_off:
                measured[at] = Reading(None)
                for key in ("measured_on", *REACTIONS):
                    cells[key][at] = None
    return PostRows([index + table.first_row for index in filled], cells, dates, measured, blank)


def _has_content(row: Sequence[Cell], positions: Collection[int]) -> bool:
    width = len(row)
    for position in positions:  # noqa: SIM110 -- asked of every row, and a generator takes twice as long
        if position < width and not is_blank(row[position]):
            return True
    return False


def _column(rows: Sequence[Sequence[Cell]], position: int | None) -> list[Cell]:
    if position is None:
        return [None] * len(rows)
    try:
        return [row[position] for row in rows]
    except IndexError:  # a row that ends before this column has nothing in it
        return [row[position] if position < len(row) else None for row in rows]
