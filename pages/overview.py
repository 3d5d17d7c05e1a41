"""Are we getting there? The team's sum, a strip for each influencer, and what is new."""

import streamlit as st

from genkdash.charts.colours import topic_colours
from genkdash.charts.strip import strip_figure
from genkdash.insights.counted import counted_posts
from genkdash.insights.nudges import nudges
from genkdash.insights.outlook import outlook_by_influencer, team_outlook
from genkdash.insights.progress import progress_by_influencer, team_progress
from genkdash.insights.timeline import new_posts
from genkdash.insights.topics import topic_summary
from genkdash.ui.empty import stop_if_empty
from genkdash.ui.figures import show_figure
from genkdash.ui.headlines import team_numbers
from genkdash.ui.legend import show_strip_legend
from genkdash.ui.methods import show_method_link
from genkdash.ui.nudges import show_nudges
from genkdash.ui.numbers import show_numbers
from genkdash.ui.outlook import show_team_outlook
from genkdash.ui.people import show_people
from genkdash.ui.posts import show_posts
from genkdash.ui.replay import show_replay_slider
from genkdash.ui.view import open_view

view = open_view("staff")
words, today = view.words, view.today
st.title(words("overview.title"), anchor=False)
stop_if_empty(view)

team = view.ask(team_progress, today=today)
people = view.ask(progress_by_influencer, today=today)
posts = view.ask(counted_posts, today=today)
recent = view.ask(new_posts, today=today)
outlooks = view.ask(outlook_by_influencer, today=today)
colours = view.ask(topic_colours)

show_numbers(team_numbers(view, team))
show_team_outlook(view, team_outlook(outlooks), team.influencers)
strips, news = st.columns([5, 3], gap="large")
with strips:
    show_figure(
        view,
        view.draw("strip", lambda: strip_figure(posts, people, colours, words, view.theme)),
        title=words("strip.title"),
        alt=words.plural("strip.alt", team.posts, reached=team.reached, people=team.influencers),
        key="strip",
    )
    show_strip_legend(view, view.ask(topic_summary), colours)
with news:
    st.subheader(words("news.title"), anchor=False)
    st.caption(words.plural("news.count", len(recent)))
    show_posts(view, recent.head(6), key="news")
show_nudges(view, view.ask(nudges, today=today))
st.subheader(words("people.title"), anchor=False)
show_people(view, people, outlooks)
if view.sheet.campaign.start:
    show_replay_slider(words("replay.slider"), start=view.sheet.campaign.start, today=view.latest, shown=today)
show_method_link(view)
