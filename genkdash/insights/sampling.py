"""Posts are a sample of what somebody could tell: how much did we see, and who is more varied in as many posts?

The unit is the post: a post with several topics is one post that touches each of them.
"""

from dataclasses import dataclass

import numpy as np

from genkdash.insights.counted import counted_mentions, counted_owners
from genkdash.insights.incidence import asymptotic_incidence, chance_of_missing, incidence_coverage
from genkdash.insights.topics import TopicSummary
from genkdash.sheet.model import Sheet

# of two posts one knows whether they differ, which PIE says already
_FEWEST_POSTS = 3


@dataclass(frozen=True, slots=True)
class Seen:
    """How much of all topics the campaign has seen, never said of one influencer.

    `coverage` (0-1) is the chance that the topic of one more post was seen before. `q0`, `q1` and `q2` are the Hill
    numbers to which ever more posts like these would lead. None where undefined: without posts, below two posts for
    the coverage, and without a repeated topic for `q2`.
    """

    coverage: float | None
    q0: float | None
    q1: float | None
    q2: float | None


@dataclass(frozen=True, slots=True)
class Rarefied:
    """The number of topics (`richness`) to expect in `m` of one influencer's posts; `m` is the same for everybody.

    Both are None for somebody with fewer than `m` posts that have a topic, and where nobody has three.
    """

    name: str
    m: int | None
    richness: float | None


def seen(topics: TopicSummary) -> Seen:
    """Return how much of all topics was seen in the posts of `topics`."""
    incidence = list(topics.incidence.values())
    q0, q1, q2 = (asymptotic_incidence(incidence, topics.posts, q) for q in (0, 1, 2))
    return Seen(incidence_coverage(incidence, topics.posts), q0, q1, q2)


def rarefied_by_influencer(sheet: Sheet) -> tuple[Rarefied, ...]:
    """Return S(m) of each influencer, in the order of the sheet; m is the smallest number of posts from three on."""
    found = counted_mentions(sheet)
    owner = counted_owners(sheet)
    people, width = len(sheet.influencers), max(len(found.names), 1)
    told = owner[found.told[0]]
    post_counts = np.bincount(told[told >= 0], minlength=people)
    enough = post_counts[post_counts >= _FEWEST_POSTS]
    if len(enough) == 0:
        return tuple(Rarefied(influencer.name, None, None) for influencer in sheet.influencers)
    m = int(enough.min())
    pairs, touched = np.unique(owner[found.post] * width + found.topic, return_counts=True)
    whose = pairs // width
    is_counted = (whose >= 0) & (post_counts[whose] >= m)
    whose, touched = whose[is_counted], touched[is_counted]
    total = post_counts[whose]
    expected = np.bincount(whose, weights=1 - chance_of_missing(total - touched, total, m), minlength=people)
    return tuple(
        Rarefied(influencer.name, m, float(richness)) if count >= m else Rarefied(influencer.name, None, None)
        for influencer, count, richness in zip(sheet.influencers, post_counts, expected, strict=True)
    )
