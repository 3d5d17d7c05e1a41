"""What does somebody fill in to log a post? Few fields first, the rest behind "meer"; one tap sends it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import streamlit as st

from genkdash.i18n.formats import near_day
from genkdash.safe_text import for_markdown
from genkdash.sheet.platforms import USUAL_FORMS, USUAL_PLATFORMS
from genkdash.ui.view import View

FIELDS = ("influencer", "link", "topics", "new_topic", "title", "day", "platform", "form", "likes")
MAX_LETTERS = 500
_PLATFORMS_SHOWN = 8
_DAYS_BACK = 200


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen: names (for staff only), topics and platforms, the usual ones first, days, the last one first.

    A list of days, not a calendar: Streamlit's speaks English.
    """

    influencers: Sequence[str]
    topics: Sequence[str]
    platforms: Sequence[str]
    days: Sequence[date]


def choices_of(view: View) -> Choices:
    """Return what may be chosen, from what this viewer may see."""
    posts = view.sheet.posts
    listed = [topic.name for topic in view.sheet.topics or ()]
    told = [topic for topics in posts["topics"] for topic in dict.fromkeys(topics)]
    used = sorted(dict.fromkeys(told), key=lambda topic: (-told.count(topic), topic))
    seen = posts["platform"].dropna().value_counts(sort=True)
    return Choices(
        influencers=[one.name for one in view.sheet.influencers] if view.viewer.role == "staff" else (),
        topics=list(dict.fromkeys([*used, *listed])),
        platforms=list(dict.fromkeys([*map(str, seen.index), *USUAL_PLATFORMS]))[:_PLATFORMS_SHOWN],
        days=[view.latest - timedelta(days=back) for back in range(_DAYS_BACK)],
    )


def show_form(view: View, choices: Choices, errors: Mapping[str, str], ask: Callable[[str], None]) -> None:
    """Draw the form with what is wrong under each field. `ask` is called with how it was sent."""
    words = view.words
    with st.form("log_post", border=False, enter_to_submit=False):
        if choices.influencers:
            _field("influencer", errors, st.selectbox, words("log.who"), choices.influencers, index=None)
        _field(
            "link", errors, st.text_input, words("log.link"), placeholder=words("log.link_hint"), max_chars=MAX_LETTERS
        )
        if choices.topics:
            _field("topics", errors, st.pills, words("log.topics"), choices.topics, **_pills(choices.topics, "multi"))
        _field("new_topic", {}, st.text_input, words("log.new_topic"), max_chars=60)
        _show_doubt(view, errors, ask)
        _field("title", errors, st.text_input, words("log.title_field"), max_chars=MAX_LETTERS)
        with st.expander(words("log.more"), expanded=bool({"day", "likes"} & errors.keys())):
            st.session_state.setdefault("log_day", choices.days[0])
            days = {"format_func": lambda one: near_day(one, choices.days[0], words)}
            _field("day", errors, st.selectbox, words("log.day"), choices.days, **days)
            _field(
                "platform",
                errors,
                st.pills,
                words("log.platform"),
                choices.platforms,
                **_pills(choices.platforms, "single"),
            )
            _field("form", errors, st.pills, words("log.form"), USUAL_FORMS, **_pills(USUAL_FORMS, "single"))
            _field("likes", errors, st.number_input, words("log.likes"), min_value=0, value=None, step=1)
        st.form_submit_button(
            words("log.send"),
            type="primary",
            icon=":material/send:",
            key="log_send",
            width="stretch",
            on_click=ask,
            args=("post",),
        )


def _show_doubt(view: View, errors: Mapping[str, str], ask: Callable[[str], None]) -> None:
    """Ask whether a new topic is the one it resembles: one tap answers, and sends."""
    if "new_topic" not in errors:
        return
    st.info(errors["new_topic"], icon=":material/help:")
    with st.container(horizontal=True, gap="small"):
        st.form_submit_button(view.words("log.doubt_yes"), key="log_meant", on_click=ask, args=("meant",))
        st.form_submit_button(view.words("log.doubt_no"), key="log_new", on_click=ask, args=("new",))


def _field(
    name: str, errors: Mapping[str, str], widget: Callable[..., Any], label: str, *args: Any, **how: Any
) -> None:
    """Draw one field, and under it what is wrong with it."""
    widget(label, *args, key=f"log_{name}", persist_state="session", **how)
    if name in errors:
        st.markdown(f":red[:material/error: {errors[name]}]")


def _pills(options: Sequence[str], mode: str) -> dict[str, Any]:
    """Return how pills of sheet text are drawn."""
    return {"selection_mode": mode, "format_func": for_markdown, "wrap": True} if options else {}
