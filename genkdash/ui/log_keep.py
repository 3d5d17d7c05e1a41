"""What was filled in, is it right, and is it kept? Checked again here, whatever the browser sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from genkdash.outbox import Draft, OutboxError, current_outbox, draft_post
from genkdash.outbox.errors import UnwritableError
from genkdash.safe_text import for_markdown
from genkdash.sheet.links import parse_link, same_post_key
from genkdash.sheet.names import fold, tidy
from genkdash.sheet.platforms import platform_of
from genkdash.sheet.topics import likely_theme
from genkdash.ui.access import is_demo
from genkdash.ui.log_desk import Desk, Sentence, pseudonym, sentences
from genkdash.ui.log_form import Choices
from genkdash.ui.log_waiting import waiting_posts
from genkdash.ui.view import View


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form, tidied. `wrong` has a sentence by field."""

    influencer: str | None
    link: str
    topics: tuple[str, ...]
    title: str
    wrong: Mapping[str, Sentence] = field(default_factory=dict)


def keep(view: View, choices: Choices, desk: Desk) -> Mapping[str, str]:
    """Keep what was sent and is not answered yet. Return what is wrong with it, by field; "" for all of it."""
    taps = desk.taps
    if desk.answered != taps and desk.kept_for is None:
        desk.wrong = _answer(view, choices, desk)
        # Last, and what was counted before: a run that is broken off leaves the tap to the next one.
        desk.answered = taps
    return sentences(desk.wrong, view.words)


def _answer(view: View, choices: Choices, desk: Desk) -> Mapping[str, Sentence]:
    """Keep what stands in the form, and note for whom; or return what is wrong with it."""
    filled = _filled(view, choices, desk)
    if filled.wrong or filled.influencer is None:
        return filled.wrong
    if is_demo():
        return {"": ("log.demo", {})}
    try:
        _put(view, choices, filled, desk.key)
    except OutboxError as error:
        return {"": (f"outbox.{error.code}", {name: for_markdown(value) for name, value in error.detail.items()})}
    desk.kept_for = filled.influencer
    return {}


def _put(view: View, choices: Choices, filled: Filled, key: str) -> None:
    """Keep the post on disk.

    Raises:
        OutboxError: it is not kept.
    """
    outbox = current_outbox()
    if outbox is None:
        raise UnwritableError
    outbox.put(_draft(view, choices, filled, key))


def _filled(view: View, choices: Choices, desk: Desk) -> Filled:
    """Return what stands in the form, checked against what this viewer may choose and the sheet has a column for."""
    wrong: dict[str, Sentence] = {}
    name = view.viewer.influencer if view.viewer.role == "influencer" else _text("influencer")
    if name not in {one.name for one in view.sheet.influencers}:
        wrong["influencer"], name = ("log.error.who", {}), None
    link = _text("link") if "link" in choices.columns else ""
    if link and "://" not in link and "." in link:
        link = f"https://{link}"
    if link and parse_link(link).value is None:
        wrong["link"] = ("log.error.link", {})
    elif link and name is not None and (known := _already_logged(view, name, link, desk.key)):
        wrong["link"] = (known, {})
    topics = [topic for topic in st.session_state.get("log_topics") or [] if topic in choices.topics]
    new = _text("new_topic")
    if new:
        same = next((topic for topic in choices.topics if fold(topic) == fold(new)), None)
        meant = None if same else likely_theme(new, choices.topics)
        if meant is not None and desk.how == "post":
            wrong["new_topic"] = ("log.doubt", {"topic": for_markdown(meant)})
        topics.append(same or (meant if meant is not None and desk.how == "meant" else new))
    if "topics" not in choices.columns:
        topics = []
    title = _text("title") if "title" in choices.columns else ""
    if not (link or topics or title) and {"link", "topics", "title"} & choices.columns:
        wrong["empty"] = ("log.error.empty", {})
    if st.session_state.get("log_day") not in choices.days:
        wrong["day"] = ("log.error.day", {})
    return Filled(name, link, tuple(dict.fromkeys(topics)), title, wrong)


def _draft(view: View, choices: Choices, filled: Filled, key: str) -> Draft:
    """Return the row for the sheet, without what it has no column for."""
    state, columns = st.session_state, choices.columns
    likes = state.get("log_likes") if "likes" in columns else None
    return draft_post(
        key=key,
        who=pseudonym(view.viewer.role, filled.influencer or ""),
        day=state["log_day"],
        influencer=filled.influencer or "",
        platform=(_text("platform") or platform_of(filled.link) or "") if "platform" in columns else "",
        topics=filled.topics,
        title=filled.title,
        link=filled.link,
        form=_text("form") if "format" in columns else "",
        likes=likes,
        measured_on=None if likes is None or "measured_on" not in columns else view.latest,
    )


def _already_logged(view: View, name: str, link: str, own_key: str) -> str | None:
    """Return what says that this person's post with this link is there already, None where it is not.

    The post that is being kept, under `own_key`, does not stand in its own way: a second tap is the same post.
    """
    key = same_post_key(link)
    posts = view.sheet.posts
    own = posts[(posts["influencer"] == name) & (posts["post_id"] != own_key)]
    if any(_is_same(there, key) for there in own["link"]):
        return "log.error.known"
    waiting = (entry.values.get("link") for entry in waiting_posts(view, name) if entry.key != own_key)
    return "log.error.waiting" if any(_is_same(there, key) for there in waiting) else None


def _is_same(link: object, key: str) -> bool:
    return isinstance(link, str) and same_post_key(link) == key


def _text(name: str) -> str:
    """Return the text of a field, whatever the browser sent."""
    value = st.session_state.get(f"log_{name}")
    return (tidy(value) or "") if isinstance(value, str) else ""
