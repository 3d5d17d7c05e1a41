"""On which days was there a post? One month as a calendar, with the number of posts printed in each day."""

from calendar import Calendar
from collections.abc import Mapping
from datetime import date

import plotly.graph_objects as go
from babel.dates import get_day_names

from genkdash.charts.theme import INK, ThemeName, template
from genkdash.i18n import Translator

_WEEK_PIXELS = 56
_WEEKDAYS = range(7)  # Monday first, as weeks begin here


def month_figure(month: date, posts_by_day: Mapping[date, int], words: Translator, theme: ThemeName) -> go.Figure:
    """Return the weeks of the month that holds `month`. Days of its neighbours stay blank."""
    ink = INK[theme]
    weeks = Calendar().monthdatescalendar(month.year, month.month)
    counts = [[posts_by_day.get(day, 0) if day.month == month.month else None for day in week] for week in weeks]
    texts = [
        [_cell(day, posts_by_day.get(day, 0)) if day.month == month.month else "" for day in week] for week in weeks
    ]
    names = get_day_names("abbreviated", context="stand-alone", locale=words.locale)
    figure = go.Figure(layout={"template": template(theme)})
    figure.add_trace(
        go.Heatmap(
            x=[names[weekday].rstrip(".") for weekday in _WEEKDAYS],
            y=[week[0].isoformat() for week in weeks],
            z=counts,
            text=texts,
            texttemplate="%{text}",
            textfont={"size": 14, "color": ink.text},
            zmin=0,
            zmax=max(4, *posts_by_day.values()) if posts_by_day else 4,
            colorscale=[[0, ink.panel], [1, ink.tint]],
            showscale=False,
            xgap=3,
            ygap=3,
            hoverinfo="skip",
        )
    )
    figure.update_layout(height=_WEEK_PIXELS * len(weeks) + 30)
    figure.update_yaxes(visible=False, autorange="reversed", type="category")
    figure.update_xaxes(side="top", type="category", ticks="")
    return figure


def _cell(day: date, posts: int) -> str:
    """Return a day's number and, where there was a post, how many, in bold below it."""
    return f"{day.day}<br><b>{posts}</b>" if posts else f"{day.day}<br> "
