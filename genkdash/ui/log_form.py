"""What does somebody fill in to log a post? Few fields first, the rest behind "meer"; one tap sends it.

A field whose column is not in the sheet is not there: what is typed in it would come nowhere.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from genkdash.i18n.formats import near_day
from genkdash.live.current import current_feed
from genkdash.safe_text import for_markdown
from genkdash.sheet.platforms import USUAL_FORMS, USUAL_PLATFORMS
from genkdash.sheet.writable import writable_columns
from genkdash.ui.view import View

FIELDS = ("influencer", "link", "topics", "new_topic", "title", "day", "platform", "form", "likes")
MAX_LETTERS = 500
_PLATFORMS_SHOWN = 8
_DAYS_BACK = 200


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen: names (for staff only), topics and platforms, the usual ones first, days, the last one first.

    A list of days, not a calendar: Streamlit's speaks English. `columns` are the keys of those that the sheet has.
    """

    influencers: Sequence[str]
    topics: Sequence[str]
    platforms: Sequence[str]
    days: Sequence[date]
    columns: frozenset[str]


def choices_of(view: View) -> Choices:
    """Return what may be chosen, from what this viewer may see; a spelling that looks like a mistake is not."""
    posts = view.sheet.posts
    doubtful = {issue.detail["topic"] for issue in view.sheet.issues if issue.code == "similar-topic"}
    listed = [topic.name for topic in view.sheet.topics or ()]
    told = [topic for topics in posts["topics"] for topic in dict.fromkeys(topics) if topic not in doubtful]
    used = [topic for topic, _ in sorted(Counter(told).items(), key=lambda one: (-one[1], one[0]))]
    seen = posts["platform"].dropna().value_counts(sort=True)
    snapshot = current_feed().snapshot
    return Choices(
        influencers=[one.name for one in view.sheet.influencers] if view.viewer.role == "staff" else (),
        topics=list(dict.fromkeys([*used, *listed])),
        platforms=list(dict.fromkeys([*map(str, seen.index), *USUAL_PLATFORMS]))[:_PLATFORMS_SHOWN],
        days=[view.latest - timedelta(days=back) for back in range(_DAYS_BACK)],
        columns=frozenset() if snapshot is None else writable_columns(snapshot.book, "posts"),
    )


def show_form(view: View, choices: Choices, errors: Mapping[str, str], ask: Callable[[str], None]) -> None:
    """Draw the form with what is wrong under each field. `ask` is called with how it was sent."""
    words, columns = view.words, choices.columns
    with st.form("log_post", border=False, enter_to_submit=False):
        if choices.influencers:
            st.selectbox(
                words("log.who"), choices.influencers, index=None, key="log_influencer", persist_state="session"
            )
        _show_wrong("influencer", errors)
        if "link" in columns:
            st.text_input(
                words("log.link"),
                placeholder=words("log.link_hint"),
                max_chars=MAX_LETTERS,
                key="log_link",
                persist_state="session",
            )
        _show_wrong("link", errors)
        _show_wrong("empty", errors)
        if "topics" in columns:
            _show_topics(view, choices)
        _show_doubt(view, errors, ask)
        if "title" in columns:
            label = words("log.title_field")
            st.text_input(label, max_chars=MAX_LETTERS, key="log_title", persist_state="session")
        with st.expander(words("log.more"), expanded="day" in errors):
            _show_more(view, choices, errors)
        st.form_submit_button(
            words("log.send"),
            type="primary",
            icon=":material/send:",
            key="log_send",
            width="stretch",
            on_click=ask,
            args=("post",),
        )


def _show_topics(view: View, choices: Choices) -> None:
    """Draw the topics there are, and a place for another."""
    words = view.words
    if choices.topics:
        st.pills(
            words("log.topics"),
            choices.topics,
            selection_mode="multi",
            format_func=for_markdown,
            wrap=True,
            key="log_topics",
            persist_state="session",
        )
    st.text_input(words("log.new_topic"), max_chars=60, key="log_new_topic", persist_state="session")


def _show_more(view: View, choices: Choices, errors: Mapping[str, str]) -> None:
    """Draw what most people leave as it is."""
    words, columns = view.words, choices.columns
    st.session_state.setdefault("log_day", choices.days[0])
    st.selectbox(
        words("log.day"),
        choices.days,
        format_func=lambda one: near_day(one, choices.days[0], words),
        key="log_day",
        persist_state="session",
    )
    _show_wrong("day", errors)
    if "platform" in columns:
        st.pills(
            words("log.platform"),
            choices.platforms,
            format_func=for_markdown,
            wrap=True,
            key="log_platform",
            persist_state="session",
        )
    if "format" in columns:
        st.pills(
            words("log.form"),
            USUAL_FORMS,
            format_func=for_markdown,
            wrap=True,
            key="log_form",
            persist_state="session",
        )
    if "likes" in columns:
        st.number_input(words("log.likes"), min_value=0, value=None, step=1, key="log_likes", persist_state="session")


def _show_doubt(view: View, errors: Mapping[str, str], ask: Callable[[str], None]) -> None:
    """Ask whether a new topic is the one it resembles: one tap answers, and sends."""
    if "new_topic" not in errors:
        return
    st.info(errors["new_topic"], icon=":material/help:")
    with st.container(horizontal=True, gap="small"):
        st.form_submit_button(view.words("log.doubt_yes"), key="log_meant", on_click=ask, args=("meant",))
        st.form_submit_button(view.words("log.doubt_no"), key="log_new", on_click=ask, args=("new",))


def _show_wrong(name: str, errors: Mapping[str, str]) -> None:
    """Draw what is wrong with one field, under it."""
    if name in errors:
        st.markdown(f":red[:material/error: {errors[name]}]")
