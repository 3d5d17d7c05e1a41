"""What is being told, how varied is it, and what is missing?

Shares, Hill numbers and evenness give each post weight 1, split equally over its topics. PIE compares posts two by two,
so that two topics of one post are never a difference. Posts without a topic stand outside all of these.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from genkdash.insights.counted import (
    Integers,
    Mentions,
    counted_mentions,
    counted_owners,
    number_counted,
    weights_by_group,
)
from genkdash.insights.indices import hill_number, hurlbert_pie, pielou_evenness
from genkdash.insights.once import once_per_sheet
from genkdash.sheet.model import Sheet

# sums of 1/m that are equal on paper differ in their last digits, which must not decide an order
_SHARE_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Hill:
    """Hill numbers of order 0, 1 and 2: number of topics, as varied as so many equal topics, number of main topics."""

    q0: int
    q1: float
    q2: float


@dataclass(frozen=True, slots=True)
class TopicSummary:
    """The topics of all counted posts.

    `posts` have at least one topic, `posts_without_topic` none. `shares` (0-1, summing to 1) and `incidence` (number
    of posts that touch the topic) run from the largest share to the smallest, equal ones by name. `untouched` are the
    listed topics that no counted post has, in the order of the tab. `hill`, `pielou` and `pie` are None where they
    are not defined: without posts, with one topic, with one post.
    """

    posts: int
    posts_without_topic: int
    shares: Mapping[str, float]
    incidence: Mapping[str, int]
    untouched: tuple[str, ...]
    hill: Hill | None
    pielou: float | None
    pie: float | None


@dataclass(frozen=True, slots=True)
class InfluencerTopics:
    """The topics of one influencer: `posts` with a topic, the number of `topics`, 1D and PIE (None if undefined)."""

    name: str
    posts: int
    topics: int
    q1: float | None
    pie: float | None


@once_per_sheet
def topic_summary(sheet: Sheet) -> TopicSummary:
    """Return what is being told in all counted posts together."""
    found = counted_mentions(sheet)
    with_topic = len(found.told[0])
    _, incidence, weights = weights_by_group(found.topic, found.breadth)
    order = _by_share_then_name(weights, with_topic)
    return TopicSummary(
        posts=with_topic,
        posts_without_topic=number_counted(sheet) - with_topic,
        shares=MappingProxyType({found.names[topic]: float(weights[topic] / with_topic) for topic in order}),
        incidence=MappingProxyType({found.names[topic]: int(incidence[topic]) for topic in order}),
        untouched=_untouched(sheet, found),
        hill=_hill(weights),
        pielou=pielou_evenness(weights),
        pie=_pie(incidence, with_topic),
    )


def topic_matrix(sheet: Sheet) -> pd.DataFrame:
    """Return the number of counted posts of each influencer (row) that touch each topic (column).

    Rows are in the order of `sheet.influencers`, also those without posts; columns in the order of the shares.
    """
    found = counted_mentions(sheet)
    owner = counted_owners(sheet)[found.post]
    width = len(found.names)
    cells = np.bincount((owner * width + found.topic)[owner >= 0], minlength=len(sheet.influencers) * width)
    _, _, weights = weights_by_group(found.topic, found.breadth)
    order = _by_share_then_name(weights, len(found.told[0]))
    return pd.DataFrame(
        cells.reshape(len(sheet.influencers), width)[:, order],
        index=pd.Index([influencer.name for influencer in sheet.influencers], name="influencer", dtype="object"),
        columns=pd.Index([found.names[topic] for topic in order], name="topic", dtype="object"),
        dtype="int64",
    )


def topics_by_influencer(sheet: Sheet) -> tuple[InfluencerTopics, ...]:
    """Return how varied each influencer's counted posts are, in the order of `sheet.influencers`."""
    found = counted_mentions(sheet)
    owner_of_post = counted_owners(sheet)
    width = max(len(found.names), 1)
    # posts of nobody get negative pairs, which sort first
    pairs, incidence, weights = weights_by_group(owner_of_post[found.post] * width + found.topic, found.breadth)
    bounds = np.searchsorted(pairs, np.arange(len(sheet.influencers) + 1) * width)
    owners = owner_of_post[found.told[0]]
    post_counts = np.bincount(owners[owners >= 0], minlength=len(sheet.influencers))
    return tuple(
        InfluencerTopics(
            name=influencer.name,
            posts=int(post_count),
            topics=len(own_weights),
            q1=hill_number(own_weights, 1),
            pie=_pie(own_incidence, int(post_count)),
        )
        for influencer, post_count, own_weights, own_incidence in zip(
            sheet.influencers,
            post_counts,
            np.split(weights, bounds)[1:-1],
            np.split(incidence, bounds)[1:-1],
            strict=True,
        )
    )


def _pie(incidence: Integers, posts: int) -> float | None:
    """Return PIE of the posts that touch each topic; None below two posts, whatever they touch."""
    return hurlbert_pie(incidence) if posts >= 2 else None


def _by_share_then_name(weights: np.ndarray, posts: int) -> Integers:
    """Return the positions of the topics, the largest share first; topics stand in order of name already."""
    return np.argsort(-np.round(weights / max(posts, 1), _SHARE_DIGITS), kind="stable")


def _untouched(sheet: Sheet, found: Mentions) -> tuple[str, ...]:
    """Return the listed topics without a counted post; empty when no topics are listed."""
    touched = set(found.names)
    return tuple(topic.name for topic in sheet.topics or () if topic.name not in touched)


def _hill(weights: np.ndarray) -> Hill | None:
    """Return the three Hill numbers; None without posts."""
    q0, q1, q2 = (hill_number(weights, q) for q in (0, 1, 2))
    return None if q0 is None or q1 is None or q2 is None else Hill(int(q0), q1, q2)
