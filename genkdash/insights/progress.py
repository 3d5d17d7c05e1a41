"""Are we getting there? Posts beside the target and beside what may be expected today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum

import numpy as np

from genkdash.insights.counted import Integers, as_date, number_counted, post_days_by_influencer
from genkdash.insights.exposure import Calendar, calendars
from genkdash.insights.once import once_per_sheet
from genkdash.insights.silence import Silence, longest_silence
from genkdash.sheet.model import Influencer, Sheet


@dataclass(frozen=True, slots=True)
class InfluencerProgress:
    """Where one influencer stands at the end of one day.

    `surplus` is what lies above the target. `expected` (posts) grows with exposure from 0 the day before `start` to
    the target on `end`; `ahead` = posts - expected. Both are None without a window, or inside a window that has no
    exposure at all. `gap_days` counts from the last post to today, None when there is none. `longest_silence` is the
    longest stretch without a post inside the window so far. `cadence_days` is the median number of days between
    posts, None for fewer than two. `remaining_days` are the calendar days of the window after today, and
    `exposure_days` and `remaining_exposure_days` what they weigh up to and including today, and after it.
    """

    name: str
    posts: int
    target: int
    surplus: int
    expected: float | None
    ahead: float | None
    last_post: date | None
    gap_days: int | None
    longest_silence: Silence | None
    cadence_days: float | None
    start: date | None
    end: date | None
    remaining_days: int | None
    exposure_days: float | None
    remaining_exposure_days: float | None

    @property
    def longest_gap_days(self) -> int | None:
        """Return the length of the longest silence, in days; None before the window opens."""
        return None if self.longest_silence is None else self.longest_silence.days

    @property
    def has_reached(self) -> bool:
        """Tell whether the target is met."""
        return self.posts >= self.target


@dataclass(frozen=True, slots=True)
class TeamProgress:
    """Where the team stands. One prolific person hides nobody: `done` is the sum of min(posts, target).

    `posts` are all counted posts, `target` the sum of the targets, `share` = done / target (0-1, None without a
    target), `expected` the sum over the influencers (None when there are none, or one is unknown), `surplus` the sum
    of what lies above the targets, `reached` the number of influencers who met theirs.
    """

    posts: int
    target: int
    done: int
    share: float | None
    expected: float | None
    surplus: int
    reached: int
    influencers: int


def expected_posts(target: int, calendar: Calendar, start: date | None, end: date | None, today: date) -> float | None:
    """Return target * E(start, today) / E(start, end): 0 before `start`, the target from `end` on, never falling.

    None without a window, and inside a window that has no exposure at all.
    """
    if start is None or end is None:
        return None
    if today < start:
        return 0.0
    if today >= end:
        return float(target)
    total = calendar.between(start, end)
    return target * (calendar.between(start, today) / total) if total > 0 else None


@once_per_sheet
def progress_by_influencer(sheet: Sheet, *, today: date) -> tuple[InfluencerProgress, ...]:
    """Return the progress of each influencer at the end of `today`, in the order of `sheet.influencers`."""
    days_by_influencer = post_days_by_influencer(sheet, today=today)
    own_calendar = calendars(sheet.calendar, [influencer.name for influencer in sheet.influencers])
    return tuple(
        _progress(influencer, own_days, own_calendar[influencer.name], today)
        for influencer, own_days in zip(sheet.influencers, days_by_influencer, strict=True)
    )


def team_progress(sheet: Sheet, *, today: date) -> TeamProgress:
    """Return the progress of the team at the end of `today`."""
    return sum_of_progress(progress_by_influencer(sheet, today=today), number_counted(sheet, today=today))


def sum_of_progress(people: Sequence[InfluencerProgress], posts: int) -> TeamProgress:
    """Return the team's progress from its influencers' and the number of counted `posts`."""
    target = sum(person.target for person in people)
    done = sum(min(person.posts, person.target) for person in people)
    expected = [person.expected for person in people if person.expected is not None]
    return TeamProgress(
        posts=posts,
        target=target,
        done=done,
        share=done / target if target > 0 else None,
        expected=fsum(expected) if people and len(expected) == len(people) else None,
        surplus=sum(person.surplus for person in people),
        reached=sum(person.has_reached for person in people),
        influencers=len(people),
    )


def _progress(influencer: Influencer, days: Integers, calendar: Calendar, today: date) -> InfluencerProgress:
    """Return one influencer's progress; `days` are day numbers of the posts, ascending."""
    start, end, target = influencer.start, influencer.end, influencer.target
    expected = expected_posts(target, calendar, start, end, today)
    last_post = as_date(days[-1]) if len(days) else None
    remaining_days = exposure_days = remaining_exposure_days = None
    if start is not None and end is not None:
        exposure_days = calendar.between(start, min(today, end))
        remaining_days, remaining_exposure_days = 0, 0.0
        if today < end:
            next_day = max(start, today + timedelta(days=1))
            remaining_days = (end - next_day).days + 1
            remaining_exposure_days = calendar.between(next_day, end)
    return InfluencerProgress(
        name=influencer.name,
        posts=len(days),
        target=target,
        surplus=max(0, len(days) - target),
        expected=expected,
        ahead=None if expected is None else len(days) - expected,
        last_post=last_post,
        gap_days=None if last_post is None else (today - last_post).days,
        longest_silence=longest_silence(days, start=start, end=end, today=today),
        cadence_days=float(np.median(np.diff(days))) if len(days) > 1 else None,
        start=start,
        end=end,
        remaining_days=remaining_days,
        exposure_days=exposure_days,
        remaining_exposure_days=remaining_exposure_days,
    )
