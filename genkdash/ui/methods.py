"""Where does a reader find how a number is made? Behind one link at the foot of each screen."""

from pathlib import Path

import streamlit as st

from genkdash.ui.view import View

ROOT = Path(__file__).parents[2]
METHODS = ROOT / "docs" / "methods.md"


def show_method_link(view: View) -> None:
    """Draw the link to the explanation."""
    st.page_link(ROOT / "pages" / "methods.py", label=view.words("methods.link"), icon=":material/calculate:")


def method_text() -> str:
    """Return the explanation as it stands in the manual, in markdown; its own title is left to the screen."""
    _, _, body = METHODS.read_text(encoding="utf-8").partition("\n")
    return body
