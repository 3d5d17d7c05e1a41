"""What does a colleague read about this week? A message in plain text, ready to copy into a mail or a chat."""

import streamlit as st
from babel.lists import format_list

from genkdash.i18n import Translator
from genkdash.i18n.formats import day_and_month, share
from genkdash.insights.digest import WeeklyDigest, weekly_digest
from genkdash.ui.view import View


def show_digest(view: View) -> None:
    """Draw the message behind a button; a copy button stands on it. For staff."""
    words = view.words
    with st.popover(words("digest.button"), icon=":material/mail:", type="tertiary", key="digest"):
        st.caption(words("digest.about"))
        st.code(digest_text(view.ask(weekly_digest, today=view.today), words), language=None, wrap_lines=True)


def digest_text(week: WeeklyDigest, words: Translator) -> str:
    """Return the message: what came, who posted, what is new, where we stand. Sheet text stays on one line."""
    lines = [
        words(
            "digest.title",
            campaign=week.campaign,
            start=day_and_month(week.start, words),
            end=day_and_month(week.end, words),
        ),
        "",
    ]
    if week.posts:
        lines.append(words.plural("digest.posts", week.posts, names=_listed(week.posted, words)))
    else:
        lines.append(words("digest.no_posts"))
    if week.new_topics:
        topics = _listed(week.new_topics, words)
        lines.append(words.plural("digest.new_topics", len(week.new_topics), topics=topics))
    if week.reached:
        lines.append(words.plural("digest.reached", len(week.reached), names=_listed(week.reached, words)))
    for tip in week.answered:
        about = {"tip": _one_line(tip.text), "reply": _one_line(tip.reply or "")}
        lines.append(words("digest.answered" if tip.reply else "digest.answered_unsaid", **about))
    lines += ["", _team(week, words)]
    return "\n".join(lines)


def _team(week: WeeklyDigest, words: Translator) -> str:
    """Return where everybody stands together."""
    team = week.team
    if team.share is None:
        return words.plural("digest.team_open", team.posts)
    part = share(team.share, words)
    return words.plural("digest.team", team.done, target=team.target, share=part, reached=team.reached)


def _listed(names: tuple[str, ...], words: Translator) -> str:
    """Return "Amina, Bram en Cem"."""
    return format_list([_one_line(name) for name in names], locale=words.locale)


def _one_line(text: str) -> str:
    """Return text of the sheet without its line breaks."""
    return " ".join(text.split())
