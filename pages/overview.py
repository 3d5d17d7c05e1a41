"""Are we getting there? The team's sum, a strip for each influencer, what is new, who can use a nudge."""

import streamlit as st

from genkdash.insights.nudges import nudges
from genkdash.insights.outlook import outlook_by_influencer
from genkdash.insights.progress import progress_by_influencer, team_progress
from genkdash.insights.timeline import new_posts
from genkdash.ui.burn_up import show_burn_up
from genkdash.ui.digest import show_digest
from genkdash.ui.empty import stop_if_empty
from genkdash.ui.headlines import team_numbers
from genkdash.ui.methods import show_method_link
from genkdash.ui.month import show_month
from genkdash.ui.nudges import show_nudges
from genkdash.ui.numbers import show_numbers
from genkdash.ui.outlook import show_team_outlook
from genkdash.ui.people import show_people
from genkdash.ui.posts import show_news
from genkdash.ui.replay import show_replay_slider
from genkdash.ui.strips import show_strips
from genkdash.ui.view import open_view

view = open_view("staff")
words, today = view.words, view.today
st.title(words("overview.title"), anchor=False)
stop_if_empty(view)

team = view.ask(team_progress, today=today)
outlooks = view.ask(outlook_by_influencer, today=today)

view.show("numbers", lambda: show_numbers(team_numbers(view, team)))
view.show("outlook", lambda: show_team_outlook(view, outlooks))
strips, news = st.columns([5, 3], gap="large")
with strips:
    show_strips(view)
with news:
    view.show("news", lambda: show_news(view, view.ask(new_posts, today=today)))
    view.show("digest", lambda: show_digest(view))
show_nudges(view, view.ask(nudges, today=today))
heading, month = st.columns([5, 3], gap="large")
with heading:
    show_burn_up(view)
with month:
    show_month(view)
show_people(view, view.ask(progress_by_influencer, today=today), outlooks)
if view.sheet.campaign.start:
    show_replay_slider(words("replay.slider"), start=view.sheet.campaign.start, today=view.latest, shown=today)
show_method_link(view)
