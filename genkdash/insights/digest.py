"""What happened in the last seven days, for a message to colleagues?"""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from genkdash.insights.counted import counted_posts
from genkdash.insights.lessons import is_answered
from genkdash.insights.progress import TeamProgress, progress_by_influencer, sum_of_progress
from genkdash.sheet.model import Sheet, Tip

DAYS = 7


@dataclass(frozen=True, slots=True)
class WeeklyDigest:
    """The seven days of the `campaign` from `start` up to and including `end`.

    `posts` counts the posts of those days. `posted` are the influencers who made them and `reached` those who met
    their target, both in the order of the sheet: never by count. `new_topics` were told for the first time, in the
    order in which they came. `answered` are the tips that got a reply on one of those days. `team` is where everybody
    stands at the end of `end`.
    """

    campaign: str
    start: date
    end: date
    posts: int
    posted: tuple[str, ...]
    new_topics: tuple[str, ...]
    reached: tuple[str, ...]
    answered: tuple[Tip, ...]
    team: TeamProgress


def weekly_digest(sheet: Sheet, *, today: date) -> WeeklyDigest:
    """Return what the last seven days brought, today included."""
    before = today - timedelta(days=DAYS)
    posts = counted_posts(sheet, today=today).sort_values(["date", "row"], kind="stable")
    is_new = (posts["date"] > pd.Timestamp(before)).to_numpy(dtype=bool)
    authors = set(posts.loc[is_new, "influencer"])
    known = {topic for topics in posts.loc[~is_new, "topics"] for topic in topics}
    told = dict.fromkeys(topic for topics in posts.loc[is_new, "topics"] for topic in topics)
    then, now = (progress_by_influencer(sheet, today=day) for day in (before, today))
    return WeeklyDigest(
        campaign=sheet.campaign.name,
        start=before + timedelta(days=1),
        end=today,
        posts=int(is_new.sum()),
        posted=tuple(one.name for one in sheet.influencers if one.name in authors),
        new_topics=tuple(topic for topic in told if topic not in known),
        reached=tuple(
            after.name
            for earlier, after in zip(then, now, strict=True)
            if after.has_reached and not earlier.has_reached
        ),
        answered=tuple(
            tip for tip in sheet.tips if is_answered(tip) and tip.replied_on and before < tip.replied_on <= today
        ),
        team=sum_of_progress(now, len(posts)),
    )
