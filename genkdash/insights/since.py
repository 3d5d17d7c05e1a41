"""What is new since the team last met?"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from genkdash.insights.counted import counted_posts
from genkdash.insights.progress import progress_by_influencer
from genkdash.sheet.model import Sheet, Tip


@dataclass(frozen=True, slots=True)
class SinceMeeting:
    """What came after the day of `meeting`, up to and including today.

    `posts`: the counted posts with POST_COLUMNS, oldest first. `new_topics`: told for the first time, in the order in
    which they came. `adopted`: tips the city adopted, in the order of the sheet; one without a day of reply is not
    known to be new. `reached`: names of those who met their target, in the order of the sheet.
    """

    meeting: date
    posts: pd.DataFrame
    new_topics: tuple[str, ...]
    adopted: tuple[Tip, ...]
    reached: tuple[str, ...]


def last_meeting(sheet: Sheet, *, today: date) -> date | None:
    """Return the last meeting before `today`, None where there was none: the one of today is going on."""
    return max((meeting for meeting in sheet.meetings if meeting < today), default=None)


def since_last_meeting(sheet: Sheet, *, today: date) -> SinceMeeting | None:
    """Return what is new since the last meeting; None where the sheet names no earlier one.

    The day of the meeting itself belongs to the meeting, so that no post is new twice.
    """
    meeting = last_meeting(sheet, today=today)
    if meeting is None:
        return None
    posts = counted_posts(sheet, today=today).sort_values(["date", "row"], kind="stable")
    is_new = (posts["date"] > pd.Timestamp(meeting)).to_numpy(dtype=bool)
    known = {topic for topics in posts.loc[~is_new, "topics"] for topic in topics}
    told = dict.fromkeys(topic for topics in posts.loc[is_new, "topics"] for topic in topics)
    before = progress_by_influencer(sheet, today=meeting)
    after = progress_by_influencer(sheet, today=today)
    return SinceMeeting(
        meeting=meeting,
        posts=posts.loc[is_new],
        new_topics=tuple(topic for topic in told if topic not in known),
        adopted=tuple(
            tip
            for tip in sheet.tips
            if tip.status == "adopted" and tip.replied_on is not None and meeting < tip.replied_on <= today
        ),
        reached=tuple(
            now.name for then, now in zip(before, after, strict=True) if now.has_reached and not then.has_reached
        ),
    )
