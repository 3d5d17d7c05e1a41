"""How do people react? Medians of what is known, each with the number of posts it rests on.

A blank count is unknown, never 0. Fewer than five known counts give no figure. A count that was read less than seven
days after the post is young: it has a place in a drawing, and none in a comparison of groups.
"""

from dataclasses import dataclass
from datetime import date
from math import nan
from typing import Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from genkdash.insights.counted import counted_mentions, counted_posts
from genkdash.sheet.model import Sheet

Reaction: TypeAlias = Literal["likes", "comments", "shares", "reach"]
REACTIONS: tuple[Reaction, ...] = get_args(Reaction)

FEWEST_KNOWN = 5
YOUNG_DAYS = 7


@dataclass(frozen=True, slots=True)
class Median:
    """A median over `known` of `posts` posts; None below five. `group` is the platform or topic, None = unknown or all.

    In a comparison of groups `known` leaves out the `young` counts. `middle` are the quartiles, between which the
    middle half lies; None where the median is.
    """

    group: str | None
    posts: int
    known: int
    young: int
    median: float | None
    middle: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """One reaction on two platforms, side by side."""

    reaction: Reaction
    one: Median
    other: Median

    @property
    def is_comparable(self) -> bool:
        """Tell whether both sides have enough known counts to say anything."""
        return self.one.median is not None and self.other.median is not None

    @property
    def overlaps(self) -> bool:
        """Tell whether the middle halves have a value in common; False where one of them is unknown."""
        if self.one.middle is None or self.other.middle is None:
            return False
        return self.one.middle[0] <= self.other.middle[1] and self.other.middle[0] <= self.one.middle[1]


def median_of(sheet: Sheet, reaction: Reaction) -> Median:
    """Return the median over all counted posts, young counts too."""
    posts = counted_posts(sheet)
    is_young = young(posts)
    return _median(None, posts[reaction], is_young, keeps_young=True)


def median_by_platform(sheet: Sheet, reaction: Reaction) -> tuple[Median, ...]:
    """Return a median for each platform, without young counts: most posts first, then by name, unknown last."""
    posts = counted_posts(sheet)
    is_young = young(posts)
    codes, platforms = pd.factorize(posts["platform"].to_numpy(dtype=object))
    groups = [
        _median(name, posts[reaction][codes == code], is_young[codes == code], keeps_young=False)
        for code, name in [*enumerate(platforms.tolist()), (-1, None)]
    ]
    found = [group for group in groups if group.posts > 0]
    return tuple(sorted(found, key=lambda group: (group.group is None, -group.posts, group.group or "")))


def median_by_topic(sheet: Sheet, reaction: Reaction) -> tuple[Median, ...]:
    """Return a median for each topic over the posts that touch it, without young counts, in the same order."""
    posts = counted_posts(sheet)
    is_young, values = young(posts), posts[reaction]
    found = counted_mentions(sheet)
    by_topic = np.argsort(found.topic, kind="stable")
    bounds = np.searchsorted(found.topic[by_topic], np.arange(1, len(found.names)))
    groups = [
        _median(name, values.iloc[rows], is_young[rows], keeps_young=False)
        for name, rows in zip(found.names, np.split(found.post[by_topic], bounds), strict=False)
    ]
    return tuple(sorted(groups, key=lambda group: (-group.posts, group.group or "")))


def side_by_side(sheet: Sheet, one: str, other: str) -> tuple[Pair, ...]:
    """Return each kind of reaction on two platforms, without young counts."""
    pairs = []
    for reaction in REACTIONS:
        found = {median.group: median for median in median_by_platform(sheet, reaction)}
        sides = [found.get(name, Median(name, 0, 0, 0, None)) for name in (one, other)]
        pairs.append(Pair(reaction, *sides))
    return tuple(pairs)


def known_counts(sheet: Sheet, reaction: Reaction) -> pd.DataFrame:
    """Return a row per counted post whose count is known, in the sheet's order.

    Columns: date, platform (None = unknown), title, topics, value (the count), is_young.
    """
    posts = counted_posts(sheet)
    known = posts.assign(value=posts[reaction], is_young=young(posts)).loc[posts[reaction].notna()]
    return known[["date", "platform", "title", "topics", "value", "is_young"]].reset_index(drop=True)


def is_young(posted: date, measured: date) -> bool:
    """Tell whether a count that was read on `measured` is too fresh to compare."""
    return (measured - posted).days < YOUNG_DAYS


def young(posts: pd.DataFrame) -> np.ndarray:
    """Return for each post whether its counts were read less than seven days after it; unknown is not young."""
    age = (posts["measured_on"] - posts["date"]).dt.days
    return (age < YOUNG_DAYS).to_numpy(dtype=bool)


def _median(group: str | None, counts: pd.Series, is_young: np.ndarray, *, keeps_young: bool) -> Median:
    """Return the median of a group's counts."""
    known = counts.notna().to_numpy(dtype=bool)
    used = known if keeps_young else known & ~is_young
    values = counts.to_numpy(dtype=np.float64)[used]
    has_enough = len(values) >= FEWEST_KNOWN
    low, middle, high = map(float, np.percentile(values, (25, 50, 75))) if has_enough else (nan, nan, nan)
    return Median(
        group=group,
        posts=len(counts),
        known=len(values),
        young=int((known & is_young).sum()),
        median=middle if has_enough else None,
        middle=(low, high) if has_enough else None,
    )
