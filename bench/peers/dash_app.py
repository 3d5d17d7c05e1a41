"""How is it made in Dash? An interval of ten seconds that answers only when the file has changed."""

from typing import Any

from dash import Dash, Input, Output, State, dcc, html, no_update
from small import POSTS, progress_figure, read_posts, team_sum, timeline_figure, topics_figure

CHARTS = ("progress", "topics", "timeline")

app = Dash(title="Genk vertelt")
app.layout = html.Div(
    [
        html.H1("Genk vertelt"),
        html.Div(["Samen ", html.Span(id="sum")]),
        *(dcc.Graph(id=chart) for chart in CHARTS),
        dcc.Interval(id="tick", interval=10_000),
        dcc.Store(id="edition"),
    ]
)
server = app.server


@app.callback(
    Output("sum", "children"),
    *(Output(chart, "figure") for chart in CHARTS),
    Output("edition", "data"),
    Input("tick", "n_intervals"),
    State("edition", "data"),
)
def show(_ticks: int | None, shown: int | None) -> Any:
    """Return the sum, the figures and the edition that they are of; nothing where that one is shown already."""
    edition = POSTS.stat().st_mtime_ns // 1_000_000  # a number that JavaScript can hold
    if edition == shown:
        return no_update
    posts = read_posts()
    return team_sum(posts), progress_figure(posts), topics_figure(posts), timeline_figure(posts), edition
