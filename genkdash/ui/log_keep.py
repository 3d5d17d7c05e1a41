"""What was filled in, is it right, and is it kept? Checked again here, whatever the browser sent."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from genkdash.outbox import Draft, OutboxError, current_outbox, draft_post, new_post_key
from genkdash.outbox.errors import UnwritableError
from genkdash.safe_text import for_markdown
from genkdash.sheet.links import parse_link, same_post_key
from genkdash.sheet.names import fold, tidy
from genkdash.sheet.platforms import platform_of
from genkdash.sheet.topics import likely_theme
from genkdash.ui.access import is_demo
from genkdash.ui.log_form import FIELDS, Choices
from genkdash.ui.log_waiting import waiting_posts
from genkdash.ui.view import View

_KEY = "log_key"
_KEPT = "log_kept"
_ASKED = "log_asked"


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form, tidied. `errors` has a sentence by field."""

    influencer: str | None
    link: str
    topics: tuple[str, ...]
    title: str
    errors: Mapping[str, str] = field(default_factory=dict)


def ask_to_keep(how: str) -> None:
    """Note that the form was sent, for the run that follows: that one asks again who may. For `on_click`."""
    st.session_state[_ASKED] = how


def kept() -> Mapping[str, str] | None:
    """Return for whom the last post was kept, as long as no other is begun."""
    receipt: Mapping[str, str] | None = st.session_state.get(_KEPT)
    return receipt


def begin_another() -> None:
    """Forget what was filled in, for the next post. For `on_click`."""
    for name in (*(f"log_{one}" for one in FIELDS), _KEY, _KEPT, _ASKED):
        st.session_state.pop(name, None)


def keep(view: View, choices: Choices) -> Mapping[str, str]:
    """Keep what was sent in this run, if anything was. Return what is wrong with it, by field; "" for all of it."""
    # A run may be broken off at every look at the session: what was asked stays asked until it is answered, and keeping
    # the same post again is keeping it once.
    how = st.session_state.get(_ASKED)
    wrong = {} if how is None or kept() is not None else _answer(view, choices, how)
    st.session_state.pop(_ASKED, None)
    return wrong


def _answer(view: View, choices: Choices, how: str) -> Mapping[str, str]:
    """Keep what stands in the form, and note for whom; or return what is wrong with it."""
    filled = _filled(view, choices, how)
    if filled.errors or filled.influencer is None:
        return filled.errors
    if is_demo():
        return {"": view.words("log.demo")}
    try:
        _put(view, filled)
    except OutboxError as error:
        detail = {name: for_markdown(value) for name, value in error.detail.items()}
        return {"": view.words(f"outbox.{error.code}", **detail)}
    st.session_state[_KEPT] = {"influencer": filled.influencer}
    return {}


def _put(view: View, filled: Filled) -> None:
    """Keep the post on disk.

    Raises:
        OutboxError: it is not kept.
    """
    outbox = current_outbox()
    if outbox is None:
        raise UnwritableError
    outbox.put(_draft(view, filled))


def _filled(view: View, choices: Choices, how: str) -> Filled:
    """Return what stands in the form, checked against what this viewer may choose."""
    words, errors = view.words, {}
    name = view.viewer.influencer if view.viewer.role == "influencer" else _text("influencer")
    if name not in {one.name for one in view.sheet.influencers}:
        errors["influencer"], name = words("log.error.who"), None
    link = _text("link")
    if link and "://" not in link and "." in link:
        link = f"https://{link}"
    if link and parse_link(link).value is None:
        errors["link"] = words("log.error.link")
    elif link and name is not None and (known := _already_logged(view, name, link)):
        errors["link"] = known
    topics = [topic for topic in st.session_state.get("log_topics") or [] if topic in choices.topics]
    new = _text("new_topic")
    if new:
        same = next((topic for topic in choices.topics if fold(topic) == fold(new)), None)
        meant = None if same else likely_theme(new, choices.topics)
        if meant is not None and how == "post":
            errors["new_topic"] = words("log.doubt", topic=for_markdown(meant))
        topics.append(same or (meant if meant is not None and how == "meant" else new))
    title = _text("title")
    if not (link or topics or title):
        errors["link"] = words("log.error.empty")
    chosen = st.session_state.get("log_day")
    if chosen not in choices.days:
        errors["day"] = words("log.error.day")
    return Filled(name, link, tuple(dict.fromkeys(topics)), title, errors)


def _draft(view: View, filled: Filled) -> Draft:
    """Return the row for the sheet. Its key is made once for a form, so that sending it again is the same post."""
    state = st.session_state
    likes = state.get("log_likes")
    return draft_post(
        key=state.setdefault(_KEY, new_post_key()),
        who=_pseudonym(view.viewer.role, filled.influencer or ""),
        day=state["log_day"],
        influencer=filled.influencer or "",
        platform=_text("platform") or platform_of(filled.link) or "",
        topics=filled.topics,
        title=filled.title,
        link=filled.link,
        form=_text("form"),
        likes=likes,
        measured_on=None if likes is None else view.latest,
    )


def _already_logged(view: View, name: str, link: str) -> str | None:
    """Return the sentence that this person's post with this link is there already, None where it is not."""
    key = same_post_key(link)
    own = view.sheet.posts[view.sheet.posts["influencer"] == name]
    if any(_is_same(there, key) for there in own["link"]):
        return view.words("log.error.known")
    waiting = (entry.values.get("link") for entry in waiting_posts(view, name))
    return view.words("log.error.waiting") if any(_is_same(there, key) for there in waiting) else None


def _is_same(link: object, key: str) -> bool:
    return isinstance(link, str) and same_post_key(link) == key


def _text(name: str) -> str:
    """Return the text of a field, whatever the browser sent."""
    value = st.session_state.get(f"log_{name}")
    return (tidy(value) or "") if isinstance(value, str) else ""


def _pseudonym(role: str, influencer: str) -> str:
    """Return by whom a limit is counted: not a name, and the same in every process."""
    return hashlib.sha256(f"{role}\n{fold(influencer)}".encode()).hexdigest()[:16]
