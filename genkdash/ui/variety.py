"""How different are the voices, how much have we seen, and does the variety grow?"""

import pandas as pd
import streamlit as st

from genkdash.charts.growth import growth_figure
from genkdash.i18n.formats import one_decimal, share, whole
from genkdash.insights.sampling import Seen
from genkdash.insights.variety import Voices
from genkdash.ui.figures import show_figure
from genkdash.ui.headlines import UNKNOWN
from genkdash.ui.numbers import Number, show_numbers
from genkdash.ui.tables import growth_table
from genkdash.ui.view import View


def show_variety(view: View, voices: Voices | None, seen: Seen) -> None:
    """Draw how many distinct voices there are, beside what chance alone would give, and how complete the picture is."""
    words = view.words
    beta = UNKNOWN if voices is None else one_decimal(voices.beta, words)
    by_chance = UNKNOWN if voices is None else one_decimal(voices.beta_by_chance, words)
    coverage = UNKNOWN if seen.coverage is None else share(seen.coverage, words)
    total = UNKNOWN if seen.q0 is None else whole(seen.q0, words)
    st.subheader(words("variety.title"), anchor=False)
    show_numbers(
        [
            Number(
                words("variety.voices"),
                beta,
                words("variety.by_chance", chance=by_chance),
                words("method.voices"),
            ),
            Number(words("variety.coverage"), coverage, words("variety.coverage_context"), words("method.coverage")),
            Number(words("variety.total"), total, words("variety.total_context"), words("method.asymptotic")),
        ]
    )


def show_growth(view: View, growth: pd.DataFrame) -> None:
    """Draw the variety over time, once there are two days to compare."""
    if len(growth) < 2:
        return
    words = view.words
    last = growth.iloc[-1]
    show_figure(
        view,
        view.draw("growth", lambda: growth_figure(growth, words, view.theme)),
        title=words("growth.title"),
        alt=words("growth.alt", posts=int(last["posts"]), value=one_decimal(float(last["q1"]), words)),
        key="growth",
        table=lambda: growth_table(view, growth),
    )


def show_overlap(view: View, overlap: pd.DataFrame) -> None:
    """Draw, behind a switch, how much every two influencers tell about the same. For staff."""
    words = view.words
    if not st.toggle(words("overlap.switch"), key="overlap", persist_state="session", help=words("method.overlap")):
        return
    table = overlap.rename_axis(index=None, columns=None)
    st.dataframe(table.round(2), alt=words("overlap.switch"), height="content", placeholder="–")
