"""Launches genkdash: `streamlit run app.py`.

The script that Streamlit runs is `genkdash/dashboard.py`, so that the old discovery of `pages/` beside the running
script can't serve a page without the gate (docs/adr/0001).
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from genkdash.server.language import PageLanguage
from genkdash.server.lifespan import lifespan

app = st.App(
    Path(__file__).parent / "genkdash" / "dashboard.py", lifespan=lifespan, middleware=[Middleware(PageLanguage)]
)
