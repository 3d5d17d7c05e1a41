"""Which few numbers stand at the top of a screen, and which line puts each in its place?"""

from genkdash.headlines import team
from genkdash.headlines.number import UNKNOWN, Number
from genkdash.i18n.formats import one_decimal, share, whole
from genkdash.insights.progress import TeamProgress
from genkdash.insights.topics import TopicSummary
from genkdash.ui.empty import missing_posts
from genkdash.ui.view import View


def team_numbers(view: View, progress: TeamProgress) -> list[Number]:
    """Return the four numbers of the overview."""
    return team.team_numbers(view.words, progress, today=view.today, end=view.sheet.campaign.end)


def topic_numbers(view: View, topics: TopicSummary) -> list[Number]:
    """Return the numbers of the topics screen."""
    words = view.words
    varied = UNKNOWN if topics.hill is None else one_decimal(topics.hill.q1, words)
    even = UNKNOWN if topics.pielou is None else share(topics.pielou, words)
    return [
        Number(
            words("topics.touched"),
            whole(len(topics.shares), words),
            words.plural("topics.posts", topics.posts),
            words("method.shares"),
        ),
        Number(words("topics.varied"), varied, words("topics.varied_context"), words("method.hill")),
        Number(
            words("topics.differ"),
            UNKNOWN if topics.pie is None else share(topics.pie, words),
            words("topics.differ_context"),
            words("method.pie"),
        ),
        Number(words("topics.even"), even, words("topics.even_context"), words("method.pielou")),
    ]


def row_numbers(view: View) -> list[Number]:
    """Return the sum of the sheet check: counted + not counted = read. Unknown where the tab can't be read."""
    words, rows = view.words, view.sheet.rows
    is_known = missing_posts(view) is None
    counted, not_counted, read = (
        whole(count, words) if is_known else UNKNOWN for count in (rows.counted, rows.not_counted, rows.read)
    )
    blank = words.plural("check.blank", rows.blank) if is_known else words("check.unknown")
    return [
        Number(words("check.counted"), counted, words("check.counted_context")),
        Number(words("check.not_counted"), not_counted, words("check.not_counted_context")),
        Number(words("check.read"), read, blank),
    ]
