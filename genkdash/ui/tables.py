"""Which table says the same as a chart? One per chart, raw cells under translated headers, first column first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from genkdash.i18n import Translator
from genkdash.i18n.formats import day, share, whole
from genkdash.insights.bins import Bins, binned
from genkdash.insights.burn_up import BurnUp
from genkdash.insights.progress import InfluencerProgress
from genkdash.insights.timeline import Timeline
from genkdash.ui.view import View


def strip_table(view: View, posts: pd.DataFrame, people: Sequence[InfluencerProgress]) -> pd.DataFrame:
    """Return a row per influencer, in the sheet's order: how far, and about what. `posts` are the counted ones."""
    words = view.words
    return pd.DataFrame(
        {
            words("people.name"): [person.name for person in people],
            words("people.posts"): [
                words("overview.of", part=whole(person.posts, words), whole=whole(person.target, words))
                for person in people
            ],
            words("people.expected"): [person.expected for person in people],
            words("table.topics"): [
                _first_topics(posts[posts["influencer"] == person.name], words) for person in people
            ],
        }
    )


def shares_table(view: View, shares: Mapping[str, float]) -> pd.DataFrame:
    """Return a row per topic, most told first, with its share (0-1) as a percentage."""
    words = view.words
    return pd.DataFrame(
        {
            words("table.topic"): list(shares),
            words("table.share"): [share(part, words) for part in shares.values()],
        }
    )


def matrix_table(view: View, matrix: pd.DataFrame) -> pd.DataFrame:
    """Return a row per influencer with the topics and their counts, most told first: a grid does not fit a phone."""
    words = view.words
    told = [
        Counter({str(topic): int(count) for topic, count in row.items() if count}) for row in matrix.to_dict("records")
    ]
    return pd.DataFrame(
        {
            words("people.name"): [str(name) for name in matrix.index],
            words("table.topics"): [_counted(counts) for counts in told],
        }
    )


def burn_up_table(view: View, found: BurnUp) -> pd.DataFrame:
    """Return a row per week: the sum so far and an even pace; on the last day between which sums it may end."""
    words, done = view.words, found.done
    weeks = list(found.expected["date"])
    sums: list[int | str | None] = [
        int(done.loc[done["date"] <= week, "posts"].iloc[-1]) if week <= done["date"].iloc[-1] else None
        for week in weeks
    ]
    if found.final is not None:
        low, high = found.final
        sums[-1] = words("table.between", low=whole(low, words), high=whole(high, words))
    return pd.DataFrame(
        {
            words("table.day"): [day(week.date(), words) for week in weeks],
            words("burn_up.done"): pd.Series(sums, dtype=object),
            words("burn_up.expected"): found.expected["posts"],
        }
    )


def month_table(view: View, month: date, posts_by_day: Mapping[date, int]) -> pd.DataFrame:
    """Return a row per day of `month` with a post, and how many."""
    words = view.words
    days = sorted(one for one in posts_by_day if (one.year, one.month) == (month.year, month.month))
    return pd.DataFrame(
        {
            words("table.day"): [day(one, words) for one in days],
            words("people.posts"): [posts_by_day[one] for one in days],
        }
    )


def growth_table(view: View, growth: pd.DataFrame) -> pd.DataFrame:
    """Return a row per day with a post: posts until then, as varied as, topics in a fixed number of posts."""
    words = view.words
    return pd.DataFrame(
        {
            words("table.day"): growth["date"].dt.date,
            words("people.posts"): growth["posts"],
            words("growth.q1"): growth["q1"],
            words("growth.rarefied"): growth["rarefied"],
        }
    )


def lanes_table(view: View, timeline: Timeline) -> pd.DataFrame:
    """Return a row per post in a lane, oldest first, those that stand apart too; one lane needs no name.

    Where the chart has a mark for all posts of a week or a month, a row for each of those.
    """
    words, marks = view.words, timeline.marks
    bins = view.draw(("bins", *timeline.lanes["influencer"]), lambda: binned(marks))
    if bins is not None:
        return _bins_table(bins, words, has_names=len(timeline.lanes) > 1)
    return pd.DataFrame(
        {
            words("table.day"): [day(moment.date(), words) for moment in marks["date"]],
            **({words("people.name"): marks["influencer"]} if len(timeline.lanes) > 1 else {}),
            words("table.post"): [
                f"{title or words('post.untitled')} · {platform or words('platform.unknown')}"
                for title, platform in zip(marks["title"], marks["platform"], strict=True)
            ],
            words("table.topics"): [", ".join(topics) or words("topics.none") for topics in marks["topics"]],
        }
    )


def _bins_table(bins: Bins, words: Translator, *, has_names: bool) -> pd.DataFrame:
    """Return a row per week or month of a lane: how many posts, and about what most."""
    rows = bins.rows
    posts = [words.plural("bins.posts", count) for count in rows["posts"]]
    return pd.DataFrame(
        {
            words("table.day"): [words(f"bins.{bins.span}", day=day(start.date(), words)) for start in rows["start"]],
            **({words("people.name"): rows["influencer"]} if has_names else {}),
            words("people.posts"): [
                said if is_counted else f"{said} · {words('timeline.apart')}"
                for said, is_counted in zip(posts, rows["is_counted"], strict=True)
            ],
            words("table.most"): [topic or words("topics.none") for topic in rows["topic"]],
        }
    )


def _first_topics(posts: pd.DataFrame, words: Translator) -> str:
    """Return how often each topic, as the cells of a strip have it: of a post, the topic that was typed first."""
    return _counted(Counter(topics[0] if topics else words("topics.none") for topics in posts["topics"]))


def _counted(counts: Counter[str]) -> str:
    """Return "Sport 4, Muziek 2", most told first."""
    return ", ".join(f"{topic} {count}" for topic, count in counts.most_common())
