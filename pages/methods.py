"""How is each number made, and what do we refuse to compute?"""

import streamlit as st

from genkdash.ui.methods import method_text, show_statement_link
from genkdash.ui.view import open_view

view = open_view("staff", "influencer")
st.title(view.words("methods.title"), anchor=False)
st.markdown(method_text())
show_statement_link(view)
