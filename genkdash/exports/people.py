"""What does the table of the influencers say, on a screen's download and in `report --format csv`?"""

import pandas as pd

from genkdash.exports.cells import Cell
from genkdash.i18n import Translator
from genkdash.insights.outlook import InfluencerOutlook, outlook_by_influencer
from genkdash.insights.progress import progress_by_influencer
from genkdash.insights.sampling import rarefied_by_influencer
from genkdash.insights.topics import topics_by_influencer
from genkdash.sheet.model import Sheet

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


def people_table(sheet: Sheet, words: Translator) -> pd.DataFrame:
    """Return a row per influencer, in the order of the sheet, at the end of `sheet.today`; headers are translated."""
    rows: list[tuple[Cell, ...]] = [
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
    headers = [words(f"export.people.{column}") for column in _COLUMNS]
    # as objects: a column of counts with one unknown would become one of fractions
    return pd.DataFrame(rows, columns=headers, dtype="object")


def _outlook(outlook: InfluencerOutlook, words: Translator) -> tuple[Cell, ...]:
    """Return the status in words, the chance, and the ends of both intervals."""
    status = words(f"status.{outlook.status or 'unknown'}")
    final, finish = outlook.final, outlook.finish
    if final is None or finish is None or outlook.status in _SILENT:
        return (status, *[None] * 5)
    return status, outlook.probability, final.low, final.high, finish.early, finish.late
