"""How different are the voices, how much have we seen, and does the variety grow?"""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from genkdash.charts.growth import growth_figure
from genkdash.headlines.number import UNKNOWN, Number
from genkdash.i18n.formats import one_decimal, share, whole
from genkdash.insights.sampling import Rarefied, Seen
from genkdash.insights.topics import InfluencerTopics
from genkdash.insights.variety import Voices
from genkdash.ui.figures import show_figure
from genkdash.ui.name_column import name_width
from genkdash.ui.numbers import show_numbers
from genkdash.ui.portion import portion_of
from genkdash.ui.tables import growth_table
from genkdash.ui.view import View

_ROWS = 40
_COUNT = 110  # pixels: as wide as its header, so that a phone shows the number beside the name


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
        alt=words("growth.alt", posts=whole(int(last["posts"]), words), value=one_decimal(float(last["q1"]), words)),
        key="growth",
        table=lambda: growth_table(view, growth),
    )


def show_own_variety(view: View, own: Sequence[InfluencerTopics], rarefied: Sequence[Rarefied]) -> None:
    """Draw how varied each one's posts are, in the order of the sheet: no rank, and no range for a single person."""
    words = view.words
    st.subheader(words("own.title"), anchor=False)
    part = portion_of(view, len(own), key="own", size=_ROWS)
    own, rarefied = own[part], rarefied[part]
    m = next((one.m for one in rarefied if one.m is not None), None)
    table = pd.DataFrame(
        {
            "name": [one.name for one in own],
            "posts": [one.posts for one in own],
            "topics": [one.topics for one in own],
            "q1": [None if one.q1 is None else one_decimal(one.q1, words) for one in own],
            "pie": [None if one.pie is None else share(one.pie, words) for one in own],
            "rarefied": [None if one.richness is None else one_decimal(one.richness, words) for one in rarefied],
        }
    )
    text = st.column_config.TextColumn
    columns = {
        "name": text(words("people.name"), pinned=True, width=name_width(table["name"])),
        "posts": st.column_config.NumberColumn(words("own.posts"), format="localized", width=_COUNT),
        "topics": st.column_config.NumberColumn(words("own.topics"), width=_COUNT),
        "q1": text(words("own.varied"), help=words("method.hill")),
        "pie": text(words("topics.differ"), help=words("method.pie")),
        "rarefied": text(words("own.rarefied", m=whole(m, words)), help=words("method.rarefied")) if m else None,
    }
    st.dataframe(
        table, hide_index=True, height="content", placeholder=UNKNOWN, alt=words("own.alt"), column_config=columns
    )


def show_overlap(view: View, overlap: pd.DataFrame) -> None:
    """Draw, behind a switch, how much every two influencers tell about the same. For staff."""
    words = view.words
    if not st.toggle(words("overlap.switch"), key="overlap", persist_state="session", help=words("method.overlap")):
        return
    part = portion_of(view, len(overlap), key="overlap_rows", size=_ROWS)
    table = overlap.iloc[part].rename_axis(index=None, columns=None)
    columns = {name: st.column_config.NumberColumn(format="localized") for name in table.columns}
    st.dataframe(table.round(2), alt=words("overlap.switch"), height="content", placeholder="–", column_config=columns)
