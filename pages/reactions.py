"""How do people react? Medians of what is known, each with what it rests on. Never a rank of people."""

import streamlit as st

from genkdash.insights.reactions import median_by_platform, median_by_topic, median_of
from genkdash.ui.downloads import show_downloads
from genkdash.ui.empty import stop_if_empty
from genkdash.ui.methods import show_method_link
from genkdash.ui.numbers import show_numbers
from genkdash.ui.reactions import reaction_numbers, show_medians
from genkdash.ui.view import open_view

view = open_view("staff")
words = view.words
st.title(words("reactions.title"), anchor=False)
stop_if_empty(view)

show_numbers(
    reaction_numbers(view, {name: view.ask(median_of, name) for name in ("likes", "comments", "shares", "reach")})
)
st.caption(words("method.median"))
platforms, topics = st.columns(2, gap="large")
with platforms:
    st.subheader(words("reactions.by_platform"), anchor=False)
    show_medians(view, view.ask(median_by_platform, "likes"), words("platform.unknown"))
with topics:
    st.subheader(words("reactions.by_topic"), anchor=False)
    show_medians(view, view.ask(median_by_topic, "likes"), words("topics.none"))
show_downloads(view, "platforms", "topics")
show_method_link(view)
