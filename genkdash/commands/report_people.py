"""How do the influencers stand in the printed report? A row each, in the order of the sheet: never by count."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeAlias

from genkdash.commands.report_elements import UNKNOWN, Html, number, table, text
from genkdash.i18n import Translator
from genkdash.i18n.formats import chance, day, one_decimal, whole

Json: TypeAlias = dict[str, Any]

# the JSON has them; for people a chance means nothing yet
_SAYS_NOTHING_YET = frozenset({"paused", "too_early"})
_COLUMNS = ("name", "posts", "target", "surplus", "expected", "last_post", "gap_days", "status", "final", "finish")


def people(influencers: Sequence[Json], words: Translator) -> Html:
    """Return the table of the influencers of the report."""
    headers = [words(f"people.{column}") for column in _COLUMNS]
    rows = [_row(person, words) for person in influencers]
    return table(headers, rows, kind="people", numbers=frozenset({1, 2, 3, 4, 6}))


def _row(person: Json, words: Translator) -> list[Html]:
    """Return the cells of one influencer."""
    expected = person["expected"]
    return [
        text(person["name"]),
        *(number(person[name], whole(person[name], words)) for name in ("posts", "target", "surplus")),
        number(expected, one_decimal(expected or 0, words)),
        text(_day(person["last_post"], words) or UNKNOWN),
        number(person["gap_days"], whole(person["gap_days"] or 0, words)),
        _status(person, words),
        text(_final(person, words)),
        text(_finish(person, words)),
    ]


def _status(person: Json, words: Translator) -> Html:
    """Return the status in words, with its chance where one is shown."""
    status = words(f"status.{person['status'] or 'unknown'}")
    if person["probability"] is None or person["status"] in _SAYS_NOTHING_YET:
        return text(status)
    shown = words("status.with_chance", status=status, chance=chance(person["probability"], words))
    return number(person["probability"], shown)


def _final(person: Json, words: Translator) -> str:
    """Return between which counts it will end, or a dash where that is not shown."""
    final = person["final"]
    if final is None or person["status"] in _SAYS_NOTHING_YET:
        return UNKNOWN
    low, high = final["low"], final["high"]
    return str(low) if low == high else words("outlook.range", low=low, high=high)


def _finish(person: Json, words: Translator) -> str:
    """Return between which days the target will be met, or a dash where that is not shown."""
    finish = person["finish"]
    if finish is None or person["status"] in _SAYS_NOTHING_YET:
        return UNKNOWN
    early, late = (_day(finish[end], words) or words("outlook.after_end") for end in ("early", "late"))
    return early if early == late else words("outlook.range", low=early, high=late)


def _day(iso: str | None, words: Translator) -> str | None:
    """Return a day of the report as people write it."""
    return None if iso is None else day(date.fromisoformat(iso), words)
