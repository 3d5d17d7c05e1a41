"""How does one influencer see the own posts: along a line of days, and as cards? Nothing counts the quiet days."""

import dataclasses

import pandas as pd
import streamlit as st

from genkdash.i18n.formats import period
from genkdash.insights.timeline import COUNTED, Timeline
from genkdash.ui.my_line import show_my_line
from genkdash.ui.portion import portion_of
from genkdash.ui.posts import show_posts
from genkdash.ui.view import View

_CARDS = 24  # more than twice a usual target, so that few meet a part


def my_own(timeline: Timeline) -> Timeline:
    """Return the timeline without the city's meetings and the longest silence: for a young person a reproach."""
    return dataclasses.replace(timeline, lanes=timeline.lanes.assign(silence_days=0.0), meetings=())


def my_timeline_alt(view: View, timeline: Timeline) -> str:
    """Return what the line shows: how many posts, over which days."""
    counted = int((timeline.marks["state"] == COUNTED).sum())
    if timeline.start is None or timeline.end is None:
        return view.words.plural("me.timeline_alt_open", counted)
    return view.words.plural("me.timeline_alt", counted, period=period(timeline.start, timeline.end, view.words))


def show_my_timeline(view: View, timeline: Timeline) -> bool:
    """Draw the line of days, and tell whether the chart behind it is asked for.

    Only then: what draws charts is larger than all the rest of the page, which is for a phone.
    """
    words = view.words
    st.subheader(words("me.timeline_title"), anchor=False)
    show_my_line(view, timeline, alt=my_timeline_alt(view, timeline))
    return st.toggle(words("me.timeline_open"), key="my_timeline_open", persist_state="session")


def show_my_posts(view: View, posts: pd.DataFrame) -> None:
    """Draw a card per own post, newest first; those that stand apart under their own heading. Many in parts."""
    words = view.words
    counted, apart = posts[posts["state"] == COUNTED], posts[posts["state"] != COUNTED]
    st.subheader(words("me.posts_title"), anchor=False)
    if counted.empty:
        st.markdown(words("me.posts_none"))
    _show_cards(view, counted, key="mine")
    unread = int(view.sheet.posts["date"].isna().sum())
    if unread:
        st.caption(words.plural("me.unread", unread))
    if len(apart):
        st.subheader(words("me.apart_title"), anchor=False)
        st.caption(words("me.apart_body"))
        _show_cards(view, apart, key="apart")


def _show_cards(view: View, posts: pd.DataFrame, *, key: str) -> None:
    """Draw the cards of these posts, a part of them where they are many."""
    part = portion_of(view, len(posts), key=key, size=_CARDS)
    view.show((key, part.start), lambda: show_posts(view, posts.iloc[part], key=key))
