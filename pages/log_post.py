"""What did I tell? The form to log a post: kept on disk before it says so, then sent to the sheet."""

import streamlit as st

from genkdash.ui.log_desk import desk_of
from genkdash.ui.log_form import FIELDS, choices_of, show_form
from genkdash.ui.log_keep import keep
from genkdash.ui.log_thanks import show_thanks
from genkdash.ui.log_waiting import may_log, show_waiting
from genkdash.ui.methods import show_method_link, stop_with_links
from genkdash.ui.view import open_view

view = open_view("influencer", "staff")
words = view.words
st.title(words("log_post.title"), anchor=False)
if not may_log() or not view.sheet.influencers:
    st.info(words("log.off"), icon=":material/info:")
    stop_with_links(view)
choices = choices_of(view)
desk = desk_of("log", FIELDS)
errors = keep(view, choices, desk)
if "" in errors:
    st.warning(errors[""], icon=":material/info:")
with st.container(width=640):
    if desk.kept_for is None:
        show_form(view, choices, errors, desk.ask)
    else:
        show_thanks(view, desk.kept_for, desk)
    show_waiting(view, view.viewer.influencer)
show_method_link(view)
