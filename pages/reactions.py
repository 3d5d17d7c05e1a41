"""How do people react? Medians of what is known, each with what it rests on. Never a rank of people."""

import streamlit as st

from genkdash.charts.reactions import reactions_figure
from genkdash.insights.bins import MOST_SINGLE
from genkdash.insights.reactions import known_counts, median_by_platform, median_by_topic, median_of, side_by_side
from genkdash.ui.downloads import show_downloads
from genkdash.ui.empty import stop_if_empty
from genkdash.ui.figures import show_figure
from genkdash.ui.methods import show_method_link, stop_with_links
from genkdash.ui.numbers import show_numbers
from genkdash.ui.reactions import medians_table, platforms_alt, reaction_numbers, show_medians, show_open_question
from genkdash.ui.view import open_view

view = open_view("staff")
words = view.words
st.title(words("reactions.title"), anchor=False)
stop_if_empty(view)
if not view.sheet.rows.counted:
    stop_with_links(view)

show_numbers(
    reaction_numbers(view, {name: view.ask(median_of, name) for name in ("likes", "comments", "shares", "reach")})
)
st.caption(words("method.median"))
platforms = view.ask(median_by_platform, "likes")
dots, question = st.columns([3, 2], gap="large")
with dots:
    show_figure(
        view,
        view.draw("reactions", lambda: reactions_figure(view.ask(known_counts, "likes"), platforms, words, view.theme)),
        title=words("reactions.by_platform"),
        alt=platforms_alt(view, platforms),
        key="reactions",
        table=lambda: medians_table(view, platforms, words("platform.unknown")),
    )
    if len(view.ask(known_counts, "likes")) > MOST_SINGLE:
        st.caption(words("reactions.binned"))
with question:
    show_open_question(view, view.ask(side_by_side, "Instagram", "Facebook"))
st.subheader(words("reactions.by_topic"), anchor=False)
show_medians(view, view.ask(median_by_topic, "likes"), words("topics.none"))
show_downloads(view, "platforms", "topics")
show_method_link(view)
