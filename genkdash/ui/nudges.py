"""Who can use a nudge? For staff: each with the reasons, in facts."""

from collections.abc import Sequence

import streamlit as st

from genkdash.i18n.formats import chance, day
from genkdash.insights.nudges import Nudge
from genkdash.safe_text import for_markdown
from genkdash.ui.view import View


def show_nudges(view: View, nudges: Sequence[Nudge]) -> None:
    """Draw a card for each influencer with a reason, in the order of the sheet; say so when there is none."""
    st.subheader(view.words("nudge.title"), anchor=False, help=view.words("method.status"))
    if not nudges:
        st.success(view.words("nudge.none"), icon=":material/check_circle:")
        return
    with st.grid(3, min_column_width=240, gap="small"):
        for nudge in nudges:
            with st.container(border=True, gap=None, height="stretch"):
                st.markdown(f"**{for_markdown(nudge.name)}**")
                st.markdown(" · ".join(_reasons(view, nudge)))
                st.caption(_last_post(view, nudge))


def _reasons(view: View, nudge: Nudge) -> list[str]:
    """Return the reasons that hold, gravest first."""
    words = view.words
    reasons = []
    if nudge.has_never_posted:
        reasons.append(words("nudge.never"))
    if nudge.silent_days is not None:
        reasons.append(words.plural("nudge.silent", nudge.silent_days))
    if nudge.behind is not None:
        reasons.append(words.plural("nudge.behind", nudge.behind))
    if nudge.chance is not None:
        reasons.append(words("nudge.chance", chance=chance(nudge.chance, words)))
    if nudge.rows:
        reasons.append(words.plural("nudge.rows", nudge.rows))
    return reasons


def _last_post(view: View, nudge: Nudge) -> str:
    """Return when the last post was."""
    if nudge.last_post is None:
        return view.words("nudge.no_post")
    return view.words("nudge.last_post", day=day(nudge.last_post, view.words))
