"""When did I tell something? A line of days with a dot for each post: plain HTML, there before any chart could be."""

from datetime import date

import streamlit as st

from genkdash.charts.colours import NO_TOPIC
from genkdash.charts.theme import INK
from genkdash.headlines.html import Html, element
from genkdash.i18n.formats import day
from genkdash.insights.timeline import COUNTED, Timeline
from genkdash.ui.view import View

_LINE = "position:relative;height:2.6rem;margin:0 9px"
_TRACK = "position:absolute;inset:50% 0 auto;border-top:2px solid currentColor;opacity:.25"
_TODAY = "position:absolute;top:.25rem;bottom:.25rem;border-left:2px solid currentColor;opacity:.6;left:{place}"
# Around each the ground of the page, so that two that touch stay two; its colours as static/comfort.css has them.
_GROUND = f"light-dark({INK['light'].background},{INK['dark'].background})"
_DOT = "position:absolute;top:50%;width:1.1rem;height:1.1rem;margin:-.55rem;border-radius:50%;"
_DOT += f"box-shadow:0 0 0 2px {_GROUND}"
# Where dots would cover each other all along the line: as wide as a day has room for on a phone.
_BAR = "position:absolute;top:50%;width:4px;height:1.1rem;margin:-.55rem -2px;border-radius:2px;box-sizing:border-box"
_MOST_DOTS = 30
_ENDS = "position:relative;display:flex;justify-content:space-between;font-size:.875rem"
# Under its mark, unless an end stands there.
_UNDER = "position:absolute;left:clamp(30%,{place},70%);transform:translateX(-50%);white-space:nowrap"


def show_my_line(view: View, timeline: Timeline, *, alt: str) -> None:
    """Draw the line from the first day to the last; nothing where there is no day at all. `alt` says what it shows."""
    words = view.words
    # A day has one place on the line: of several posts only the last would be seen.
    marks = timeline.marks.drop_duplicates("date", keep="last")
    days = [moment.date() for moment in marks["date"]]
    every = [*days, *(one for one in (timeline.start, timeline.end) if one is not None)]
    if not every:
        return
    first, last = min(every), max(every)
    shape = _DOT if len(marks) <= _MOST_DOTS else _BAR
    dots = [
        element("span", style=f"{shape};left:{_place(on, first, last)};{_look(view, topic, state)}")
        for on, topic, state in zip(days, marks["topic"], marks["state"], strict=True)
    ]
    at = _place(timeline.today, first, last)
    today = element("span", style=_TODAY.format(place=at))
    is_inside = first < timeline.today < last
    line = element("div", element("span", style=_TRACK), today if is_inside else None, *dots, style=_LINE, label=alt)
    ends = element(
        "div",
        element("span", day(first, words)),
        element("span", words("me.line_today", day=day(timeline.today, words)), style=_UNDER.format(place=at))
        if is_inside
        else None,
        element("span", day(last, words)),
        style=_ENDS,
    )
    st.html(Html(line + ends))


def _place(on: date, first: date, last: date) -> str:
    """Return where a day stands on the line."""
    return f"{(on - first).days / max((last - first).days, 1):.2%}"


def _look(view: View, topic: str | None, state: str) -> str:
    """Return how a post looks: full in its topic's colour, an open ring where it stands apart."""
    colour = view.colours.get(topic or "", NO_TOPIC)
    return f"background:{colour}" if state == COUNTED else f"border:3px solid {colour}"
