"""What does a mark say when somebody points at it?"""

from typing import Any

from genkdash.i18n import Translator
from genkdash.i18n.formats import day
from genkdash.safe_text import for_plotly


def post_hover(post: Any, words: Translator) -> str:
    """Return day, platform, title and topics of one row of a posts frame, escaped for Plotly."""
    lines = [
        f"<b>{day(post.date.date(), words)}</b> · {for_plotly(post.platform or words('platform.unknown'))}",
        for_plotly(post.title or words("post.untitled")),
        for_plotly(", ".join(post.topics) or words("topics.none")),
    ]
    return "<br>".join(lines)
