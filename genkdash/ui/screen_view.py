"""What may the meeting screen know? Totals, topics, and a first name only where `Toon op scherm` is ticked.

Every scene draws from here and from nothing else, so what is not in it can't be sent. Decided on the safe side:
no title, link, account or e-mail of anybody; a platform, a topic or a tip in whose words somebody is named who did
not opt in, or that holds an address, stays away.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

from genkdash.insights.counted import counted_posts
from genkdash.insights.progress import TeamProgress, progress_by_influencer, sum_of_progress
from genkdash.insights.since import since_last_meeting
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
class ShownNews:
    """What is new since `meeting`: the first topic of each post, and counts with what of them may be named."""

    meeting: date
    posts: tuple[str | None, ...]
    new_topics: tuple[str, ...]
    adopted: int
    adopted_tips: tuple[str, ...]
    reached: int
    reached_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScreenView:
    """All that may be on the screen on one day.

    `strips`: who opted in first, in the order of the sheet; then the others, shuffled once for all, because a nameless
    strip between two names of an alphabetical list has a name. Never by count.
    `starts_on` only while the campaign has still to begin, `end` its last day; `is_over` from the day after its end.
    `toward_target`: the topics of the posts that count toward a target, oldest first. `posts_by_topic`: most first.
    """

    campaign: str
    today: date
    starts_on: date | None
    end: date | None
    is_over: bool
    team: TeamProgress
    strips: tuple[Strip, ...]
    toward_target: tuple[str | None, ...]
    posts_by_topic: tuple[tuple[str, int], ...]
    untouched: tuple[str, ...]
    since: ShownNews | None
    tips: tuple[ShownTip, ...]
    latest: tuple[ShownPost, ...]


def screen_view(sheet: Sheet, *, today: date) -> ScreenView:
    """Return what of `sheet` may be shown on `today`."""
    private = PrivateWords(sheet)
    posts = counted_posts(sheet, today=today).sort_values(["date", "row"], kind="stable")
    people = progress_by_influencer(sheet, today=today)
    topics = topic_summary(sheet)
    start, end = sheet.campaign.start, sheet.campaign.end
    return ScreenView(
        campaign=private.kept(sheet.campaign.name) or "",
        today=today,
        starts_on=start if start is not None and start > today else None,
        end=end,
        is_over=end is not None and end < today,
        team=sum_of_progress(people, len(posts)),
        strips=_arranged(strips_by_name(sheet, today=today)),
        toward_target=_toward_target(sheet, posts, private),
        posts_by_topic=tuple(
            (name, count)
            for name, count in sorted(topics.incidence.items(), key=lambda told: -told[1])
            if private.kept(name)
        ),
        untouched=private.only_kept(topics.untouched),
        since=_since(sheet, today, private),
        tips=_tips(sheet, private),
        latest=_latest(posts, private),
    )


def strips_by_name(sheet: Sheet, *, today: date) -> Mapping[str, Strip]:
    """Return the strip of each influencer by the name in the sheet, in its order. Only the values are for the wall."""
    private = PrivateWords(sheet)
    posts = counted_posts(sheet, today=today).sort_values(["date", "row"], kind="stable")
    told: dict[str, list[str | None]] = defaultdict(list)
    for name, topics in zip(posts["influencer"], posts["topics"], strict=True):
        told[name].append(_first_topic(topics, private))
    return {one.name: _strip(one, told[one.name]) for one in sheet.influencers}


def _arranged(strips: Mapping[str, Strip]) -> tuple[Strip, ...]:
    """Return the strips with a first name in their order, then the others by a hash of their name."""
    named = [strip for strip in strips.values() if strip.first_name]
    nameless = [name for name, strip in strips.items() if not strip.first_name]
    nameless.sort(key=lambda name: hashlib.sha256(name.encode()).digest())
    return (*named, *(strips[name] for name in nameless))


def _strip(influencer: Influencer, topics: Sequence[str | None]) -> Strip:
    """Return the strip of one influencer, who told about these topics."""
    return Strip(
        first_name=first_name(influencer.name) if influencer.is_shown else None,
        topics=tuple(topics),
        target=influencer.target,
    )


def _toward_target(sheet: Sheet, posts: pd.DataFrame, private: PrivateWords) -> tuple[str | None, ...]:
    """Return a topic for each post that is not beyond its influencer's target."""
    target = posts["influencer"].map({one.name: one.target for one in sheet.influencers})
    counts = (posts.groupby("influencer").cumcount() < target).to_numpy(dtype=bool)
    return tuple(_first_topic(topics, private) for topics in posts.loc[counts, "topics"])


def _since(sheet: Sheet, today: date, private: PrivateWords) -> ShownNews | None:
    """Return what is new, None without a meeting before today or without news."""
    since = since_last_meeting(sheet, today=today)
    if since is None or not (len(since.posts) or since.adopted or since.reached):
        return None
    return ShownNews(
        meeting=since.meeting,
        posts=tuple(_first_topic(topics, private) for topics in since.posts["topics"]),
        new_topics=private.only_kept(since.new_topics),
        adopted=len(since.adopted),
        adopted_tips=private.only_kept(tip.text for tip in since.adopted),
        reached=len(since.reached),
        reached_names=tuple(filter(None, map(private.shown_name, since.reached))),
    )


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
