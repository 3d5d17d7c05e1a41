"""Where is one influencer in the own stretch of the campaign, and about how often would the rest have to come?"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from genkdash.insights.progress import InfluencerProgress, progress_by_influencer
from genkdash.sheet.model import CalendarEntry, Sheet

Moment: TypeAlias = Literal["not_started", "ended", "reached", "paused", "never_posted", "under_way"]


@dataclass(frozen=True, slots=True)
class OwnStanding:
    """One influencer at the end of one day; `moment` is the first in `Moment` that holds.

    `to_go` are the posts up to the target. `days_left` are the days of the window after today, `days_to_start` those
    until it opens (0 once it has). `days_per_post` is one post per so many of the days left, rounded down, so that
    whoever keeps to it gets there; None where less than a day is left for each, or nothing is to go. All three are
    None without a window. `pause` is the one around today that lasts longest.
    """

    moment: Moment
    progress: InfluencerProgress
    to_go: int
    days_left: int | None
    days_to_start: int | None
    days_per_post: int | None
    pause: CalendarEntry | None


def own_standing(sheet: Sheet, influencer: str, *, today: date) -> OwnStanding:
    """Return where `influencer` stands at the end of `today`.

    Raises:
        KeyError: nobody in the sheet has that name.
    """
    found = {person.name: person for person in progress_by_influencer(sheet, today=today)}
    progress = found[influencer]
    to_go = max(0, progress.target - progress.posts)
    left = progress.remaining_days
    pause = _pause_on(sheet, influencer, today)
    return OwnStanding(
        moment=_moment(progress, pause, today),
        progress=progress,
        to_go=to_go,
        days_left=left,
        days_to_start=None if progress.start is None else max(0, (progress.start - today).days),
        days_per_post=left // to_go if left is not None and 0 < to_go <= left else None,
        pause=pause,
    )


def _moment(progress: InfluencerProgress, pause: CalendarEntry | None, today: date) -> Moment:
    """Return the first moment that holds."""
    moments: tuple[tuple[Moment, bool], ...] = (
        ("not_started", progress.start is not None and today < progress.start),
        ("ended", progress.end is not None and today > progress.end),
        ("reached", progress.has_reached),
        ("paused", pause is not None),
        ("never_posted", progress.posts == 0),
    )
    return next((moment for moment, holds in moments if holds), "under_way")


def _pause_on(sheet: Sheet, influencer: str, today: date) -> CalendarEntry | None:
    """Return the pause around today that lasts longest; None when there is none."""
    pauses = [
        entry
        for entry in sheet.calendar
        if entry.kind == "pause" and entry.influencer in {None, influencer} and entry.start <= today <= entry.end
    ]
    return max(pauses, key=lambda entry: entry.end, default=None)
