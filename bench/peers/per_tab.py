"""What does Streamlit's own guide suggest? A connection that keeps its answer for a while, a tab each."""

import pandas as pd
import streamlit as st
from small import progress_figure, read_posts, team_sum, timeline_figure, topics_figure
from streamlit.connections import BaseConnection


class PostsConnection(BaseConnection[object]):
    """The file of posts, as a connection."""

    def _connect(self, **_: object) -> object:
        return object()

    def posts(self) -> pd.DataFrame:
        """Return the posts, at most ten seconds old, kept for this tab."""
        return st.cache_data(read_posts, ttl=10, scope="session", show_spinner=False)()


st.set_page_config(layout="wide")
st.title("Genk vertelt")
connection = st.connection("posts", type=PostsConnection)


@st.fragment(run_every=10)
def dashboard() -> None:
    """Ask the connection, and draw."""
    posts = connection.posts()
    st.metric("Samen", team_sum(posts))
    st.plotly_chart(progress_figure(posts), key="progress")
    st.plotly_chart(topics_figure(posts), key="topics")
    st.plotly_chart(timeline_figure(posts), key="timeline")


dashboard()
