"""When was there a post, and when was it quiet? A lane each on one shared axis of days."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from genkdash.charts.colours import NO_TOPIC
from genkdash.charts.hover import post_hover
from genkdash.charts.labels import row_axis, row_pixels
from genkdash.charts.lane_bins import bin_marks
from genkdash.charts.lane_days import Part, bands, headings, silence_lengths
from genkdash.charts.theme import BELOW, BELOW_PIXELS, INK, Ink, ThemeName, template
from genkdash.i18n import Translator
from genkdash.i18n.formats import day
from genkdash.insights.bins import SPAN_DAYS, binned
from genkdash.insights.timeline import COUNTED, Timeline
from genkdash.safe_text import for_plotly

_ROW_PIXELS = 40
_LANE_WIDTH = 0.62  # of the step from lane to lane
_DAY = pd.Timedelta(days=1)


def lanes_figure(timeline: Timeline, colours: Mapping[str, str], words: Translator, theme: ThemeName) -> go.Figure:
    """Return the lanes in the sheet's order: windows, marks, pauses, meetings, events, longest silences, today."""
    ink = INK[theme]
    names = timeline.lanes["influencer"].tolist()
    bins = binned(timeline.marks)
    silent = timeline.lanes[timeline.lanes["silence_days"] > (0 if bins is None else SPAN_DAYS[bins.span])]
    marks = _marks(timeline.marks, colours, words, ink) if bins is None else bin_marks(bins, colours, words, ink)
    # In one go: a figure that grows by one thing after the other looks at each of them many times over.
    return go.Figure(
        data=[
            _windows(timeline.lanes, ink),
            _pauses(timeline, ink, words),
            *([_meetings(timeline, ink, words)] if timeline.meetings else []),
            _silences(silent, ink, words),
            *marks,
        ],
        layout={
            "template": template(theme),
            "barmode": "overlay",
            "height": _ROW_PIXELS * len(names) + 150,
            "margin": {"l": row_pixels(names), "t": 46, "b": BELOW_PIXELS},
            "legend": BELOW,
            "hovermode": "closest",
            "yaxis": row_axis(names),
            "xaxis": {
                "type": "date",
                "dtick": "M1",
                "tickformat": "%b",
                "showgrid": True,
                "ticklabelmode": "period",
                "range": _range(timeline),
            },
            "shapes": bands(timeline, ink),
            "annotations": [*silence_lengths(silent, names, ink, words), *headings(timeline, ink, words)],
        },
    )


def _range(timeline: Timeline) -> list[str] | None:
    """Return the first and last day to draw, with some air; None leaves it to Plotly."""
    ends = pd.Series([timeline.start, timeline.end], dtype="datetime64[us]")
    days = pd.concat([ends, timeline.marks["date"]]).dropna()
    air = 4 * _DAY
    return _iso(pd.Series([days.min() - air, days.max() + air])) if len(days) else None


def _windows(lanes: pd.DataFrame, ink: Ink) -> Part:
    """Return each person's own window as a quiet band."""
    known = lanes.dropna(subset=["start", "end"])
    return {
        "type": "bar",
        "orientation": "h",
        "y": [for_plotly(name) for name in known["influencer"]],
        "base": _iso(known["start"]),
        "x": _milliseconds(known["start"], known["end"]),
        "width": _LANE_WIDTH,
        "marker": {"color": ink.panel, "cornerradius": 6},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _pauses(timeline: Timeline, ink: Ink, words: Translator) -> Part:
    """Return the pauses as hatched bands in the lanes they concern."""
    names = timeline.lanes["influencer"].tolist()
    pauses = timeline.spans[timeline.spans["kind"] == "pause"]
    rows: list[tuple[str, Any]] = []
    pause: Any
    for pause in pauses.itertuples():
        rows += [(name, pause) for name in (names if pd.isna(pause.influencer) else [pause.influencer])]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [for_plotly(name) for name, _ in rows],
        "base": [f"{pause.start:%Y-%m-%d}" for _, pause in rows],
        "x": [((pause.end - pause.start) + _DAY).total_seconds() * 1000 for _, pause in rows],
        "width": _LANE_WIDTH,
        "marker": {
            "color": "rgba(0,0,0,0)",
            "pattern": {"shape": "/", "fgcolor": ink.quiet_text, "fgopacity": 0.55, "size": 7, "solidity": 0.2},
        },
        "name": words("timeline.pause"),
        "hovertext": [_span_text(pause, words("timeline.pause"), words) for _, pause in rows],
        "hoverinfo": "text",
    }


def _meetings(timeline: Timeline, ink: Ink, words: Translator) -> Part:
    """Return the team's meetings as a thin upright line in each lane."""
    names = [for_plotly(name) for name in timeline.lanes["influencer"]]
    pairs = [(met, name) for met in timeline.meetings for name in names]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [met.isoformat() for met, _ in pairs],
        "y": [name for _, name in pairs],
        "marker": {"symbol": "line-ns", "size": 14, "opacity": 0.7, "line": {"width": 1, "color": ink.quiet_text}},
        "name": words("timeline.meeting"),
        "hovertext": [f"{words('timeline.meeting')}<br>{day(met, words)}" for met, _ in pairs],
        "hoverinfo": "text",
    }


def _silences(silent: pd.DataFrame, ink: Ink, words: Translator) -> Part:
    """Return the longest silence of these lanes as a dotted line."""
    pairs = zip(_iso(silent["silence_start"]), _iso(silent["silence_end"]), strict=True)
    return {
        "type": "scatter",
        "x": [x for start, end in pairs for x in (start, end, None)],
        "y": [y for name in silent["influencer"] for y in (for_plotly(name), for_plotly(name), None)],
        "mode": "lines",
        "line": {"dash": "dot", "width": 2, "color": ink.quiet_text},
        "name": words("timeline.longest_silence"),
        "hoverinfo": "skip",
    }


def _marks(marks: pd.DataFrame, colours: Mapping[str, str], words: Translator, ink: Ink) -> list[Part]:
    """Return a filled mark for each counted post and a hollow one for each that stands apart."""
    is_counted = marks["state"] == COUNTED
    filled = {
        "symbol": "circle",
        "color": [colours.get(topic or "", NO_TOPIC) for topic in marks.loc[is_counted, "topic"]],
        "line": {"width": 1.5, "color": ink.background},
    }
    hollow = {"symbol": "diamond-open", "color": ink.quiet_text, "line": {"width": 1.5, "color": ink.quiet_text}}
    kinds = ((marks[is_counted], "timeline.counted", filled), (marks[~is_counted], "timeline.apart", hollow))
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": _iso(chosen["date"]),
            "y": [for_plotly(name) for name in chosen["influencer"]],
            "marker": {"size": 13, **marker},
            "name": words(label),
            "hovertext": [post_hover(post, words) for post in chosen.itertuples()],
            "hoverinfo": "text",
        }
        for chosen, label, marker in kinds
        if len(chosen)
    ]


def _span_text(span: Any, fallback: str, words: Translator) -> str:
    """Return a span's name and days."""
    return f"{for_plotly(span.name or fallback)}<br>{day(span.start.date(), words)} – {day(span.end.date(), words)}"


def _iso(days: pd.Series) -> list[str]:
    """Return days as a date axis reads them."""
    return list(days.dt.strftime("%Y-%m-%d"))


def _milliseconds(starts: pd.Series, ends: pd.Series) -> list[float]:
    """Return the lengths of the days from start to end, both inclusive, as a date axis measures them."""
    return [(seconds + 86_400) * 1000 for seconds in (ends - starts).dt.total_seconds()]
