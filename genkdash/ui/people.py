"""How do the ten stand, in facts? A table for staff: target, surplus, expected today, last post, outlook."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from genkdash.insights.outlook import InfluencerOutlook
from genkdash.insights.progress import InfluencerProgress
from genkdash.ui.downloads import show_downloads
from genkdash.ui.name_column import name_width
from genkdash.ui.outlook import final_text, finish_text, status_text
from genkdash.ui.portion import portion_of
from genkdash.ui.view import View

_ROWS = 40


def show_people(view: View, people: Sequence[InfluencerProgress], outlooks: Sequence[InfluencerOutlook]) -> None:
    """Draw a row per person, in the order of the sheet: never by count."""
    words = view.words
    st.subheader(words("people.title"), anchor=False)
    part = portion_of(view, len(people), key="people", size=_ROWS)
    view.show(("people", part.start), lambda: _show_table(view, people[part], outlooks[part]))
    show_downloads(view, "people")


def _show_table(view: View, people: Sequence[InfluencerProgress], outlooks: Sequence[InfluencerOutlook]) -> None:
    """Draw the rows of these people."""
    words = view.words
    table = pd.DataFrame(
        {
            "name": [person.name for person in people],
            "posts": [person.posts for person in people],
            "target": [person.target for person in people],
            "surplus": [person.surplus for person in people],
            "expected": [None if person.expected is None else round(person.expected, 1) for person in people],
            "last_post": [person.last_post for person in people],
            "gap_days": pd.array([person.gap_days for person in people], dtype="Int64"),
            "status": [status_text(view, outlook) for outlook in outlooks],
            "final": [final_text(view, outlook) for outlook in outlooks],
            "finish": [finish_text(view, outlook) for outlook in outlooks],
        }
    )
    if view.is_over:  # what was expected is the target then, and there is no end left to foresee
        table = table.drop(columns=["expected", "final", "finish"])
    number = st.column_config.NumberColumn
    st.dataframe(
        table,
        hide_index=True,
        height="content",
        alt=words("people.alt"),
        placeholder="–",
        column_config={
            "name": st.column_config.TextColumn(words("people.name"), pinned=True, width=name_width(table["name"])),
            "posts": number(words("people.posts"), format="localized"),
            "target": number(words("people.target"), format="localized"),
            "surplus": number(words("people.surplus"), format="localized"),
            "expected": number(words("people.expected"), format="localized"),
            "last_post": st.column_config.DateColumn(words("people.last_post"), format="DD/MM/YYYY"),
            "gap_days": number(words("people.gap_days"), format="localized", help=words("method.gap")),
            "status": st.column_config.TextColumn(words("people.status"), help=words("method.probability")),
            "final": st.column_config.TextColumn(words("people.final"), help=words("method.final")),
            "finish": st.column_config.TextColumn(words("people.finish"), help=words("method.finish")),
        },
    )
