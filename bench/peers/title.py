"""How soon can Streamlit show anything at all? A page with a title."""

import streamlit as st

st.title("Genk vertelt")
