"""What did the young people teach the city, and what did the city do with it?"""

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeAlias

from genkdash.sheet.cells import Reading, is_blank, parse_text
from genkdash.sheet.dates import Plausible, parse_date
from genkdash.sheet.links import parse_link
from genkdash.sheet.model import Tip
from genkdash.sheet.names import fold
from genkdash.sheet.people import Roster
from genkdash.sheet.reading import Entry, Table
from genkdash.sheet.tables import Cell

Status: TypeAlias = Literal["heard", "tried", "adopted"]
_STATUSES: dict[str, Status] = {
    "gehoord": "heard",
    "heard": "heard",
    "geprobeerd": "tried",
    "tried": "tried",
    "doorgevoerd": "adopted",
    "adopted": "adopted",
}


def parse_tips(
    table: Table, *, roster: Roster, link_by_id: Mapping[str, str | None], plausible: Plausible, cut_off: date | None
) -> tuple[Tip, ...]:
    """Read the Tips tab as it stood at the end of the day `cut_off`; None is now.

    A tip given after that day is not there, and an answer given after it is not known, nor what came of it.
    `link_by_id` gives the link of the post that a tip names by its Bericht-ID.
    """
    tips = []
    for entry in table.entries():
        given = parse_date(entry.cells["date"], table.zone)
        if _is_after(given, cut_off):
            continue
        text = table.text(entry, "tip")
        if text is None:
            if is_blank(entry.cells["tip"]):
                table.note("bad-setting", entry.row, "tip", entry.cells["tip"])
            continue
        replied = parse_date(entry.cells["replied_on"], table.zone)
        is_answer_known = not _is_after(replied, cut_off)
        tips.append(
            Tip(
                row=entry.row,
                text=text,
                day=table.accept(entry, "date", plausible.check(given)),
                influencer=_influencer(table, entry, roster),
                link=_link(table, entry, link_by_id),
                status=_status(table, entry) if is_answer_known else None,
                reply=table.text(entry, "reply") if is_answer_known else None,
                replied_on=table.accept(entry, "replied_on", plausible.check(replied)) if is_answer_known else None,
            )
        )
    return tuple(tips)


def _is_after(day: Reading[date], cut_off: date | None) -> bool:
    return cut_off is not None and day.value is not None and day.value > cut_off


def _influencer(table: Table, entry: Entry, roster: Roster) -> str | None:
    typed = table.text(entry, "influencer")
    if typed is None:
        return None
    name = roster.find(typed)
    if name is None and roster.is_listed:
        suggestion = roster.suggestion(typed)
        table.note(
            "unknown-influencer", entry.row, "influencer", entry.cells["influencer"], detail={"suggestion": suggestion}
        )
        return None
    return name or typed


def _link(table: Table, entry: Entry, link_by_id: Mapping[str, str | None]) -> str | None:
    """Return the link of the post that shows the tip: typed as a link, or as a Bericht-ID in either column."""
    post_id = table.text(entry, "post_id")
    if is_blank(entry.cells["link"]):
        return link_by_id.get(post_id) if post_id else None
    typed = parse_text(entry.cells["link"]).value
    if typed is not None and typed in link_by_id:
        return link_by_id[typed]
    return table.accept(entry, "link", parse_link(entry.cells["link"]))


def parse_status(cell: Cell) -> Status | None:
    """Return what became of a tip, None where the cell does not say, or says something else."""
    return _STATUSES.get(fold(parse_text(cell).value or ""))


def _status(table: Table, entry: Entry) -> Status | None:
    text = table.text(entry, "status")
    status = parse_status(text)
    if text is not None and status is None:
        table.note("bad-setting", entry.row, "status", entry.cells["status"])
    return status
