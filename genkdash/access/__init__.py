"""Who may come in, and as whom? Pure rules: no Streamlit, no HTTP."""
