"""What is being told about Genk, by whom, how varied, and what is missing?"""

import streamlit as st

from genkdash.charts.colours import topic_colours
from genkdash.charts.shares import shares_figure
from genkdash.insights.sampling import rarefied_by_influencer, seen
from genkdash.insights.topics import topic_matrix, topic_summary, topics_by_influencer
from genkdash.insights.variety import overlap_of_pairs, variety_over_time, voices
from genkdash.ui.downloads import show_downloads
from genkdash.ui.empty import stop_if_empty
from genkdash.ui.figures import show_figure
from genkdash.ui.headlines import topic_numbers
from genkdash.ui.methods import show_method_link
from genkdash.ui.numbers import show_numbers
from genkdash.ui.tables import shares_table
from genkdash.ui.topics import shares_alt, show_matrix, show_untouched, stop_without_topics
from genkdash.ui.variety import show_growth, show_overlap, show_own_variety, show_variety
from genkdash.ui.view import open_view

view = open_view("staff")
words = view.words
st.title(words("topics.title"), anchor=False)
stop_if_empty(view)

topics = view.ask(topic_summary)
matrix = view.ask(topic_matrix)
stop_without_topics(view, topics)

show_numbers(topic_numbers(view, topics))
shares, grid = st.columns([2, 3], gap="large")
with shares:
    show_figure(
        view,
        view.draw("shares", lambda: shares_figure(topics.shares, view.ask(topic_colours), words, view.theme)),
        title=words("topics.shares_title"),
        alt=shares_alt(view, topics),
        key="shares",
        table=lambda: shares_table(view, topics.shares),
    )
with grid:
    show_matrix(view, matrix)
show_downloads(view, "shares", "matrix")
show_untouched(view, topics)
show_variety(view, view.ask(voices), seen(topics))
show_growth(view, view.ask(variety_over_time))
show_own_variety(view, view.ask(topics_by_influencer), view.ask(rarefied_by_influencer))
show_overlap(view, view.ask(overlap_of_pairs))
show_method_link(view)
