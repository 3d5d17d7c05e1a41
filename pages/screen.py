"""What does the team see together, on a wall and without a keyboard? Totals, and first names of who opted in."""

from genkdash.ui.screen import show_screen

show_screen()
