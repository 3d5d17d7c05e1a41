"""What does somebody teach the city, and what became of it? One field on the own page, and below it one's own tips.

A tip is kept on disk before the page says so, then sent to the sheet (docs/adr/0010). There it is known by its day, its
influencer and its text: the same tip on the same day is one tip.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from genkdash.i18n.formats import day
from genkdash.live.current import current_feed, now
from genkdash.outbox import Entry, KeepingError, current_outbox
from genkdash.outbox.keys import NEEDED_COLUMNS, tip_key
from genkdash.safe_text import for_markdown
from genkdash.sheet.model import Tip
from genkdash.sheet.writable import writable_columns
from genkdash.ui.access import current_viewer
from genkdash.ui.freshness import COMES_BY_SECONDS
from genkdash.ui.language import current_words
from genkdash.ui.lessons import show_status
from genkdash.ui.log_desk import Desk, desk_of
from genkdash.ui.log_waiting import may_log
from genkdash.ui.tip_keep import keep_tip
from genkdash.ui.view import View

MAX_LETTERS = 500
_SHOWN = "waiting_tips_shown"


def show_own_tips(view: View) -> None:
    """Draw the field for a tip where one may be kept, and the own tips with what the city did; else nothing."""
    name = view.viewer.influencer
    if view.viewer.role != "influencer" or name is None or not view.sheet.influencers:
        return
    is_open = may_log() and _columns() >= set(NEEDED_COLUMNS["tips"])
    desk = desk_of("tip", ("text",)) if is_open else Desk()
    errors = keep_tip(view, desk) if is_open else {}
    waiting = _waiting(view.sheet.tips, name)
    st.session_state[_SHOWN] = _marks(waiting)
    if not (is_open or waiting or view.sheet.tips):
        return
    with st.container(border=True, gap="small"):
        st.subheader(view.words("tips.title"), anchor=False)
        if is_open:
            _show_field(view, desk, errors)
        if waiting or view.sheet.tips:
            st.caption(view.words("tips.own"))
        if waiting:
            _show_waiting(name)
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


@st.fragment(run_every=COMES_BY_SECONDS)
def _show_waiting(influencer: str) -> None:
    """Draw what waits, and run the page again when that has changed; who looks is asked again each time."""
    viewer, snapshot = current_viewer(), current_feed().snapshot
    if viewer is None or snapshot is None or (viewer.role, viewer.influencer) != ("influencer", influencer):
        st.rerun()
    entries = _waiting(snapshot.sheet(now()).tips, influencer)
    if _marks(entries) != st.session_state.get(_SHOWN):
        st.rerun()
    words = current_words()
    for entry in entries:
        st.markdown(f"**{for_markdown(str(entry.values['tip']))}**")
        given = entry.values["date"]
        when = "" if isinstance(given, (str, int)) else day(given, words)
        said = words(f"outbox.state.{entry.state}")
        stuck = words("log.team_looks") if entry.code is not None else ""
        st.caption(" ".join(part for part in (f":material/schedule: {when}", said, stuck) if part))


def _columns() -> frozenset[str]:
    """Return the columns of Tips that can be written in."""
    snapshot = current_feed().snapshot
    return frozenset() if snapshot is None else writable_columns(snapshot.book, "tips")


def _waiting(tips: Sequence[Tip], influencer: str) -> tuple[Entry, ...]:
    """Return one person's tips that were kept and are not among `tips`; none while the outbox can't be read."""
    outbox = current_outbox()
    if outbox is None:
        return ()
    try:
        entries = outbox.entries(tab_key="tips")
    except KeepingError:
        return ()
    own = [entry for entry in entries if entry.values["influencer"] == influencer]
    if not own:
        return ()
    seen = {tip_key(tip.day, tip.influencer, tip.text) for tip in tips if tip.day and tip.influencer}
    return tuple(entry for entry in own if entry.key not in seen)


def _marks(entries: Sequence[Entry]) -> tuple[tuple[str, str], ...]:
    return tuple((entry.key, entry.state) for entry in entries)
