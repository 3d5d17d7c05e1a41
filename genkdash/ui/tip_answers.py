"""What does the city answer to a tip, and how far is that answer? A small form in the card of the tip, one at a time.

An answer is a correction of the tip's row (docs/adr/0013): it finds the row by what it says, wherever that went, and
is written only while the cells hold what was on screen when the form was opened.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from genkdash.live.current import current_feed
from genkdash.outbox import CorrectionEntry, KeepingError, Outbox, current_outbox
from genkdash.safe_text import for_markdown
from genkdash.sheet.corrections import cells_of_row, row_mark
from genkdash.sheet.model import Tip
from genkdash.sheet.tables import Cell
from genkdash.ui.access import current_viewer
from genkdash.ui.answer_keep import ANSWERS, STATUSES, AnswerDesk, keep_answer
from genkdash.ui.freshness import COMES_BY_SECONDS
from genkdash.ui.log_desk import sentences
from genkdash.ui.log_waiting import may_log
from genkdash.ui.view import View

MAX_LETTERS = 1000
_DESK = "answer_desk"
_SHOWN = "answers_shown"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a run knows: the cells of each tip's row by its number, which answers are under way, and what is typed.

    `marks` are what the rows are known by; `first` the row that stands for each mark, for two tips may be the same.
    """

    desk: AnswerDesk
    cells: Mapping[int, Mapping[str, Cell]]
    marks: Mapping[int, str]
    first: Mapping[str, int]
    entries: Mapping[str, CorrectionEntry]
    wrong: Mapping[str, str] = field(default_factory=dict)


def answers_of(view: View) -> Answers | None:
    """Keep what was sent, and return what the cards need; None where nobody answers from here, or on an earlier day."""
    snapshot = current_feed().snapshot
    if view.viewer.role != "staff" or view.is_replay or snapshot is None or not may_log():
        return None
    found = {tip.row: cells_of_row(snapshot.book, "tips", tip.row) for tip in view.sheet.tips}
    cells = {row: one for row, one in found.items() if one is not None}
    if not any({"status", "reply"} & one.keys() for one in cells.values()):
        return None
    marks = {row: row_mark("tips", one) for row, one in cells.items()}
    first: dict[str, int] = {}
    for row, mark in marks.items():
        first.setdefault(mark, row)
    desk: AnswerDesk | None = st.session_state.get(_DESK)
    if desk is None:
        desk = AnswerDesk()
        st.session_state[_DESK] = desk
    keep_answer(view, desk, snapshot.book, first.get(desk.mark))
    entries = _entries(current_outbox())
    st.session_state[_SHOWN] = _states(entries)
    # Always there, full or empty: the cards below it keep their place, and are never seen twice while a run lasts.
    with st.container():
        if desk.is_gone:
            st.warning(view.words("tips.error.gone"), icon=":material/info:")
    return Answers(desk, cells, marks, first, entries, sentences(desk.wrong, view.words))


def show_answer(view: View, answers: Answers | None, tip: Tip) -> None:
    """Draw in the card of a tip: the answer that is under way, the form, or the button that opens it."""
    mark = None if answers is None else answers.marks.get(tip.row)
    if answers is None or mark is None or answers.first[mark] != tip.row:
        return
    entry = answers.entries.get(mark)
    if answers.desk.mark == mark:
        _show_form(view, answers, answers.cells[tip.row])
    elif entry is not None and entry.state != "refused":
        _show_under_way(view, entry)
    else:
        if entry is not None:
            st.warning(view.words(f"tips.refused.{entry.code}"), icon=":material/front_hand:")
        is_answered = bool(tip.reply or tip.status)
        st.button(
            view.words("tips.change" if is_answered else "tips.answer"),
            type="tertiary" if is_answered else "secondary",
            icon=":material/reply:",
            key=f"answer_open_{mark}",
            on_click=answers.desk.open,
            args=(mark, answers.cells[tip.row]),
        )


def _show_form(view: View, answers: Answers, cells: Mapping[str, Cell]) -> None:
    """Draw the form; a field whose column is not in the sheet is not there."""
    words, desk = view.words, answers.desk
    with st.form("answer", border=False, enter_to_submit=False):
        if "status" in cells:
            st.pills(
                words("tips.status"),
                list(STATUSES),
                format_func=lambda code: words(f"tip.{code}"),
                key="answer_status",
                persist_state="session",
            )
        if "reply" in cells:
            label = words("tips.reply")
            st.text_area(label, max_chars=MAX_LETTERS, height=90, key="answer_reply", persist_state="session")
        if answers.wrong:
            st.warning(" ".join(answers.wrong.values()), icon=":material/info:")
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(words("tips.keep"), type="primary", key="answer_send", on_click=desk.ask)
            st.form_submit_button(words("tips.close"), key="answer_close", on_click=desk.close)


def _show_under_way(view: View, entry: CorrectionEntry) -> None:
    """Draw the answer that is on its way to the sheet, and why it waits if it does."""
    words, new = view.words, entry.correction.new
    st.badge(words("tips.under_way"), icon=":material/hourglass_top:", color="blue")
    if new.get("reply"):
        st.markdown(words("lessons.reply", reply=for_markdown(str(new["reply"]))))
    if entry.code is not None:
        st.caption(words(f"error.{entry.code}", **{name: for_markdown(text) for name, text in entry.detail.items()}))
    _follow()


@st.fragment(run_every=COMES_BY_SECONDS)
def _follow() -> None:
    """Run the page again when an answer went further; who looks is asked again by that run."""
    viewer = current_viewer()
    if viewer is None or viewer.role != "staff" or _states(_entries(current_outbox())) != st.session_state.get(_SHOWN):
        st.rerun()


def _entries(outbox: Outbox | None) -> Mapping[str, CorrectionEntry]:
    """Return the last answer to each tip that is not read in the sheet yet, by the mark of its row."""
    try:
        entries = () if outbox is None else outbox.corrections.entries()
    except KeepingError:  # which its sender says
        return {}
    answers = [one for one in entries if one.correction.tab_key == "tips" and one.correction.new.keys() & ANSWERS]
    return {row_mark("tips", one.correction.seen): one for one in answers}


def _states(entries: Mapping[str, CorrectionEntry]) -> tuple[tuple[str, str, str | None], ...]:
    return tuple((mark, one.state, one.code) for mark, one in entries.items())
