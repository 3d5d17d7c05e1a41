"""How do people react? Medians of what is known, each with the number of posts it rests on.

A blank count is unknown, never 0. Fewer than five known counts give no figure. A count that was read less than seven
days after the post is young: it has a place in a drawing, and none in a comparison of groups.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from genkdash.insights.counted import counted_posts, mentions
from genkdash.sheet.model import Sheet

Reaction: TypeAlias = Literal["likes", "comments", "shares", "reach"]
REACTIONS: tuple[Reaction, ...] = get_args(Reaction)

FEWEST_KNOWN = 5
YOUNG_DAYS = 7


@dataclass(frozen=True, slots=True)
class Median:
    """A median over `known` of `posts` posts; None below five. `group` is the platform or topic, None = unknown or all.

    In a comparison of groups `known` leaves out the `young` counts.
    """

    group: str | None
    posts: int
    known: int
    young: int
    median: float | None


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
    found = mentions(posts)
    by_topic = np.argsort(found.topic, kind="stable")
    bounds = np.searchsorted(found.topic[by_topic], np.arange(1, len(found.names)))
    groups = [
        _median(name, values.iloc[rows], is_young[rows], keeps_young=False)
        for name, rows in zip(found.names, np.split(found.post[by_topic], bounds), strict=False)
    ]
    return tuple(sorted(groups, key=lambda group: (-group.posts, group.group or "")))


def young(posts: pd.DataFrame) -> np.ndarray:
    """Return for each post whether its counts were read less than seven days after it; unknown is not young."""
    age = (posts["measured_on"] - posts["date"]).dt.days
    return (age < YOUNG_DAYS).to_numpy(dtype=bool)


def _median(group: str | None, counts: pd.Series, is_young: np.ndarray, *, keeps_young: bool) -> Median:
    """Return the median of a group's counts."""
    known = counts.notna().to_numpy(dtype=bool)
    used = known if keeps_young else known & ~is_young
    values = counts.to_numpy(dtype=np.float64)[used]
    return Median(
        group=group,
        posts=len(counts),
        known=len(values),
        young=int((known & is_young).sum()),
        median=float(np.median(values)) if len(values) >= FEWEST_KNOWN else None,
    )
