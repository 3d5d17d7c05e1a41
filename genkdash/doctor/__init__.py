"""What in this set-up is in order, and who does what about the rest? Asked by `python -m genkdash doctor`."""
