"""How do posts look as a list? A card each: what, who, where, when, about what."""

from typing import Any

import pandas as pd
import streamlit as st

from genkdash.i18n.formats import day
from genkdash.safe_text import for_link, for_markdown
from genkdash.ui.view import View

_NEWEST = 6


def show_news(view: View, recent: pd.DataFrame) -> None:
    """Draw the newest posts of the last days under their own heading."""
    st.subheader(view.words("news.title"), anchor=False)
    st.caption(view.words.plural("news.count", len(recent)))
    show_posts(view, recent.head(_NEWEST), key="news")


def show_posts(view: View, posts: pd.DataFrame, *, key: str, with_name: bool = True) -> None:
    """Draw a card per row of `posts`, in their order. Rows have title, link, influencer, platform, date, topics."""
    for post in posts.itertuples():
        _show_post(view, post, key=f"{key}_{post.row}", with_name=with_name)


def _show_post(view: View, post: Any, *, key: str, with_name: bool) -> None:
    """Draw one card; the title is the link where there is one."""
    words = view.words
    title = for_markdown(post.title) if post.title else words("post.untitled")
    link = for_link(post.link)
    about = [
        for_markdown(post.influencer) if with_name else "",
        for_markdown(post.platform) if post.platform else words("platform.unknown"),
        day(post.date.date(), words),
        ", ".join(for_markdown(topic) for topic in post.topics) or words("topics.none"),
    ]
    with st.container(border=True, gap=None, key=key):
        if link:
            st.link_button(title, link, type="tertiary", icon=":material/open_in_new:", icon_position="right")
        else:
            st.markdown(title)
        st.caption(" · ".join(part for part in about if part))
