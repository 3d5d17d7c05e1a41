"""Which posts do the numbers count, whose are they, and which topics do they touch? Codes instead of text."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from genkdash.insights.once import once_per_sheet
from genkdash.sheet.model import Sheet

Integers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

_EPOCH = date(1970, 1, 1)


def as_day_number(day: date) -> int:
    """Return the number of days since 1970-01-01: NumPy's own count."""
    return (day - _EPOCH).days


def as_date(day_number: np.int64) -> date:
    """Return the day of a day number."""
    return _EPOCH + timedelta(days=int(day_number))


def counted_posts(sheet: Sheet, *, today: date | None = None) -> pd.DataFrame:
    """Return the counted rows of `sheet.posts`, in the sheet's order; none after `today` if that is given."""
    return sheet.posts.loc[_counts(sheet, today)]


def number_counted(sheet: Sheet, *, today: date | None = None) -> int:
    """Return how many rows `counted_posts` has."""
    return int(_counts(sheet, today).sum())


def _counts(sheet: Sheet, today: date | None) -> NDArray[np.bool_]:
    """Return for each row of `sheet.posts` whether it counts."""
    counts: NDArray[np.bool_] = sheet.posts["counted"].to_numpy(dtype=bool)
    if today is not None:
        counts = counts & (sheet.posts["date"] <= pd.Timestamp(today)).to_numpy(dtype=bool)
    return counts


def influencer_codes(sheet: Sheet, posts: pd.DataFrame) -> Integers:
    """Return for each of `posts` the position of its influencer in `sheet.influencers`, -1 where there is none."""
    position = {influencer.name: number for number, influencer in enumerate(sheet.influencers)}
    # a look-up per distinct name, not per post; a missing name has code -1, the last position
    codes, distinct = pd.factorize(posts["influencer"].to_numpy(dtype=object))
    return np.array([*(position.get(name, -1) for name in distinct), -1], dtype=np.int64)[codes]


@once_per_sheet
def counted_owners(sheet: Sheet) -> Integers:
    """Return `influencer_codes` of the counted posts."""
    return influencer_codes(sheet, sheet.posts.loc[_counts(sheet, None), ["influencer"]])


@once_per_sheet
def post_days_by_influencer(sheet: Sheet, *, today: date) -> list[Integers]:
    """Return for each influencer of the sheet the day numbers of its posts counted on `today`, ascending."""
    counts = _counts(sheet, today)
    codes = influencer_codes(sheet, sheet.posts.loc[counts, ["influencer"]])
    days = sheet.posts["date"].to_numpy(dtype="datetime64[D]")[counts].astype(np.int64)
    order = np.lexsort((days, codes))
    bounds = np.searchsorted(codes[order], np.arange(len(sheet.influencers) + 1))
    return np.split(days[order], bounds)[1:-1]


@dataclass(frozen=True, slots=True)
class Mentions:
    """Every topic of every post once: a post with m topics has m mentions of weight 1/m.

    `names` are the topics in order of name. `post` (position in the frame), `topic` (position in `names`) and
    `breadth` (m) have one value per mention, ordered by post and then by topic.
    """

    names: tuple[str, ...]
    post: Integers
    topic: Integers
    breadth: Integers

    @property
    def weight(self) -> Floats:
        """Return 1/m for each mention; the weights of one post sum to 1."""
        return 1.0 / self.breadth

    @property
    def told(self) -> tuple[Integers, Integers]:
        """Return the posts that have a topic, ascending, and how many topics each has."""
        post, first = np.unique(self.post, return_index=True)
        return post, self.breadth[first]


def mentions(posts: pd.DataFrame) -> Mentions:
    """Return the mentions of topics in `posts`; a topic named twice in one post is one mention."""
    topics = posts["topics"].tolist()
    lengths = np.fromiter(map(len, topics), dtype=np.int64, count=len(topics))
    labels = np.fromiter(chain.from_iterable(topics), dtype=object, count=int(lengths.sum()))
    codes, names = pd.factorize(labels, sort=True)
    pairs = np.unique(np.repeat(np.arange(len(topics)), lengths) * max(len(names), 1) + codes)
    post, topic = np.divmod(pairs, max(len(names), 1))
    breadth = np.bincount(post, minlength=len(topics))[post]
    return Mentions(tuple(names.tolist()), post, topic, breadth.astype(np.int64))


@once_per_sheet
def counted_mentions(sheet: Sheet) -> Mentions:
    """Return the mentions of topics in the counted posts."""
    return mentions(sheet.posts.loc[_counts(sheet, None), ["topics"]])


def weights_by_group(group: Integers, breadth: Integers) -> tuple[Integers, Integers, Floats]:
    """Return the distinct values of `group`, how many members each has, and the sum of their weights 1/breadth.

    Members are mentions or posts. They are first counted by breadth, so the sums do not depend on their order.
    """
    widest = int(breadth.max(initial=0)) + 1
    pairs, occurrences = np.unique(group * widest + breadth, return_counts=True)
    groups, positions = np.unique(pairs // widest, return_inverse=True)
    incidence = np.bincount(positions, weights=occurrences, minlength=len(groups))
    weights = np.bincount(positions, weights=occurrences / (pairs % widest), minlength=len(groups))
    return groups.astype(np.int64), incidence.astype(np.int64), weights.astype(np.float64)
