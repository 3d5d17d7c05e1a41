"""Where are we heading together? Posts that count towards the target, an even pace, and the range it may end in."""

from datetime import date
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from genkdash.charts.theme import BELOW, BELOW_PIXELS, INK, ThemeName, template
from genkdash.i18n import Translator
from genkdash.i18n.formats import day, whole
from genkdash.insights.burn_up import BurnUp

_HEIGHT = 320
_EDGE_PIXELS, _DIGIT_PIXELS = 14, 8  # what the numbers beside the chart need
# Plotly would measure every label, again and again, and draw the chart anew beside them: a third of its time.
_MEASURED: Final = {"automargin": False, "ticklabeloverflow": "allow"}


def burn_up_figure(burn_up: BurnUp, words: Translator, theme: ThemeName) -> go.Figure:
    """Return the sum so far as a filled stair, the even pace as a dotted line, the range of the end as a bar."""
    ink = INK[theme]
    figure = go.Figure(layout={"template": template(theme)})
    figure.add_trace(
        go.Scatter(
            x=_iso(burn_up.done["date"]),
            y=burn_up.done["posts"].tolist(),
            mode="lines",
            line={"shape": "hv", "width": 3, "color": ink.accent},
            fill="tozeroy",
            fillcolor=ink.panel,
            name=words("burn_up.done"),
            hovertext=[
                words("burn_up.hover", day=day(moment.date(), words), posts=whole(posts, words))
                for moment, posts in zip(burn_up.done["date"], burn_up.done["posts"], strict=True)
            ],
            hoverinfo="text",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=_iso(burn_up.expected["date"]),
            y=burn_up.expected["posts"].tolist(),
            mode="lines",
            line={"dash": "dot", "width": 2, "color": ink.quiet_text},
            name=words("burn_up.expected"),
            hoverinfo="skip",
        )
    )
    if burn_up.final is not None:
        figure.add_trace(_final_range(burn_up.end, burn_up.final, ink.accent, words))
    figure.add_hline(y=burn_up.target, line={"width": 1.5, "color": ink.text})
    figure.add_annotation(
        x=burn_up.start.isoformat(),
        y=burn_up.target,
        text=words("burn_up.target", target=whole(burn_up.target, words)),
        showarrow=False,
        xanchor="left",
        yshift=12,
    )
    highest = max(burn_up.target, *burn_up.done["posts"], *(burn_up.final or ()))
    left = _EDGE_PIXELS + _DIGIT_PIXELS * len(whole(highest, words))
    figure.update_layout(height=_HEIGHT, margin={"l": left, "t": 24, "b": BELOW_PIXELS}, legend=BELOW)
    figure.update_yaxes(rangemode="tozero", showgrid=True, tickformat=",d", **_MEASURED)
    figure.update_xaxes(type="date", dtick="M1", tickformat="%b", ticklabelmode="period", **_MEASURED)
    return figure


def _final_range(end: date, final: tuple[int, int], colour: str, words: Translator) -> go.Scatter:
    """Return the range in which the sum may end, as an upright bar on the last day."""
    low, high = final
    return go.Scatter(
        x=[end.isoformat()] * 2,
        y=[low, high],
        mode="lines+markers",
        line={"width": 5, "color": colour},
        marker={"symbol": "line-ew", "size": 16, "line": {"width": 3, "color": colour}},
        name=words("burn_up.final", low=whole(low, words), high=whole(high, words)),
        hoverinfo="skip",
    )


def _iso(days: pd.Series) -> list[str]:
    """Return days as a date axis reads them."""
    return list(days.dt.strftime("%Y-%m-%d"))
