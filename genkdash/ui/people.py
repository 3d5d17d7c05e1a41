"""How do the ten stand, in facts? A table for staff: target, surplus, expected today, last post, outlook."""

from collections.abc import Sequence

import streamlit as st

from genkdash.headlines.facts import facts_table
from genkdash.i18n.formats import day, one_decimal, whole
from genkdash.insights.outlook import InfluencerOutlook
from genkdash.insights.progress import InfluencerProgress
from genkdash.ui.downloads import show_downloads
from genkdash.ui.outlook import final_text, finish_text, status_text
from genkdash.ui.portion import portion_of
from genkdash.ui.view import View

_ROWS = 40
_UNKNOWN = "–"
_ONLY_UNTIL_THE_END = frozenset({"expected", "final", "finish"})


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
    columns: dict[str, list[str] | list[str | None]] = {
        "name": [person.name for person in people],
        "posts": [whole(person.posts, words) for person in people],
        "target": [whole(person.target, words) for person in people],
        "surplus": [whole(person.surplus, words) for person in people],
        "expected": [None if one.expected is None else one_decimal(one.expected, words) for one in people],
        "last_post": [None if person.last_post is None else day(person.last_post, words) for person in people],
        "gap_days": [None if person.gap_days is None else whole(person.gap_days, words) for person in people],
        "status": [status_text(view, outlook) for outlook in outlooks],
        "final": [final_text(view, outlook) for outlook in outlooks],
        "finish": [finish_text(view, outlook) for outlook in outlooks],
    }
    # what was expected is the target once it is over, and there is no end left to foresee
    left_out = _ONLY_UNTIL_THE_END if view.is_over else frozenset()
    shown = {name: cells for name, cells in columns.items() if name not in left_out}
    texts = {words(f"people.{name}"): [cell or _UNKNOWN for cell in cells] for name, cells in shown.items()}
    st.html(facts_table(texts, alt=words("people.alt")))
