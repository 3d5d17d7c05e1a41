"""Which numbers stand in the first answer? Those at the top of the screen that follows, made once for each revision."""

from datetime import date, datetime
from typing import Literal, TypeAlias

from genkdash.access.own_sheet import own_colours, own_sheet
from genkdash.access.viewer import Viewer
from genkdash.charts.colours import topic_colours
from genkdash.headlines.first import first_own, first_team, first_wall
from genkdash.headlines.html import Html
from genkdash.i18n import Translator
from genkdash.insights.counted import counted_posts
from genkdash.insights.moment import own_standing
from genkdash.insights.progress import team_progress
from genkdash.live.memo import SHARED
from genkdash.live.snapshot import Snapshot
from genkdash.outbox.waiting import first_topic, posts_not_in
from genkdash.sheet.model import Sheet
from genkdash.sheet.unreadable import why_no_posts

FirstScreen: TypeAlias = Literal["own", "team", "wall"]


def first_numbers(
    snapshot: Snapshot, viewer: Viewer, screen: FirstScreen, words: Translator, moment: datetime
) -> Html | None:
    """Return what `viewer` reads first on `screen` at `moment`; None where the screen itself has no number to show."""
    SHARED.forget_with(snapshot, snapshot.revision)
    whole, today = snapshot.sheet(moment), snapshot.day(moment)
    edition = (snapshot.revision, today, False)
    if screen == "own":
        return _own(whole, viewer.influencer, words, today, edition)
    if why_no_posts(whole) is not None or whole.rows.read == 0:
        return None
    team = SHARED.ask(edition, None, team_progress, whole, today=today)
    if screen == "team":
        return first_team(words, team, today=today, end=whole.campaign.end)
    return first_wall(words, team, today=today, end=whole.campaign.end) if team.posts else None


def _own(
    whole: Sheet, name: str | None, words: Translator, today: date, edition: tuple[int, date, bool]
) -> Html | None:
    """Return the top of an influencer's page, from what that person may see; the same answers as the page asks for."""
    own = SHARED.once(edition, ("own sheet", name), lambda: own_sheet(whole, name))
    if name is None or not own.influencers or why_no_posts(own) is not None:
        return None
    colours = own_colours(SHARED.once(edition, "colours", lambda: topic_colours(whole)), own)
    standing = SHARED.ask(edition, name, own_standing, own, name, today=today)
    posts = SHARED.ask(edition, name, counted_posts, own, today=today)
    waiting = [first_topic(entry) for entry in posts_not_in(own, name)]
    return first_own(words, standing, posts, colours, waiting)
