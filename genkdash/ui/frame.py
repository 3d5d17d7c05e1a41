"""What stands around every screen? Campaign, day, language and freshness; a plain page where there is no screen."""

from pathlib import Path

import streamlit as st

from genkdash.i18n import Translator
from genkdash.i18n.formats import day_and_year
from genkdash.live.current import current_feed, now
from genkdash.live.memo import SHARED
from genkdash.live.snapshot import Snapshot
from genkdash.safe_text import for_markdown
from genkdash.ui.access import Viewer, is_demo
from genkdash.ui.again import show_again
from genkdash.ui.audience import show_audience_switch
from genkdash.ui.freshness import show_freshness
from genkdash.ui.language import show_language_switch
from genkdash.ui.replay import replayed_day, return_to_today
from genkdash.ui.way_out import is_signed_in, show_ended, show_sign_out

CONNECT = Path(__file__).parents[2] / "pages" / "connect.py"


def show_frame(viewer: Viewer, words: Translator) -> bool:
    """Draw the line above every screen. Return whether there is a sheet to show below it."""
    snapshot = current_feed().snapshot
    if viewer.role == "influencer":
        _show_light_line(viewer, words)
        return snapshot is not None
    row = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small")
    trouble = st.empty()
    with row:
        _show_left(snapshot, words)
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            show_freshness(trouble)
            with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
                show_audience_switch(viewer, words)
                show_language_switch()
                show_sign_out(words)
    if snapshot is not None:
        _show_replay(snapshot, words)
    return snapshot is not None


def _show_light_line(viewer: Viewer, words: Translator) -> None:
    """Draw what an influencer needs above the own page: the language, and how fresh it is."""
    trouble = st.empty()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"):
        show_freshness(trouble)
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            show_audience_switch(viewer, words)
            show_language_switch()


def _show_left(snapshot: Snapshot | None, words: Translator) -> None:
    """Draw which campaign this is, and over the example the way to a sheet of one's own."""
    text = None if snapshot is None else _whereabouts(snapshot, words)

    def draw() -> None:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            if text is not None:
                st.markdown(text, width="content")
            if is_demo():
                st.page_link(CONNECT, label=words("connect.menu"), icon=":material/add_link:")

    if snapshot is None:
        draw()
    else:
        show_again(SHARED, (snapshot.revision, snapshot.day(now()), False), (text, words.language, is_demo()), draw)


def _whereabouts(snapshot: Snapshot, words: Translator) -> str:
    """Return which campaign this is, on which day, and whether it is the example."""
    moment = now()
    name = for_markdown(snapshot.sheet(moment).campaign.name)
    day = day_and_year(snapshot.day(moment), words)
    mark = "frame.example" if snapshot.book.kind == "example" else "frame.campaign"
    return words(mark, name=name, day=day)


def _show_replay(snapshot: Snapshot, words: Translator) -> None:
    """Say so when this is an earlier day: an old picture never looks new."""
    earlier = replayed_day(snapshot.day(now()))
    if earlier is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.warning(words("replay.shown", day=day_and_year(earlier, words)), icon=":material/history:", width="stretch")
        st.button(words("replay.return"), icon=":material/today:", key="replay_return", on_click=return_to_today)


def show_waiting(words: Translator) -> None:
    """Say that nothing has been read yet; the line above says why. Never zeros."""
    st.title(words("waiting.title"), anchor=False)
    st.markdown(words("waiting.body"))


def show_refusal(words: Translator) -> None:
    """Say that this address gives no access, or that a sign-in has ended, and what to do."""
    if is_signed_in():
        show_ended(words)
        return
    st.title(words("refusal.title"), anchor=False)
    st.markdown(words("refusal.body"))
