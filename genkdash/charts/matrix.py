"""Who tells about what? A grid of influencers and topics with the number of posts printed in each cell."""

import pandas as pd
import plotly.graph_objects as go

from genkdash.charts.labels import row_axis, shortened
from genkdash.charts.theme import INK, ThemeName, template
from genkdash.safe_text import for_plotly

_ROW_PIXELS = 34


def matrix_figure(matrix: pd.DataFrame, theme: ThemeName) -> go.Figure:
    """Return the grid of `matrix`, rows = influencers, columns = topics, whole numbers. A zero cell stays empty."""
    ink = INK[theme]
    names = [str(name) for name in matrix.index]
    topics = [for_plotly(str(topic)) for topic in matrix.columns]
    counts = matrix.to_numpy()
    figure = go.Figure(layout={"template": template(theme)})
    figure.add_trace(
        go.Heatmap(
            x=topics,
            y=[for_plotly(name) for name in names],
            z=counts.tolist(),
            text=[[str(count) if count else "" for count in row] for row in counts.tolist()],
            texttemplate="%{text}",
            textfont={"size": 14, "color": ink.text},
            zmin=0,
            zmax=max(int(counts.max(initial=0)), 4),
            colorscale=[[0, ink.panel], [1, ink.tint]],
            showscale=False,
            xgap=3,
            ygap=3,
            hoverinfo="skip",
        )
    )
    figure.update_layout(height=_ROW_PIXELS * len(names) + 110, margin={"t": 4})
    figure.update_yaxes(row_axis(names), ticks="")
    figure.update_xaxes(
        type="category",
        side="top",
        ticks="",
        autotickangles=[-45, -90],  # upright where many topics stand close together, as on a phone
        tickmode="array",
        tickvals=topics,
        ticktext=[for_plotly(shortened(str(topic))) for topic in matrix.columns],
    )
    return figure
