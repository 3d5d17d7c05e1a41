"""What does a screen say when there is nothing to draw? What happened, and what to do next. Never zeros."""

import streamlit as st

from genkdash.sheet.unreadable import why_no_posts
from genkdash.ui.methods import stop_with_links
from genkdash.ui.view import View


def missing_posts(view: View) -> str | None:
    """Return the issue code that says why no post can be read at all, or None when they can."""
    return why_no_posts(view.sheet)


def stop_if_empty(view: View) -> None:
    """End the run with an explanation where no post can be shown; otherwise do nothing."""
    words = view.words
    reason = missing_posts(view)
    if reason is not None:
        st.warning(words(f"empty.{reason}"), title=words("empty.broken.title"), icon=":material/table_view:")
        stop_with_links(view)
    if view.sheet.rows.read == 0:
        st.info(words("empty.no_posts"), title=words("empty.no_posts.title"), icon=":material/edit_note:")
        stop_with_links(view)
    if view.sheet.rows.counted == 0:
        st.info(words("empty.none_counted"), title=words("empty.none_counted.title"), icon=":material/fact_check:")
