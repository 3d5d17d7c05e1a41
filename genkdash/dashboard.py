"""The script Streamlit runs for every viewer: page config, gate, language, navigation. It computes nothing."""

import streamlit as st

from genkdash.ui.access import Viewer, current_viewer
from genkdash.ui.frame import show_frame, show_refusal, show_waiting
from genkdash.ui.freshness import remember_edition
from genkdash.ui.language import current_words
from genkdash.ui.menu import pages_of
from genkdash.ui.page_icon import PAGE_ICON


def show_pages(viewer: Viewer) -> None:
    """Draw the page that was asked for, among those of this viewer, and the menu of the others."""
    pages = pages_of(viewer, words.language)
    screen = st.navigation(pages, position="hidden" if viewer.role == "screen" else "top")
    if viewer.role == "screen" or screen.url_path == "screen":
        screen.run()  # on a wall nothing stands around it, and it waits for the sheet by itself
    elif show_frame(viewer, words):
        screen.run()
    else:
        show_waiting(words)


words = current_words()
viewer = current_viewer()
is_narrow = viewer is not None and viewer.role == "influencer"
st.set_page_config(page_title="genkdash", page_icon=PAGE_ICON, layout="centered" if is_narrow else "wide")
# To the end in both cases: a run that is stopped leaves the fragments of the page before alive.
if viewer is None:
    show_refusal(words)
else:
    remember_edition(viewer)
    show_pages(viewer)
