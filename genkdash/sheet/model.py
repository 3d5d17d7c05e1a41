"""What does a sheet mean, once it has been read? Campaign, people, topics, posts, issues."""

import dataclasses
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

import pandas as pd

Severity: TypeAlias = Literal["error", "warning", "info"]

POST_COLUMNS: Mapping[str, str] = {
    "row": "int64",  # row number in the sheet, 1 = first row of the tab
    "date": "datetime64[us]",  # midnight of the calendar day; NaT when missing or unreadable
    "influencer": "object",  # name as in the Influencers tab, or None
    "platform": "object",  # one spelling per platform, or None when blank
    "topics": "object",  # tuple of topic names, in the order typed, empty when none
    "title": "object",  # text or None
    "link": "object",  # http(s) address or None
    "format": "object",  # "foto", "video", ... as typed (trimmed), or None
    "likes": "float64",  # whole numbers, NaN when unknown; so are the next three
    "comments": "float64",
    "shares": "float64",
    "reach": "float64",
    "measured_on": "datetime64[us]",
    "post_id": "object",  # text or None
    "counted": "bool",
    "reason": "object",  # issue code that keeps it from counting, or None
}


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing in the sheet that a person may want to look at.

    `row` is numbered as the sheet numbers it; `column` is a letter ("A"); `field` is the column's key
    in the contract ("date"); `value` is what the cell shows. All four are None where they make no sense.
    `detail` holds what the sentence needs besides the value, such as {"suggestion": "Amina"}.
    `url` opens the cell in a Google sheet, and is None elsewhere.
    """

    code: str
    severity: Severity
    tab: str
    row: int | None = None
    column: str | None = None
    field: str | None = None
    value: str | None = None
    detail: Mapping[str, str] = dataclasses.field(default_factory=dict)
    url: str | None = None


@dataclass(frozen=True, slots=True)
class RowCount:
    """`read == counted + not_counted`; wholly blank rows stand apart."""

    read: int
    counted: int
    not_counted: int
    blank: int


@dataclass(frozen=True, slots=True)
class Campaign:
    """The frame of the pilot. `start` and `end` are inclusive; both None while there is no post and no setting."""

    name: str
    start: date | None
    end: date | None
    target: int = 12
    timezone: str = "Europe/Brussels"
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Influencer:
    """One young person. `start`, `end` and `target` are already the campaign's where no own value is given."""

    name: str
    target: int
    start: date | None
    end: date | None
    account: str | None = None
    aliases: tuple[str, ...] = ()
    interests: str | None = None
    is_shown: bool = False


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who may sign in as an influencer of the sheet: under which name, and by which address if by one.

    The address is for the gate alone; it stands in no Sheet, so that no page can show it, and no repr does.
    """

    name: str = dataclasses.field(repr=False)
    email: str | None = dataclasses.field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Topic:
    """One theme of the Thema's tab. Discovered themes are not in the list; they only stand in the posts."""

    name: str
    synonyms: tuple[str, ...] = ()
    colour: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An event or a pause, both days inclusive. `influencer` None = everybody. `weight` counts for a pause only."""

    start: date
    end: date
    kind: Literal["event", "pause"]
    name: str | None = None
    influencer: str | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Tip:
    """What a young person taught the city, and what the city did with it."""

    row: int
    text: str
    day: date | None = None
    influencer: str | None = None
    link: str | None = None
    status: Literal["heard", "tried", "adopted"] | None = None
    reply: str | None = None
    replied_on: date | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything one read of the sheet says on one day. Never change it: every viewer shares it.

    `posts` has the columns of POST_COLUMNS, one row per non-blank row of Berichten, in the sheet's order.
    `topics` is None when there is no Thema's tab, and `has_influencers` tells whether there is an Influencers tab.
    `worked_out` holds answers that follow from all the rest (insights/once.py); `dataclasses.replace` begins anew.
    """

    campaign: Campaign
    influencers: tuple[Influencer, ...]
    topics: tuple[Topic, ...] | None
    calendar: tuple[CalendarEntry, ...]
    tips: tuple[Tip, ...]
    meetings: tuple[date, ...]
    posts: pd.DataFrame
    issues: tuple[Issue, ...]
    rows: RowCount
    today: date
    has_influencers: bool = True
    worked_out: dict[Hashable, Any] = dataclasses.field(default_factory=dict, init=False, repr=False, compare=False)
