"""Launches genkdash: `streamlit run app.py`.

The script that Streamlit runs is `genkdash/dashboard.py`, so that the old discovery of `pages/` beside the running
script can't serve a page without the gate (docs/adr/0001).
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from genkdash.server.assets import Assets, place_of, version_of
from genkdash.server.edition import Edition
from genkdash.server.first_answer import first_answer
from genkdash.server.gate import Gate
from genkdash.server.headers import SafeHeaders
from genkdash.server.health import Health
from genkdash.server.language import PageLanguage
from genkdash.server.lifespan import lifespan_with
from genkdash.server.links import open_link
from genkdash.server.page_assets import PageAssets
from genkdash.server.sign_in import sign_in, sign_out
from genkdash.server.sign_in_secrets import sign_in_secrets
from genkdash.server.way_back import WayBack

app = st.App(
    Path(__file__).parent / "genkdash" / "dashboard.py",
    secrets=sign_in_secrets(),
    lifespan=lifespan_with(st.get_option),
    middleware=[
        Middleware(SafeHeaders),
        Middleware(Gate, doors={"aanmelden": sign_in, "afmelden": sign_out, "link": open_link}),
        Middleware(Health),
        Middleware(Assets),
        Middleware(PageAssets, version_of=version_of, place_of=place_of),
        Middleware(WayBack),
        Middleware(Edition),
        Middleware(PageLanguage, first_answer=first_answer),
    ],
)
