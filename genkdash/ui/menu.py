"""Which pages does a viewer have, and how are they called in the menu?"""

from copy import copy
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from genkdash.i18n import Language, translator
from genkdash.ui.access import Role, Viewer, is_demo
from genkdash.ui.log_waiting import may_log

PAGES = Path(__file__).parents[2] / "pages"
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


def pages_of(viewer: Viewer, language: Language) -> list[st.Page]:
    """Return the pages of this viewer for one run, the first one at the root."""
    # copies: which of them may run is noted in each, and belongs to one run
    pages = [copy(page) for page in _pages(viewer.role, language, logs=may_log(), connects=is_demo())]
    # Who comes to another's page lands on the own first one: Streamlit would say that it is not there in English, in a
    # window to click away.
    asked = urlsplit(st.context.url or "").path.rpartition("/")[2]
    if asked in ICONS and asked not in {page.url_path for page in pages}:
        pages.append(_first(viewer.role, language, asked, pages[0]))
    return pages


@cache
def _pages(role: Role, language: Language, *, logs: bool, connects: bool) -> tuple[st.Page, ...]:
    """Return the pages of a role; made once, since each looks for its file."""
    words = translator(language)
    home, *others = (name for name in SCREENS[role] if name != "log_post" or logs)
    start = st.Page(PAGES / f"{home}.py", title=words(f"{home}.menu"), icon=ICONS[home], url_path="start", default=True)
    rest = [st.Page(PAGES / f"{name}.py", title=words(f"{name}.menu"), icon=ICONS[name]) for name in others]
    statement = st.Page(PAGES / "accessible.py", title=words("accessible.menu"), visibility="hidden")
    pages = [start, *rest, _first(role, language, home, start), statement]
    if role == "staff" and connects:  # a link beside the word that it is the example leads there
        pages.append(st.Page(PAGES / "connect.py", title=words("connect.menu"), visibility="hidden"))
    return tuple(pages)


def _first(role: Role, language: Language, url_path: str, start: st.Page) -> st.Page:
    """Return the first page of a role under another address than the root."""
    home = SCREENS[role][0]

    def go_home() -> None:
        """Lead to the root, with what else stands in the address: there the menu shows where one is."""
        # a copy: the switch empties the address before it reads what is to stand in it
        st.switch_page(start, query_params={name: st.query_params.get_all(name) for name in st.query_params})

    # The first page stands at the root; a link that names it finds it too. A wall has no menu, and keeps its address.
    target = PAGES / f"{home}.py" if role == "screen" else go_home
    title = translator(language)(f"{home}.menu")
    return st.Page(target, title=title, icon=ICONS[home], url_path=url_path, visibility="hidden")
