"""What does somebody see who just logged a post? That it is kept, how many there are now, and what comes next."""

import streamlit as st

from genkdash.insights.counted import counted_posts
from genkdash.insights.moment import own_standing
from genkdash.safe_text import for_markdown
from genkdash.ui.log_desk import Desk
from genkdash.ui.log_waiting import waiting_posts
from genkdash.ui.squares import show_squares
from genkdash.ui.view import View


def show_thanks(view: View, influencer: str, desk: Desk) -> None:
    """Say thanks with the new count and the grown strip, and offer the next post."""
    words = view.words
    posts = view.ask(counted_posts, today=view.today)
    own = posts[posts["influencer"] == influencer]
    waiting = waiting_posts(view, influencer)
    count = len(own) + len(waiting)
    if view.viewer.role == "staff":
        st.success(words.plural("log.thanks_for", count, name=for_markdown(influencer)), icon=":material/check_circle:")
    else:
        st.success(words.plural("log.thanks", count), icon=":material/check_circle:")
        standing = view.ask(own_standing, influencer, today=view.today)
        show_squares(view, standing, own, waiting)
    st.button(words("log.another"), icon=":material/add:", key="log_another", width="stretch", on_click=desk.leave)
