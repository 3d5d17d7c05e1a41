"""What does a screen say first? A few numbers and sentences, as text and as HTML, without Streamlit."""
