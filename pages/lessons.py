"""What did the young people teach the city, and what did the city do with it?"""

import streamlit as st

from genkdash.insights.lessons import tip_summary
from genkdash.ui.downloads import show_downloads
from genkdash.ui.lessons import show_tips, tip_numbers
from genkdash.ui.methods import show_method_link, stop_with_links
from genkdash.ui.numbers import show_numbers
from genkdash.ui.tip_waiting import show_waiting_tips
from genkdash.ui.view import open_view

view = open_view("staff")
words = view.words
st.title(words("lessons.title"), anchor=False)
show_waiting_tips(view)
if not view.sheet.tips:
    st.info(words("lessons.empty"), title=words("lessons.empty.title"), icon=":material/lightbulb:")
    stop_with_links(view)

show_numbers(tip_numbers(view, view.ask(tip_summary)))
show_tips(view, view.sheet.tips)
show_downloads(view, "tips")
show_method_link(view)
