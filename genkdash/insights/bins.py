"""What is drawn instead of each post where there are too many to tell apart? How many in a week or a month, by lane."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import pandas as pd

from genkdash.insights.timeline import COUNTED

Span: TypeAlias = Literal["week", "month"]

MOST_SINGLE = 300
"""Up to so many posts in one chart each has a mark of its own."""

SPAN_DAYS: Mapping[Span, int] = {"week": 7, "month": 30}
"""About how long a period is: a silence that is shorter is not to be seen between marks of that kind."""

_PERIODS: tuple[tuple[Span, str], ...] = (("week", "W-SUN"), ("month", "M"))


@dataclass(frozen=True, slots=True)
class Bins:
    """Posts counted per lane and `span`.

    `rows`: influencer, is_counted, start (its first day, `datetime64`), posts, topic (the first topic of most of
    its posts, None where that is no topic at all). By influencer and start.
    """

    span: Span
    rows: pd.DataFrame


def binned(marks: pd.DataFrame) -> Bins | None:
    """Return `marks` of a timeline counted per week, or per month where weeks are too many; None where they are few."""
    if len(marks) <= MOST_SINGLE:
        return None
    for span, period in _PERIODS:
        found = Bins(span, _counted(marks, period))
        if len(found.rows) <= MOST_SINGLE:
            break
    return found


def _counted(marks: pd.DataFrame, period: str) -> pd.DataFrame:
    """Return a row per lane, kind and period with at least one post."""
    keys = ["influencer", "is_counted", "start"]
    placed = marks[["influencer"]].assign(
        is_counted=marks["state"] == COUNTED,
        start=marks["date"].dt.to_period(period).dt.start_time,
        topic=marks["topic"].fillna(""),
    )
    by_topic = placed.groupby([*keys, "topic"], as_index=False).size()
    most = by_topic.sort_values("size", ascending=False, kind="stable").drop_duplicates(keys)
    rows = most.drop(columns="size").merge(by_topic.groupby(keys, as_index=False)["size"].sum(), on=keys)
    rows = rows.rename(columns={"size": "posts"}).sort_values(["influencer", "start"], kind="stable")
    return rows.assign(
        topic=pd.Series([name or None for name in rows["topic"]], rows.index, dtype=object),
    ).reset_index(drop=True)
