"""What have I done, and what now? The page of one influencer, made for a phone: text first, charts after it."""

from genkdash.charts.lanes import lanes_figure
from genkdash.insights.counted import counted_posts
from genkdash.insights.moment import own_standing
from genkdash.insights.suggestion import suggestion
from genkdash.insights.timeline import lanes, posts_of
from genkdash.ui.figures import show_figure
from genkdash.ui.log_waiting import show_waiting, waiting_posts
from genkdash.ui.me import greet, show_idea, show_log_button, show_standing, show_topics
from genkdash.ui.methods import show_method_link
from genkdash.ui.my_posts import my_own, my_timeline_alt, show_my_posts, show_my_timeline
from genkdash.ui.tables import lanes_table
from genkdash.ui.timeline import show_events
from genkdash.ui.tips import show_own_tips
from genkdash.ui.view import open_view

view = open_view("influencer")
words, today = view.words, view.today
name = greet(view)

standing = view.ask(own_standing, name, today=today)
posts = view.ask(counted_posts, today=today)
show_standing(view, standing, posts, waiting_posts(view, name))
show_log_button(view)
show_waiting(view, name)
view.show("idea", lambda: show_idea(view, standing, suggestion(view.sheet, view.team, name)))
view.show("topics", lambda: show_topics(view, posts))
timeline = my_own(view.ask(lanes, today=today))
if show_my_timeline(view, timeline):
    show_figure(
        view,
        view.draw("my timeline", lambda: lanes_figure(timeline, view.colours, words, view.theme)),
        title=words("me.timeline_detail"),
        alt=my_timeline_alt(view, timeline),
        key="my_timeline",
        table=lambda: lanes_table(view, timeline),
    )
    show_events(view, timeline)
show_my_posts(view, view.ask(posts_of, name))
show_own_tips(view)
show_method_link(view)
