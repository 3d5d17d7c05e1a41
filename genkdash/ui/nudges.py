"""Who can use a nudge? For staff: each with the reasons, in facts, and a friendly message to copy."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import streamlit as st

from genkdash.i18n.formats import chance, day, whole
from genkdash.insights.moment import own_standing
from genkdash.insights.nudges import Nudge
from genkdash.insights.suggestion import Suggestion, suggestion, team_totals
from genkdash.safe_text import for_markdown
from genkdash.sheet.model import Sheet
from genkdash.ui.filters import choose_many
from genkdash.ui.portion import portion_of
from genkdash.ui.reminder import reminder
from genkdash.ui.view import View

_CARDS = 12
_REASONS: Mapping[str, Callable[[Nudge], bool]] = {
    "never": lambda nudge: nudge.has_never_posted,
    "silent": lambda nudge: nudge.silent_days is not None,
    "behind": lambda nudge: nudge.behind is not None,
    "chance": lambda nudge: nudge.chance is not None,
    "rows": lambda nudge: nudge.rows > 0,
}


def show_nudges(view: View, nudges: Sequence[Nudge]) -> None:
    """Draw a card for each influencer with a reason, in the order of the sheet; say so when there is none."""
    st.subheader(view.words("nudge.title"), anchor=False, help=view.words("method.status"))
    if not nudges:
        st.success(view.words(f"nudge.none{_of_the_moment(view)}"), icon=":material/check_circle:")
        return
    chosen = _chosen(view, nudges)
    part = portion_of(view, len(chosen), key="nudges", size=_CARDS)
    view.show(("nudges", part.start, chosen), lambda: _show_cards(view, chosen[part]))


def _chosen(view: View, nudges: Sequence[Nudge]) -> tuple[Nudge, ...]:
    """Return the nudges with one of the reasons that somebody chooses; or all: where they fit or have one."""
    counts = {name: sum(holds(nudge) for nudge in nudges) for name, holds in _REASONS.items()}
    present = [name for name, count in counts.items() if count]
    if len(nudges) <= _CARDS or len(present) < 2:
        return tuple(nudges)
    words = view.words
    chosen = choose_many(
        "reden",
        words("nudge.filter"),
        present,
        lambda name: words(f"nudge.filter.{name}", count=whole(counts[name], words)),
    )
    return tuple(nudge for nudge in nudges if not chosen or any(_REASONS[name](nudge) for name in chosen))


def _show_cards(view: View, nudges: Sequence[Nudge]) -> None:
    """Draw these cards."""
    columns = 4 if len(nudges) % 3 == 1 else 3  # so that no card stands alone on a row
    with st.grid(columns, min_column_width=240, gap="small"):
        for nudge in nudges:
            with st.container(border=True, gap=None, height="stretch"):
                st.markdown(f"**{for_markdown(nudge.name)}**")
                st.markdown(" · ".join(_reasons(view, nudge)))
                st.caption(_last_post(view, nudge))
                _show_reminder(view, nudge)


def _of_the_moment(view: View) -> str:
    """Return the ending of the sentence for who needs no nudge: before, during or after the campaign."""
    campaign = view.sheet.campaign
    if campaign.start is not None and view.today < campaign.start:
        return ".before"
    return ".after" if view.is_over else ""


def _show_reminder(view: View, nudge: Nudge) -> None:
    """Draw the message behind a button, with a button that copies it."""
    standing = view.ask(own_standing, nudge.name, today=view.today)
    idea = view.ask(_idea_for, nudge.name, today=view.today)
    label = view.words("reminder.button")
    with st.popover(label, icon=":material/chat:", type="tertiary", key=f"reminder_{nudge.name}"):
        st.caption(view.words("reminder.about"))
        st.code(reminder(nudge, standing, idea), language=None, wrap_lines=True)


def _idea_for(sheet: Sheet, name: str, *, today: date) -> Suggestion | None:
    """Return one topic that this person may tell about."""
    return suggestion(sheet, team_totals(sheet, name, today=today), name)


def _reasons(view: View, nudge: Nudge) -> list[str]:
    """Return the reasons that hold, gravest first."""
    words = view.words
    reasons = []
    if nudge.has_never_posted:
        reasons.append(words("nudge.never"))
    if nudge.silent_days is not None:
        reasons.append(words.plural("nudge.silent", nudge.silent_days))
    if nudge.behind is not None:
        reasons.append(words.plural("nudge.behind", nudge.behind))
    if nudge.chance is not None:
        reasons.append(words("nudge.chance", chance=chance(nudge.chance, words)))
    if nudge.rows:
        reasons.append(words.plural("nudge.rows", nudge.rows))
    return reasons


def _last_post(view: View, nudge: Nudge) -> str:
    """Return when the last post was."""
    if nudge.last_post is None:
        return view.words("nudge.no_post")
    return view.words("nudge.last_post", day=day(nudge.last_post, view.words))
