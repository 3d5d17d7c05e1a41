"""What did the city answer, is it right, and is it kept? Asked again at the moment of writing who may."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from genkdash.outbox import KeepingError, current_outbox
from genkdash.sheet.corrections import cells_of_row, correct, is_same
from genkdash.sheet.names import tidy
from genkdash.sheet.tables import Cell, RawBook
from genkdash.sheet.tips import parse_status
from genkdash.ui.access import current_viewer, is_demo
from genkdash.ui.log_desk import Sentence
from genkdash.ui.view import View

ANSWERS = frozenset({"status", "reply"})
"""The columns that hold an answer; the day beside them follows from it."""
STATUSES: Mapping[str, str] = {"heard": "gehoord", "tried": "geprobeerd", "adopted": "doorgevoerd"}
"""What stands in the sheet for each status: the choices of its dropdown."""


@dataclass(slots=True)
class AnswerDesk:
    """The one form that is open in a session: for the row with this `mark`, "" for none. See `log_desk`.

    `seen` are the cells of that row as they were on screen; `is_new` tells that the form is to be filled with them,
    `is_gone` that its row went away while somebody was writing.
    """

    mark: str = ""
    seen: Mapping[str, Cell] = field(default_factory=dict)
    is_new: bool = False
    is_gone: bool = False
    taps: int = 0
    answered: int = 0
    wrong: Mapping[str, Sentence] = field(default_factory=dict)

    def open(self, mark: str, seen: Mapping[str, Cell]) -> None:
        """Open the form for one row. For `on_click`."""
        self.mark, self.seen, self.is_new, self.is_gone = mark, seen, True, False
        self.wrong, self.answered = {}, self.taps

    def ask(self) -> None:
        """Note that the form was sent, for the run that follows. For `on_click`."""
        self.taps += 1

    def close(self) -> None:
        """Close the form, whatever is in it. For `on_click`."""
        self.mark, self.seen, self.is_new, self.is_gone = "", {}, False, False
        self.wrong, self.answered = {}, self.taps


def keep_answer(view: View, desk: AnswerDesk, book: RawBook, row: int | None) -> None:
    """Fill a form that was just opened; keep what was sent and is not answered yet, and close it.

    `row` is where the row of the form stands now, None where it is gone.
    """
    if desk.mark and row is None:
        desk.close()
        desk.is_gone = True
    if desk.is_new:
        code = parse_status(desk.seen.get("status"))
        st.session_state["answer_status"] = code
        st.session_state["answer_reply"] = _text(desk.seen.get("reply"))
        desk.is_new = False
    taps = desk.taps
    if row is None or desk.answered == taps:
        return
    wrong = _answer(view, desk, book, row)
    if wrong:
        desk.wrong = wrong
        desk.answered = taps
    else:
        desk.close()


def _answer(view: View, desk: AnswerDesk, book: RawBook, row: int) -> Mapping[str, Sentence]:
    """Keep the answer, or return what is wrong with it."""
    code, reply = st.session_state.get("answer_status"), _text(st.session_state.get("answer_reply"))
    there = cells_of_row(book, "tips", row) or {}
    if any(not is_same(there.get(key), desk.seen.get(key)) for key in ANSWERS):
        # From here on it is known what stands there: sent once more, it is meant.
        desk.seen = there
        return {"": ("tips.error.changed", {})}
    new: dict[str, Cell] = {}
    status = STATUSES.get(code) if isinstance(code, str) else None
    if "status" in there and status is not None and parse_status(there["status"]) != code:
        new["status"] = status
    if "reply" in there and reply != _text(there["reply"]):
        new["reply"] = reply or None
    if not new:
        return {"": ("tips.error.nothing", {})}
    if "replied_on" in there and _text(there["replied_on"]) == "":
        # The day of the first answer: what is added later does not make people have waited longer.
        new["replied_on"] = view.latest
    viewer, outbox = current_viewer(), current_outbox()
    if viewer is None or viewer.role != "staff":
        return {"": ("roles.not_yours", {})}
    if outbox is None:
        return {"": ("tips.demo" if is_demo() else "outbox.unwritable", {})}
    correction = correct(book, "tips", row, new)
    try:
        if correction is not None:
            outbox.corrections.put(correction)
    except KeepingError:
        return {"": ("correct.not_kept", {})}
    return {}


def _text(cell: object) -> str:
    """Return a cell, or what the browser sent for it, as tidied text."""
    return "" if cell is None else tidy(str(cell)) or ""
