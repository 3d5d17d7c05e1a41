"""What does a page know? One viewer, one language, one snapshot, one day: everything it draws comes from here."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

import streamlit as st

from genkdash.access.own_sheet import own_colours, own_sheet
from genkdash.charts.colours import topic_colours
from genkdash.charts.theme import ThemeName
from genkdash.i18n import Translator
from genkdash.insights.suggestion import TeamTotals, team_totals
from genkdash.live.current import current_feed, now
from genkdash.live.memo import SHARED
from genkdash.live.snapshot import Snapshot
from genkdash.sheet.model import Sheet
from genkdash.sheet.parse import parse
from genkdash.ui.access import Role, Viewer, current_viewer
from genkdash.ui.again import show_again
from genkdash.ui.language import current_words
from genkdash.ui.replay import replayed_day

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class View:
    """One look at one revision of the sheet on one day.

    `today` is the day of all numbers. `is_replay` tells that it lies before the real one, `latest` that real one.
    `sheet` is what the viewer may see: for an influencer the own part, with `team` and `colours` (a #rrggbb per
    topic) as all there is of the whole. `sheet_url` opens a Google sheet, and is None elsewhere.
    """

    viewer: Viewer
    words: Translator
    theme: ThemeName
    revision: int
    today: date
    latest: date
    sheet: Sheet
    sheet_url: str | None
    team: TeamTotals
    colours: Mapping[str, str]

    @property
    def is_replay(self) -> bool:
        """Tell whether this is a look back."""
        return self.today < self.latest

    @property
    def is_over(self) -> bool:
        """Tell whether the campaign has ended: its last day lies before `today`."""
        end = self.sheet.campaign.end
        return end is not None and self.today > end

    def ask(self, question: Callable[..., Answer], *args: Hashable, **day: date) -> Answer:
        """Return `question(sheet, *args)`, computed once for everybody who sees the same of this revision and day."""
        return SHARED.ask(self._edition, self.viewer.influencer, question, self.sheet, *args, **day)

    def draw(self, name: Hashable, figure: Callable[[], Answer]) -> Answer:
        """Return a figure, made once for this revision, day, language and theme, from what this viewer may see."""
        key = ("figure", self.viewer.influencer, name, self.words.language, self.theme)
        return SHARED.once(self._edition, key, figure)

    def show(self, name: Hashable, draw: Callable[[], None]) -> None:
        """Draw a part of the page; its elements are made once for everybody who sees the same, and sent to each.

        `draw` makes elements from nothing but this view and `name`, which may hold figures of `draw`. No widgets, and
        nothing of this one session: not the moment, not what was clicked, no file to download.
        """
        seen = (self.viewer.role, self.viewer.influencer, self.words.language, self.theme)
        show_again(SHARED, self._edition, (name, *seen), draw)

    def sheet_later(self) -> Callable[[], Sheet]:
        """Return what gives the whole sheet of this day when it is called, and holds none until then. For staff."""
        day = self.today if self.is_replay else None
        return lambda: _sheet_now(day)

    @property
    def _edition(self) -> Hashable:
        return (self.revision, self.today, self.is_replay)


def open_view(*roles: Role) -> View:
    """Return what this run may see, for a page that serves `roles`.

    Stops the run where there is nothing to see or nobody who may; a viewer of another role is told so.
    """
    viewer = current_viewer()
    snapshot = current_feed().snapshot
    if viewer is None or snapshot is None:
        st.stop()
    words = current_words()
    if viewer.role not in roles:
        st.info(words("roles.not_yours"), icon=":material/lock:")
        st.stop()
    SHARED.forget_with(snapshot, snapshot.revision)
    moment = now()
    latest = snapshot.day(moment)
    # an influencer's page is about what is next, and has no slider to come back from an earlier day
    earlier = None if viewer.role == "influencer" else replayed_day(latest)
    today = earlier or latest
    whole = _sheet_of(snapshot, earlier, moment)
    edition = (snapshot.revision, today, earlier is not None)
    colours: Mapping[str, str] = SHARED.once(edition, "colours", lambda: topic_colours(whole))
    sheet, team = whole, TeamTotals()
    if viewer.role == "influencer":
        name = viewer.influencer
        sheet = SHARED.once(edition, ("own sheet", name), lambda: own_sheet(whole, name))
        team = SHARED.once(edition, ("team", name), lambda: team_totals(whole, name, today=today))
        colours = own_colours(colours, sheet)
    return View(
        viewer=viewer,
        words=words,
        theme="dark" if st.context.theme.type == "dark" else "light",
        revision=snapshot.revision,
        today=today,
        latest=latest,
        sheet=sheet,
        sheet_url=snapshot.book.url,
        team=team,
        colours=colours,
    )


def _sheet_now(earlier: date | None) -> Sheet:
    """Return the sheet of the newest revision, as it stands now or stood on an earlier day.

    Raises:
        LookupError: there is none, as after a start at which nothing could be read.
    """
    snapshot = current_feed().snapshot
    if snapshot is None:
        raise LookupError("no sheet was read")
    return _sheet_of(snapshot, earlier, now())


def _sheet_of(snapshot: Snapshot, earlier: date | None, moment: datetime) -> Sheet:
    """Return the sheet as it stands at `moment`, or stood on an earlier day: what was posted later does not exist.

    Parsed once for everybody.
    """
    if earlier is None:
        return snapshot.sheet(moment)
    edition = (snapshot.revision, earlier, True)
    return SHARED.once(edition, "sheet", lambda: parse(snapshot.book, today=earlier, cut_off=earlier))
