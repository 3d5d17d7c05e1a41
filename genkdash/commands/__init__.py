"""`python -m genkdash COMMAND`: the same numbers as the screens, without a browser."""
