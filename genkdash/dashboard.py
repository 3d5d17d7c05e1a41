"""The script Streamlit runs for every viewer: page config, gate, language, navigation. It computes nothing."""

from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from genkdash.ui.access import Viewer, current_viewer, is_demo
from genkdash.ui.frame import show_frame, show_refusal, show_waiting
from genkdash.ui.freshness import remember_edition
from genkdash.ui.language import current_words
from genkdash.ui.log_waiting import may_log
from genkdash.ui.turns import TURNS

PAGES = Path(__file__).parent.parent / "pages"
ICON = Path(__file__).parent / "ui" / "icon.svg"  # a named icon would be fetched from Google
ICONS = {
    "overview": ":material/groups:",
    "topics": ":material/forum:",
    "timeline": ":material/view_timeline:",
    "reactions": ":material/favorite:",
    "lessons": ":material/lightbulb:",
    "sheet_check": ":material/fact_check:",
    "methods": ":material/calculate:",
    "me": ":material/person:",
    "log_post": ":material/edit_square:",
    "screen": ":material/tv:",
    "connect": ":material/add_link:",
}
# A role has these pages and no others, the first of them at the root; another's page does not exist for it.
SCREENS = {
    "staff": ("overview", "topics", "timeline", "reactions", "lessons", "sheet_check", "log_post", "screen", "methods"),
    "influencer": ("me", "log_post", "methods"),
    "screen": ("screen",),
}


def show_pages(viewer: Viewer) -> None:
    """Draw the page that was asked for, among those of this viewer, and the menu of the others."""
    home, *others = (name for name in SCREENS[viewer.role] if name != "log_post" or may_log())
    start = st.Page(PAGES / f"{home}.py", title=words(f"{home}.menu"), icon=ICONS[home], url_path="start", default=True)

    def go_home() -> None:
        """Lead to the root, with what else stands in the address: there the menu shows where one is."""
        # a copy: the switch empties the address before it reads what is to stand in it
        st.switch_page(start, query_params={name: st.query_params.get_all(name) for name in st.query_params})

    # The first page stands at the root; a link that names it finds it too. A wall has no menu, and keeps its address.
    target = PAGES / f"{home}.py" if viewer.role == "screen" else go_home
    named = st.Page(target, title=words(f"{home}.menu"), icon=ICONS[home], url_path=home, visibility="hidden")
    rest = [st.Page(PAGES / f"{name}.py", title=words(f"{name}.menu"), icon=ICONS[name]) for name in others]
    statement = st.Page(PAGES / "accessible.py", title=words("accessible.menu"), visibility="hidden")
    pages = [start, *rest, named, statement]
    if viewer.role == "staff" and is_demo():  # a link beside the word that it is the example leads there
        pages.append(st.Page(PAGES / "connect.py", title=words("connect.menu"), visibility="hidden"))
    # Who comes to another's page lands on the own first one: Streamlit would say that it is not there in English, in a
    # window to click away.
    asked = urlsplit(st.context.url or "").path.rpartition("/")[2]
    if asked in ICONS and asked not in {page.url_path for page in pages}:
        pages.append(
            st.Page(target, title=words(f"{home}.menu"), icon=ICONS[home], url_path=asked, visibility="hidden")
        )
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
st.set_page_config(page_title="genkdash", page_icon=str(ICON), layout="centered" if is_narrow else "wide")
# To the end in both cases: a run that is stopped leaves the fragments of the page before alive.
if viewer is None:
    show_refusal(words)
else:
    with TURNS.turn():
        remember_edition()
        show_pages(viewer)
