"""How far is everybody? A strip each: a cell per post in its topic's colour, an open cell for each still to do."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from genkdash.charts.colours import NO_TOPIC
from genkdash.charts.hover import post_hover
from genkdash.charts.labels import row_axis
from genkdash.charts.theme import INK, ThemeName, template
from genkdash.i18n import Translator
from genkdash.i18n.formats import one_decimal
from genkdash.insights.bins import MOST_SINGLE
from genkdash.insights.progress import InfluencerProgress
from genkdash.safe_text import for_plotly

_CELL = 0.88  # of one step on the axis; the rest is the gap between two cells
_BEYOND = 0.4  # the wider gap between the target and the first surplus post
_ROW_PIXELS = 38


def strip_figure(  # noqa: PLR0913 -- a strip depends on each of these
    posts: pd.DataFrame,
    progress: Sequence[InfluencerProgress],
    colours: Mapping[str, str],
    words: Translator,
    theme: ThemeName,
    *,
    is_over: bool = False,
) -> go.Figure:
    """Return the strips, in the order of `progress`. `posts` are the counted ones, with POST_COLUMNS.

    Once it `is_over` nothing is expected of today any more: the upright mark says that it is the target.
    """
    ink = INK[theme]
    names = [person.name for person in progress]
    placed = posts.sort_values(["date", "row"], kind="stable")
    targets = {person.name: person.target for person in progress}
    number = placed.groupby("influencer").cumcount()
    placed = placed.assign(place=number + _BEYOND * (number >= placed["influencer"].map(targets)))
    placed = placed.assign(topic=placed["topics"].map(lambda topics: topics[0] if topics else ""))
    figure = go.Figure(layout={"template": template(theme)})
    is_single = len(placed) <= MOST_SINGLE
    if is_single:
        figure.add_trace(_open_cells(progress, ink.quiet_text, words))
    else:
        figure.add_trace(_open_rests(progress, ink.quiet_text, words))
        _add_stretches(figure, placed, names, colours, words)
    for topic in [name for name in [*colours, ""] if is_single and (placed["topic"] == name).any()]:
        of_topic = placed[placed["topic"] == topic]
        figure.add_trace(
            go.Bar(
                orientation="h",
                y=[for_plotly(name) for name in of_topic["influencer"]],
                base=(of_topic["place"] + (1 - _CELL) / 2).tolist(),
                x=[_CELL] * len(of_topic),
                width=0.68,
                marker={"color": colours.get(topic, NO_TOPIC), "cornerradius": 4},
                name=for_plotly(topic) if topic else words("topics.none"),
                hovertext=[post_hover(post, words) for post in of_topic.itertuples()],
                hoverinfo="text",
            )
        )
    figure.add_trace(_expected_marks(progress, ink.text, words, is_over=is_over))
    widest = max((max(person.target, person.posts) for person in progress), default=12)
    figure.update_layout(
        barmode="overlay",
        height=_ROW_PIXELS * max(len(names), 1) + 8,
        showlegend=False,  # a page draws it, so that it wraps on a phone
        margin={"l": 8, "r": 4, "t": 4, "b": 4},
    )
    rows = [-0.5, len(names) - 0.5]
    figure.update_yaxes(row_axis(names), range=rows)
    figure.update_xaxes(visible=False, range=[-0.05, widest + _BEYOND])
    return figure


def _open_cells(progress: Sequence[InfluencerProgress], line: str, words: Translator) -> go.Bar:
    """Return the cells that are still to do, as outlines up to each person's own target."""
    to_do = [(person, place) for person in progress for place in range(person.posts, person.target)]
    return go.Bar(
        orientation="h",
        y=[for_plotly(person.name) for person, _ in to_do],
        base=[place + (1 - _CELL) / 2 for _, place in to_do],
        x=[_CELL] * len(to_do),
        width=0.68,
        marker={"color": "rgba(0,0,0,0)", "line": {"color": line, "width": 1}, "cornerradius": 4},
        name=words("strip.to_do"),
        hoverinfo="skip",
    )


def _open_rests(progress: Sequence[InfluencerProgress], line: str, words: Translator) -> go.Bar:
    """Return what is still to do as one outline each, where cells would be too many."""
    to_do = [person for person in progress if person.posts < person.target]
    return go.Bar(
        orientation="h",
        y=[for_plotly(person.name) for person in to_do],
        base=[person.posts for person in to_do],
        x=[person.target - person.posts for person in to_do],
        width=0.68,
        marker={"color": "rgba(0,0,0,0)", "line": {"color": line, "width": 1}},
        name=words("strip.to_do"),
        hoverinfo="skip",
    )


def _add_stretches(
    figure: go.Figure, posts: pd.DataFrame, names: Sequence[str], colours: Mapping[str, str], words: Translator
) -> None:
    """Draw a stretch per influencer and topic, as long as its posts are many, where cells would be too many."""
    counts = pd.crosstab(posts["influencer"], posts["topic"]).reindex(index=list(names), fill_value=0)
    before = [0] * len(names)
    for topic in [name for name in [*colours, ""] if name in counts.columns]:
        told = [int(count) for count in counts[topic]]
        some = [place for place, count in enumerate(told) if count]
        label = for_plotly(topic) if topic else words("topics.none")
        figure.add_trace(
            go.Bar(
                orientation="h",
                y=[for_plotly(names[place]) for place in some],
                base=[before[place] for place in some],
                x=[told[place] for place in some],
                width=0.68,
                marker={"color": colours.get(topic, NO_TOPIC)},
                name=label,
                hovertext=[f"<b>{label}</b><br>{words.plural('bins.posts', count)}" for count in told if count],
                hoverinfo="text",
            )
        )
        before = [start + count for start, count in zip(before, told, strict=True)]


def _expected_marks(
    progress: Sequence[InfluencerProgress], colour: str, words: Translator, *, is_over: bool
) -> go.Scatter:
    """Return a thin upright mark per person at the number expected on this day; once it is over, that is the target."""
    label = "strip.target" if is_over else "strip.expected"
    known = {person.name: person.expected for person in progress if person.expected is not None}
    return go.Scatter(
        mode="markers",
        x=list(known.values()),
        y=[for_plotly(name) for name in known],
        marker={"symbol": "line-ns", "size": 18, "line": {"width": 2, "color": colour}},
        name=words(label),
        hovertext=[words(f"{label}_hover", expected=one_decimal(expected, words)) for expected in known.values()],
        hoverinfo="text",
    )
