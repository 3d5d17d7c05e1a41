"""What does a page know? One viewer, one language, one snapshot, one day: everything it draws comes from here."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import streamlit as st

from genkdash.charts.theme import ThemeName
from genkdash.i18n import Translator
from genkdash.live.current import current_feed, now
from genkdash.live.snapshot import Snapshot
from genkdash.sheet.model import Sheet
from genkdash.sheet.parse import parse
from genkdash.ui.access import Viewer, current_viewer
from genkdash.ui.language import current_words
from genkdash.ui.memo import SHARED
from genkdash.ui.replay import replayed_day

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class View:
    """One look at one revision of the sheet on one day.

    `today` is the day of all numbers. `is_replay` tells that it lies before the real one, `latest` that real one.
    """

    viewer: Viewer
    words: Translator
    theme: ThemeName
    revision: int
    today: date
    latest: date
    sheet: Sheet

    @property
    def is_replay(self) -> bool:
        """Tell whether this is a look back."""
        return self.today < self.latest

    def ask(self, question: Callable[..., Answer], *args: Hashable, **day: date) -> Answer:
        """Return `question(sheet, *args)`, computed once for everybody who looks at this revision and day."""
        key = (question.__module__, question.__qualname__, args, tuple(day.items()))
        return SHARED.once(self._edition, key, lambda: question(self.sheet, *args, **day))

    def draw(self, name: Hashable, figure: Callable[[], Answer]) -> Answer:
        """Return a figure, made once for this revision, day, language and theme."""
        key = ("figure", name, self.words.language, self.theme)
        return SHARED.once(self._edition, key, figure)

    @property
    def _edition(self) -> Hashable:
        return (self.revision, self.today, self.is_replay)


def open_view() -> View:
    """Return what this run may see. Stops the run where there is nothing to see or nobody who may."""
    viewer = current_viewer()
    snapshot = current_feed().snapshot
    if viewer is None or snapshot is None:
        st.stop()
    moment = now()
    latest = snapshot.day(moment)
    earlier = replayed_day(latest)
    return View(
        viewer=viewer,
        words=current_words(),
        theme="dark" if st.context.theme.type == "dark" else "light",
        revision=snapshot.revision,
        today=earlier or latest,
        latest=latest,
        sheet=snapshot.sheet(moment) if earlier is None else _sheet_as_of(snapshot, earlier),
    )


def _sheet_as_of(snapshot: Snapshot, day: date) -> Sheet:
    """Return the sheet as it stood on `day`: what was posted later does not exist. Parsed once for everybody."""
    edition = (snapshot.revision, day, True)
    return SHARED.once(edition, "sheet", lambda: parse(snapshot.book, today=day, cut_off=day))
