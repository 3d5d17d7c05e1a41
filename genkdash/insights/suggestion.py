"""What may one influencer know of the whole team, and which theme could be next?

Of the team only totals, and only where the posts of at least five others make them up. Nothing here names a person,
and nothing compares two.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from genkdash.insights.counted import number_counted
from genkdash.insights.once import once_per_sheet
from genkdash.insights.progress import progress_by_influencer
from genkdash.sheet.model import Sheet, Topic

_OTHERS_NEEDED = 5


@dataclass(frozen=True, slots=True)
class TeamTotals:
    """The team as one of it may see it. Both are None where fewer than five others have a counted post.

    `posts` are all counted posts; `untold` the listed topics that no row of the sheet names, counted or not.
    """

    posts: int | None = None
    untold: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A listed topic to tell about. `is_new_to_all`: nobody in the team did yet; otherwise the person did not."""

    topic: Topic
    is_new_to_all: bool


def team_totals(sheet: Sheet, influencer: str | None, *, today: date) -> TeamTotals:
    """Return what `influencer` may know of the whole team at the end of `today`."""
    progress = progress_by_influencer(sheet, today=today)
    others = [one for one in progress if one.posts > 0 and one.name != influencer]
    if len(others) < _OTHERS_NEEDED:
        return TeamTotals()
    told = frozenset().union(*_topics_by_author(sheet).values())
    return TeamTotals(
        number_counted(sheet, today=today), tuple(topic.name for topic in sheet.topics or () if topic.name not in told)
    )


def suggestion(sheet: Sheet, team: TeamTotals, influencer: str) -> Suggestion | None:
    """Return a topic nobody touched yet, else one that `influencer` did not; None when there is none, or no list.

    `sheet` may be narrowed to what `influencer` may see. Who asks gets another topic than most others would, and the
    same one as long as the sheet does not change.
    """
    listed = sheet.topics or ()
    own = _topics_by_author(sheet).get(influencer, frozenset())
    new_to_all = [topic for topic in listed if topic.name in (team.untold or ())]
    new_to_me = [topic for topic in listed if topic.name not in own]
    if new_to_all:
        return Suggestion(_drawn(new_to_all, influencer), is_new_to_all=True)
    return Suggestion(_drawn(new_to_me, influencer), is_new_to_all=False) if new_to_me else None


@once_per_sheet
def _topics_by_author(sheet: Sheet) -> Mapping[str | None, frozenset[str]]:
    """Return the topics of all rows by the name they are of; None for rows of nobody known."""
    topics: dict[str | None, set[tuple[str, ...]]] = {}
    for author, told in zip(sheet.posts["influencer"], sheet.posts["topics"], strict=True):
        topics.setdefault(author, set()).add(told)
    return {author: frozenset(chain.from_iterable(told)) for author, told in topics.items()}


def _drawn(topics: Sequence[Topic], influencer: str) -> Topic:
    """Return one of `topics`, drawn by the name, so that ten people do not all get the first."""
    lot = int.from_bytes(hashlib.sha256(influencer.encode()).digest()[:4], "big")
    return topics[lot % len(topics)]
