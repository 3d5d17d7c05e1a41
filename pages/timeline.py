"""When was what told? A lane each; choose one influencer and read the posts."""

import streamlit as st

from genkdash.charts.colours import topic_colours
from genkdash.charts.lanes import lanes_figure
from genkdash.insights.timeline import lanes, posts_of
from genkdash.ui.again import Same
from genkdash.ui.alone import runs_alone, show_so_far
from genkdash.ui.downloads import show_downloads
from genkdash.ui.empty import stop_if_empty
from genkdash.ui.figures import show_figure
from genkdash.ui.methods import show_method_link
from genkdash.ui.tables import lanes_table
from genkdash.ui.timeline import (
    choose_person,
    lanes_alt,
    lanes_shown,
    lanes_title,
    show_binning,
    show_events,
    show_own_posts,
)
from genkdash.ui.view import View, open_view


@runs_alone("staff")
def show_lanes(view: View) -> None:
    """Draw whom one may choose, the lane of that one or of all, and the posts."""
    timeline = view.ask(lanes, today=view.today)
    chosen = choose_person(view, [influencer.name for influencer in view.sheet.influencers])
    heading = st.container()
    shown = lanes_shown(view, timeline, chosen)
    show_figure(
        view,
        view.draw(("lanes", Same(shown)), lambda: lanes_figure(shown, view.ask(topic_colours), view.words, view.theme)),
        title=lanes_title(view, shown),
        alt=lanes_alt(view, shown),
        key="lanes",
        table=lambda: lanes_table(view, shown),
        heading=heading,
    )
    show_so_far()
    show_binning(view, shown)
    show_events(view, shown)
    show_downloads(view, "posts")
    if chosen:
        show_own_posts(view, chosen, view.ask(posts_of, chosen))
    else:
        st.caption(view.words("timeline.hint"))


view = open_view("staff")
st.title(view.words("timeline.title"), anchor=False)
stop_if_empty(view)
show_lanes()
show_method_link(view)
# The part above outlives the run, and keeps all names of this file: with this one, the sheet of a page that was closed.
del view
