"""What is being told about Genk? A bar per topic, as a share of all posts with a topic."""

from collections.abc import Mapping

import plotly.graph_objects as go

from genkdash.charts.colours import NO_TOPIC
from genkdash.charts.labels import row_axis
from genkdash.charts.theme import INK, ThemeName, template
from genkdash.i18n import Translator
from genkdash.i18n.formats import share
from genkdash.safe_text import for_plotly

_ROW_PIXELS = 36


def shares_figure(
    shares: Mapping[str, float], colours: Mapping[str, str], words: Translator, theme: ThemeName
) -> go.Figure:
    """Return the bars, largest first; the share (0-1) is printed at each bar's end."""
    topics = list(shares)
    labels = [for_plotly(topic) for topic in topics]
    figure = go.Figure(layout={"template": template(theme)})
    figure.add_trace(
        go.Bar(
            orientation="h",
            y=labels,
            x=list(shares.values()),
            marker={"color": [colours.get(topic, NO_TOPIC) for topic in topics], "cornerradius": 5},
            text=[share(value, words) for value in shares.values()],
            textposition="outside",
            textfont={"color": INK[theme].text, "size": 14},
            cliponaxis=False,
            hoverinfo="skip",
            width=0.7,
        )
    )
    figure.update_layout(height=_ROW_PIXELS * len(topics) + 24, showlegend=False, margin={"r": 56})
    figure.update_yaxes(row_axis(topics))
    figure.update_xaxes(visible=False, rangemode="tozero")
    return figure
