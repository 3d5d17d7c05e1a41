"""Who can use this dashboard, and what is still in somebody's way? The accessibility statement."""

import streamlit as st

from genkdash.ui.methods import statement_text
from genkdash.ui.view import open_view

view = open_view("staff", "influencer", "screen")
st.title(view.words("accessible.title"), anchor=False)
st.markdown(statement_text())
