"""What lies over all lanes and beside one? Events and today as bands and lines, their headings, and days of silence."""

from collections.abc import Iterator
from typing import Any, TypeAlias

import pandas as pd

from genkdash.charts.theme import Ink
from genkdash.i18n import Translator
from genkdash.insights.timeline import Timeline

Part: TypeAlias = dict[str, Any]
"""A part of a figure, in Plotly's own names."""

_DAY = pd.Timedelta(days=1)


def bands(timeline: Timeline, ink: Ink) -> list[Part]:
    """Return the events as bands over all lanes, and today as a line, if it lies in the campaign."""
    events = timeline.spans[timeline.spans["kind"] == "event"]
    drawn = [_event_band(event, ink) for event in events.itertuples()]
    return [*drawn, _today_line(timeline, ink)] if _is_running(timeline) else drawn


def headings(timeline: Timeline, ink: Ink, words: Translator) -> list[Part]:
    """Return what stands above those bands and that line."""
    events = timeline.spans[timeline.spans["kind"] == "event"]
    drawn = [_event_number(event, number, ink) for number, event in enumerate(events.itertuples(), start=1)]
    return [*drawn, _today_word(timeline, words)] if _is_running(timeline) else drawn


def silence_lengths(silent: pd.DataFrame, names: list[str], ink: Ink, words: Translator) -> Iterator[Part]:
    """Return the number of days above the middle of each longest silence, clear of the marks on a phone."""
    places = {name: place for place, name in enumerate(reversed(names))}
    lane: Any
    for lane in silent.itertuples():
        middle = lane.silence_start + (lane.silence_end - lane.silence_start) / 2
        yield {
            "x": f"{middle:%Y-%m-%d %H:%M}",
            # a number in a category axis: the name "2018" would stretch it to the 2018th lane
            "y": places[lane.influencer],
            "text": words("timeline.short_days", count=int(lane.silence_days)),
            "yshift": 15,
            "showarrow": False,
            "bgcolor": ink.panel,
            "borderpad": 0,
            "font": {"size": 12, "color": ink.quiet_text},
        }


def _event_band(event: Any, ink: Ink) -> Part:
    """Return an event as a band over all lanes."""
    return {
        "type": "rect",
        "x0": event.start.isoformat(),
        "x1": (event.end + _DAY).isoformat(),
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "fillcolor": ink.accent,
        "opacity": 0.22,
        "line": {"width": 0},
        "layer": "below",
    }


def _event_number(event: Any, number: int, ink: Ink) -> Part:
    """Return the number above an event; its name would not fit on a phone."""
    return {
        "x": event.start.isoformat(),
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "xanchor": "left",
        "yshift": 16,
        "showarrow": False,
        "text": str(number),
        "font": {"color": ink.text, "size": 13},
    }


def _is_running(timeline: Timeline) -> bool:
    """Tell whether today lies in the campaign."""
    start, end = timeline.start, timeline.end
    return start is not None and end is not None and start <= timeline.today <= end


def _today_line(timeline: Timeline, ink: Ink) -> Part:
    """Return an upright line at today."""
    x = timeline.today.isoformat()
    line = {"color": ink.text, "width": 1.5}
    return {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": line}


def _today_word(timeline: Timeline, words: Translator) -> Part:
    """Return what stands above that line."""
    x, text = timeline.today.isoformat(), words("timeline.today")
    return {"x": x, "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False, "text": text}
