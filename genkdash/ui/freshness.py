"""How old is this picture, and is a newer one there? The small fragment that every page carries.

The server wakes it when there is news (docs/adr/0016). By itself it comes by so seldom that it costs nothing: for a
page that could not be woken, for a link that ends by the clock, and to say that somebody watches.
"""

from collections.abc import Hashable, Mapping
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from genkdash.i18n import Translator
from genkdash.i18n.formats import ago
from genkdash.live.current import current_feed, now
from genkdash.live.shown import SHOWN, edition
from genkdash.live.state import State, StateKind
from genkdash.safe_text import for_markdown
from genkdash.server.private_streamlit import own_page
from genkdash.ui.access import Viewer, current_viewer
from genkdash.ui.as_of import AGE, show_as_of
from genkdash.ui.language import current_words

COMES_BY_SECONDS = 55.0
"""How often a page looks for itself; `live/feed.py` counts on a page that comes by at least every minute."""

_SHOWN = "shown_edition"
# A wait shorter than this is over before anybody has read how long it is.
_SOON_SECONDS = 60.0
_ICONS: Mapping[StateKind, str] = {
    "live": ":material/bolt:",
    "starting": ":material/hourglass_top:",
    "late": ":material/cloud_off:",
    "down": ":material/cloud_off:",
}
_COLOURS: Mapping[StateKind, Literal["green", "gray", "orange"]] = {
    "live": "green",
    "starting": "gray",
    "late": "orange",
    "down": "orange",
}


def remember_edition(viewer: Viewer) -> None:
    """Note what this run draws and for whom, so that the fragment can tell when it is overtaken."""
    st.session_state[_SHOWN] = _edition(viewer)
    SHOWN.forget(own_page())


def is_overtaken() -> bool:
    """Tell whether this page would be drawn otherwise now: a newer revision, another day or viewer, or nobody."""
    viewer = current_viewer()
    return viewer is None or _edition(viewer) != st.session_state.get(_SHOWN)


@st.fragment(run_every=COMES_BY_SECONDS)
def show_freshness(trouble: DeltaGenerator) -> None:
    """Draw age, state and "ververs nu"; redraw the page when a newer revision, another day or viewer is there.

    What is wrong, if anything is, stands in `trouble`, a slot with room for a sentence. An influencer, who can't mend
    it, gets the age and one sentence.
    """
    viewer = current_viewer()
    if viewer is None or _edition(viewer) != st.session_state.get(_SHOWN):
        st.rerun()
    feed, words = current_feed(), current_words()
    SHOWN.note(own_page(), edition(feed.snapshot, now()))
    feed.watch()
    state = feed.state(now())
    show_as_of(state, words)
    if viewer.role == "influencer":
        _show_gently(state, words, trouble)
        return
    with st.container(key=AGE, horizontal=True, vertical_alignment="center", gap="small", width="content"):
        st.badge(_summary(state, words), icon=_ICONS[state.kind], color=_COLOURS[state.kind])
        st.button(
            words("freshness.refresh"),
            icon=":material/refresh:",
            key="refresh_now",
            type="tertiary",
            on_click=_refresh_now,
        )
    with trouble.container():
        _show_trouble(state, words)


def _summary(state: State, words: Translator) -> str:
    """Return the state with its age."""
    kind = words(f"freshness.{state.kind}")
    if state.age_seconds is None:
        return kind
    return words("freshness.read", state=kind, ago=ago(state.age_seconds, words))


def _show_gently(state: State, words: Translator, trouble: DeltaGenerator) -> None:
    """Say how old the numbers are, and when no newer ones come, that they will."""
    if state.age_seconds is not None:
        with st.container(key=AGE, width="content"):
            st.caption(words("me.read", ago=ago(state.age_seconds, words)), width="content")
    if state.kind in {"late", "down"}:
        trouble.info(words("me.no_connection"), icon=":material/cloud_off:")
    else:
        trouble.empty()


def _refresh_now() -> None:
    """Ask for a read at once; the feed itself holds back who asks too often."""
    current_feed().refresh_now()


def _show_trouble(state: State, words: Translator) -> None:
    """Say what happened, what is still true, and who does what; nothing when all is well."""
    if state.held is not None:
        tab = for_markdown(state.held.tab)
        held = words(f"held.{state.held.code}", tab=tab, before=state.held.before, after=state.held.after)
        st.warning(held, title=words("freshness.held.title"), icon=":material/front_hand:")
    if state.notice is not None:
        st.info(words(f"notice.{state.notice}"), icon=":material/info:")
    if state.error is None:
        return
    detail = {name: for_markdown(value) for name, value in state.error.detail.items()}
    lines = [words(f"error.{state.error.code}", **detail)]
    if state.read_at is not None:
        lines.append(words("freshness.still_true"))
    if state.next_try_seconds < _SOON_SECONDS:
        lines.append(words("freshness.tries_on"))
    else:
        lines.append(words.plural("freshness.next_try", round(state.next_try_seconds / 60)))
    st.warning(" ".join(lines), title=words(f"freshness.{state.kind}.title"), icon=":material/cloud_off:")


def _edition(viewer: Viewer) -> Hashable:
    """Return what a page drawn now would show: its revision, its day, its viewer."""
    return (edition(current_feed().snapshot, now()), viewer)
