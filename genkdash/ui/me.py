"""What does one influencer read? What is done, what now, in a kind voice: no rank, no other name, no reproach."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from genkdash.charts.colours import NO_TOPIC
from genkdash.headlines.own import own_headline, own_line, own_numbers, pause_name
from genkdash.i18n.formats import whole
from genkdash.insights.moment import OwnStanding
from genkdash.insights.suggestion import Suggestion
from genkdash.outbox import Entry
from genkdash.safe_text import for_html, for_link, for_markdown
from genkdash.ui.empty import missing_posts
from genkdash.ui.log_waiting import LOG_PAGE, may_log
from genkdash.ui.methods import stop_with_links
from genkdash.ui.squares import show_squares
from genkdash.ui.view import View

_WITH_IDEA = frozenset({"not_started", "reached", "never_posted", "under_way"})
_SWATCH = '<span style="width:.85rem;height:.85rem;border-radius:3px;background:{colour}"></span>'
_TOPIC = (
    '<span style="display:inline-flex;align-items:center;gap:.45rem;margin:0 1.1rem .45rem 0;font-size:1.05rem">'
    "{swatch}{topic}&nbsp;<strong>{count}</strong></span>"
)


def greet(view: View) -> str:
    """Greet who looks and return the name; end the run with an explanation where there is nothing to tell."""
    words, name = view.words, view.viewer.influencer
    if missing_posts(view) is not None:
        st.title(words("me.waiting"), anchor=False)
        st.markdown(words("me.unreadable"))
        stop_with_links(view)
    if name is None or not view.sheet.influencers:
        st.title(words("me.waiting"), anchor=False)
        st.markdown(words("me.nobody"))
        stop_with_links(view)
    st.title(words("me.title", name=for_markdown(name)), anchor=False)
    return name


def show_standing(view: View, standing: OwnStanding, posts: pd.DataFrame, waiting: Sequence[Entry] = ()) -> None:
    """Draw the card at the top: what is done and what now, the squares, the numbers.

    `posts` are the counted ones; `waiting` those that were logged and are not in the sheet yet.
    """
    with st.container(border=True, gap="small"):
        st.subheader(own_headline(view.words, standing), anchor=False)
        st.markdown(own_line(view.words, standing, pause=for_markdown(pause_name(standing))))
        show_squares(view, standing, posts, waiting)
        numbers = own_numbers(view.words, standing)
        with st.grid(len(numbers), min_column_width=80, gap="small"):
            for label, value in numbers:
                st.metric(label, value)


def show_log_button(view: View) -> None:
    """Draw the way to log a post: our form, else the sheet itself where it has an address, otherwise nothing."""
    label = view.words("me.log")
    address = for_link(view.sheet_url)
    if may_log():
        if st.button(label, type="primary", icon=":material/edit_square:", key="log_begin", width="stretch"):
            st.switch_page(LOG_PAGE)
    elif address:
        st.link_button(label, address, type="primary", icon=":material/edit_square:", width="stretch")


def show_idea(view: View, standing: OwnStanding, idea: Suggestion | None) -> None:
    """Draw one topic to tell about, where there is one and time for it, and what the team did together."""
    words = view.words
    if idea is not None and standing.moment in _WITH_IDEA:
        about = words(
            "me.idea_new_to_all" if idea.is_new_to_all else "me.idea_new_to_me", topic=for_markdown(idea.topic.name)
        )
        with st.container(border=True, gap="xsmall"):
            st.markdown(f":material/lightbulb: **{about}**")
            if idea.topic.description:
                st.caption(for_markdown(idea.topic.description))
            st.caption(words("me.idea_invite"))
    if view.team.posts:
        st.markdown(words.plural("me.team", view.team.posts))


def show_topics(view: View, posts: pd.DataFrame) -> None:
    """Draw the own topics with their colours and counts, most told first; a post with two counts for both."""
    words = view.words
    st.subheader(words("me.topics_title"), anchor=False)
    counts = Counter(topic for topics in posts["topics"] for topic in dict.fromkeys(topics))
    if not counts:
        st.markdown(words("me.topics_none"))
        return
    entries = [
        _TOPIC.format(
            swatch=_SWATCH.format(colour=view.colours.get(topic, NO_TOPIC)),
            topic=for_html(topic),
            count=whole(count, words),
        )
        for topic, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    ]
    st.html("".join(entries))
