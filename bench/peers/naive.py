"""What does one write on a first afternoon? All of it in a fragment that reads and draws everything, per tab."""

import streamlit as st
from small import progress_figure, read_posts, team_sum, timeline_figure, topics_figure

st.set_page_config(layout="wide")
st.title("Genk vertelt")


@st.fragment(run_every=10)
def dashboard() -> None:
    """Read and draw everything."""
    posts = read_posts()
    st.metric("Samen", team_sum(posts))
    st.plotly_chart(progress_figure(posts), key="progress")
    st.plotly_chart(topics_figure(posts), key="topics")
    name = st.selectbox("Influencer", sorted(posts["influencer"].unique()), index=None, key="influencer")
    st.plotly_chart(timeline_figure(posts if name is None else posts[posts["influencer"] == name]), key="timeline")


dashboard()
