"""Which tables may staff take along? The whole of each, with real numbers and days under translated headers."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypeAlias

import pandas as pd

from genkdash.exports.people import people_table
from genkdash.i18n import Translator
from genkdash.insights.lessons import is_answered
from genkdash.insights.reactions import Median, median_by_platform, median_by_topic
from genkdash.insights.topics import topic_matrix, topic_summary
from genkdash.safe_text import for_link
from genkdash.sheet.model import Sheet

TableName: TypeAlias = Literal["people", "shares", "matrix", "platforms", "topics", "tips", "posts"]

_POST_NUMBERS = ("likes", "comments", "shares", "reach")


def shares_table(sheet: Sheet, words: Translator) -> pd.DataFrame:
    """Return a row per topic: its share (0-1) and the posts that touch it, most told first; then the untouched."""
    topics = topic_summary(sheet)
    names = [*topics.shares, *topics.untouched]
    return pd.DataFrame(
        {
            words("export.topic"): names,
            words("export.share"): [topics.shares.get(name, 0.0) for name in names],
            words("export.posts"): [topics.incidence.get(name, 0) for name in names],
        }
    )


def matrix_table(sheet: Sheet, words: Translator) -> pd.DataFrame:
    """Return a row per influencer and a column per topic, with the number of posts."""
    matrix = topic_matrix(sheet)
    names = pd.DataFrame({words("export.name"): list(matrix.index)})
    return pd.concat([names, matrix.reset_index(drop=True)], axis="columns")


def platforms_table(sheet: Sheet, words: Translator) -> pd.DataFrame:
    """Return a row per platform with its median likes and what that rests on."""
    medians = median_by_platform(sheet, "likes")
    return _medians(medians, words("export.platform"), words("platform.unknown"), words)


def topics_table(sheet: Sheet, words: Translator) -> pd.DataFrame:
    """Return a row per topic with its median likes and what that rests on."""
    return _medians(median_by_topic(sheet, "likes"), words("export.topic"), words("topics.none"), words)


def tips_table(sheet: Sheet, words: Translator) -> pd.DataFrame:
    """Return a row per tip, in the order of the sheet, with what the city did and after how many days."""
    statuses = [tip.status or ("heard" if is_answered(tip) else "waiting") for tip in sheet.tips]
    days = [(tip.replied_on - tip.day).days if tip.replied_on and tip.day else None for tip in sheet.tips]
    return pd.DataFrame(
        {
            words("export.day"): [tip.day for tip in sheet.tips],
            words("export.name"): [tip.influencer for tip in sheet.tips],
            words("export.tips.tip"): [tip.text for tip in sheet.tips],
            words("export.tips.link"): [for_link(tip.link) for tip in sheet.tips],
            words("export.tips.status"): [words(f"tip.{status}") for status in statuses],
            words("export.tips.reply"): [tip.reply for tip in sheet.tips],
            words("export.tips.replied"): [tip.replied_on for tip in sheet.tips],
            words("export.tips.days"): pd.array(days, dtype="Int64"),
        }
    )


def posts_table(sheet: Sheet, words: Translator) -> pd.DataFrame:
    """Return a row per row of Berichten, in the order of the sheet, those that do not count with the reason."""
    posts = sheet.posts
    reasons = [words(f"issue.{code}.label") if code else None for code in posts["reason"]]
    return pd.DataFrame(
        {
            words("export.posts.row"): posts["row"],
            words("export.day"): posts["date"],
            words("export.name"): posts["influencer"],
            words("export.platform"): posts["platform"],
            words("export.topics"): posts["topics"],
            words("export.post"): posts["title"],
            words("export.posts.link"): posts["link"],
            words("export.posts.format"): posts["format"],
            **{words(f"reactions.{name}"): posts[name].astype("Int64") for name in _POST_NUMBERS},
            words("export.posts.measured"): posts["measured_on"],
            words("export.posts.counted"): posts["counted"],
            words("export.posts.reason"): reasons,
        }
    )


def _medians(medians: Sequence[Median], header: str, nameless: str, words: Translator) -> pd.DataFrame:
    """Return a row per group."""
    return pd.DataFrame(
        {
            header: [median.group or nameless for median in medians],
            words("export.medians.likes"): [median.median for median in medians],
            words("export.medians.known"): [median.known for median in medians],
            words("export.posts"): [median.posts for median in medians],
            words("reactions.young"): [median.young for median in medians],
        }
    )


TABLES: Mapping[TableName, Callable[[Sheet, Translator], pd.DataFrame]] = {
    "people": people_table,
    "shares": shares_table,
    "matrix": matrix_table,
    "platforms": platforms_table,
    "topics": topics_table,
    "tips": tips_table,
    "posts": posts_table,
}
