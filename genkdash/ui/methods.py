"""Where does a reader find how a number is made, and who can use this? Behind two links at the foot of each screen."""

from pathlib import Path
from typing import NoReturn

import streamlit as st

from genkdash.ui.view import View
from genkdash.ui.way_out import show_sign_out

ROOT = Path(__file__).parents[2]
METHODS = ROOT / "docs" / "methods.md"
STATEMENT = ROOT / "docs" / "toegankelijkheid.md"


def show_method_link(view: View) -> None:
    """Draw the links to the explanation and to the accessibility statement."""
    view.show("method link", lambda: _show_links(view))


def _show_links(view: View) -> None:
    with st.container(horizontal=True, gap="medium"):
        st.page_link(ROOT / "pages" / "methods.py", label=view.words("methods.link"), icon=":material/calculate:")
        show_statement_link(view)


def stop_with_links(view: View) -> NoReturn:
    """End a screen that has no more to show, with the same links at its foot as any other."""
    show_method_link(view)
    st.stop()


def show_statement_link(view: View) -> None:
    """Draw the link to the accessibility statement, and for an influencer the way out."""
    label = view.words("accessible.link")
    st.page_link(ROOT / "pages" / "accessible.py", label=label, icon=":material/accessibility_new:")
    if view.viewer.role == "influencer":  # others find it above; on a phone that room is for the own numbers
        show_sign_out(view.words)


def method_text() -> str:
    """Return the explanation as it stands in the manual, in markdown; its own title is left to the screen."""
    return _body(METHODS)


def statement_text() -> str:
    """Return the accessibility statement (in Dutch), in markdown; its own title is left to the screen."""
    return _body(STATEMENT)


def _body(paper: Path) -> str:
    """Return a paper of the manual without its first line."""
    _, _, body = paper.read_text(encoding="utf-8").partition("\n")
    return body
