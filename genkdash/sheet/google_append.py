"""How does a row get into the Google sheet, under the right headers, and never over what stands there?

`look()` reads the tab as it is now; `append()` writes one row below it. Nothing is remembered between the two but
what was seen: columns may be moved, tabs renamed and rows sorted at any moment.
"""

import re
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from gspread.http_client import HTTPClient
from gspread.utils import absolute_range_name, rowcol_to_a1

from genkdash.sheet.cells import EPOCH, is_blank
from genkdash.sheet.columns import Layout, find_layout, redact
from genkdash.sheet.contract import Tab, find_tab
from genkdash.sheet.errors import (
    ColumnToWriteMissingError,
    GoogleAnswerError,
    GoogleMisplacedError,
    GoogleNotSharedError,
    GoogleReadOnlyError,
    TabToWriteMissingError,
)
from genkdash.sheet.google_answers import AS_STORED, json_object, rows_of
from genkdash.sheet.google_deadline import LIMITS, Limits
from genkdash.sheet.google_key import WRITE_SCOPES, parse_address, parse_sheet_key, read_credentials
from genkdash.sheet.google_session import GoogleSession
from genkdash.sheet.names import fold
from genkdash.sheet.tables import Cell, RawTab

_FIELDS = "sheets(properties(title,sheetType,gridProperties(rowCount)))"
# RAW: text that begins with "=" stays text. INSERT_ROWS: what somebody types at the same moment is pushed down.
_AS_NEW_ROW = {"valueInputOption": "RAW", "insertDataOption": "INSERT_ROWS"}
_WRITTEN = re.compile(r"!?\$?([A-Z]+)\$?([0-9]+)(?::[A-Z$0-9]+)?$")


@dataclass(frozen=True, slots=True)
class OpenTab:
    """One tab as it was when it was looked at.

    `rows` are those below the header, without the cells that the contract does not name. The table that a new row
    belongs to begins in column `left` (from 0); the row is to come at `next_row` (from 1) of `row_count`.
    `astray` has the rows that were asked for by their marks: the cells of each that was found, in whatever columns.
    """

    title: str
    layout: Layout
    rows: Sequence[Sequence[Cell]] = field(repr=False)
    left: int
    next_row: int
    row_count: int
    astray: Mapping[str, str] = field(default_factory=dict)

    @property
    def anchor(self) -> str:
        """The cell below the last row; in a grid that is full, where there is none, a header that is in the table.

        Google continues the table that the cell is in, and begins at the cell itself where it is in none.
        """
        if self.next_row <= self.row_count:
            return str(rowcol_to_a1(self.next_row, self.left + 1))
        return str(rowcol_to_a1((self.layout.header or 0) + 1, min(self.layout.positions.values()) + 1))


class GoogleAppender:
    """A Google sheet, written in as a service account that may. For one thread.

    `sheet` is its link or its key; `credentials` are the fields of a service account's key file.

    Raises:
        SourceError: the link, the key file or an address can't be used.
    """

    def __init__(
        self,
        sheet: str,
        *,
        credentials: Mapping[str, str],
        api_url: str = "https://sheets.googleapis.com",
        limits: Limits = LIMITS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.key = parse_sheet_key(sheet)
        account = read_credentials(credentials, scopes=WRITE_SCOPES)
        self.email: str = account.service_account_email
        self._session = GoogleSession(account, api_url=parse_address(api_url), limits=limits, clock=clock)
        # gspread asks for None where a session of one's own is given, but its types do not know that.
        self._client = HTTPClient(auth=None, session=self._session)  # type: ignore[arg-type]

    def __repr__(self) -> str:
        return f"GoogleAppender({self.key!r})"

    def look(
        self, tab: Tab, *, needed: Collection[str], marks: Mapping[str, Collection[Cell]] = MappingProxyType({})
    ) -> OpenTab:
        """Return the tab as it is now. `needed` are the keys of the columns that a row can't do without.

        `marks` are the cells by which some rows are known, by a name for each: they are looked for in all columns,
        for a row may have been written while somebody moved them.

        Raises:
            WriteError: the tab, or a column that is needed, is not there.
            SourceError: the sheet can't be read.
        """
        title, row_count = self._find(tab)
        answer = json_object(
            lambda: self._client.values_get(self.key, absolute_range_name(title), params=dict(AS_STORED))
        )
        rows = rows_of(answer)
        layout = find_layout(tab, rows)
        absent = [
            column.header for column in tab.columns if column.key in needed and column.key not in layout.positions
        ]
        if layout.header is None or absent:
            raise ColumnToWriteMissingError(tab=title, columns=", ".join(absent))
        return OpenTab(
            title=title,
            layout=layout,
            rows=redact(RawTab(title, rows)).rows[layout.header + 1 :],
            left=_left_edge(rows, layout),
            next_row=len(rows) + 1,
            row_count=row_count,
            astray=_find_marked(title, rows, layout.header + 1, marks),
        )

    def append(self, opened: OpenTab, cells: Mapping[str, Cell]) -> OpenTab:
        """Write one row, `cells` by column key, and return the tab as it is with it.

        A column that the sheet does not have is left out. A day becomes a serial, so that it is a date in any locale.

        Raises:
            WriteError: Google refused, and nothing was written; or (GoogleMisplacedError) it was, but not in its place.
            SourceError: the row was written or not; only another look can tell.
        """
        positions = opened.layout.positions
        row: list[Cell] = [None] * (max(positions.values()) - opened.left + 1)
        for key, cell in cells.items():
            if key in positions:
                row[positions[key] - opened.left] = _stored(cell)
        range_name = absolute_range_name(opened.title, opened.anchor)
        is_refused = False
        try:
            answer = json_object(
                lambda: self._client.values_append(self.key, range_name, dict(_AS_NEW_ROW), {"values": [row]})
            )
        except GoogleNotSharedError:
            is_refused = True
        if is_refused:
            # It was read a moment ago: what is missing is the right to write.
            raise GoogleReadOnlyError(email=self.email)
        letters, number = _written_at(answer)
        if letters != rowcol_to_a1(1, opened.left + 1)[:-1]:
            raise GoogleMisplacedError(cells=f"{opened.title}!{letters}{number}")
        return replace(opened, next_row=max(number, opened.next_row) + 1, row_count=max(number, opened.row_count))

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._session.close()

    def _find(self, tab: Tab) -> tuple[str, int]:
        """Return the title of the tab, the Dutch one before another, and how many rows its grid has."""
        answer = json_object(lambda: self._client.fetch_sheet_metadata(self.key, params={"fields": _FIELDS}))
        try:
            found = [
                (str(properties["title"]), int(properties["gridProperties"]["rowCount"]))
                for properties in (sheet["properties"] for sheet in answer["sheets"])
                if properties.get("sheetType", "GRID") == "GRID" and find_tab(str(properties["title"])) is tab
            ]
        except (KeyError, TypeError, ValueError, AttributeError):
            raise GoogleAnswerError(status="200") from None
        if not found:
            raise TabToWriteMissingError(tab=tab.title)
        return min(found, key=lambda titled: fold(titled[0]) != fold(tab.title))


def _left_edge(rows: Sequence[Sequence[Cell]], layout: Layout) -> int:
    """Return the first column, from 0, of the table that the header stands in: the rectangle of cells that touch.

    Google writes a new row from the first column of the table, which may be a column of the sheet's owner.
    """
    top = bottom = layout.header or 0
    left = right = min(layout.positions.values())

    def is_filled(row: int, first: int, last: int) -> bool:
        cells = rows[row][max(first, 0) : last + 1] if 0 <= row < len(rows) else ()
        return any(not is_blank(cell) for cell in cells)

    is_growing = True
    while is_growing:
        before = (top, bottom, left, right)
        while any(is_filled(row, right + 1, right + 1) for row in range(top - 1, bottom + 2)):
            right += 1
        while left > 0 and any(is_filled(row, left - 1, left - 1) for row in range(top - 1, bottom + 2)):
            left -= 1
        while is_filled(bottom + 1, left - 1, right + 1):
            bottom += 1
        while is_filled(top - 1, left - 1, right + 1):
            top -= 1
        is_growing = before != (top, bottom, left, right)
    return left


def _find_marked(
    title: str, rows: Sequence[Sequence[Cell]], first: int, marks: Mapping[str, Collection[Cell]]
) -> Mapping[str, str]:
    """Return where, from row `first` (from 0) on, a row holds all the cells that mark it."""
    wanted = {name: frozenset(_stored(cell) for cell in cells) for name, cells in marks.items()}
    return {
        name: f"{title}!{number}:{number}"
        for name, cells in wanted.items()
        for number, row in enumerate(rows[first:], start=first + 1)
        if cells <= set(row)
    }


def _stored(cell: Cell) -> Cell:
    return (cell - EPOCH).days if isinstance(cell, date) else cell


def _written_at(answer: Mapping[str, object]) -> tuple[str, int]:
    """Return the letters of the column and the number of the row where Google says that it began to write.

    Raises:
        GoogleAnswerError: it does not say.
    """
    updates = answer.get("updates")
    written = _WRITTEN.search(str(updates.get("updatedRange"))) if isinstance(updates, dict) else None
    if written is None:
        raise GoogleAnswerError(status="200")
    return written[1], int(written[2])
