"""How far is everybody? The strips with their legend, in the order of the sheet."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from genkdash.charts.colours import topic_colours
from genkdash.headlines.strips import team_strips
from genkdash.insights.bins import MOST_SINGLE
from genkdash.insights.counted import counted_posts
from genkdash.insights.progress import InfluencerProgress, progress_by_influencer, team_progress
from genkdash.insights.topics import topic_summary
from genkdash.ui.figures import show_drawing
from genkdash.ui.legend import show_strip_legend
from genkdash.ui.portion import portion_of
from genkdash.ui.tables import strip_table
from genkdash.ui.view import View

_STRIPS = 24


def show_strips(view: View) -> None:
    """Draw a strip for each influencer."""
    words, today = view.words, view.today
    team = view.ask(team_progress, today=today)
    people, posts = view.ask(progress_by_influencer, today=today), view.ask(counted_posts, today=today)
    heading = st.container()
    part = portion_of(view, len(people), key="strip", size=_STRIPS)
    if len(people) > _STRIPS:
        people = people[part]
        posts = view.draw(("posts of strips", part.start), lambda: _posts_of(people, view))
    colours = view.ask(topic_colours)
    is_binned = len(posts) > MOST_SINGLE
    show_drawing(
        view,
        view.draw(
            ("strip", part.start),
            lambda: team_strips(
                posts,
                people,
                colours,
                words,
                alt=words.plural("strip.alt", team.posts, reached=team.reached, people=team.influencers),
                is_over=view.is_over,
            ),
        ),
        title=words("strip.title_binned" if is_binned else "strip.title"),
        key="strip",
        table=lambda: strip_table(view, posts, people),
        heading=heading,
    )
    if is_binned:
        st.caption(words("strip.binned"))
    view.show("strip legend", lambda: show_strip_legend(view, view.ask(topic_summary), colours))


def _posts_of(people: Sequence[InfluencerProgress], view: View) -> pd.DataFrame:
    """Return the counted posts of these people."""
    posts = view.ask(counted_posts, today=view.today)
    return posts[posts["influencer"].isin([person.name for person in people])]
