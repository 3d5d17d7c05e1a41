"""How do the numbers of the influencers open in a Belgian Excel, with one double click?

A byte order mark, semicolons, decimal commas; text from the sheet is escaped so that no cell becomes a formula.
"""

import csv
from datetime import date
from io import StringIO
from typing import TypeAlias

from genkdash.commands.reading import Reading
from genkdash.i18n import Translator
from genkdash.insights.outlook import InfluencerOutlook, outlook_by_influencer
from genkdash.insights.progress import progress_by_influencer
from genkdash.insights.sampling import rarefied_by_influencer
from genkdash.insights.topics import topics_by_influencer
from genkdash.safe_text import for_spreadsheet

Value: TypeAlias = str | int | float | date | None

_COLUMNS = (
    "name",
    "posts",
    "target",
    "surplus",
    "expected",
    "ahead",
    "last-post",
    "gap",
    "longest-gap",
    "cadence",
    "status",
    "chance",
    "final-low",
    "final-high",
    "finish-early",
    "finish-late",
    "topics",
    "q1",
    "pie",
    "rarefied-m",
    "rarefied",
)
# people read this table: a chance that means nothing yet would be read all the same
_SILENT = {"paused", "too_early"}
# enough to sort by and to add up; a spreadsheet shows what fits
_DECIMALS = 4


def influencer_table(reading: Reading, words: Translator) -> str:
    """Return one row per influencer, in the order of the sheet, below a row of headers; unknown is an empty cell."""
    sheet = reading.sheet
    rows: list[tuple[Value, ...]] = [
        (
            person.name,
            person.posts,
            person.target,
            person.surplus,
            person.expected,
            person.ahead,
            person.last_post,
            person.gap_days,
            person.longest_gap_days,
            person.cadence_days,
            *_outlook(outlook, words),
            own.topics,
            own.q1,
            own.pie,
            rarefied.m,
            rarefied.richness,
        )
        for person, outlook, own, rarefied in zip(
            progress_by_influencer(sheet, today=sheet.today),
            outlook_by_influencer(sheet, today=sheet.today),
            topics_by_influencer(sheet),
            rarefied_by_influencer(sheet),
            strict=True,
        )
    ]
    table = StringIO(newline="")
    writer = csv.writer(table, delimiter=";", lineterminator="\r\n")
    writer.writerow([words(f"command.table.{column}") for column in _COLUMNS])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return "\ufeff" + table.getvalue()


def _outlook(outlook: InfluencerOutlook, words: Translator) -> tuple[Value, ...]:
    """Return the status in words, the chance, and the ends of both intervals."""
    status = words(f"status.{outlook.status or 'unknown'}")
    final, finish = outlook.final, outlook.finish
    if final is None or finish is None or outlook.status in _SILENT:
        return (status, *[None] * 5)
    return status, outlook.probability, final.low, final.high, finish.early, finish.late


def _cell(value: Value) -> str:
    """Return a value as a Belgian spreadsheet reads it."""
    match value:
        case None:
            return ""
        case float():
            number = f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".").replace(".", ",")
            return "0" if number == "-0" else number
        case str():
            return for_spreadsheet(value)
        case date():
            return value.isoformat()
        case _:
            return str(value)
