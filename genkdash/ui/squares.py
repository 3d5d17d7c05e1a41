"""How far is somebody on the way? The squares, with those of posts that wait to be sent."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from genkdash.headlines.squares import own_squares
from genkdash.insights.moment import OwnStanding
from genkdash.outbox import Entry
from genkdash.outbox.waiting import first_topic
from genkdash.ui.view import View


def show_squares(view: View, standing: OwnStanding, posts: pd.DataFrame, waiting: Sequence[Entry] = ()) -> None:
    """Draw the squares: the counted `posts`, those that wait to be sent with a dashed line, surplus beyond a line."""
    squares = own_squares(view.words, standing, posts, view.colours, [first_topic(entry) for entry in waiting])
    if squares is not None:
        st.html(squares)
