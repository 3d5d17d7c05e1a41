"""How do posts look as a list? A card each: about what, the title, who, where and when, how people reacted."""

from typing import Any, Literal

import pandas as pd
import streamlit as st

from genkdash.i18n.formats import day, whole
from genkdash.insights.reactions import REACTIONS, is_young
from genkdash.safe_text import for_link, for_markdown
from genkdash.ui.legend import topic_tags
from genkdash.ui.view import View

_NEWEST = 6


def show_news(view: View, recent: pd.DataFrame) -> None:
    """Draw the newest posts of the last days under their own heading."""
    st.subheader(view.words("news.title"), anchor=False)
    st.caption(view.words.plural("news.count", len(recent)))
    post: Any
    for post in recent.head(_NEWEST).itertuples():
        # too young for its counts to mean anything
        _show_post(
            view, post, key=f"news_{post.row}", name=for_markdown(post.influencer), reactions="", height="content"
        )


def show_posts(view: View, posts: pd.DataFrame, *, key: str) -> None:
    """Draw a card per row of one influencer's `posts`, in their order.

    Rows have title, link, platform, date, topics, the four counts (NaN is unknown) and measured_on.
    """
    for post in posts.itertuples():
        _show_post(view, post, key=f"{key}_{post.row}", name="", reactions=_reactions(view, post))


def _show_post(  # noqa: PLR0913 -- a card is made of these, and all are named where it is drawn
    view: View,
    post: Any,
    *,
    key: str,
    name: str,
    reactions: str,
    height: Literal["content", "stretch"] = "stretch",
) -> None:
    """Draw one card; the title is the link where there is one. `name` and `reactions` are ready for markdown."""
    words = view.words
    title = for_markdown(post.title) if post.title else words("post.untitled")
    link = for_link(post.link)
    about = [
        name,
        for_markdown(post.platform) if post.platform else words("platform.unknown"),
        day(post.date.date(), words),
    ]
    with st.container(border=True, gap=None, height=height, key=key):
        st.html(topic_tags(view, post.topics))
        if link:
            st.link_button(title, link, type="tertiary", icon=":material/open_in_new:", icon_position="right")
        else:
            st.markdown(title)
        st.caption(" · ".join(part for part in about if part))
        if reactions:
            st.caption(reactions)


def _reactions(view: View, post: Any) -> str:
    """Return the counts that are known and when they were read; nothing where nothing is known, never a zero."""
    words = view.words
    counts = {name: getattr(post, name) for name in REACTIONS}
    known = [
        words.plural(f"post.{name}", count, number=whole(count, words))
        for name, count in counts.items()
        if not pd.isna(count)
    ]
    if known and not pd.isna(post.measured_on):
        state = "post.measured_young" if is_young(post.date, post.measured_on) else "post.measured"
        known.append(words(state, day=day(post.measured_on.date(), words)))
    return " · ".join(known)
