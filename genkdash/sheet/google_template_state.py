"""What stands in a Google sheet already, as far as the template needs to know? No value of a cell is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from gspread.http_client import HTTPClient
from gspread.utils import absolute_range_name

from genkdash.sheet.cells import is_blank
from genkdash.sheet.columns import Layout, find_layout
from genkdash.sheet.contract import CAMPAIGN, TABS, Tab, find_setting, find_tab
from genkdash.sheet.errors import GoogleAnswerError
from genkdash.sheet.google_answers import AS_STORED, json_object, rows_of
from genkdash.sheet.names import fold
from genkdash.sheet.tables import Cell

_Rows: TypeAlias = Sequence[Sequence[Cell]]
_Looks: TypeAlias = Mapping[tuple[int, int], Mapping[str, Any]]

_FIELDS = (
    "properties(title,locale,timeZone),sheets(properties(sheetId,title,sheetType,"
    "gridProperties(rowCount,columnCount,frozenRowCount)),bandedRanges(range),protectedRanges(range),tables(range))"
)
_LOOKS = (
    "sheets(properties(sheetId),data(startRow,startColumn,"
    "rowData(values(note,dataValidation(condition(type)),userEnteredFormat(numberFormat(type))))))"
)


@dataclass(frozen=True, slots=True)
class TabState:
    """One tab of the contract as it is now. Rows and columns count from 0; `layout` says where the headers are.

    `width` and `next_row` lie just beyond what is used. `filled` are the columns with something below the header,
    `typed` those of them with something else than checkboxes; `noted`, `ruled` and `formatted` those with a note on the
    header, a validation rule or a number format below it. `settings` has the keys of Campagne that are there.
    """

    tab: Tab
    title: str
    gid: int
    row_count: int
    column_count: int
    layout: Layout
    width: int = 0
    next_row: int = 0
    frozen_rows: int = 0
    is_banded: bool = False
    is_protected: bool = False
    filled: frozenset[int] = frozenset()
    typed: frozenset[int] = frozenset()
    noted: frozenset[int] = frozenset()
    ruled: frozenset[int] = frozenset()
    formatted: frozenset[int] = frozenset()
    settings: frozenset[str] = frozenset()

    @property
    def header(self) -> int:
        """The row of the headers; the first where there are none yet."""
        return self.layout.header or 0

    @property
    def takes_headers(self) -> bool:
        """Whether missing headers can be added without giving rows that are there another meaning."""
        return self.layout.is_complete or self.next_row == 0 or (self.layout.header is not None and not self.filled)


@dataclass(frozen=True, slots=True)
class BookState:
    """The whole sheet: `tabs` of the contract by key, and the numbers of all tabs.

    `blank_tab` is the title of the one tab of a sheet in which nobody typed anything yet; None in any other sheet.
    `charts` are the keys of the tabs whose name is taken by something that holds no cells.
    """

    title: str
    locale: str
    timezone: str
    tabs: Mapping[str, TabState]
    gids: frozenset[int]
    blank_tab: str | None = None
    charts: frozenset[str] = frozenset()


def read_state(client: HTTPClient, key: str) -> BookState:
    """Return what the sheet `key` looks like now, in three requests at most.

    Raises:
        SourceError: it can't be read.
    """
    try:
        about = json_object(lambda: client.fetch_sheet_metadata(key, params={"fields": _FIELDS}))
        sheets = {str(sheet["properties"]["title"]): sheet for sheet in about["sheets"]}
        grids = {title for title, one in sheets.items() if one["properties"].get("sheetType", "GRID") == "GRID"}
        ours = _ours([title for title in sheets if title in grids])
        lone = set(sheets) - set(ours.values()) if len(sheets) == 1 else set()
        rows = _fetch_rows(client, key, [*ours.values(), *(lone & grids)])
        looks = _fetch_looks(client, key, list(ours.values()))
        return BookState(
            title=str(about["properties"]["title"]),
            locale=str(about["properties"]["locale"]),
            timezone=str(about["properties"]["timeZone"]),
            tabs={
                tab: _tab_state(sheets[title], rows[title], looks[_gid(sheets[title])]) for tab, title in ours.items()
            },
            gids=frozenset(_gid(sheet) for sheet in sheets.values()),
            blank_tab=next((title for title in lone & grids if not any(map(_is_used, rows[title]))), None),
            charts=frozenset(tab.key for title in set(sheets) - grids if (tab := find_tab(title))),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise GoogleAnswerError(status="200") from None


def _ours(titles: Sequence[str]) -> dict[str, str]:
    """Return the title of each tab of the contract by its key; of two, the one with the Dutch name."""
    found = {}
    for tab in TABS:
        candidates = [title for title in titles if find_tab(title) is tab]
        if candidates:
            found[tab.key] = min(candidates, key=lambda title: fold(title) != fold(tab.title))
    return found


def _fetch_rows(client: HTTPClient, key: str, titles: Sequence[str]) -> dict[str, _Rows]:
    if not titles:
        return {}
    ranges = [absolute_range_name(title) for title in titles]
    answer = json_object(lambda: client.values_batch_get(key, ranges, params=dict(AS_STORED)))
    return {title: rows_of(values) for title, values in zip(titles, answer["valueRanges"], strict=True)}


def _fetch_looks(client: HTTPClient, key: str, titles: Sequence[str]) -> dict[int, _Looks]:
    """Return what is on the cells besides values, by the number of the tab, then by row and column."""
    if not titles:
        return {}
    ranges = [absolute_range_name(title) for title in titles]
    answer = json_object(lambda: client.fetch_sheet_metadata(key, params={"fields": _LOOKS, "ranges": ranges}))
    return {
        _gid(sheet): {
            (part.get("startRow", 0) + row, part.get("startColumn", 0) + column): cell
            for part in sheet.get("data", [])
            for row, line in enumerate(part.get("rowData", []))
            for column, cell in enumerate(line.get("values", []))
            if cell
        }
        for sheet in answer["sheets"]
    }


def _tab_state(sheet: Mapping[str, Any], rows: _Rows, looks: _Looks) -> TabState:
    properties = sheet["properties"]
    title, grid = str(properties["title"]), properties["gridProperties"]
    tab = find_tab(title)
    if tab is None:
        raise ValueError(title)
    layout = find_layout(tab, rows)
    header = layout.header or 0
    below = [(at, cell) for row in rows[header + 1 :] for at, cell in enumerate(row) if not is_blank(cell)]
    looks_below = {place: cell for place, cell in looks.items() if place[0] > header}
    used = [number for number, row in enumerate(rows, start=1) if _is_used(row)]
    return TabState(
        tab,
        title,
        _gid(sheet),
        int(grid["rowCount"]),
        int(grid["columnCount"]),
        layout,
        width=max(map(len, rows), default=0),
        next_row=max(used, default=0),
        frozen_rows=int(grid.get("frozenRowCount", 0)),
        is_banded=bool(sheet.get("bandedRanges") or sheet.get("tables")),
        is_protected=any(_covers(part.get("range", {}), header) for part in sheet.get("protectedRanges", [])),
        filled=frozenset(at for at, cell in below if cell is not False),
        typed=frozenset(at for at, cell in below if not isinstance(cell, bool)),
        noted=frozenset(at for (row, at), cell in looks.items() if row == header and cell.get("note")),
        ruled=frozenset(at for (_, at), cell in looks_below.items() if cell.get("dataValidation")),
        formatted=frozenset(
            at for (_, at), cell in looks_below.items() if cell.get("userEnteredFormat", {}).get("numberFormat")
        ),
        settings=_settings(layout, rows) if tab is CAMPAIGN else frozenset(),
    )


def _settings(layout: Layout, rows: _Rows) -> frozenset[str]:
    position = layout.positions.get("key")
    if position is None:
        return frozenset()
    found = (find_setting(row[position]) for row in rows if position < len(row))
    return frozenset(setting.key for setting in found if setting)


def _covers(area: Mapping[str, Any], row: int) -> bool:
    """Tell whether a range has this row; a range without rows is the whole tab."""
    return int(area.get("startRowIndex", 0)) <= row < int(area.get("endRowIndex", row + 1))


def _gid(sheet: Mapping[str, Any]) -> int:
    return int(sheet["properties"]["sheetId"])


def _is_used(row: Sequence[Cell]) -> bool:
    return any(not is_blank(cell) and cell is not False for cell in row)
