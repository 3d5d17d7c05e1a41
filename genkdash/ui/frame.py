"""What stands around every screen? Campaign, day, language and freshness; a plain page where there is no screen."""

import streamlit as st

from genkdash.i18n import Translator
from genkdash.i18n.formats import weekday_and_day
from genkdash.live.current import current_feed, now
from genkdash.safe_text import for_markdown
from genkdash.ui.freshness import show_freshness
from genkdash.ui.language import show_language_switch


def show_frame(words: Translator) -> bool:
    """Draw the line above every screen. Return whether there is a sheet to show below it."""
    snapshot = current_feed().snapshot
    row = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small")
    trouble = st.empty()
    with row:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            if snapshot is not None:
                moment = now()
                campaign = snapshot.sheet(moment).campaign
                day = weekday_and_day(snapshot.day(moment), words)
                st.markdown(words("frame.campaign", name=for_markdown(campaign.name), day=day), width="content")
                if snapshot.book.kind == "example":
                    st.badge(words("frame.example"), icon=":material/science:", color="violet")
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            show_freshness(trouble)
            show_language_switch()
    return snapshot is not None


def show_waiting(words: Translator) -> None:
    """Say that nothing has been read yet; the line above says why. Never zeros."""
    st.title(words("waiting.title"), anchor=False)
    st.markdown(words("waiting.body"))


def show_refusal(words: Translator) -> None:
    """Say that this address gives no access, and what to do."""
    st.title(words("refusal.title"), anchor=False)
    st.markdown(words("refusal.body"))
