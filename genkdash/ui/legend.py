"""Which colour is which topic? A legend that wraps on a phone, which a chart's own does not."""

from collections.abc import Mapping, Sequence

import streamlit as st

from genkdash.charts.colours import NO_TOPIC
from genkdash.insights.topics import TopicSummary
from genkdash.safe_text import for_html
from genkdash.ui.view import View

# The theme has no colour for a topic of the sheet, so each swatch carries its own.
_IN_ONE = "display:inline-flex;align-items:center;gap:.4rem;overflow-wrap:anywhere"
_ENTRY = f'<span style="{_IN_ONE};margin:0 1rem .35rem 0">{{mark}}{{label}}</span>'
_BOX = "flex:none;width:.85rem;height:.85rem;border-radius:3px"
_SWATCH = f'<span style="{_BOX};background:{{colour}}"></span>'
_OPEN = f'<span style="{_BOX};border:1.5px solid currentColor;opacity:.45"></span>'
_LINE = '<span style="width:2px;height:1rem;background:currentColor"></span>'
_TAGS = '<div style="display:flex;flex-wrap:wrap;gap:.15rem .9rem;font-size:.875rem">{tags}</div>'
_TAG = f'<span style="{_IN_ONE}">{{swatch}}{{label}}</span>'


def topic_tags(view: View, topics: Sequence[str]) -> str:
    """Return HTML with each topic behind its colour; without a topic it says so."""
    named = [(topic, view.colours.get(topic, NO_TOPIC)) for topic in topics]
    return _TAGS.format(
        tags="".join(
            _TAG.format(swatch=_SWATCH.format(colour=colour), label=for_html(label))
            for label, colour in named or [(view.words("topics.none"), NO_TOPIC)]
        )
    )


def show_strip_legend(view: View, topics: TopicSummary, colours: Mapping[str, str]) -> None:
    """Draw an entry for each topic in use, most told first, and for what else stands in the strips."""
    words = view.words
    entries = [_entry(_SWATCH.format(colour=colours.get(topic, NO_TOPIC)), topic) for topic in topics.shares]
    if topics.posts_without_topic:
        entries.append(_entry(_SWATCH.format(colour=NO_TOPIC), words("topics.none")))
    # Once it is over nothing is expected of today any more, and nothing is to be done: what is open was not told.
    open_ones, line = ("strip.not_told", "strip.target") if view.is_over else ("strip.to_do", "strip.expected")
    entries += [_entry(_OPEN, words(open_ones)), _entry(_LINE, words(line))]
    st.html("".join(entries))


def _entry(mark: str, label: str) -> str:
    """Return one entry of the legend of the strips as HTML."""
    return _ENTRY.format(mark=mark, label=for_html(label))
