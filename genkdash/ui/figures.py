"""How does a chart come on screen? One way: our own template, Dutch axes, a title, a text alternative."""

import plotly.graph_objects as go
import streamlit as st

from genkdash.i18n.formats import plotly_locale
from genkdash.ui.view import View


def show_figure(view: View, figure: go.Figure, *, title: str, alt: str, key: str) -> None:
    """Draw `figure` under its `title`; `alt` says in words what is to be seen."""
    language = view.words.language
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
