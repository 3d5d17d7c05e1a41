"""How does the team's sum grow towards the target, beside an even pace, and where may it end?"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from genkdash.insights.counted import counted_posts
from genkdash.insights.exposure import calendars
from genkdash.insights.outlook import is_too_early, outlook_by_influencer, team_final
from genkdash.insights.progress import expected_posts
from genkdash.sheet.model import Sheet

_STEP = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class BurnUp:
    """The team's sum over the days, the sum of min(posts, target).

    `done`: date, posts, a row per day with a post that counts towards a target, from the start to today.
    `expected`: date, posts (not whole), week by week over the campaign: everybody's own even pace, summed.
    `final`: between which sums it will end, eight times out of ten; None once it is over, and where nothing
    can be said (yet).
    """

    start: date
    end: date
    target: int
    done: pd.DataFrame
    expected: pd.DataFrame
    final: tuple[int, int] | None


def burn_up(sheet: Sheet, *, today: date) -> BurnUp | None:
    """Return the team's burn-up at the end of `today`; None without a campaign window or influencers."""
    start, end = sheet.campaign.start, sheet.campaign.end
    if start is None or end is None or not sheet.influencers:
        return None
    is_quiet = today > end or is_too_early(outlook_by_influencer(sheet, today=today))
    final = None if is_quiet else team_final(sheet, today=today)
    return BurnUp(
        start=start,
        end=end,
        target=sum(influencer.target for influencer in sheet.influencers),
        done=_done(sheet, start, min(today, end), today),
        expected=_expected(sheet, start, end),
        final=None if final is None else (final.low, final.high),
    )


def _done(sheet: Sheet, start: date, until: date, today: date) -> pd.DataFrame:
    """Return the sum of min(posts, target) on each day it grows, and on the first and last day drawn."""
    posts = counted_posts(sheet, today=today).sort_values(["date", "row"], kind="stable")
    targets = {influencer.name: influencer.target for influencer in sheet.influencers}
    number = posts.groupby("influencer").cumcount()
    towards = posts[(number < posts["influencer"].map(targets)).to_numpy(dtype=bool)]
    days = pd.Series(towards["date"].to_numpy())
    edges = pd.Series(np.array([start - timedelta(days=1), until], dtype="datetime64[us]"))
    gains = pd.concat([pd.Series(1, index=days), pd.Series(0, index=edges)]).groupby(level=0).sum().cumsum()
    return pd.DataFrame({"date": gains.index.astype("datetime64[us]"), "posts": gains.to_numpy(dtype=np.int64)})


def _expected(sheet: Sheet, start: date, end: date) -> pd.DataFrame:
    """Return the sum of everybody's even pace, from the day before the start to the end."""
    own = calendars(sheet.calendar, [influencer.name for influencer in sheet.influencers])
    days = [start - timedelta(days=1)]
    while days[-1] + _STEP < end:
        days.append(days[-1] + _STEP)
    days.append(end)
    sums = [
        sum(expected_posts(one.target, own[one.name], one.start, one.end, day) or 0.0 for one in sheet.influencers)
        for day in days
    ]
    return pd.DataFrame({"date": pd.Series(np.array(days, dtype="datetime64[us]")), "posts": sums})
