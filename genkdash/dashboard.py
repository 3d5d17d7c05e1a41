"""The script Streamlit runs for every viewer: page config, gate, language, navigation. It computes nothing."""

from pathlib import Path

import streamlit as st

from genkdash.ui.access import current_viewer
from genkdash.ui.frame import show_frame, show_refusal, show_waiting
from genkdash.ui.freshness import remember_edition
from genkdash.ui.language import current_words

PAGES = Path(__file__).parent.parent / "pages"
ICON = Path(__file__).parent / "ui" / "icon.svg"  # a named icon would be fetched from Google
SCREENS = {
    "overview": ":material/groups:",
    "topics": ":material/forum:",
    "timeline": ":material/view_timeline:",
    "reactions": ":material/favorite:",
    "lessons": ":material/lightbulb:",
    "sheet_check": ":material/fact_check:",
    "methods": ":material/calculate:",
}

words = current_words()
st.set_page_config(page_title="genkdash", page_icon=str(ICON), layout="wide")
if current_viewer() is None:
    show_refusal(words)
    st.stop()

remember_edition()
screen = st.navigation(
    [
        st.Page(PAGES / f"{name}.py", title=words(f"{name}.menu"), icon=icon, default=name == "overview")
        for name, icon in SCREENS.items()
    ],
    position="top",
)
if show_frame(words):
    screen.run()
else:
    show_waiting(words)
