"""What does the small dashboard show? The team's sum, and three charts: progress per person, topics, a timeline.

Every peer reads the CSV that `BENCH_POSTS` names: one row per post, with `date`, `influencer` and `topic`.
"""

import os
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go

POSTS = Path(os.environ.get("BENCH_POSTS", "posts.csv"))
TARGET = 12


def read_posts() -> pd.DataFrame:
    """Return the posts as they stand in the file now; a date that is none is NaT."""
    posts = pd.read_csv(POSTS)
    return posts.assign(date=pd.to_datetime(posts["date"], format="ISO8601", errors="coerce"))


def team_sum(posts: pd.DataFrame) -> str:
    """Return done and target of all together, as it is shown."""
    return f"{len(posts)} / {TARGET * posts['influencer'].nunique()}"


def progress_figure(posts: pd.DataFrame) -> go.Figure:
    """Return a bar per influencer: their number of posts."""
    counts = posts["influencer"].value_counts().sort_index(ascending=False)
    return go.Figure(go.Bar(x=counts.tolist(), y=counts.index.tolist(), orientation="h"))


def topics_figure(posts: pd.DataFrame) -> go.Figure:
    """Return a bar per topic: how many posts tell of it."""
    counts = posts["topic"].value_counts(ascending=True)
    return go.Figure(go.Bar(x=counts.tolist(), y=counts.index.tolist(), orientation="h"))


def timeline_figure(posts: pd.DataFrame) -> go.Figure:
    """Return a mark per post, in a lane for each influencer."""
    dated = posts.dropna(subset="date").sort_values("influencer", ascending=False)
    days = dated["date"].dt.strftime("%Y-%m-%d").tolist()
    return go.Figure(go.Scatter(x=days, y=dated["influencer"].tolist(), mode="markers"))
