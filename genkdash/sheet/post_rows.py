"""Which rows of Berichten are there on a given day, and which of them are blank?"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
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
        return min((day.value for day in self.dates if day.value and day.value in plausible), default=None)

    def names(self) -> Counter[str]:
        """Return how often each name was typed, in order of appearance."""
        return Counter(name for name in map(_text, self.cells["influencer"]) if name is not None)


NO_ROWS = PostRows((), {column.key: () for column in POSTS.columns}, (), (), blank=0)


def read_post_rows(table: Table, *, cut_off: date | None) -> PostRows:
    """Return the rows as they stood at the end of the day `cut_off`; None is now.

    A post dated after that day is not there at all, and reactions measured after it are not known yet.
    """
    below = table.raw.rows[table.first_row - 1 :]
    filled = [index for index, row in enumerate(below) if _has_content(row, table.layout.positions.values())]
    blank = len(below) - len(filled)
    read_day = Remembered(lambda cell: parse_date(cell, table.zone))
    dates = [read_day(cell) for cell in _column(table, below, filled, "date")]
    if cut_off is not None:
        kept = [at for at, day in enumerate(dates) if day.value is None or day.value <= cut_off]
        filled, dates = [filled[at] for at in kept], [dates[at] for at in kept]
    cells = {column.key: list(_column(table, below, filled, column.key)) for column in POSTS.columns}
    measured = [read_day(cell) for cell in cells["measured_on"]]
    if cut_off is not None:
        for at, day in enumerate(measured):
            if day.value is not None and day.value > cut_off:
                measured[at] = Reading(None)
                for key in ("measured_on", *REACTIONS):
                    cells[key][at] = None
    return PostRows([index + table.first_row for index in filled], cells, dates, measured, blank)


def _has_content(row: Sequence[Cell], positions: Collection[int]) -> bool:
    return any(position < len(row) and not is_blank(row[position]) for position in positions)


def _column(table: Table, rows: Sequence[Sequence[Cell]], indices: Sequence[int], key: str) -> Iterator[Cell]:
    position = table.layout.positions.get(key)
    for index in indices:
        row = rows[index]
        yield row[position] if position is not None and position < len(row) else None


def _text(cell: Cell) -> str | None:
    return parse_text(cell).value
