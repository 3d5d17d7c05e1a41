"""Of which moment are the numbers, once nobody tells this page anything any more?

An age that is drawn by the server stands still when the server is away or the machine slept, and lies. Beside it stands
the moment itself, out of sight; styles show it in the place of the age while the page is not connected, or has heard
nothing for too long (`static/comfort.css`, `static/way_in.js`). It carries the time at which the server spoke.
"""

from zoneinfo import ZoneInfo

import streamlit as st

from genkdash.i18n import Translator
from genkdash.i18n.formats import day, time_of_day
from genkdash.live.current import current_feed, now
from genkdash.live.state import State
from genkdash.safe_text import for_html

AGE = "age"
"""The key of the container with the age, which goes out of sight when the moment comes in."""


def show_as_of(state: State, words: Translator) -> None:
    """Draw the moment at which the numbers last agreed with the sheet, ready to be shown by the page alone."""
    moment, snapshot = now(), current_feed().snapshot
    if snapshot is None or state.read_at is None:
        return
    timezone = snapshot.sheet(moment).campaign.timezone
    read_day = state.read_at.astimezone(ZoneInfo(timezone)).date()
    text = words("freshness.as_of", day=day(read_day, words), time=time_of_day(state.read_at, words, timezone))
    with st.container(key="as_of", width="content"):
        st.html(f'<div class="as-of" data-said="{for_html(moment.isoformat())}">{for_html(text)}</div>')
