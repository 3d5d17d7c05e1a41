"""How does a headline number look? Large and few: a card with a label, a value, and a line that puts it in place."""

from collections.abc import Sequence

import streamlit as st

from genkdash.headlines.number import Number


def show_numbers(numbers: Sequence[Number]) -> None:
    """Draw the cards side by side; on a phone two by two."""
    with st.grid(len(numbers), min_column_width=150, gap="small"):
        for number in numbers:
            with st.container(border=True, gap=None, height="stretch"):
                st.metric(number.label, number.value, help=number.explanation)
                st.caption(number.context)
