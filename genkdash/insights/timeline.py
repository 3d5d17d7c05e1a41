"""When was what told, by whom, and where did it fall silent?"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from genkdash.insights.counted import as_day_number, counted_posts, influencer_codes
from genkdash.insights.progress import progress_by_influencer
from genkdash.sheet.model import Sheet

COUNTED = "counted"
APART = ("outside-campaign", "future-date")
REACTION_COLUMNS = ("likes", "comments", "shares", "reach", "measured_on")
MARK_COLUMNS = (
    *("row", "date", "influencer", "topic", "topics", "platform", "title", "link", "format"),
    *REACTION_COLUMNS,
    "state",
)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything a chart with a lane for each influencer needs. Dates in frames are `datetime64[us]`, at midnight.

    `marks`: a row per post shown, by day, with the columns of MARK_COLUMNS. `topic` is the first one typed, or None;
    `state` is "counted", or the reason why the post stands apart: "outside-campaign" or "future-date".
    `lanes`: a row per influencer, in the sheet's order: influencer, posts, start, end, silence_start, silence_end,
    silence_days (NaT and NaN where there is no window or it is not open yet).
    `spans`: a row per calendar entry that touches the frame, by start: kind ("event", "pause"), name, influencer
    (None = everybody), start, end, weight.
    `start` and `end` are the campaign's, both None when unknown; `meetings` are the team's in between, by day.
    """

    marks: pd.DataFrame
    lanes: pd.DataFrame
    spans: pd.DataFrame
    start: date | None
    end: date | None
    today: date
    meetings: tuple[date, ...] = ()


def lanes(sheet: Sheet, *, today: date) -> Timeline:
    """Return the timeline as it stands at the end of `today`."""
    return Timeline(
        marks=_marks(sheet),
        lanes=_lane_per_influencer(sheet, today),
        spans=_spans(sheet),
        start=sheet.campaign.start,
        end=sheet.campaign.end,
        today=today,
        meetings=_meetings(sheet),
    )


def new_posts(sheet: Sheet, *, today: date, days: int = 7) -> pd.DataFrame:
    """Return the counted posts of the last `days` days, today included: newest first, lowest in the sheet first.

    The columns are those of `sheet.posts`.
    """
    posts = counted_posts(sheet, today=today)
    # in day numbers: the day before the window may lie before the first day of the calendar
    age = as_day_number(today) - posts["date"].to_numpy(dtype="datetime64[D]").astype(np.int64)
    recent = posts.loc[age < days]
    return recent.sort_values(["date", "row"], ascending=False, kind="stable")


def posts_of(sheet: Sheet, influencer: str) -> pd.DataFrame:
    """Return one influencer's marks, those apart too: newest first, lowest in the sheet first."""
    marks = _marks(sheet)
    own = marks.loc[(marks["influencer"] == influencer).to_numpy(dtype=bool)]
    return own.sort_values(["date", "row"], ascending=False, kind="stable").reset_index(drop=True)


def _marks(sheet: Sheet) -> pd.DataFrame:
    """Return the posts that have a place in a lane."""
    posts = sheet.posts
    counted = posts["counted"].to_numpy(dtype=bool)
    apart = posts["reason"].isin(APART).to_numpy(dtype=bool)
    is_shown = (counted | apart) & posts["date"].notna().to_numpy(dtype=bool) & (influencer_codes(sheet, posts) >= 0)
    shown = posts.loc[is_shown]
    first_topics = pd.Series([topics[0] if topics else None for topics in shown["topics"]], shown.index, dtype="object")
    state = shown["reason"].where(~shown["counted"], COUNTED)
    marks = shown.assign(topic=first_topics, state=state)[list(MARK_COLUMNS)]
    return marks.sort_values(["date", "row"], kind="stable").reset_index(drop=True)


def _lane_per_influencer(sheet: Sheet, today: date) -> pd.DataFrame:
    """Return the window and the longest silence of each influencer."""
    people = progress_by_influencer(sheet, today=today)
    silences = [person.longest_silence for person in people]
    return pd.DataFrame(
        {
            "influencer": pd.Series([person.name for person in people], dtype="object"),
            "posts": pd.Series([person.posts for person in people], dtype="int64"),
            "start": _dates([person.start for person in people]),
            "end": _dates([person.end for person in people]),
            "silence_start": _dates([silence.start if silence else None for silence in silences]),
            "silence_end": _dates([silence.end if silence else None for silence in silences]),
            "silence_days": pd.Series([silence.days if silence else np.nan for silence in silences], dtype="float64"),
        }
    )


def _spans(sheet: Sheet) -> pd.DataFrame:
    """Return events and pauses, those wholly outside the campaign left out."""
    start, end = sheet.campaign.start or date.min, sheet.campaign.end or date.max
    entries = sorted(
        (entry for entry in sheet.calendar if entry.end >= start and entry.start <= end),
        key=lambda entry: (entry.start, entry.end),
    )
    return pd.DataFrame(
        {
            "kind": pd.Series([entry.kind for entry in entries], dtype="object"),
            "name": pd.Series([entry.name for entry in entries], dtype="object"),
            "influencer": pd.Series([entry.influencer for entry in entries], dtype="object"),
            "start": _dates([entry.start for entry in entries]),
            "end": _dates([entry.end for entry in entries]),
            "weight": pd.Series([entry.weight for entry in entries], dtype="float64"),
        }
    )


def _meetings(sheet: Sheet) -> tuple[date, ...]:
    """Return the meetings in the campaign; all of them while it has no days."""
    start, end = sheet.campaign.start or date.min, sheet.campaign.end or date.max
    return tuple(sorted(day for day in sheet.meetings if start <= day <= end))


def _dates(days: list[date | None]) -> pd.Series:
    """Return days as a column; None becomes NaT."""
    return pd.Series(np.array(days, dtype="datetime64[us]"), dtype="datetime64[us]")
