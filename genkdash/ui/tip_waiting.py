"""Which tips were given and do not stand in the sheet yet? On the page of who gave them, and for staff those of all."""

from collections.abc import Sequence

import streamlit as st

from genkdash.i18n.formats import day
from genkdash.live.current import current_feed, now
from genkdash.outbox import Entry, KeepingError, current_outbox
from genkdash.outbox.keys import tip_key
from genkdash.safe_text import for_markdown
from genkdash.sheet.model import Tip
from genkdash.ui.access import current_viewer
from genkdash.ui.freshness import COMES_BY_SECONDS
from genkdash.ui.language import current_words
from genkdash.ui.view import View

_SHOWN = "waiting_tips_shown"


def waiting_tips(view: View) -> tuple[Entry, ...]:
    """Return the tips that wait: of this influencer, or for staff of everybody."""
    return _waiting(view.sheet.tips, view.viewer.influencer)


def show_waiting_tips(view: View) -> None:
    """Draw what waits, and keep it up to date; nothing where nothing waits, or on an earlier day."""
    entries = () if view.is_replay else waiting_tips(view)
    st.session_state[_SHOWN] = _marks(entries)
    # Always there, full or empty: what stands below keeps its place, and is never seen twice while a run lasts.
    with st.container(gap="small"):
        if entries:
            _show_list(view.viewer.role == "staff", view.viewer.influencer)


@st.fragment(run_every=COMES_BY_SECONDS)
def _show_list(is_for_staff: bool, influencer: str | None) -> None:  # noqa: FBT001  a fragment's arguments are kept
    """Draw the list, and run the page again when it has changed; what this viewer may see is asked again each time."""
    viewer, snapshot = current_viewer(), current_feed().snapshot
    if viewer is None or snapshot is None or (viewer.role == "staff") is not is_for_staff:
        st.rerun()
    if viewer.influencer != influencer:
        st.rerun()
    entries = _waiting(snapshot.sheet(now()).tips, influencer)
    if _marks(entries) != st.session_state.get(_SHOWN):
        st.rerun()
    for entry in entries:
        st.markdown(f"**{for_markdown(str(entry.values['tip']))}**")
        st.caption(f":material/schedule: {_state(entry, is_for_staff=is_for_staff)}")


def _state(entry: Entry, *, is_for_staff: bool) -> str:
    """Return how far a tip is; whose it is and why it is stuck only to staff, who can do something about it."""
    words, given = current_words(), entry.values["date"]
    parts = [for_markdown(str(entry.values["influencer"]))] if is_for_staff else []
    parts += [] if isinstance(given, (str, int)) else [day(given, words)]
    said = [" · ".join(parts), words(f"outbox.state.{entry.state}")]
    if entry.code is not None and is_for_staff:
        said.append(words(f"error.{entry.code}", **{name: for_markdown(text) for name, text in entry.detail.items()}))
    elif entry.code is not None:
        said.append(words("log.team_looks"))
    return " ".join(said)


def _waiting(tips: Sequence[Tip], influencer: str | None) -> tuple[Entry, ...]:
    """Return what was kept and is not among `tips`, of one person or of all; none while the outbox can't be read."""
    outbox = current_outbox()
    if outbox is None:
        return ()
    try:
        entries = outbox.entries(tab_key="tips")
    except KeepingError:  # which its sender says
        return ()
    kept = [entry for entry in entries if influencer is None or entry.values["influencer"] == influencer]
    if not kept:
        return ()
    seen = {tip_key(tip.day, tip.influencer, tip.text) for tip in tips if tip.day and tip.influencer}
    return tuple(entry for entry in kept if entry.key not in seen)


def _marks(entries: Sequence[Entry]) -> tuple[tuple[str, str], ...]:
    return tuple((entry.key, entry.state) for entry in entries)
