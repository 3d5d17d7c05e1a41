"""What became of each row of Berichten: a post that counts, or one that does not, and why?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from genkdash.sheet.cells import Reading, parse_text
from genkdash.sheet.dates import Plausible
from genkdash.sheet.duplicates import note_duplicates
from genkdash.sheet.links import parse_link
from genkdash.sheet.model import POST_COLUMNS, Campaign, Topic
from genkdash.sheet.names import fold, usual_spellings
from genkdash.sheet.numbers import parse_count
from genkdash.sheet.people import Roster
from genkdash.sheet.post_rows import REACTIONS, PostRows
from genkdash.sheet.reading import Known, Table
from genkdash.sheet.topics import Themes, find_themes, listed_themes, split_themes
from genkdash.sheet.verdicts import Verdicts

Texts: TypeAlias = list[str | None]
Days: TypeAlias = list[date | None]


def judge_posts(  # noqa: PLR0913 -- a row is judged against all that the other tabs say
    table: Table,
    rows: PostRows,
    *,
    campaign: Campaign,
    roster: Roster,
    topics: Sequence[Topic] | None,
    today: date,
) -> pd.DataFrame:
    """Return a frame with the columns of POST_COLUMNS, one row per row of `rows`; issues are noted in the table."""
    verdicts = Verdicts(table, rows)
    plausible = Plausible.on(today)
    names = _names(verdicts, roster)
    days = _post_days(verdicts, plausible)
    _note_windows(verdicts, names, days, campaign=campaign, roster=roster, today=today)
    titles = verdicts.read_each("title", parse_text)
    links = verdicts.read_each("link", parse_link)
    ids = verdicts.read_each("post_id", parse_text)
    columns: dict[str, Sequence[object]] = {
        "row": rows.numbers,
        "date": days,
        "influencer": names,
        "platform": _platforms(verdicts),
        "topics": _topics(verdicts, topics),
        "title": titles,
        "link": links,
        "format": verdicts.read("format", parse_text),
        **{key: verdicts.read(key, parse_count) for key in REACTIONS},
        "measured_on": verdicts.accept("measured_on", _checked(rows.measured, plausible)),
        "post_id": ids,
    }
    note_duplicates(verdicts, names=names, days=days, titles=titles, links=links, ids=ids)
    columns["counted"] = [reason is None for reason in verdicts.reasons]
    columns["reason"] = verdicts.reasons
    return posts_frame(columns)


def posts_frame(columns: dict[str, Sequence[object]]) -> pd.DataFrame:
    """Return equally long columns as a frame with the types of POST_COLUMNS."""
    return pd.DataFrame({key: _series(columns[key], dtype) for key, dtype in POST_COLUMNS.items()}, copy=False)


def no_posts() -> pd.DataFrame:
    """Return the frame of a sheet without posts, with all its columns."""
    return posts_frame(dict.fromkeys(POST_COLUMNS, ()))


def _series(values: Sequence[object], dtype: str) -> pd.Series:
    if dtype.startswith("datetime64"):
        # One conversion for each distinct day: NumPy takes its time for a date.
        days: Known[Any, np.datetime64] = Known(lambda day: np.datetime64(day, "D"))  # None is NaT
        return pd.Series(np.array([days[day] for day in values], dtype="datetime64[D]").astype(dtype))
    return pd.Series(values, dtype=dtype)


def _names(verdicts: Verdicts, roster: Roster) -> Texts:
    found: Known[str | None, str | None] = Known(lambda typed: None if typed is None else roster.find(typed))
    suggestions = Known(roster.suggestion)
    typed_names = verdicts.read("influencer", parse_text)
    names = [found[typed] for typed in typed_names]
    for at, typed in enumerate(typed_names):
        if names[at] is not None:
            continue
        if typed is not None:
            verdicts.say(at, "unknown-influencer", "influencer", suggestion=suggestions[typed])
        elif not verdicts.is_failed(at, "influencer"):
            verdicts.say(at, "missing-influencer", "influencer")
    return names


def _post_days(verdicts: Verdicts, plausible: Plausible) -> Days:
    for at, day in enumerate(verdicts.rows.dates):
        if day.value is None and day.code is None:
            verdicts.say(at, "missing-date", "date")
    return verdicts.accept("date", _checked(verdicts.rows.dates, plausible))


def _checked(days: Iterable[Reading[date]], plausible: Plausible) -> list[Reading[date]]:
    checked = Known(plausible.check)
    return [checked[day] for day in days]


def _note_windows(  # noqa: PLR0913 -- a day is held against the person, the campaign and today
    verdicts: Verdicts, names: Texts, days: Days, *, campaign: Campaign, roster: Roster, today: date
) -> None:
    windows: dict[str | None, tuple[date | None, date | None]] = {None: (campaign.start, campaign.end)}
    windows |= {influencer.name: (influencer.start, influencer.end) for influencer in roster.influencers}
    for at, (name, day) in enumerate(zip(names, days, strict=True)):
        if day is None:
            continue
        start, end = windows[name]
        if start and end and not start <= day <= end:
            verdicts.say(at, "outside-campaign", "date", start=start.isoformat(), end=end.isoformat())
        if day > today:
            verdicts.say(at, "future-date", "date")


def _platforms(verdicts: Verdicts) -> Texts:
    """Return the platforms, each in its most frequent spelling."""
    typed = verdicts.read("platform", parse_text)
    counted = Counter(platform for platform in typed if platform)
    usual = usual_spellings(counted)
    names: dict[str | None, str | None] = {None: None, **{platform: usual[fold(platform)] for platform in counted}}
    return [names[platform] for platform in typed]


def _topics(verdicts: Verdicts, topics: Sequence[Topic] | None) -> list[tuple[str, ...]]:
    """Return the themes of each post, each theme once and in one spelling, in the order typed."""
    listed = listed_themes(topics or ())
    typed = verdicts.read("topics", parse_text)
    times = Counter(text for text in typed if text)
    split = {text: split_themes(text, listed) for text in times}
    themes = find_themes([(split[text], count) for text, count in times.items()], listed)
    # dict.fromkeys: the same theme twice in a cell, in whatever spelling, is one theme.
    keys = {text: list(dict.fromkeys(fold(theme) for theme in parts)) for text, parts in split.items()}
    found: dict[str | None, tuple[str, ...]] = {
        text: tuple(dict.fromkeys(themes.names[key] for key in own)) for text, own in keys.items()
    }
    told = [found.get(text, ()) for text in typed]
    remarks = {text: list(_remarks(own, themes, is_listed=topics is not None)) for text, own in keys.items()}
    for at, text in enumerate(typed):
        if not told[at] and not verdicts.is_failed(at, "topics"):
            verdicts.say(at, "missing-topic", "topics")
        for code, detail in remarks[text] if text else ():
            verdicts.say(at, code, "topics", **detail)
    return told


def _remarks(keys: Iterable[str], themes: Themes, *, is_listed: bool) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the code and the details of what is to be said of the themes of one cell."""
    for key in keys:
        if key in themes.suggestions:
            yield "similar-topic", {"topic": themes.names[key], "suggestion": themes.suggestions[key]}
        if is_listed and key not in themes.listed:
            yield "new-topic", {"topic": themes.names[key]}
