"""What was typed as a tip, is it right, and is it kept? Checked again here, whatever the browser sent."""

from collections.abc import Mapping

import streamlit as st

from genkdash.outbox import OutboxError, current_outbox, draft_tip
from genkdash.outbox.errors import UnwritableError
from genkdash.safe_text import for_markdown
from genkdash.sheet.names import tidy
from genkdash.ui.access import current_viewer, is_demo
from genkdash.ui.log_desk import Desk, Sentence, pseudonym, sentences
from genkdash.ui.view import View


def keep_tip(view: View, desk: Desk) -> Mapping[str, str]:
    """Keep what was sent and is not answered yet. Return what is wrong with it, by field; "" for all of it."""
    taps = desk.taps
    if desk.answered != taps and desk.kept_for is None:
        desk.wrong = _answer(view, desk)
        desk.answered = taps
    return sentences(desk.wrong, view.words)


def _answer(view: View, desk: Desk) -> Mapping[str, Sentence]:
    """Keep the tip under the own name, or return what is wrong with it."""
    typed = st.session_state.get("tip_text")
    text = (tidy(typed) or "") if isinstance(typed, str) else ""
    if not text:
        return {"text": ("tips.error.empty", {})}
    viewer = current_viewer()
    if viewer is None or viewer.role != "influencer" or viewer.influencer is None:
        return {"": ("roles.not_yours", {})}
    if is_demo():
        return {"": ("tips.demo", {})}
    try:
        _put(view, viewer.influencer, text)
    except OutboxError as error:
        return {"": (f"outbox.{error.code}", {name: for_markdown(value) for name, value in error.detail.items()})}
    desk.kept_for = viewer.influencer
    return {}


def _put(view: View, influencer: str, text: str) -> None:
    """Keep the tip on disk.

    Raises:
        OutboxError: it is not kept.
    """
    outbox = current_outbox()
    if outbox is None:
        raise UnwritableError
    outbox.put(draft_tip(who=pseudonym("influencer", influencer), day=view.latest, influencer=influencer, tip=text))
