"""How does every chart look? One template for light and one for dark, passed explicitly to each figure.

Surface colours repeat `.streamlit/config.toml`; a test holds the two together.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import plotly.graph_objects as go

ThemeName: TypeAlias = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of one theme that carry no meaning of their own."""

    background: str
    panel: str
    text: str
    quiet_text: str
    line: str
    accent: str
    tint: str  # of the accent; `text` is read on it at 4.5:1


INK: dict[ThemeName, Ink] = {
    "light": Ink("#ffffff", "#f3f6f5", "#0a1210", "#52605d", "#d5dddb", "#0b6770", "#86c5c9"),
    "dark": Ink("#0f1516", "#1a2224", "#eef2f1", "#a9b6b4", "#354144", "#36aab4", "#17646b"),
}

FONT = '"Hanken Grotesk", sans-serif'


# A legend at the foot of the chart, however low the chart is: a share of its height would meet the axis.
BELOW = {"yref": "container", "y": 0, "yanchor": "bottom"}
BELOW_PIXELS = 76


def template(theme: ThemeName) -> go.layout.Template:
    """Return the Plotly template of `theme`: no background of its own, quiet axes, room for thumbs."""
    ink = INK[theme]
    axis = {
        "automargin": True,
        "gridcolor": ink.line,
        "linecolor": ink.line,
        "zeroline": False,
        "showgrid": False,
        "tickfont": {"color": ink.text, "size": 13},
        "fixedrange": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "color": ink.text, "size": 14},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "xaxis": axis,
            "yaxis": axis,
            "hoverlabel": {
                "bgcolor": ink.panel,
                "bordercolor": ink.line,
                "font": {"family": FONT, "color": ink.text, "size": 14},
                "align": "left",
            },
            "legend": {
                "orientation": "h",
                "x": 0,
                "y": 0,
                "yanchor": "top",
                "font": {"color": ink.text, "size": 13},
                "itemclick": False,
                "itemdoubleclick": False,
            },
            "dragmode": False,
        }
    )
