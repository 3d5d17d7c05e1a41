"""What can be wrong in the sheet, how bad is it, and does the row still count?"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from genkdash.sheet.contract import TABS, Tab
from genkdash.sheet.model import Issue, Severity
from genkdash.sheet.names import tidy
from genkdash.sheet.tables import RawTab


@dataclass(frozen=True, slots=True)
class IssueKind:
    """What the contract says of one code.

    `order` is its place in the contract's table: of several codes that keep a row from counting, the first is the
    reason. `detail` names what every issue of this code has in `Issue.detail`, for its sentence.
    """

    severity: Severity
    is_counted: bool
    order: int
    detail: tuple[str, ...] = ()


_TABLE: tuple[tuple[str, Severity, bool, tuple[str, ...]], ...] = (
    ("missing-influencer", "error", False, ()),
    ("unknown-influencer", "error", False, ("suggestion",)),
    ("missing-date", "error", False, ()),
    ("bad-date", "error", False, ()),
    ("outside-campaign", "warning", False, ("start", "end")),
    ("future-date", "warning", False, ()),
    ("duplicate-id", "error", False, ("first_row",)),
    ("duplicate-link", "warning", False, ("first_row",)),
    ("possible-duplicate", "info", True, ("first_row",)),
    ("missing-topic", "info", True, ()),
    ("similar-topic", "info", True, ("topic", "suggestion")),
    ("new-topic", "info", True, ("topic",)),
    ("bad-link", "warning", True, ()),
    ("bad-number", "warning", True, ()),
    ("text-date", "info", True, ("read_as",)),
    ("text-number", "info", True, ("read_as",)),
    ("error-cell", "warning", True, ()),
    ("duplicate-header", "warning", True, ()),
    ("missing-column", "error", True, ("header",)),
    ("missing-tab", "info", True, ()),
    ("title-row", "info", True, ("header_row",)),
    ("bad-setting", "warning", True, ()),
    ("repeated-influencer", "warning", True, ("first_row",)),
)

CODES: Final[Mapping[str, IssueKind]] = MappingProxyType(
    {
        code: IssueKind(severity, is_counted, order, detail)
        for order, (code, severity, is_counted, detail) in enumerate(_TABLE)
    }
)
"""Every issue code, in the contract's order.

Two codes weigh as their column does: `error-cell` and `bad-date` in a required column are errors that keep the row
from counting; in an optional column (`Gemeten op`, `Likes`) they are warnings, and only that value is unknown.
"""


_TAB_ORDER = {tab.key: order for order, tab in enumerate(TABS)}


def sentence_values(issue: Issue) -> dict[str, str]:
    """Return what the sentence `issue.<code>` may name: value, row, column, tab, and the code's own details."""
    place = {"value": issue.value, "row": issue.row, "column": issue.column, "tab": issue.tab}
    return {**{name: "" if part is None else str(part) for name, part in place.items()}, **issue.detail}


class IssueLog:
    """Collects the issues of one parse, and hands them out in the sheet's order: tab, row, contract's table."""

    def __init__(self, url: str | None = None) -> None:
        self._url = url
        self._noted: list[tuple[tuple[int, int, int, int], Issue]] = []

    def note(  # noqa: PLR0913 -- an issue has this many parts, all named where it is noted
        self,
        code: str,
        tab: Tab,
        raw: RawTab | None = None,
        *,
        row: int | None = None,
        position: int | None = None,
        field: str | None = None,
        value: str | None = None,
        severity: Severity | None = None,
        detail: Mapping[str, str] | None = None,
    ) -> None:
        """Note one issue of a tab, of `raw` if it is there. `row` counts from 1, `position` is the column from 0."""
        kind = CODES[code]
        column = None if position is None else column_letter(position)
        issue = Issue(
            code=code,
            severity=severity or kind.severity,
            tab=tab.title if raw is None else shown_title(raw),
            row=row,
            column=column,
            field=field,
            value=value,
            detail=dict(detail or {}),
            url=_cell_url(self._url, None if raw is None else raw.gid, row, column),
        )
        place = (_TAB_ORDER[tab.key], row or 0, kind.order, -1 if position is None else position)
        self._noted.append((place, issue))

    @property
    def issues(self) -> tuple[Issue, ...]:
        """All issues so far, sorted."""
        return tuple(issue for _, issue in sorted(self._noted, key=lambda noted: noted[0]))


def shown_title(raw: RawTab) -> str:
    """Return the title of a tab as people read it."""
    return " ".join(tidy(raw.title).split())


def column_letter(position: int) -> str:
    """Return a column's letter as the sheet shows it: 0 is "A", 25 is "Z", 26 is "AA"."""
    letters = ""
    rest = position + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _cell_url(url: str | None, gid: int | None, row: int | None, column: str | None) -> str | None:
    """Return a link that opens the cell; without a row, one that opens the tab."""
    if url is None or gid is None:
        return None
    return f"{url}#gid={gid}" if row is None else f"{url}#gid={gid}&range={column or 'A'}{row}"
