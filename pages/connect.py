"""How do I see my own sheet here instead of the example? The first run, for staff over the example."""

import streamlit as st

from genkdash.ui.first_run import show_first_run
from genkdash.ui.methods import show_method_link
from genkdash.ui.view import open_view

view = open_view("staff")
st.title(view.words("connect.title"), anchor=False)
show_first_run(view)
show_method_link(view)
