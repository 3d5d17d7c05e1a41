"""Does the story get more varied, or only longer? Variety by day, labelled with the number of posts behind it."""

import pandas as pd
import plotly.graph_objects as go

from genkdash.charts.theme import BELOW, BELOW_PIXELS, INK, ThemeName, template
from genkdash.i18n import Translator
from genkdash.i18n.formats import day, one_decimal, whole

_HEIGHT = 300


def growth_figure(growth: pd.DataFrame, words: Translator, theme: ThemeName) -> go.Figure:
    """Return two lines over the days of `growth`: "as varied as" (q1), and topics in a fixed number of posts.

    Columns of `growth`: date, posts, q1, rarefied (NaN while there are too few posts).
    """
    ink = INK[theme]
    figure = go.Figure(layout={"template": template(theme)})
    dates = growth["date"].dt.strftime("%Y-%m-%d").tolist()
    lines = (("q1", "growth.q1", "solid", ink.accent), ("rarefied", "growth.rarefied", "dot", ink.quiet_text))
    for column, label, dash, colour in lines:
        figure.add_trace(
            go.Scatter(
                x=dates,
                y=growth[column].tolist(),
                mode="lines",
                line={"shape": "hv", "dash": dash, "width": 2.5, "color": colour},
                name=words(label),
                hovertext=[
                    words(
                        "growth.hover",
                        day=day(moment.date(), words),
                        posts=whole(posts, words),
                        value=one_decimal(value, words),
                    )
                    if value == value  # noqa: PLR0124  NaN is the one value that is not itself
                    else ""
                    for moment, posts, value in zip(growth["date"], growth["posts"], growth[column], strict=True)
                ],
                hoverinfo="text",
            )
        )
    if len(growth):
        last = growth.iloc[-1]
        figure.add_annotation(
            x=dates[-1],
            y=float(last["q1"]),
            text=words("growth.n", posts=whole(int(last["posts"]), words)),
            showarrow=False,
            yshift=14,
            xanchor="right",
            font={"color": ink.text, "size": 13},
        )
    figure.update_layout(height=_HEIGHT, margin={"t": 20, "b": BELOW_PIXELS}, legend=BELOW)
    figure.update_yaxes(rangemode="tozero", showgrid=True)
    figure.update_xaxes(type="date", dtick="M1", tickformat="%b")
    return figure
