"""Who can use a nudge, and why? For staff only: facts, never a rank."""

from dataclasses import dataclass
from datetime import date

from genkdash.insights.counted import influencer_codes
from genkdash.insights.outlook import InfluencerOutlook, Status, outlook_by_influencer
from genkdash.insights.progress import InfluencerProgress, progress_by_influencer
from genkdash.sheet.model import Sheet

SILENT_DAYS = 14
BEHIND_POSTS = 2
_NEEDS_NONE: frozenset[Status | None] = frozenset({"not_started", "reached", "ended", "paused"})
# rows that nobody has to correct: their day lies elsewhere, or they stand there twice
_NO_TROUBLE = frozenset({"outside-campaign", "future-date", "duplicate-link", "duplicate-id"})


@dataclass(frozen=True, slots=True)
class Nudge:
    """Why one influencer can use a nudge. A reason that does not hold is None, False or 0.

    `silent_days` from two weeks on, `behind` the whole posts behind an even pace from two on, `chance` (0-1) of
    reaching the target where it is under 0.7, `rows` how many rows do not count and can be corrected.
    """

    name: str
    last_post: date | None
    has_never_posted: bool
    silent_days: int | None
    behind: int | None
    chance: float | None
    rows: int


def nudges(sheet: Sheet, *, today: date) -> tuple[Nudge, ...]:
    """Return a nudge for each influencer with a reason, in the order of the sheet.

    Nobody is nudged before the start, after the end, in a pause, or with the target reached, but for rows to correct.
    """
    rows = _rows_in_trouble(sheet)
    people = zip(
        progress_by_influencer(sheet, today=today), outlook_by_influencer(sheet, today=today), rows, strict=True
    )
    found = (_nudge(progress, outlook, in_trouble) for progress, outlook, in_trouble in people)
    return tuple(nudge for nudge in found if nudge is not None)


def _nudge(progress: InfluencerProgress, outlook: InfluencerOutlook, rows: int) -> Nudge | None:
    """Return one influencer's nudge, or None without a reason."""
    is_open = outlook.status not in _NEEDS_NONE
    gap, ahead = progress.gap_days, progress.ahead
    nudge = Nudge(
        name=progress.name,
        last_post=progress.last_post,
        has_never_posted=is_open and progress.posts == 0,
        silent_days=gap if is_open and gap is not None and gap >= SILENT_DAYS else None,
        behind=int(-ahead) if is_open and ahead is not None and ahead <= -BEHIND_POSTS else None,
        chance=outlook.probability if outlook.status in {"at_risk", "behind"} else None,
        rows=rows,
    )
    reasons = (nudge.has_never_posted, nudge.silent_days, nudge.behind, nudge.chance is not None, nudge.rows)
    return nudge if any(reasons) else None


def _rows_in_trouble(sheet: Sheet) -> list[int]:
    """Return for each influencer how many rows do not count for a reason that somebody can take away."""
    posts = sheet.posts
    waits = posts[~posts["counted"] & ~posts["reason"].isin(_NO_TROUBLE)]
    codes = influencer_codes(sheet, waits)
    return [int((codes == number).sum()) for number in range(len(sheet.influencers))]
