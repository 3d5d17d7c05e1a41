"""How different are the influencers from each other, and how does variety grow?

What one post's several topics weigh follows topics.py: 1/m each for shares, one post each for counts.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from genkdash.insights.counted import (
    Floats,
    Integers,
    Mentions,
    counted_mentions,
    counted_owners,
    counted_posts,
)
from genkdash.insights.diversity import alpha_beta_gamma, hill_number
from genkdash.insights.incidence import chance_of_missing
from genkdash.insights.topics import topic_matrix
from genkdash.insights.voices import beta_of_each
from genkdash.sheet.model import Sheet

_PERMUTATIONS = 999
# with many posts chance varies little from one deal to the next, so fewer deals are as sure
_MENTIONS_DEALT = 5_000_000
_FEWEST_DEALS = 49


@dataclass(frozen=True, slots=True)
class Voices:
    """How varied one influencer is (`alpha`) and all together (`gamma`), and as how many distinct voices (`beta`).

    `beta_by_chance` is what beta would be if the same posts were dealt out at random: beta says nothing without it.
    """

    alpha: float
    gamma: float
    beta: float
    beta_by_chance: float


def voices(sheet: Sheet, *, seed: int = 0) -> Voices | None:
    """Return the distinct voices of the influencers (q = 1, equal weights); None without posts that have a topic."""
    found = counted_mentions(sheet)
    told, breadth = found.told
    owners = counted_owners(sheet)[told]
    if len(owners) == 0 or (owners < 0).any():
        return None
    _, owner, posts_of_owner = np.unique(owners, return_inverse=True, return_counts=True)
    width = len(found.names)
    rank = _rank_by_topics(found, breadth)
    # every post knows its rank, so that neither the order of the rows nor that of the names changes a figure
    order = np.lexsort((found.topic, np.repeat(rank, breadth)))
    post, topic, weight = np.repeat(rank, breadth)[order], found.topic[order], found.weight[order]

    def dealt(hands: Integers) -> Floats:
        """Return influencers x topics when the post of rank r is in the hand of `hands[r]`."""
        cells = np.bincount(hands[post] * width + topic, weights=weight, minlength=len(posts_of_owner) * width)
        return cells.astype(np.float64).reshape(-1, width)

    partition = alpha_beta_gamma(dealt(owner[np.argsort(rank)]))
    if partition is None:
        return None
    deals = int(np.clip(_MENTIONS_DEALT // len(post), _FEWEST_DEALS, _PERMUTATIONS))
    random = np.random.default_rng(seed)
    hands = np.repeat(np.arange(len(posts_of_owner)), np.sort(posts_of_owner))
    chance = sum(float(beta_of_each(dealt(random.permutation(hands))[None])[0]) for _ in range(deals))
    alpha, beta, gamma = partition
    return Voices(alpha, gamma, beta, chance / deals)


def overlap_of_pairs(sheet: Sheet) -> pd.DataFrame:
    """Return Morisita's overlap of every two influencers, both ways; NaN where undefined, and on the diagonal.

    Rows and columns are in the order of `sheet.influencers`. For staff only.
    """
    matrix = topic_matrix(sheet)
    counts = matrix.to_numpy(dtype=np.float64)
    totals = counts.sum(axis=1)
    # `diversity.morisita` for all pairs at once; 0 / 0 is the NaN of a pair for which it is not defined
    with np.errstate(divide="ignore", invalid="ignore"):
        repeats = (counts * (counts - 1)).sum(axis=1) / (totals * (totals - 1))
        overlap = 2 * (counts @ counts.T) / (np.add.outer(repeats, repeats) * np.multiply.outer(totals, totals))
    overlap[~np.isfinite(overlap)] = np.nan
    np.fill_diagonal(overlap, np.nan)
    return pd.DataFrame(overlap, index=matrix.index, columns=matrix.index)


def variety_over_time(sheet: Sheet, *, m: int = 12) -> pd.DataFrame:
    """Return a row per day with a counted post that has a topic: how varied all posts until then are.

    Columns: date (`datetime64[us]`), posts (n, which a figure is labelled with: more posts alone raise it), q1, and
    rarefied: the number of topics to expect in `m` of those posts (m >= 1), which more posts alone do not raise; NaN
    while there are fewer.
    """
    found = counted_mentions(sheet)
    days = counted_posts(sheet)["date"].to_numpy(dtype="datetime64[D]").astype(np.int64)
    post_days = days[found.told[0]]
    distinct, per_day = np.unique(post_days, return_counts=True)
    row = np.searchsorted(distinct, days[found.post])
    width = len(found.names)
    daily = np.bincount(row * width + found.topic, weights=found.weight, minlength=len(distinct) * width)
    cumulative = daily.reshape(len(distinct), width).cumsum(axis=0)
    touched = np.bincount(row * width + found.topic, minlength=len(distinct) * width)
    so_far = per_day.cumsum().astype(np.int64)
    # a population of at least m keeps the chances of the first days defined; they are not shown
    missing = chance_of_missing(
        so_far[:, None] - touched.reshape(len(distinct), width).cumsum(axis=0), np.maximum(so_far, m)[:, None], m
    )
    return pd.DataFrame(
        {
            "date": pd.Series(distinct.astype("datetime64[D]").astype("datetime64[us]")),
            "posts": so_far,
            "q1": np.array([hill_number(weights, 1) for weights in cumulative], dtype=np.float64),
            "rarefied": np.where(so_far >= m, (1 - missing).sum(axis=1), np.nan),
        }
    )


def _rank_by_topics(found: Mentions, breadth: Integers) -> Integers:
    """Return the rank of each post that has a topic: by its topics, the same for any order of the rows."""
    starts = np.cumsum(breadth) - breadth
    place = np.arange(len(found.topic)) - np.repeat(starts, breadth)
    grid = np.full((len(breadth), int(breadth.max())), -1, dtype=np.int64)
    grid[np.repeat(np.arange(len(breadth)), breadth), place] = found.topic
    rank = np.empty(len(breadth), dtype=np.int64)
    rank[np.lexsort(grid.T[::-1])] = np.arange(len(breadth))
    return rank
