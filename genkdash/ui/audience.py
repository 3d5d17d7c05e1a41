"""As whom do we look at the example? A switch among the three audiences; the address carries the choice.

What an influencer gets holds no other name, not even here: one steps to the next person without being told who.
"""

import streamlit as st

from genkdash.i18n import Translator
from genkdash.safe_text import for_markdown
from genkdash.ui.access import AUDIENCE, AUDIENCES, PERSON, Viewer, audience_of, demo_influencers, is_demo
from genkdash.ui.filters import kept_in_url, write_to_url


def show_audience_switch(viewer: Viewer, words: Translator) -> None:
    """Draw the switch over the example; nothing over a sheet of one's own."""
    if not is_demo():
        return
    if AUDIENCE not in st.session_state:
        st.session_state[AUDIENCE] = audience_of(viewer)
    label = words("audience.switch" if viewer.role == "staff" else "audience.example")
    with st.popover(label, icon=":material/visibility:", type="tertiary", key="audience"):
        st.caption(words("audience.why"))
        with kept_in_url(AUDIENCE, allowed=list(AUDIENCES), default="staff") as key:
            st.radio(
                words("audience.as"),
                list(AUDIENCES),
                format_func=lambda code: words(f"audience.{code}"),
                captions=[words(f"audience.{code}.about") for code in AUDIENCES],
                key=key,
                persist_state="session",
            )
        if viewer.influencer is not None:
            _show_steps(viewer.influencer, words)
    if viewer.role != "influencer":
        write_to_url(PERSON, [])
    elif viewer.influencer is not None:  # as long as the sheet is not read, the address alone knows who
        write_to_url(PERSON, [viewer.influencer])


def _show_steps(name: str, words: Translator) -> None:
    """Draw the way to the person before and after this one in the sheet."""
    st.markdown(words("audience.who", name=for_markdown(name)))
    with st.container(horizontal=True, gap="small"):
        for step, icon in ((-1, ":material/arrow_back:"), (1, ":material/arrow_forward:")):
            label = words("audience.previous" if step < 0 else "audience.next")
            st.button(label, icon=icon, key=f"audience_step_{step}", on_click=_step_from, args=(name, step))


def _step_from(name: str, step: int) -> None:
    """Look as the person `step` places further from now on; after the last comes the first."""
    names = demo_influencers()
    place = names.index(name) if name in names else 0
    st.session_state[PERSON] = names[(place + step) % len(names)]
