"""What becomes of one form in one session: was it sent, is it answered, is it kept?

Streamlit breaks a run off at every look at its session when a second tap comes, also in the middle of a callback, and
lets the next run begin before the first has ended. So a tap is noted in an object of our own, which no look at the
session stands before; each run answers the taps that it finds, and keeping the same row again is keeping it once.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import streamlit as st

from genkdash.i18n import Translator
from genkdash.outbox import new_post_key
from genkdash.sheet.names import fold

Sentence: TypeAlias = tuple[str, Mapping[str, str]]
"""The id of a message, and what fills it: said in the language of the run that shows it."""


@dataclass(slots=True)
class Desk:
    """One form. `how` is the button that was tapped last, `wrong` has a sentence by field, "" for all of it.

    `key` is made once for what is being filled in: whatever is sent twice under it, is one row. `kept_for` is for whom
    it was kept, until another is begun.
    """

    how: str = ""
    taps: int = 0
    answered: int = 0
    key: str = field(default_factory=new_post_key)
    kept_for: str | None = None
    is_left: bool = False
    wrong: Mapping[str, Sentence] = field(default_factory=dict)

    def ask(self, how: str) -> None:
        """Note that the form was sent, for the run that follows: that one asks again who may. For `on_click`."""
        self.how = how
        self.taps += 1

    def leave(self) -> None:
        """Note that another one is to be begun. For `on_click`."""
        self.is_left = True

    def begin(self) -> None:
        """Begin another one."""
        self.key, self.kept_for, self.wrong, self.answered, self.is_left = new_post_key(), None, {}, self.taps, False


def desk_of(form: str, fields: Sequence[str]) -> Desk:
    """Return the desk of a form in this session; what was left is begun anew, with its `fields` empty."""
    name = f"{form}_desk"
    found: Desk | None = st.session_state.get(name)
    desk = Desk() if found is None else found
    if found is None:
        st.session_state[name] = desk
    if desk.is_left:
        for one in fields:
            st.session_state.pop(f"{form}_{one}", None)
        desk.begin()
    return desk


def sentences(wrong: Mapping[str, Sentence], words: Translator) -> Mapping[str, str]:
    """Return what is wrong, by field, in the language of this run."""
    return {name: words(message, **detail) for name, (message, detail) in wrong.items()}


def pseudonym(role: str, influencer: str) -> str:
    """Return by whom a limit is counted: not a name, and the same in every process."""
    return hashlib.sha256(f"{role}\n{fold(influencer)}".encode()).hexdigest()[:16]
