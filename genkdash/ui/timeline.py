"""What goes with the lanes: the one influencer chosen, the text alternative, the posts as a list."""

import dataclasses

import pandas as pd
import streamlit as st

from genkdash.i18n.formats import day, period
from genkdash.insights.timeline import COUNTED, Timeline
from genkdash.safe_text import for_markdown
from genkdash.ui.posts import show_posts
from genkdash.ui.view import View


def only(timeline: Timeline, name: str | None) -> Timeline:
    """Return the timeline with only the lane of `name`, or whole for None."""
    if name is None:
        return timeline
    spans = timeline.spans
    return dataclasses.replace(
        timeline,
        marks=timeline.marks[timeline.marks["influencer"] == name],
        lanes=timeline.lanes[timeline.lanes["influencer"] == name],
        spans=spans[spans["influencer"].isna() | (spans["influencer"] == name)],
    )


def lanes_alt(view: View, timeline: Timeline) -> str:
    """Return what the lanes show: how many posts in which period."""
    words = view.words
    counted = int((timeline.marks["state"] == COUNTED).sum())
    if timeline.start is None or timeline.end is None:
        return words.plural("timeline.alt_open", counted, lanes=len(timeline.lanes))
    window = period(timeline.start, timeline.end, words)
    return words.plural("timeline.alt", counted, lanes=len(timeline.lanes), period=window)


def show_events(view: View, timeline: Timeline) -> None:
    """Name the events that are only numbered in the lanes."""
    words = view.words
    events = timeline.spans[timeline.spans["kind"] == "event"]
    names = [for_markdown(name) if name else words("timeline.event") for name in events["name"]]
    days = [
        (day(start.date(), words), day(end.date(), words))
        for start, end in zip(events["start"], events["end"], strict=True)
    ]
    lines = [
        words("timeline.numbered", number=number, name=name, days=first if first == last else f"{first} – {last}")
        for number, (name, (first, last)) in enumerate(zip(names, days, strict=True), start=1)
    ]
    st.caption(" · ".join(lines))


def show_own_posts(view: View, name: str, posts: pd.DataFrame) -> None:
    """Draw the posts of one influencer, counted ones first, those that stand apart under their own heading."""
    words = view.words
    counted = posts[posts["state"] == COUNTED]
    apart = posts[posts["state"] != COUNTED]
    st.subheader(words("timeline.posts_of", name=for_markdown(name)), anchor=False)
    if counted.empty:
        st.info(words("timeline.none_yet"), icon=":material/edit_note:")
    with st.grid(3, min_column_width=260, gap="small"):
        show_posts(view, counted, key="own", with_name=False)
    if len(apart):
        st.subheader(words("timeline.apart_title"), anchor=False)
        st.caption(words("timeline.apart_body"))
        with st.grid(3, min_column_width=260, gap="small"):
            show_posts(view, apart, key="apart", with_name=False)
