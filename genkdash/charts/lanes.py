"""When was there a post, and when was it quiet? A lane each on one shared axis of days."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from genkdash.charts.colours import NO_TOPIC
from genkdash.charts.hover import post_hover
from genkdash.charts.labels import row_axis
from genkdash.charts.lane_bins import bin_marks
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
    figure = go.Figure(layout={"template": template(theme)})
    figure.add_trace(_windows(timeline.lanes, ink))
    figure.add_trace(_pauses(timeline, ink, words))
    if timeline.meetings:
        figure.add_trace(_meetings(timeline, ink, words))
    bins = binned(timeline.marks)
    silent = timeline.lanes[timeline.lanes["silence_days"] > (0 if bins is None else SPAN_DAYS[bins.span])]
    figure.add_trace(_silences(silent, ink, words))
    marks = _marks(timeline.marks, colours, words, ink) if bins is None else bin_marks(bins, colours, words, ink)
    for trace in marks:
        figure.add_trace(trace)
    _add_silence_lengths(figure, silent, names, ink, words)
    for number, event in enumerate(timeline.spans[timeline.spans["kind"] == "event"].itertuples(), start=1):
        _add_event(figure, event, number, ink)
    _add_today(figure, timeline, ink, words)
    figure.update_layout(
        barmode="overlay",
        height=_ROW_PIXELS * len(names) + 150,
        margin={"t": 46, "b": BELOW_PIXELS},
        legend=BELOW,
        hovermode="closest",
    )
    figure.update_yaxes(row_axis(names))
    figure.update_xaxes(
        type="date", dtick="M1", tickformat="%b", showgrid=True, ticklabelmode="period", range=_range(timeline)
    )
    return figure


def _range(timeline: Timeline) -> list[str] | None:
    """Return the first and last day to draw, with some air; None leaves it to Plotly."""
    ends = pd.Series([timeline.start, timeline.end], dtype="datetime64[us]")
    days = pd.concat([ends, timeline.marks["date"]]).dropna()
    air = 4 * _DAY
    return _iso(pd.Series([days.min() - air, days.max() + air])) if len(days) else None


def _windows(lanes: pd.DataFrame, ink: Ink) -> go.Bar:
    """Return each person's own window as a quiet band."""
    known = lanes.dropna(subset=["start", "end"])
    return go.Bar(
        orientation="h",
        y=[for_plotly(name) for name in known["influencer"]],
        base=_iso(known["start"]),
        x=_milliseconds(known["start"], known["end"]),
        width=_LANE_WIDTH,
        marker={"color": ink.panel, "cornerradius": 6},
        hoverinfo="skip",
        showlegend=False,
    )


def _pauses(timeline: Timeline, ink: Ink, words: Translator) -> go.Bar:
    """Return the pauses as hatched bands in the lanes they concern."""
    pauses = timeline.spans[timeline.spans["kind"] == "pause"]
    everybody = pauses[pauses["influencer"].isna()].drop(columns="influencer")
    everybody = everybody.merge(timeline.lanes[["influencer"]], how="cross")
    rows = pd.concat([everybody, pauses[pauses["influencer"].notna()]])
    return go.Bar(
        orientation="h",
        y=[for_plotly(name) for name in rows["influencer"]],
        base=_iso(rows["start"]),
        x=_milliseconds(rows["start"], rows["end"]),
        width=_LANE_WIDTH,
        marker={
            "color": "rgba(0,0,0,0)",
            "pattern": {"shape": "/", "fgcolor": ink.quiet_text, "fgopacity": 0.55, "size": 7, "solidity": 0.2},
        },
        name=words("timeline.pause"),
        hovertext=[_span_text(pause, words("timeline.pause"), words) for pause in rows.itertuples()],
        hoverinfo="text",
    )


def _meetings(timeline: Timeline, ink: Ink, words: Translator) -> go.Scatter:
    """Return the team's meetings as a thin upright line in each lane."""
    names = [for_plotly(name) for name in timeline.lanes["influencer"]]
    pairs = [(met, name) for met in timeline.meetings for name in names]
    return go.Scatter(
        mode="markers",
        x=[met.isoformat() for met, _ in pairs],
        y=[name for _, name in pairs],
        marker={"symbol": "line-ns", "size": 14, "opacity": 0.7, "line": {"width": 1, "color": ink.quiet_text}},
        name=words("timeline.meeting"),
        hovertext=[f"{words('timeline.meeting')}<br>{day(met, words)}" for met, _ in pairs],
        hoverinfo="text",
    )


def _silences(silent: pd.DataFrame, ink: Ink, words: Translator) -> go.Scatter:
    """Return the longest silence of these lanes as a dotted line."""
    pairs = zip(_iso(silent["silence_start"]), _iso(silent["silence_end"]), strict=True)
    return go.Scatter(
        x=[x for start, end in pairs for x in (start, end, None)],
        y=[y for name in silent["influencer"] for y in (for_plotly(name), for_plotly(name), None)],
        mode="lines",
        line={"dash": "dot", "width": 2, "color": ink.quiet_text},
        name=words("timeline.longest_silence"),
        hoverinfo="skip",
    )


def _add_silence_lengths(
    figure: go.Figure, silent: pd.DataFrame, names: list[str], ink: Ink, words: Translator
) -> None:
    """Print the number of days above the middle of each longest silence, clear of the marks on a phone."""
    places = {name: place for place, name in enumerate(reversed(names))}
    lane: Any
    for lane in silent.itertuples():
        middle = lane.silence_start + (lane.silence_end - lane.silence_start) / 2
        figure.add_annotation(
            x=f"{middle:%Y-%m-%d %H:%M}",
            y=places[
                lane.influencer
            ],  # a number in a category axis: the name "2018" would stretch it to the 2018th lane
            text=words("timeline.short_days", count=int(lane.silence_days)),
            yshift=15,
            showarrow=False,
            bgcolor=ink.panel,
            borderpad=0,
            font={"size": 12, "color": ink.quiet_text},
        )


def _marks(marks: pd.DataFrame, colours: Mapping[str, str], words: Translator, ink: Ink) -> list[go.Scatter]:
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
        go.Scatter(
            mode="markers",
            x=_iso(chosen["date"]),
            y=[for_plotly(name) for name in chosen["influencer"]],
            marker={"size": 13, **marker},
            name=words(label),
            hovertext=[post_hover(post, words) for post in chosen.itertuples()],
            hoverinfo="text",
        )
        for chosen, label, marker in kinds
        if len(chosen)
    ]


def _add_event(figure: go.Figure, event: Any, number: int, ink: Ink) -> None:
    """Draw an event as a band over all lanes with its number above it; a name would not fit on a phone."""
    start, end = event.start.isoformat(), (event.end + _DAY).isoformat()
    figure.add_shape(
        type="rect",
        x0=start,
        x1=end,
        y0=0,
        y1=1,
        yref="paper",
        fillcolor=ink.accent,
        opacity=0.22,
        line={"width": 0},
        layer="below",
    )
    figure.add_annotation(
        x=start,
        y=1,
        yref="paper",
        yanchor="bottom",
        xanchor="left",
        yshift=16,
        showarrow=False,
        text=str(number),
        font={"color": ink.text, "size": 13},
    )


def _add_today(figure: go.Figure, timeline: Timeline, ink: Ink, words: Translator) -> None:
    """Draw an upright line at today, if today lies in the campaign."""
    if timeline.start is None or timeline.end is None or not timeline.start <= timeline.today <= timeline.end:
        return
    x = timeline.today.isoformat()
    figure.add_shape(type="line", x0=x, x1=x, y0=0, y1=1, yref="paper", line={"color": ink.text, "width": 1.5})
    figure.add_annotation(x=x, y=1, yref="paper", yanchor="bottom", showarrow=False, text=words("timeline.today"))


def _span_text(span: Any, fallback: str, words: Translator) -> str:
    """Return a span's name and days."""
    return f"{for_plotly(span.name or fallback)}<br>{day(span.start.date(), words)} – {day(span.end.date(), words)}"


def _iso(days: pd.Series) -> list[str]:
    """Return days as a date axis reads them."""
    return list(days.dt.strftime("%Y-%m-%d"))


def _milliseconds(starts: pd.Series, ends: pd.Series) -> list[float]:
    """Return the lengths of the days from start to end, both inclusive, as a date axis measures them."""
    return [(seconds + 86_400) * 1000 for seconds in (ends - starts).dt.total_seconds()]
