"""How does it look for each influencer and for the team? Forecast and status, from what stands in the sheet today.

One prior over all influencers, then each one's own weeks with a discount, then the days that are left: exposure days,
so that pauses count for what they weigh.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Literal, TypeAlias

import numpy as np

from genkdash.insights.counted import Integers, as_date, post_days_by_influencer
from genkdash.insights.exposure import Calendar, calendars
from genkdash.insights.forecast import (
    INTERVAL,
    Gamma,
    chance_of,
    counts_until,
    discounted_rate,
    exposure_needed,
    final_counts,
    fit_prior,
    looking_ahead,
    number_reaching,
)
from genkdash.insights.once import once_per_sheet
from genkdash.sheet.model import Influencer, Sheet

Status: TypeAlias = Literal["not_started", "reached", "ended", "paused", "too_early", "on_track", "at_risk", "behind"]

_WEEK = 7
_EARLY_EXPOSURE_DAYS = 21
_PAUSE_WEIGHT = 0.2
_ON_TRACK, _AT_RISK = 0.70, 0.30
# a sum of weights such as 0.2 may miss a whole number of days by its last digits
_EXACT_TO = 1e-9


@dataclass(frozen=True, slots=True)
class FinalCount:
    """Between which numbers of posts it will end, eight times out of ten."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Finish:
    """Between which days the target will be met, eight times out of ten; None = after the end of the window."""

    early: date | None
    late: date | None


@dataclass(frozen=True, slots=True)
class InfluencerOutlook:
    """What may be expected of one influencer.

    `chance` (0-1) of reaching the target by the last day is known wherever there is a window and a pace to aim for,
    and where the target is met or the time is up. `status` is the first in `Status` that holds, None where that takes
    a chance nobody knows. `probability` (= chance), `final` and `finish` are None in the states "not_started",
    "reached" and "ended".
    """

    name: str
    status: Status | None
    chance: float | None
    probability: float | None
    final: FinalCount | None
    finish: Finish | None


@dataclass(frozen=True, slots=True)
class TeamOutlook:
    """`distribution[i]` is the chance that exactly i influencers reach their target; `probability_all` its last.

    `expected_reaching` is its mean. All None where somebody's chance is unknown, or there is nobody.
    """

    distribution: tuple[float, ...] | None
    probability_all: float | None
    expected_reaching: float | None


@dataclass(frozen=True, slots=True)
class _Window:
    """One influencer's days: `exposure` until today and `remaining` after it, both in exposure days."""

    start: date
    end: date
    calendar: Calendar
    days: Integers
    exposure: float
    remaining: float


@once_per_sheet
def outlook_by_influencer(sheet: Sheet, *, today: date, omega: float = 0.95) -> tuple[InfluencerOutlook, ...]:
    """Return the outlook of each influencer at the end of `today`, in the order of `sheet.influencers`."""
    windows = _windows(sheet, today)
    prior = _prior(sheet, [window for window in windows if window is not None])
    return tuple(
        _outlook(influencer, window, prior, today, omega)
        for influencer, window in zip(sheet.influencers, windows, strict=True)
    )


def team_outlook(people: tuple[InfluencerOutlook, ...]) -> TeamOutlook:
    """Return the outlook of the team from its influencers'."""
    chances = [person.chance for person in people if person.chance is not None]
    if not people or len(chances) < len(people):
        return TeamOutlook(None, None, None)
    distribution = number_reaching(chances)
    return TeamOutlook(tuple(distribution.tolist()), float(distribution[-1]), float(sum(chances)))


def is_too_early(people: tuple[InfluencerOutlook, ...]) -> bool:
    """Tell whether nothing can be said of the team yet: somebody has hardly begun, and nobody is further than that."""
    begun = {person.status for person in people} - {"reached", "paused"}
    return bool(begun) and begun <= {"not_started", "too_early"}


def team_final(sheet: Sheet, *, today: date, omega: float = 0.95) -> FinalCount | None:
    """Return between which sums of min(posts, target) the team will end, eight times out of ten.

    The distribution of the sum, of influencers taken as independent: each one's negative binomial up to the target.
    None without influencers, and where somebody has no window or no pace to aim for.
    """
    windows = _windows(sheet, today)
    prior = _prior(sheet, [window for window in windows if window is not None])
    total, certain = np.ones(1), 0
    for influencer, window in zip(sheet.influencers, windows, strict=True):
        if window is None or prior is None:
            return None
        certain += min(len(window.days), influencer.target)
        needed = influencer.target - len(window.days)
        if needed > 0 and window.remaining > 0:
            known = _known(window, prior, today, omega)
            total = np.convolve(total, counts_until(needed, known, window.remaining))
    if not windows:
        return None
    low, high = (int(np.searchsorted(total.cumsum(), quantile - _EXACT_TO)) for quantile in INTERVAL)
    return FinalCount(certain + low, certain + high)


def posts_by_exposure_week(
    days: Integers, calendar: Calendar, start: date, today: date
) -> tuple[list[int], list[float]]:
    """Return the posts and the exposure of each week of exposure since `start`; the last week may be a part of one.

    A post belongs to the week in which the exposure of its day ends. `days` are day numbers from `start` to `today`.
    """
    total = calendar.between(start, today)
    weeks = max(1, ceil(total / _WEEK - _EXACT_TO))
    posts = [0] * weeks
    for day, number in zip(*np.unique(days, return_counts=True), strict=True):
        until = calendar.between(start, as_date(day))
        posts[min(max(ceil(until / _WEEK - _EXACT_TO) - 1, 0), weeks - 1)] += int(number)
    return posts, [float(_WEEK)] * (weeks - 1) + [total - _WEEK * (weeks - 1)]


def _windows(sheet: Sheet, today: date) -> list[_Window | None]:
    """Return each influencer's days and exposure; None without a window."""
    days_by_influencer = post_days_by_influencer(sheet, today=today)
    own_calendar = calendars(sheet.calendar, [influencer.name for influencer in sheet.influencers])
    windows: list[_Window | None] = []
    for influencer, days in zip(sheet.influencers, days_by_influencer, strict=True):
        start, end, calendar = influencer.start, influencer.end, own_calendar[influencer.name]
        if start is None or end is None:
            windows.append(None)
            continue
        exposure = calendar.between(start, min(today, end))
        remaining = calendar.between(max(start, today + timedelta(days=1)), end) if today < end else 0.0
        windows.append(_Window(start, end, calendar, days, exposure, remaining))
    return windows


def _prior(sheet: Sheet, windows: list[_Window]) -> Gamma | None:
    """Return the prior over all influencers; None where the campaign has no pace to aim for."""
    campaign = sheet.campaign
    if campaign.start is None or campaign.end is None or campaign.target <= 0:
        return None
    total = Calendar(sheet.calendar).between(campaign.start, campaign.end)
    if total <= 0:
        return None
    return fit_prior([len(one.days) for one in windows], [one.exposure for one in windows], campaign.target, total)


def _outlook(
    influencer: Influencer, window: _Window | None, prior: Gamma | None, today: date, omega: float
) -> InfluencerOutlook:
    """Return one influencer's outlook."""
    if window is None:
        return InfluencerOutlook(influencer.name, None, None, None, None, None)
    posts, needed = len(window.days), influencer.target - len(window.days)
    if prior is None:
        chance = 1.0 if needed <= 0 else 0.0 if window.remaining <= 0 else None
        return InfluencerOutlook(influencer.name, _status(window, needed, chance, today), chance, None, None, None)
    known = _known(window, prior, today, omega)
    chance = chance_of(needed, known, window.remaining)
    status = _status(window, needed, chance, today)
    if status in {"not_started", "reached", "ended"}:
        return InfluencerOutlook(influencer.name, status, chance, None, None, None)
    finish = Finish(*(_day_within(window, today, days) for days in exposure_needed(needed, known)))
    final = FinalCount(*final_counts(posts, known, window.remaining))
    return InfluencerOutlook(influencer.name, status, chance, chance, final, finish)


def _known(window: _Window, prior: Gamma, today: date, omega: float) -> Gamma:
    """Return what is known of one influencer's rate for the days that are left."""
    known = prior
    if today >= window.start:
        until = min(today, window.end)
        weeks = posts_by_exposure_week(window.days, window.calendar, window.start, until)
        known = discounted_rate(prior, *weeks, omega=omega)
    return looking_ahead(known, window.remaining, omega)


def _day_within(window: _Window, today: date, exposure: float) -> date | None:
    """Return the day on which `exposure` more days will have passed; None beyond the end of the window."""
    if today >= window.end:
        return None
    day = window.calendar.date_after(today + timedelta(days=1), exposure)
    return day if day is not None and day <= window.end else None


def _status(window: _Window, needed: int, chance: float | None, today: date) -> Status | None:
    """Return the first state that holds; None where it takes a chance that is unknown."""
    states: tuple[tuple[Status, bool], ...] = (
        ("not_started", today < window.start),
        ("reached", needed <= 0),
        ("ended", today > window.end),
        ("paused", window.calendar.weight(today) <= _PAUSE_WEIGHT),
        ("too_early", window.exposure < _EARLY_EXPOSURE_DAYS - _EXACT_TO),
        ("on_track", chance is not None and chance >= _ON_TRACK),
        ("at_risk", chance is not None and chance >= _AT_RISK),
    )
    return next((status for status, holds in states if holds), None if chance is None else "behind")
