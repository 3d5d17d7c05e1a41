"""How do tips look? A card each: what was taught, by whom, what the city answered, and in how many days."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from genkdash.headlines.number import Number
from genkdash.i18n.formats import day, one_decimal, share, whole
from genkdash.insights.lessons import TipSummary, is_answered
from genkdash.safe_text import for_link, for_markdown
from genkdash.sheet.model import Tip
from genkdash.ui.filters import choose_many
from genkdash.ui.portion import portion_of
from genkdash.ui.tip_answers import answers_of, show_answer
from genkdash.ui.view import View

_CARDS = 24


def tip_numbers(view: View, tips: TipSummary) -> list[Number]:
    """Return the numbers of the lessons screen."""
    words, days = view.words, tips.median_days_to_answer
    answered = share(tips.answered / tips.given, words)
    return [
        Number(words("lessons.given"), whole(tips.given, words), words("lessons.given_context")),
        Number(
            words("lessons.answered"),
            words("overview.of", part=whole(tips.answered, words), whole=whole(tips.given, words)),
            words("lessons.answered_context", share=answered),
        ),
        Number(words("lessons.adopted"), whole(tips.adopted, words), words("lessons.adopted_context")),
        Number(
            words("lessons.days"),
            words("lessons.unknown") if days is None else one_decimal(days, words),
            words("lessons.days_context"),
            words("method.tips"),
        ),
    ]


def show_tips(view: View, tips: Sequence[Tip]) -> None:
    """Draw a card per tip, in the order of the sheet, with an answer to give where that may be done from here."""
    answers = answers_of(view)
    tips = _chosen(view, tips)
    tips = tips[portion_of(view, len(tips), key="tips", size=_CARDS)]
    with st.grid(2, min_column_width=300, gap="small"):
        for tip in tips:
            with st.container(border=True, gap="xsmall", height="stretch"):
                _show_tip(view, tip)
                show_answer(view, answers, tip)


def _chosen(view: View, tips: Sequence[Tip]) -> Sequence[Tip]:
    """Return the tips of which became what somebody chooses; all of them, and no choice, where they fit."""
    counts = Counter(map(_status, tips))
    present = [status for status in _ICONS if counts[status]]
    if len(tips) <= _CARDS or len(present) < 2:
        return tips
    words = view.words
    chosen = choose_many(
        "antwoord",
        words("lessons.filter"),
        present,
        lambda status: words("lessons.filter_label", status=words(f"tip.{status}"), count=whole(counts[status], words)),
    )
    return [tip for tip in tips if not chosen or _status(tip) in chosen]


def _status(tip: Tip) -> str:
    """Return what became of a tip, as its badge says."""
    return tip.status or ("heard" if is_answered(tip) else "waiting")


def _show_tip(view: View, tip: Tip) -> None:
    """Draw one tip with what became of it."""
    words = view.words
    st.markdown(f"**{for_markdown(tip.text)}**")
    told = [for_markdown(tip.influencer) if tip.influencer else "", day(tip.day, words) if tip.day else ""]
    st.caption(" · ".join(part for part in told if part))
    link = for_link(tip.link)
    if link:
        st.link_button(words("lessons.shown"), link, type="tertiary", icon=":material/open_in_new:")
    show_status(view, tip)
    if tip.reply:
        st.markdown(words("lessons.reply", reply=for_markdown(tip.reply)))
    if tip.day and tip.replied_on:
        st.caption(words.plural("lessons.after", (tip.replied_on - tip.day).days))


def show_status(view: View, tip: Tip) -> None:
    """Draw what became of a tip."""
    status = _status(tip)
    st.badge(view.words(f"tip.{status}"), icon=_ICONS[status], color="green" if status == "adopted" else "gray")


_ICONS = {
    "waiting": ":material/hourglass_empty:",
    "heard": ":material/hearing:",
    "tried": ":material/experiment:",
    "adopted": ":material/check_circle:",
}
