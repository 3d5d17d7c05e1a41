"""What was logged and does not stand in the sheet yet? Kept on disk; shown until a read of the sheet shows the row."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from genkdash.i18n.formats import day
from genkdash.live.current import current_feed, now
from genkdash.outbox import Entry, current_outbox
from genkdash.outbox.waiting import posts_not_in
from genkdash.safe_text import for_markdown
from genkdash.ui.access import current_viewer, is_demo
from genkdash.ui.freshness import COMES_BY_SECONDS
from genkdash.ui.language import current_words
from genkdash.ui.view import View

LOG_PAGE = Path(__file__).parents[2] / "pages" / "log_post.py"
"""The page with the form, for a button that leads there."""

_SHOWN = "waiting_shown"
_ICONS = {
    "waiting": ":material/schedule:",
    "sending": ":material/outgoing_mail:",
    "sent": ":material/mark_email_read:",
    "refused": ":material/front_hand:",
}


def may_log() -> bool:
    """Tell whether posts can be logged here; over the example the form shows itself, and keeps nothing."""
    return current_outbox() is not None or is_demo()


def waiting_posts(view: View, influencer: str | None = None) -> tuple[Entry, ...]:
    """Return the posts that were logged and are not in this view's sheet: of one person, or of all."""
    return posts_not_in(view.sheet, influencer)


def show_waiting(view: View, influencer: str | None = None) -> None:
    """Draw what waits, and keep it up to date; nothing where nothing waits. Of one person, or for staff of all."""
    entries = waiting_posts(view, influencer)
    st.session_state[_SHOWN] = _marks(entries)
    # Always there, full or empty: what stands below keeps its place, and is never seen twice while a run lasts.
    with st.container():
        if entries:
            _show_list(view.viewer.role == "staff", influencer)


@st.fragment(run_every=COMES_BY_SECONDS)
def _show_list(is_for_staff: bool, influencer: str | None) -> None:  # noqa: FBT001  a fragment's arguments are kept
    """Draw the list, and run the page again when it has changed; what this viewer may see is asked again each time."""
    viewer, snapshot = current_viewer(), current_feed().snapshot
    if viewer is None or snapshot is None or (viewer.role == "staff") is not is_for_staff:
        st.rerun()
    if viewer.role != "staff" and viewer.influencer != influencer:
        st.rerun()
    entries = posts_not_in(snapshot.sheet(now()), influencer)
    if _marks(entries) != st.session_state.get(_SHOWN):
        st.rerun()
    words = current_words()
    with st.container(border=True, gap="small"):
        st.markdown(f"**{words('log.waiting_title')}**")
        for entry in entries:
            st.markdown(f"{_ICONS[entry.state]} {_what(entry, is_for_staff=is_for_staff)}")
            st.caption(_state(entry, is_for_staff=is_for_staff))


def _what(entry: Entry, *, is_for_staff: bool) -> str:
    """Return what a waiting post is about, on one line."""
    words, values = current_words(), entry.values
    when = values["date"]
    parts = [str(values["influencer"])] if is_for_staff else []
    parts += [str(values[name]) for name in ("title", "platform", "topics") if name in values]
    parts += [] if isinstance(when, (str, int)) else [day(when, words)]
    return for_markdown(" · ".join(parts))


def _state(entry: Entry, *, is_for_staff: bool) -> str:
    """Return how far it is; why it is stuck only to staff, who can do something about it."""
    words = current_words()
    said = words(f"outbox.state.{entry.state}")
    if entry.code is None:
        return said
    if not is_for_staff:
        return f"{said} {words('log.team_looks')}"
    detail = {name: for_markdown(value) for name, value in entry.detail.items()}
    return f"{said} {words(f'error.{entry.code}', **detail)}"


def _marks(entries: Sequence[Entry]) -> tuple[tuple[str, str], ...]:
    return tuple((entry.key, entry.state) for entry in entries)
