"""How far apart are the counts, and on how many do they rest? A dot per post, a row per platform."""

from collections import Counter
from collections.abc import Sequence
from math import ceil, floor, log10, sqrt
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from genkdash.charts.hover import post_hover
from genkdash.charts.labels import shortened
from genkdash.charts.theme import BELOW, BELOW_PIXELS, INK, Ink, ThemeName, template
from genkdash.i18n import Translator
from genkdash.i18n.formats import whole
from genkdash.insights.bins import MOST_SINGLE
from genkdash.insights.reactions import Median
from genkdash.safe_text import for_plotly

_ROW_PIXELS = 58
_BAND = 0.72  # of a row, for the middle half
_SPREAD = 0.5  # of a row, over which dots of about the same count stand apart
_AIR = 0.3  # of a tenfold, on either side: wide enough for a tick next to a single count
_TICKS = (0, 3, *(first * 10**power for power in range(1, 10) for first in (1, 3)))
_TENFOLDS = (0, *(10**power for power in range(1, 10)))
_MOST_TICKS = 6  # more would stand upright on a phone
_HEAP = 0.1  # of a tenfold
_GOLDEN = 0.618  # steps of it never fall into a pattern that could be read as a trend


def reactions_figure(
    counts: pd.DataFrame, platforms: Sequence[Median], words: Translator, theme: ThemeName
) -> go.Figure:
    """Return a row per platform in the order given: each known like a dot, young ones hollow, middle half and median.

    `counts` is what `known_counts` returns. The axis is that of log(1 + count): one hit leaves room for the rest.
    """
    ink = INK[theme]
    rows = {median.group: place for place, median in enumerate(reversed(platforms))}
    figure = go.Figure(layout={"template": template(theme)})
    figure.add_trace(_middles(platforms, rows, ink, words))
    for trace in _dots(counts, rows, ink, words):
        figure.add_trace(trace)
    figure.add_trace(_medians(platforms, rows, ink, words))
    for median in platforms:
        if median.known + median.young == 0:
            figure.add_annotation(
                x=0,
                xref="paper",
                xanchor="left",
                xshift=8,
                y=rows[median.group],
                text=words("reactions.no_count"),
                showarrow=False,
                font={"size": 13, "color": ink.quiet_text},
            )
    figure.update_layout(
        barmode="overlay",
        height=_ROW_PIXELS * len(rows) + 40 + BELOW_PIXELS,
        margin={"b": BELOW_PIXELS},
        legend=BELOW,
        hovermode="closest",
    )
    names = [for_plotly(shortened(group or words("platform.unknown"))) for group in rows]
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(rows.values()),
        ticktext=names,
        ticklabelstandoff=6,
        range=[-0.5, len(rows) - 0.5],
    )
    least, most = (counts["value"].min(), counts["value"].max()) if len(counts) else (0, 100)
    low, high = _place(least) - _AIR, _place(most) + _AIR
    ticks = [tick for tick in _TICKS if low <= _place(tick) <= high]
    if len(ticks) > _MOST_TICKS:
        ticks = [tick for tick in _TENFOLDS if low <= _place(tick) <= high]
    figure.update_xaxes(
        tickmode="array",
        tickvals=[_place(tick) for tick in ticks],
        ticktext=[whole(tick, words) for tick in ticks],
        range=[low, high],
        showgrid=True,
    )
    return figure


def _place(count: float) -> float:
    """Return where a count stands on the axis."""
    return log10(1 + count)


def _middles(platforms: Sequence[Median], rows: dict[str | None, int], ink: Ink, words: Translator) -> go.Bar:
    """Return a band over the middle half of each platform with enough counts."""
    known = [(median, median.middle) for median in platforms if median.middle is not None]
    return go.Bar(
        orientation="h",
        y=[rows[median.group] for median, _ in known],
        base=[_place(low) for _, (low, _) in known],
        x=[_place(high) - _place(low) for _, (low, high) in known],
        width=_BAND,
        marker={"color": ink.tint, "cornerradius": 6},
        name=words("reactions.middle"),
        hoverinfo="skip",
    )


def _medians(platforms: Sequence[Median], rows: dict[str | None, int], ink: Ink, words: Translator) -> go.Scatter:
    """Return an upright line at the median of each platform with enough counts."""
    known = [(median.group, median.median) for median in platforms if median.median is not None]
    return go.Scatter(
        mode="markers",
        x=[_place(value) for _, value in known],
        y=[rows[group] for group, _ in known],
        marker={"symbol": "line-ns", "size": _ROW_PIXELS * _BAND, "line": {"width": 3, "color": ink.text}},
        name=words("reactions.median_mark"),
        hovertext=[f"{words('reactions.median_mark')}: {whole(value, words)}" for _, value in known],
        hoverinfo="text",
    )


def _hover(post: Any, words: Translator) -> str:
    """Return what a dot says: its post, and its count."""
    count = int(post.value)
    likes = words.plural("post.likes", count, number=whole(count, words))
    return f"{post_hover(post, words)}<br><b>{likes}</b>"


def _dots(counts: pd.DataFrame, rows: dict[str | None, int], ink: Ink, words: Translator) -> list[go.Scatter]:
    """Return a filled dot for each count that may be compared, and a hollow one for each young one.

    Where there are too many to tell apart, one for all about the same count, larger with more of them.
    """
    filled = {"symbol": "circle", "color": ink.accent, "opacity": 0.75, "line": {"width": 1, "color": ink.background}}
    hollow = {"symbol": "circle-open", "color": ink.accent, "line": {"width": 2}}
    is_young = counts["is_young"].to_numpy(dtype=bool)
    if len(counts) > MOST_SINGLE:
        kinds = ((counts[~is_young], "reactions.dots", filled), (counts[is_young], "reactions.dots_young", hollow))
        return [_heaps(chosen, rows, marker, words(label), words) for chosen, label, marker in kinds if len(chosen)]
    kinds = ((counts[~is_young], "reactions.dot", filled), (counts[is_young], "reactions.dot_young", hollow))
    return [
        go.Scatter(
            mode="markers",
            x=[_place(count) for count in chosen["value"]],
            y=[
                rows[None if pd.isna(platform) else platform] + _SPREAD * ((number * _GOLDEN) % 1 - 0.5)
                for number, platform in enumerate(chosen["platform"])
            ],
            marker={"size": 10, **marker},
            name=words(label),
            hovertext=[_hover(post, words) for post in chosen.itertuples()],
            hoverinfo="text",
        )
        for chosen, label, marker in kinds
        if len(chosen)
    ]


def _heaps(
    counts: pd.DataFrame, rows: dict[str | None, int], marker: dict[str, Any], name: str, words: Translator
) -> go.Scatter:
    """Return a mark for all posts of a platform with about the same count; it says how many they are."""
    steps = [floor(_place(count) / _HEAP) for count in counts["value"]]
    lanes = [rows[None if pd.isna(platform) else platform] for platform in counts["platform"]]
    heaps = sorted(Counter(zip(lanes, steps, strict=True)).items())
    most = sqrt(max(count for _, count in heaps))
    return go.Scatter(
        mode="markers",
        x=[(step + 0.5) * _HEAP for (_, step), _ in heaps],
        y=[lane for (lane, _), _ in heaps],
        marker={**marker, "size": [max(5.0, 26 * sqrt(count) / most) for _, count in heaps]},
        name=name,
        hovertext=[_heap_hover(step, count, words) for (_, step), count in heaps],
        hoverinfo="text",
    )


def _heap_hover(step: int, count: int, words: Translator) -> str:
    """Return how many posts a heap holds, and from which count to which."""
    low, high = 10 ** (step * _HEAP) - 1, 10 ** ((step + 1) * _HEAP) - 1
    least = ceil(low - 1e-9)
    return words.plural(
        "reactions.bin", count, low=whole(least, words), high=whole(max(ceil(high - 1e-9) - 1, least), words)
    )
