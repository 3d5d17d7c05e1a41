"""Frame in, Plotly figure out. One theme, one module per chart."""
