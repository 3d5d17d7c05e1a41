"""How does a chart come on screen? One way: our own template, Dutch axes, a title, a text alternative, a table."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from genkdash.headlines.html import Html
from genkdash.i18n.formats import day_and_year, one_decimal, plotly_locale, whole
from genkdash.safe_text import for_markdown
from genkdash.ui.again import Same
from genkdash.ui.view import View

_UNKNOWN = "–"


def show_figure(  # noqa: PLR0913 -- a chart needs each of these words, and all are named where it is drawn
    view: View,
    figure: go.Figure,
    *,
    title: str,
    alt: str,
    key: str,
    table: Callable[[], pd.DataFrame] | None = None,
    heading: DeltaGenerator | None = None,
) -> None:
    """Draw `figure`, one that `view.draw` made, under its `title`; `alt` says in words what is to be seen.

    `table` makes the same figures as text, for who can't see the chart or its colours; it is asked only when the
    switch is on. Its first column names the rows; headers are ready to show, cells are raw. `heading` is where the
    title stands if something comes between it and the chart, such as which part of a long list this is.
    """
    if heading is not None:
        heading.subheader(title, anchor=False)
    above = title if heading is None else None
    view.show((key, above, alt, Same(figure)), lambda: _show_chart(view, figure, title=above, alt=alt, key=key))
    if table is not None:
        _show_table(view, table, title=title, key=key)


def show_drawing(  # noqa: PLR0913 -- as of show_figure
    view: View,
    drawing: Html,
    *,
    title: str,
    key: str,
    table: Callable[[], pd.DataFrame],
    heading: DeltaGenerator | None = None,
) -> None:
    """Draw what needs no Plotly, with its text alternative in it, under its `title`; the rest as of `show_figure`."""
    if heading is not None:
        heading.subheader(title, anchor=False)
    above = title if heading is None else None
    view.show((key, above, drawing), lambda: _show_html(drawing, title=above))
    _show_table(view, table, title=title, key=key)


def _show_html(drawing: Html, *, title: str | None) -> None:
    """Draw the title, where it stands right above it, and the drawing."""
    if title is not None:
        st.subheader(title, anchor=False)
    st.html(drawing)


def _show_chart(view: View, figure: go.Figure, *, title: str | None, alt: str, key: str) -> None:
    """Draw the title, where it stands right above it, and the chart."""
    language = view.words.language
    if title is not None:
        st.subheader(title, anchor=False)
    st.plotly_chart(
        figure,
        theme=None,
        key=f"{key}_{language}_{view.theme}",
        alt=alt,
        config={
            "displayModeBar": False,
            "scrollZoom": False,
            "doubleClick": False,
            "showTips": False,
            "locale": language,
            "locales": {language: plotly_locale(view.words)},
        },
    )


def _show_table(view: View, table: Callable[[], pd.DataFrame], *, title: str, key: str) -> None:
    """Draw the switch, and under it the table: a real one, that a screen reader walks through cell by cell."""
    if not st.toggle(view.words("table.switch"), key=f"{key}_table", persist_state="session"):
        return
    rows = table()
    shown = pd.DataFrame(
        {for_markdown(str(name)): [_cell(view, value) for value in column] for name, column in rows.items()}
    )
    st.table(shown.set_index(shown.columns[0]), border="horizontal", alt=title)


def _cell(view: View, value: Any) -> str:
    """Return a cell as text that markdown leaves alone; what is not known is a dash."""
    if value is None or value is pd.NaT or value != value:  # noqa: PLR0124  NaN is the one value that is not itself
        return _UNKNOWN
    if isinstance(value, str):
        return for_markdown(value)
    if isinstance(value, date):
        return day_and_year(value, view.words)
    return whole(value, view.words) if float(value).is_integer() else one_decimal(value, view.words)
