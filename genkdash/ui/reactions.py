"""How do reactions look? A median with its coverage, or "te weinig berichten": never a verdict from a handful."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from genkdash.i18n.formats import whole
from genkdash.insights.reactions import Median, Reaction
from genkdash.ui.numbers import Number
from genkdash.ui.view import View


def reaction_numbers(view: View, medians: Mapping[Reaction, Median]) -> list[Number]:
    """Return a card for each kind of reaction: its median over all posts, and how many posts have a count."""
    words = view.words
    return [
        Number(
            words(f"reactions.{name}"),
            words("reactions.few") if median.median is None else whole(median.median, words),
            words("reactions.coverage", known=median.known, posts=median.posts),
        )
        for name, median in medians.items()
    ]


def show_medians(view: View, medians: Sequence[Median], nameless: str) -> None:
    """Draw a row per group, most posts first: median likes, or that there are too few to say."""
    words = view.words
    table = pd.DataFrame(
        {
            "group": [median.group or nameless for median in medians],
            "median": [
                words("reactions.few") if median.median is None else whole(median.median, words) for median in medians
            ],
            "coverage": [words("reactions.coverage", known=median.known, posts=median.posts) for median in medians],
            "young": [median.young for median in medians],
        }
    )
    st.dataframe(
        table,
        hide_index=True,
        height="content",
        alt=words("reactions.alt"),
        column_config={
            "group": st.column_config.TextColumn(words("reactions.group"), pinned=True),
            "median": st.column_config.TextColumn(words("reactions.median")),
            "coverage": st.column_config.TextColumn(words("reactions.known")),
            "young": st.column_config.NumberColumn(words("reactions.young"), help=words("reactions.young_help")),
        },
    )
