"""How do many rows with the same mistake stand on one line? Under the one sentence they share, as ranges of cells.

Only what would say the same stands together: the same mistake, the same value, the same advice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from genkdash.i18n import Translator
from genkdash.i18n.formats import whole
from genkdash.sheet.model import Issue

_RANGES = 6  # more would push the number of the others out of two lines


@dataclass(frozen=True, slots=True)
class IssueLine:
    """Issues that have the same sentence, in the order given; at least one."""

    issues: tuple[Issue, ...]

    @property
    def first(self) -> Issue:
        """The issue that stands for all: the first one."""
        return self.issues[0]


def issue_lines(issues: Iterable[Issue]) -> Sequence[IssueLine]:
    """Return a line per sentence, in the order in which they are first met. No issue is left out."""
    lines: dict[object, list[Issue]] = {}
    for issue in issues:
        same = (issue.severity, issue.tab, issue.code, issue.column, issue.value, tuple(sorted(issue.detail.items())))
        lines.setdefault(same, []).append(issue)
    return [IssueLine(tuple(line)) for line in lines.values()]


def place(line: IssueLine, words: Translator) -> str:
    """Return where it is: "Berichten A19", or with how many rows "Berichten, 98 rijen: A19, A21–A24 en nog 93"."""
    first = line.first
    rows = sorted({issue.row for issue in line.issues if issue.row is not None})
    if len(rows) <= 1:
        return f"{first.tab} {first.column or ''}{first.row or ''}".strip()
    found = _ranges(rows)
    column = first.column or ""
    shown = [_range(column, low, high) for low, high in found[:_RANGES]]
    rest = sum(high - low + 1 for low, high in found[_RANGES:])
    parts = {"tab": first.tab, "rows": whole(len(rows), words), "ranges": ", ".join(shown)}
    return words("check.rows_more", rest=whole(rest, words), **parts) if rest else words("check.rows", **parts)


def _range(column: str, low: int, high: int) -> str:
    """Return cells of a column as "A19", or "A21–A24"."""
    return f"{column}{low}" if low == high else f"{column}{low}–{column}{high}"


def _ranges(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Return the stretches of rows without a gap, each with its first and last; `rows` ascend."""
    found = []
    for _, stretch in groupby(enumerate(rows), key=lambda numbered: numbered[1] - numbered[0]):
        together = [row for _, row in stretch]
        found.append((together[0], together[-1]))
    return found
