"""How soon can Streamlit show one Plotly chart?"""

import streamlit as st
from small import progress_figure, read_posts

st.title("Genk vertelt")
st.plotly_chart(progress_figure(read_posts()))
