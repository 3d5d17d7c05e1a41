"""Which rows of Berichten still count, and what keeps the others from counting?"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from genkdash.sheet.cells import Reading, is_error
from genkdash.sheet.contract import POSTS
from genkdash.sheet.issues import CODES
from genkdash.sheet.post_rows import PostRows
from genkdash.sheet.reading import Remembered, Table, is_against, read_as
from genkdash.sheet.tables import Cell

Value = TypeVar("Value")


class Verdicts:
    """Notes issues of posts, and keeps for each row the first code, in the contract's order, that says no."""

    def __init__(self, table: Table, rows: PostRows) -> None:
        self.rows = rows
        self.reasons: list[str | None] = [None] * len(rows.numbers)
        self._table = table

    def say(self, at: int, code: str, key: str, **detail: str) -> None:
        """Note an issue in the column `key` of the row at index `at`."""
        self._table.note(code, self.rows.numbers[at], key, self.rows.cells[key][at], detail=detail)
        reason = self.reasons[at]
        if is_against(POSTS.column(key), code) and (reason is None or CODES[code].order < CODES[reason].order):
            self.reasons[at] = code

    def accept(self, key: str, readings: Iterable[Reading[Value]]) -> list[Value | None]:
        """Return the values read in one column, noting what the readings say of them."""
        values = []
        for at, reading in enumerate(readings):
            value, code = reading
            values.append(value)
            if code is not None:
                self.say(at, code, key, **read_as(reading))
        return values

    def read_each(self, key: str, parse: Callable[[Cell], Reading[Value]]) -> list[Value | None]:
        """Return the values of a column in which few cells say the same, noting what `parse` says of them."""
        blank = parse(None)
        return self.accept(key, (blank if cell is None else parse(cell) for cell in self.rows.cells[key]))

    def read(self, key: str, parse: Callable[[Cell], Reading[Value]]) -> list[Value | None]:
        """Return the values of one column, each distinct cell read once with `parse`, noting what it says of them."""
        return self.accept(key, Remembered(parse).column(self.rows.cells[key]))

    def is_failed(self, at: int, key: str) -> bool:
        """Tell whether a formula failed in this cell: then it is not blank, and that is said already."""
        return is_error(self.rows.cells[key][at])
