"""How far is everybody? A strip each: a cell per post in its topic's colour, an open cell for each still to do.

Drawn without Plotly, so that it is there with the numbers above it. Its look is in static/comfort.css.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from genkdash.charts.colours import NO_TOPIC
from genkdash.charts.labels import shortened
from genkdash.headlines.html import Html, element
from genkdash.i18n import Translator
from genkdash.i18n.formats import day, one_decimal
from genkdash.insights.bins import MOST_SINGLE
from genkdash.insights.progress import InfluencerProgress

_BEYOND = 0.4  # steps; the wider gap between the target and the first surplus post


def team_strips(  # noqa: PLR0913 -- a strip depends on each of these
    posts: pd.DataFrame,
    progress: Sequence[InfluencerProgress],
    colours: Mapping[str, str],
    words: Translator,
    *,
    alt: str,
    is_over: bool = False,
) -> Html:
    """Return the strips, in the order of `progress`. `posts` are the counted ones, with POST_COLUMNS.

    Very many posts are a stretch per topic. `alt` says in words what is to be seen. Once it `is_over` nothing is
    expected of today any more: the upright mark says that it is the target.
    """
    steps = max((max(one.target, one.posts) for one in progress), default=12) + _BEYOND
    placed = posts.sort_values(["date", "row"], kind="stable")
    own = dict(list(placed.groupby("influencer", sort=False)))
    fill = _cells if len(posts) <= MOST_SINGLE else _stretches
    rows: list[Html] = []
    for person in progress:
        cells = fill(person, own.get(person.name, placed.iloc[:0]), colours, steps, words)
        mark = None if person.expected is None else _mark(person.expected, steps, words, is_over=is_over)
        rows += [
            element("span", shortened(person.name), css="strip-name"),
            element("div", *cells, mark, css="strip"),
        ]
    return element("div", *rows, css="strips", style=f"--steps:{steps:g}", label=alt)


def _cells(
    person: InfluencerProgress, posts: pd.DataFrame, colours: Mapping[str, str], steps: float, words: Translator
) -> list[Html]:
    """Return a cell for each post and for each still to do, what comes beyond the target a little apart."""
    told: list[Any] = list(posts.itertuples())
    cells = []
    for place, post in enumerate(told):
        is_first_surplus = place == person.target
        at = place + _BEYOND * (place >= person.target)
        style = f"background:{colours.get(post.topics[0], NO_TOPIC) if post.topics else NO_TOPIC};{_at(at, steps)}"
        cells.append(
            element("i", css="beyond" if is_first_surplus and place else "", style=style, tip=_of_post(post, words))
        )
    return cells + [element("i", css="open")] * max(0, person.target - len(told))


def _stretches(
    person: InfluencerProgress, posts: pd.DataFrame, colours: Mapping[str, str], steps: float, words: Translator
) -> list[Html]:
    """Return a stretch per topic, as long as its posts are many, and one for what is still to do."""
    counts = posts["topics"].map(lambda topics: topics[0] if topics else "").value_counts()
    begin, cells = 0, []
    for topic in [name for name in [*colours, ""] if name in counts.index]:
        count = int(counts[topic])
        style = f"background:{colours.get(topic, NO_TOPIC)};--wide:{count};{_at(begin, steps)}"
        tip = (topic or words("topics.none"), words.plural("bins.posts", count))
        cells.append(element("i", css="stretch", style=style, tip=tip))
        begin += count
    if begin < person.target:
        cells.append(element("i", css="open stretch", style=f"--wide:{person.target - begin}"))
    return cells


def _mark(expected: float, steps: float, words: Translator, *, is_over: bool) -> Html:
    """Return a thin upright mark at the number expected on this day; once it is over, that is the target."""
    tip = words("strip.target_hover" if is_over else "strip.expected_hover", expected=one_decimal(expected, words))
    return element("div", element("b", style=_at(expected, steps), tip=[tip]), css="strip-mark")


def _at(place: float, steps: float) -> str:
    """Return how far along its strip something begins, as a custom property."""
    return f"--at:{100 * place / steps:.4g}%"


def _of_post(post: Any, words: Translator) -> list[str]:
    """Return day, platform, title and topics of one row of a posts frame."""
    return [
        f"{day(post.date.date(), words)} · {post.platform or words('platform.unknown')}",
        post.title or words("post.untitled"),
        ", ".join(post.topics) or words("topics.none"),
    ]
