"""Which mistakes can be mended in one click? Those where one other value, and only one, is what was meant."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from genkdash.sheet.contract import find_tab
from genkdash.sheet.corrections import TELLING_COLUMNS, Correction, correct
from genkdash.sheet.dates import Plausible, parse_date
from genkdash.sheet.model import Influencer, Issue
from genkdash.sheet.names import distance, fold, tidy
from genkdash.sheet.tables import RawBook

# Day first is how it is read, but 05/03 may have been typed by somebody who puts the month first, and 05/03/18 even
# with the year in front: only what nobody can read in another way is certain. A time would be lost.
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NAMED = re.compile(r"[0-9]{1,2}[ -][^\W\d]+\.?[ -][0-9]{4}")
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-][0-9]{4}")
_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})(?P<sep>[/.-])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})")
_MONTHS = 12

MENDED_COLUMNS = frozenset({"date", "influencer", "measured_on", "replied_on", "topics"})
"""The columns in which a mistake can be mended in one click."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A correction of one cell, for the issue `code`: `cell` as people point at it, its text `before` and `after`.

    `after` is what somebody may type or paste in the cell; a day in ISO form. `url` opens the cell, where one can.
    """

    correction: Correction
    code: str
    cell: str
    before: str
    after: str
    url: str | None


def propose(
    book: RawBook, issues: Sequence[Issue], *, influencers: Sequence[Influencer], today: date
) -> tuple[Proposal, ...]:
    """Return what can be mended of the `issues` that parsing `book` gave: one for each cell, in their order."""
    renamed: dict[tuple[str, int | None], dict[str, str]] = {}
    for issue in issues:
        if issue.code == "similar-topic":
            meant = renamed.setdefault((issue.tab, issue.row), {})
            meant[fold(issue.detail["topic"])] = issue.detail["suggestion"]
    folded = {one.name: fold(one.name) for one in influencers}
    near = cache(lambda typed: tuple(name for name, known in folded.items() if _is_near(typed, known)))
    proposals: dict[tuple[str, str], Proposal] = {}
    for issue in issues:
        tab = find_tab(issue.tab)
        if (
            tab is None
            or tab.key not in TELLING_COLUMNS
            or issue.row is None
            or issue.field not in MENDED_COLUMNS
            or not issue.value
        ):
            continue
        new: str | date | None = None
        if issue.code == "unknown-influencer":
            # The name that was meant: a slip away, or with more behind it, and no other name as near.
            suggestion = issue.detail["suggestion"]
            new = suggestion if near(fold(issue.value)) == (suggestion,) else None
        elif issue.code == "similar-topic":
            new = _with_topics(issue.value, renamed[issue.tab, issue.row])
        elif issue.code in {"text-date", "bad-date"}:
            new = certain_day(issue.value, today)
        correction = None if new is None else correct(book, tab.key, issue.row, {issue.field: new})
        if new is None or correction is None or _shown_otherwise(correction, issue):
            continue
        cell = f"{issue.tab} {issue.column or ''}{issue.row}"
        after = new if isinstance(new, str) else new.isoformat()
        proposals.setdefault((cell, issue.field), Proposal(correction, issue.code, cell, issue.value, after, issue.url))
    return tuple(proposals.values())


def certain_day(text: str, today: date) -> date | None:
    """Return the day that a text means to everybody, None where somebody could mean another one."""
    typed = " ".join(tidy(text).split())
    day_first, year_first = _DAY_FIRST.fullmatch(typed), _YEAR_FIRST.fullmatch(typed)
    if year_first is not None:
        typed = f"{year_first['year']}-{int(year_first['month']):02}-{int(year_first['day']):02}"
    is_certain = bool(_ISO.fullmatch(typed) or _NAMED.fullmatch(typed))
    if day_first is not None:
        is_certain = int(day_first["day"]) > _MONTHS or int(day_first["day"]) == int(day_first["month"])
    day = parse_date(typed).value if is_certain else None
    return day if day is not None and day in Plausible.on(today) else None


def _is_near(typed: str, name: str) -> bool:
    if typed.startswith(f"{name} ") or name.startswith(f"{typed} "):
        return True
    # In a short name two letters make another name.
    most = 1 if min(len(typed), len(name)) < len("Yasmina") else 2
    return _may_be_within(most, typed, name) and distance(typed, name) <= most


def _may_be_within(most: int, typed: str, name: str) -> bool:
    """Tell whether the distance may be so small; where it can't be, there is no need to reckon it, which takes long.

    A slip touches at most two of the parts that a text is cut into, so that one of a part more stands in the other too.
    """
    if abs(len(typed) - len(name)) > most:
        return False
    parts = 2 * most + 1
    step = len(typed) // parts
    return step == 0 or any(typed[at * step : (at + 1) * step] in name for at in range(parts))


def _with_topics(text: str, meant: Mapping[str, str]) -> str | None:
    """Return the cell with each slip replaced, and all else as it was; None where it holds none as a part."""
    if fold(text) in meant:
        return meant[fold(text)]
    parts = re.split(r"([;|,\r\n]+)", text)
    fixed = [_renamed(part, meant) for part in parts]
    return "".join(fixed) if fixed != parts else None


def _renamed(part: str, meant: Mapping[str, str]) -> str:
    name = meant.get(fold(part))
    if name is None:
        return part
    before, after = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
    return f"{before}{name}{after}"


def _shown_otherwise(correction: Correction, issue: Issue) -> bool:
    """Tell whether the cell holds more than the issue shows: a text that was cut off is not replaced by its start."""
    return any(tidy(str(correction.seen[key])) != issue.value for key in correction.new)
