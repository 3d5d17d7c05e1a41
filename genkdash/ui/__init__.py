"""What knows Streamlit besides the pages."""
