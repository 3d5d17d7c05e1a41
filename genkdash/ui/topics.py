"""What do we say about topics in words: the text alternatives, what nobody touched yet, what has no topic?"""

import pandas as pd
import streamlit as st

from genkdash.charts.matrix import matrix_figure
from genkdash.i18n.formats import share
from genkdash.insights.topics import TopicSummary
from genkdash.safe_text import for_markdown
from genkdash.ui.figures import show_figure
from genkdash.ui.methods import stop_with_links
from genkdash.ui.portion import portion_of
from genkdash.ui.tables import matrix_table
from genkdash.ui.view import View

_ROWS = 24
_MOST_ON_A_PHONE = 99  # larger numbers would run into each other there: static/comfort.css leaves the colours


def stop_without_topics(view: View, topics: TopicSummary) -> None:
    """End the run with an explanation where no counted post has a topic."""
    if not topics.shares and not view.sheet.rows.counted:
        stop_with_links(view)
    if not topics.shares:
        st.info(view.words("topics.empty"), title=view.words("topics.empty.title"), icon=":material/sell:")
        show_untouched(view, topics)
        stop_with_links(view)


def shares_alt(view: View, topics: TopicSummary) -> str:
    """Return what the bars show: the three largest topics with their shares."""
    largest = [f"{topic} {share(part, view.words)}" for topic, part in list(topics.shares.items())[:3]]
    return view.words.plural("topics.shares_alt", len(topics.shares), largest=", ".join(largest))


def show_matrix(view: View, matrix: pd.DataFrame) -> None:
    """Draw who tells about what, with a step through it where there are many."""
    heading = st.container()
    part = portion_of(view, len(matrix), key="matrix", size=_ROWS)
    shown = matrix.iloc[part]
    show_figure(
        view,
        view.draw(("matrix", part.start), lambda: matrix_figure(shown, view.theme)),
        title=view.words("topics.matrix_title"),
        alt=_matrix_alt(view, shown),
        key="matrix_wide" if matrix.to_numpy().max(initial=0) > _MOST_ON_A_PHONE else "matrix",
        table=lambda: matrix_table(view, shown),
        heading=heading,
    )


def _matrix_alt(view: View, matrix: pd.DataFrame) -> str:
    """Return what the grid shows: its size and its fullest cell."""
    fullest = int(matrix.to_numpy().argmax())
    name, topic = matrix.index[fullest // matrix.shape[1]], matrix.columns[fullest % matrix.shape[1]]
    return view.words.plural("topics.matrix_alt", matrix.shape[1], people=len(matrix), name=name, topic=topic)


def show_untouched(view: View, topics: TopicSummary) -> None:
    """Say which listed topics nobody told about yet, and how many posts have none."""
    words = view.words
    if topics.untouched:
        st.subheader(words("topics.untouched_title"), anchor=False)
        st.markdown(words("topics.untouched_body"))
        with st.container(horizontal=True, gap="small"):
            for topic in topics.untouched:
                # not st.badge, which would escape the brackets once more
                st.markdown(f":gray-badge[:material/add_circle: {for_markdown(topic)}]", width="content")
    if topics.posts_without_topic:
        st.caption(words.plural("topics.without", topics.posts_without_topic))
