"""How do tests make a small sheet that says only what the test is about?

`post("2018-05-01", "Amina", "Muziek")` is one counted row; `sheet(post(...), ...)` puts rows in a campaign
of 2018-04-16 to 2018-10-15, seen on 2018-08-20. `reason="outside-campaign"` makes a row that is not counted.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from genkdash.sheet.model import (
    POST_COLUMNS,
    CalendarEntry,
    Campaign,
    Influencer,
    Issue,
    RowCount,
    Sheet,
    Tip,
    Topic,
)

START = date(2018, 4, 16)
END = date(2018, 10, 15)
TODAY = date(2018, 8, 20)

NUMBER_FIELDS = ("likes", "comments", "shares", "reach")


def day(text: str | date) -> date:
    """Return a date from ISO text, or the date itself."""
    return text if isinstance(text, date) else date.fromisoformat(text)


def post(
    on: str | date | None = "2018-05-01", influencer: str | None = "Amina", *topics: str, **fields: Any
) -> dict[str, Any]:
    """Return one row of Berichten; it counts unless a `reason` is given."""
    row: dict[str, Any] = dict.fromkeys(POST_COLUMNS)
    row |= dict.fromkeys(NUMBER_FIELDS, float("nan"))
    row |= {
        "date": None if on is None else day(on),
        "influencer": influencer,
        "topics": topics,
        "platform": "Instagram",
    }
    return row | {"counted": fields.get("reason") is None} | fields


def posts_frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return rows as the frame of a Sheet, numbered from row 2 where a row has no number."""
    numbered = [{**row, "row": row["row"] or number} for number, row in enumerate(rows, start=2)]
    columns = {
        name: pd.Series([row[name] for row in numbered], dtype="object").astype(dtype)
        if not dtype.startswith("datetime")
        else pd.Series(pd.to_datetime([row[name] for row in numbered]), dtype=dtype)
        for name, dtype in POST_COLUMNS.items()
    }
    return pd.DataFrame(columns)


def influencer(name: str = "Amina", target: int = 12, **fields: Any) -> Influencer:
    """Return an influencer with the campaign's window unless told otherwise; days may be ISO text."""
    window = {"start": START, "end": END} | {key: fields.pop(key) for key in ("start", "end") if key in fields}
    days = {key: value if value is None else day(value) for key, value in window.items()}
    return Influencer(name=name, target=target, **days, **fields)


def pause(start: str | date, end: str | date, weight: float = 0.2, influencer: str | None = None) -> CalendarEntry:
    """Return a pause, both days inclusive."""
    return CalendarEntry(day(start), day(end), "pause", name="Pauze", influencer=influencer, weight=weight)


def event(start: str | date, end: str | date | None = None, name: str = "Genk on Stage") -> CalendarEntry:
    """Return an event, both days inclusive."""
    return CalendarEntry(day(start), day(end or start), "event", name=name)


def campaign(**fields: Any) -> Campaign:
    """Return the pilot's frame, with the given fields changed."""
    return Campaign(**({"name": "Genk vertelt", "start": START, "end": END} | fields))


def sheet(
    *posts: Mapping[str, Any],
    influencers: Iterable[Influencer | str] | None = None,
    topics: Iterable[Topic | str] | None = None,
    calendar: Iterable[CalendarEntry] = (),
    tips: Iterable[Tip] = (),
    meetings: Iterable[date] = (),
    issues: Iterable[Issue] = (),
    today: str | date = TODAY,
    blank: int = 0,
    frame: Campaign | None = None,
    has_influencers: bool = True,
) -> Sheet:
    """Return a Sheet; without `influencers` they are the names in the posts, in order of appearance."""
    rows = posts_frame(posts)
    if influencers is None:
        influencers = [name for name in dict.fromkeys(rows["influencer"]) if name is not None]
    counted = int(rows["counted"].sum())
    return Sheet(
        campaign=frame or campaign(),
        influencers=tuple(influencer(one) if isinstance(one, str) else one for one in influencers),
        topics=None if topics is None else tuple(Topic(one) if isinstance(one, str) else one for one in topics),
        calendar=tuple(calendar),
        tips=tuple(tips),
        meetings=tuple(meetings),
        posts=rows,
        issues=tuple(issues),
        rows=RowCount(read=len(rows), counted=counted, not_counted=len(rows) - counted, blank=blank),
        today=day(today),
        has_influencers=has_influencers,
    )


def facts(bodies: Iterable[str]) -> dict[str, list[str]]:
    """Return the columns of the first table of facts (headlines/facts.py) among these pieces of HTML, by header."""
    table = next(body for body in bodies if body.startswith('<table class="facts"'))
    headers = re.findall(r'<th scope="col">(.*?)</th>', table)
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table.split("<tr>")[2:]]
    return {header: list(cells) for header, cells in zip(headers, zip(*rows, strict=True), strict=True)}
