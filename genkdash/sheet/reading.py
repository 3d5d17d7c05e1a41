"""What stands in the rows of one tab? Walks through its cells, and notes what is wrong with one at its place."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Generic, TypeVar

from genkdash.sheet.cells import Reading, is_blank, parse_text, shown
from genkdash.sheet.columns import Layout
from genkdash.sheet.contract import Column
from genkdash.sheet.dates import BRUSSELS, is_plannable, parse_date
from genkdash.sheet.issues import CODES, IssueLog
from genkdash.sheet.model import Severity
from genkdash.sheet.tables import Cell, RawTab

Value = TypeVar("Value")
Key = TypeVar("Key")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row below the header: its number in the sheet, and its cells by column key; an absent column is None."""

    row: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A tab with a complete header, and the log in which its issues are noted."""

    raw: RawTab
    layout: Layout
    log: IssueLog
    zone: tzinfo = BRUSSELS

    @property
    def first_row(self) -> int:
        """Number of the first row below the header, as the sheet numbers it."""
        return (self.layout.header or 0) + 2

    def entries(self) -> Iterator[Entry]:
        """Yield the rows below the header that have something in a column of the contract.

        A checkbox that is off is nothing: Google fills a whole column with them.
        """
        for number, row in enumerate(self.raw.rows[self.first_row - 1 :], start=self.first_row):
            cells: dict[str, Cell] = {column.key: None for column in self.layout.tab.columns}
            cells.update({key: row[at] for key, at in self.layout.positions.items() if at < len(row)})
            if any(not is_blank(cell) and cell is not False for cell in cells.values()):
                yield Entry(number, cells)

    def note(  # noqa: PLR0913 -- a cell is named by row, column and what it holds; the rest is optional
        self,
        code: str,
        row: int,
        key: str,
        cell: Cell,
        *,
        setting: Column | None = None,
        detail: Mapping[str, str] | None = None,
    ) -> None:
        """Note an issue at a cell. A setting is a row of its own, and gives its key as the field."""
        column = setting or self.layout.tab.column(key)
        self.log.note(
            code,
            self.layout.tab,
            self.raw,
            row=row,
            position=self.layout.positions.get(key),
            field=column.key,
            value=shown(cell, is_date=column.is_date),
            severity=severity_at(column, code),
            detail=detail,
        )

    def accept(
        self,
        entry: Entry,
        key: str,
        reading: Reading[Value],
        *,
        unreadable: str | None = None,
        setting: Column | None = None,
    ) -> Value | None:
        """Return the value that was read, noting its issue; `unreadable` is the code for a bad date or number."""
        if reading.code is not None:
            code = unreadable if unreadable and reading.code in {"bad-date", "bad-number"} else reading.code
            self.note(code, entry.row, key, entry.cells[key], setting=setting, detail=read_as(reading))
        return reading.value

    def text(self, entry: Entry, key: str) -> str | None:
        """Return the text of a cell, noting a failed formula; blank is None."""
        return self.accept(entry, key, parse_text(entry.cells[key]))

    def planned_day(self, entry: Entry, key: str, *, setting: Column | None = None) -> date | None:
        """Return the day that a setting names, noting one that can't be read; blank is None."""
        reading = parse_date(entry.cells[key], self.zone)
        if reading.value is not None and not is_plannable(reading.value):
            reading = Reading(None, "bad-date")
        return self.accept(entry, key, reading, unreadable="bad-setting", setting=setting)


def read_as(reading: Reading[object]) -> dict[str, str]:
    """Return what the issue of a reading says besides the cell: how the text was understood."""
    understood = shown(reading.value)
    return {} if understood is None else {"read_as": understood}


def severity_at(column: Column, code: str) -> Severity | None:
    """Return the severity of a code that weighs as its column does, None when the code's own severity holds."""
    if code not in {"error-cell", "bad-date"}:
        return None
    return "error" if column.required else "warning"


def is_against(column: Column, code: str) -> bool:
    """Tell whether a code at this column keeps the row from counting."""
    severity = severity_at(column, code)
    return not CODES[code].is_counted if severity is None else severity == "error"


class Remembered(Generic[Value]):
    """Reads each distinct cell once. It lives as long as one parse, so that a deleted row leaves memory with it."""

    def __init__(self, parse: Callable[[Cell], Reading[Value]]) -> None:
        # By type too: to a dictionary True, 1 and 1.0 are the same.
        self._known: Known[type, Known[Cell, Reading[Value]] | _Anew[Value]] = Known(
            lambda kind: Known(parse) if kind in _ALIKE else _Anew(parse)
        )

    def column(self, cells: Iterable[Cell]) -> list[Reading[Value]]:
        """Return what was read from each cell, or from one just like it."""
        known = self._known
        return [known[type(cell)][cell] for cell in cells]


class Known(dict[Key, Answer]):
    """Answers that are worked out once for each distinct key, and looked up from then on."""

    def __init__(self, answer: Callable[[Key], Answer]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, key: Key) -> Answer:
        """Work out an answer that is not known yet."""
        answer = self[key] = self._answer(key)
        return answer


class _Anew(Generic[Value]):
    """Reads a cell of a type whose equal values may mean different things, or that has no equals, each time."""

    def __init__(self, parse: Callable[[Cell], Reading[Value]]) -> None:
        self._parse = parse

    def __getitem__(self, cell: Cell) -> Reading[Value]:
        """Return what is read from this cell."""
        return self._parse(cell)


_ALIKE = frozenset({str, int, float, bool, date, type(None)})
