"""What may the meeting screen know? Totals, topics, and a first name only where `Toon op scherm` is ticked.

Every scene draws from here and from nothing else, so what is not in it can't be sent. Decided on the safe side:
no title, link, account or e-mail of anybody; a platform, a topic or a tip in whose words somebody is named who did
not opt in, or that holds an address, stays away.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

from genkdash.insights.counted import counted_posts
from genkdash.insights.progress import TeamProgress, progress_by_influencer, sum_of_progress
from genkdash.insights.since import SinceMeeting, since_last_meeting
from genkdash.insights.topics import topic_summary
from genkdash.sheet.model import Influencer, Sheet, Tip
from genkdash.ui.screen_names import PrivateWords, first_name

LATEST = 6
_ANSWERED_FIRST = ("adopted", "tried", "heard", None)


@dataclass(frozen=True, slots=True)
class Strip:
    """One influencer: the first topic of each post, oldest first (None = none to show), and the target."""

    first_name: str | None
    topics: tuple[str | None, ...]
    target: int

    @property
    def has_reached(self) -> bool:
        """Tell whether the target is met."""
        return len(self.topics) >= self.target


@dataclass(frozen=True, slots=True)
class ShownPost:
    """One post without its title: when, where, about what, and by whom if that may be shown."""

    day: date
    platform: str | None
    topics: tuple[str, ...]
    first_name: str | None


@dataclass(frozen=True, slots=True)
class ShownTip:
    """One tip and the city's answer."""

    text: str
    first_name: str | None
    status: Literal["heard", "tried", "adopted"] | None
    reply: str | None


@dataclass(frozen=True, slots=True)
class ScreenView:
    """All that may be on the screen on one day. Strips stand in the order of the sheet, never by count.

    `toward_target`: the topics of the posts that count toward a target, oldest first. `posts_by_topic`: most first.
    """

    campaign: str
    today: date
    days_left: int | None
    team: TeamProgress
    strips: tuple[Strip, ...]
    toward_target: tuple[str | None, ...]
    posts_by_topic: tuple[tuple[str, int], ...]
    untouched: tuple[str, ...]
    since: SinceMeeting | None
    tips: tuple[ShownTip, ...]
    latest: tuple[ShownPost, ...]


def screen_view(sheet: Sheet, *, today: date) -> ScreenView:
    """Return what of `sheet` may be shown on `today`."""
    private = PrivateWords(sheet)
    posts = counted_posts(sheet, today=today).sort_values(["date", "row"], kind="stable")
    people = progress_by_influencer(sheet, today=today)
    topics = topic_summary(sheet)
    end = sheet.campaign.end
    return ScreenView(
        campaign=private.kept(sheet.campaign.name) or "",
        today=today,
        days_left=(end - today).days if end is not None and end > today else None,
        team=sum_of_progress(people, len(posts)),
        strips=tuple(_strip(one, posts, private) for one in sheet.influencers),
        toward_target=_toward_target(sheet, posts, private),
        posts_by_topic=tuple((name, count) for name, count in topics.incidence.items() if private.kept(name)),
        untouched=private.only_kept(topics.untouched),
        since=_since(sheet, today, private),
        tips=_tips(sheet, private),
        latest=_latest(posts, private),
    )


def _strip(influencer: Influencer, posts: pd.DataFrame, private: PrivateWords) -> Strip:
    """Return the strip of one influencer."""
    own = posts.loc[(posts["influencer"] == influencer.name).to_numpy(dtype=bool), "topics"]
    return Strip(
        first_name=first_name(influencer.name) if influencer.is_shown else None,
        topics=tuple(_first_topic(topics, private) for topics in own),
        target=influencer.target,
    )


def _toward_target(sheet: Sheet, posts: pd.DataFrame, private: PrivateWords) -> tuple[str | None, ...]:
    """Return a topic for each post that is not beyond its influencer's target."""
    target = posts["influencer"].map({one.name: one.target for one in sheet.influencers})
    counts = (posts.groupby("influencer").cumcount() < target).to_numpy(dtype=bool)
    return tuple(_first_topic(topics, private) for topics in posts.loc[counts, "topics"])


def _since(sheet: Sheet, today: date, private: PrivateWords) -> SinceMeeting | None:
    """Return what is new, with only the topics that may be named."""
    since = since_last_meeting(sheet, today=today)
    if since is None:
        return None
    kept = private.only_kept(since.new_topics)
    return SinceMeeting(since.meeting, since.posts, kept, since.adopted, since.reached)


def _tips(sheet: Sheet, private: PrivateWords) -> tuple[ShownTip, ...]:
    """Return the tips that name nobody who did not opt in: those the city adopted first, then the newest."""
    kept = [tip for tip in sheet.tips if private.kept(tip.text)]
    kept.sort(key=lambda tip: tip.day or date.min, reverse=True)
    kept.sort(key=lambda tip: _ANSWERED_FIRST.index(tip.status))
    return tuple(_shown_tip(tip, private) for tip in kept)


def _shown_tip(tip: Tip, private: PrivateWords) -> ShownTip:
    """Return one tip as it may be shown."""
    return ShownTip(
        text=tip.text,
        first_name=private.shown_name(tip.influencer),
        status=tip.status,
        reply=private.kept(tip.reply),
    )


def _latest(posts: pd.DataFrame, private: PrivateWords) -> tuple[ShownPost, ...]:
    """Return the newest of `posts`, newest first."""
    return tuple(_shown_post(post, private) for post in posts.iloc[::-1].head(LATEST).itertuples())


def _shown_post(post: Any, private: PrivateWords) -> ShownPost:
    """Return one post as it may be shown."""
    return ShownPost(
        day=post.date.date(),
        platform=private.kept(post.platform),
        topics=private.only_kept(post.topics),
        first_name=private.shown_name(post.influencer),
    )


def _first_topic(topics: tuple[str, ...], private: PrivateWords) -> str | None:
    """Return the first topic of a post, None without one or when it may not be named."""
    return private.kept(topics[0]) if topics else None
