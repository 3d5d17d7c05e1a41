"""What did the city learn from the young people, and what did it do with it?"""

from dataclasses import dataclass
from statistics import median

from genkdash.sheet.model import Sheet, Tip


@dataclass(frozen=True, slots=True)
class TipSummary:
    """`given`: all tips; `answered`: with a reply or a day of reply; `adopted`: the city does it now.

    `median_days_to_answer` rests on the tips whose two days are known, None without any.
    """

    given: int
    answered: int
    adopted: int
    median_days_to_answer: float | None


def tip_summary(sheet: Sheet) -> TipSummary:
    """Return what became of the tips."""
    days = [(tip.replied_on - tip.day).days for tip in sheet.tips if tip.replied_on is not None and tip.day is not None]
    return TipSummary(
        given=len(sheet.tips),
        answered=sum(is_answered(tip) for tip in sheet.tips),
        adopted=sum(tip.status == "adopted" for tip in sheet.tips),
        median_days_to_answer=float(median(days)) if days else None,
    )


def is_answered(tip: Tip) -> bool:
    """Tell whether somebody replied to a tip."""
    return bool(tip.reply) or tip.replied_on is not None
