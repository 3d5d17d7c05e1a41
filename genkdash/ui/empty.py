"""What does a screen say when there is nothing to draw? What happened, and what to do next. Never zeros."""

import streamlit as st

from genkdash.ui.view import View


def stop_if_empty(view: View) -> None:
    """End the run with an explanation where no post can be shown; otherwise do nothing."""
    words = view.words
    broken = [issue for issue in view.sheet.issues if issue.tab == "Berichten" and issue.row is None]
    if any(issue.severity == "error" for issue in broken):
        code = next(issue.code for issue in broken if issue.severity == "error")
        st.warning(words(f"empty.{code}"), title=words("empty.broken.title"), icon=":material/table_view:")
        st.stop()
    if view.sheet.rows.read == 0:
        st.info(words("empty.no_posts"), title=words("empty.no_posts.title"), icon=":material/edit_note:")
        st.stop()
    if view.sheet.rows.counted == 0:
        st.info(words("empty.none_counted"), title=words("empty.none_counted.title"), icon=":material/fact_check:")
