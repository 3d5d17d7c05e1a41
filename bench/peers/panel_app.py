"""How is it made in Panel? Bokeh figures in a column, and a callback of ten seconds per session."""

import pandas as pd
import panel as pn
from bokeh.models import ColumnDataSource
from bokeh.plotting import figure
from small import POSTS, read_posts, team_sum

pn.extension()


def bars(title: str, counts: pd.Series) -> figure:
    """Return a bar per entry."""
    chart = figure(title=title, y_range=counts.index.tolist(), height=350, sizing_mode="stretch_width")
    chart.hbar(y="name", right="count", height=0.8, source=ColumnDataSource(rows_of(counts)))
    return chart


def rows_of(counts: pd.Series) -> dict[str, list[object]]:
    """Return the columns of a bar chart."""
    return {"name": counts.index.tolist(), "count": counts.tolist()}


def lanes(posts: pd.DataFrame) -> figure:
    """Return a mark per post, in a lane for each influencer."""
    dated = posts.dropna(subset="date")
    names = sorted(dated["influencer"].unique(), reverse=True)
    chart = figure(title="Tijdlijn", x_axis_type="datetime", y_range=names, height=350, sizing_mode="stretch_width")
    chart.scatter(x="date", y="influencer", size=8, source=ColumnDataSource(dated[["date", "influencer"]]))
    return chart


def dashboard() -> list[pn.viewable.Viewable]:
    """Return the sum and the charts."""
    posts = read_posts()
    progress = posts["influencer"].value_counts().sort_index(ascending=False)
    return [
        pn.pane.Markdown(f"Samen {team_sum(posts)}"),
        pn.pane.Bokeh(bars("Per influencer", progress), sizing_mode="stretch_width"),
        pn.pane.Bokeh(bars("Per thema", posts["topic"].value_counts(ascending=True)), sizing_mode="stretch_width"),
        pn.pane.Bokeh(lanes(posts), sizing_mode="stretch_width"),
    ]


class Page:
    """One session's page: drawn again when the file has changed."""

    def __init__(self) -> None:
        self._edition = POSTS.stat().st_mtime_ns
        self._column = pn.Column(*dashboard(), sizing_mode="stretch_width")
        pn.Column("# Genk vertelt", self._column, sizing_mode="stretch_width").servable(title="Genk vertelt")
        pn.state.add_periodic_callback(self._look, period=10_000)

    def _look(self) -> None:
        edition = POSTS.stat().st_mtime_ns
        if edition != self._edition:
            self._edition = edition
            self._column.objects = dashboard()


Page()
