"""What does somebody teach the city, and what became of it? One field on the own page, and below it one's own tips.

A tip is kept on disk before the page says so, then sent to the sheet (docs/adr/0010). There it is known by its day, its
influencer and its text: the same tip on the same day is one tip.
"""

from collections.abc import Mapping

import streamlit as st

from genkdash.live.current import current_feed
from genkdash.outbox.keys import NEEDED_COLUMNS
from genkdash.safe_text import for_markdown
from genkdash.sheet.model import Tip
from genkdash.sheet.writable import writable_columns
from genkdash.ui.lessons import show_status
from genkdash.ui.log_desk import Desk, desk_of
from genkdash.ui.log_waiting import may_log
from genkdash.ui.tip_keep import keep_tip
from genkdash.ui.tip_waiting import show_waiting_tips, waiting_tips
from genkdash.ui.view import View

MAX_LETTERS = 500


def show_own_tips(view: View) -> None:
    """Draw the field for a tip where one may be kept, and the own tips with what the city did; else nothing."""
    name = view.viewer.influencer
    if view.viewer.role != "influencer" or name is None or not view.sheet.influencers:
        return
    is_open = may_log() and _columns() >= set(NEEDED_COLUMNS["tips"])
    desk = desk_of("tip", ("text",)) if is_open else Desk()
    errors = keep_tip(view, desk) if is_open else {}
    waiting = waiting_tips(view)
    if not (is_open or waiting or view.sheet.tips):
        return
    with st.container(border=True, gap="small"):
        st.subheader(view.words("tips.title"), anchor=False)
        if is_open:
            _show_field(view, desk, errors)
        if waiting or view.sheet.tips:
            st.caption(view.words("tips.own"))
        show_waiting_tips(view)
        for tip in reversed(view.sheet.tips):
            _show_own_tip(view, tip)


def _show_field(view: View, desk: Desk, errors: Mapping[str, str]) -> None:
    """Draw the field, or the thanks for what was kept."""
    words = view.words
    if desk.kept_for is not None:
        _show_thanks(view, desk)
        return
    with st.form("tip", border=False, enter_to_submit=False):
        label, hint = words("tips.field"), words("tips.hint")
        st.text_area(label, placeholder=hint, max_chars=MAX_LETTERS, height=90, key="tip_text", persist_state="session")
        if "text" in errors:
            st.markdown(f":red[:material/error: {errors['text']}]")
        send = words("tips.send")
        st.form_submit_button(
            send, icon=":material/send:", key="tip_send", width="stretch", on_click=desk.ask, args=("tip",)
        )
    if "" in errors:
        st.warning(errors[""], icon=":material/info:")


def _show_thanks(view: View, desk: Desk) -> None:
    """Say that the tip is kept, and offer the next."""
    st.success(view.words("tips.thanks"), icon=":material/check_circle:")
    st.button(
        view.words("tips.another"), icon=":material/add:", key="tip_another", width="stretch", on_click=desk.leave
    )


def _show_own_tip(view: View, tip: Tip) -> None:
    """Draw one own tip, with what the city said and did."""
    with st.container(gap="xsmall"):
        st.markdown(f"**{for_markdown(tip.text)}**")
        show_status(view, tip)
        if tip.reply:
            st.markdown(view.words("lessons.reply", reply=for_markdown(tip.reply)))


def _columns() -> frozenset[str]:
    """Return the columns of Tips that can be written in."""
    snapshot = current_feed().snapshot
    return frozenset() if snapshot is None else writable_columns(snapshot.book, "tips")
