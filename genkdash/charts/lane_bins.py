"""How do very many posts stand in their lanes? A bar per week or month, higher with more of them."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from genkdash.charts.colours import NO_TOPIC
from genkdash.charts.theme import Ink
from genkdash.i18n import Translator
from genkdash.i18n.formats import day
from genkdash.insights.bins import Bins
from genkdash.safe_text import for_plotly

_LEAST, _MOST = 0.12, 0.62  # of the step from lane to lane: of one post, and of the most in one period
_DAYS_MILLISECONDS = 86_400_000


def bin_marks(bins: Bins, colours: Mapping[str, str], words: Translator, ink: Ink) -> list[dict[str, Any]]:
    """Return a filled bar over each period with counted posts, a hollow one for posts that stand apart.

    It is as wide as its period, so that those beside each other never overlap, on a phone neither, and higher with more
    posts; the colour is that of the topic told most.
    """
    most = int(bins.rows["posts"].max())
    is_counted = bins.rows["is_counted"].to_numpy(dtype=bool)
    kinds = ((bins.rows[is_counted], "timeline.counted", True), (bins.rows[~is_counted], "timeline.apart", False))
    traces = []
    for chosen, label, is_filled in kinds:
        if chosen.empty:
            continue
        if is_filled:
            marker: dict[str, Any] = {
                "color": [colours.get(topic or "", NO_TOPIC) for topic in chosen["topic"]],
                "line": {"width": 1, "color": ink.background},
            }
        else:
            marker = {"color": "rgba(0,0,0,0)", "line": {"width": 1.5, "color": ink.quiet_text}}
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "y": [for_plotly(name) for name in chosen["influencer"]],
                "base": [one.strftime("%Y-%m-%d") for one in chosen["start"]],
                "x": [_days(bins, start) * _DAYS_MILLISECONDS for start in chosen["start"]],
                "width": [max(_LEAST, _MOST * posts / most) for posts in chosen["posts"]],
                "marker": marker,
                "name": words(label),
                "hovertext": [_hover(bins, one, words) for one in chosen.itertuples()],
                "hoverinfo": "text",
            }
        )
    return traces


def _days(bins: Bins, start: pd.Timestamp) -> int:
    """Return how many days the period has that begins at `start`."""
    return 7 if bins.span == "week" else start.days_in_month


def _hover(bins: Bins, one: Any, words: Translator) -> str:
    """Return from which day on, how many posts, and about what most."""
    when = words(f"bins.{bins.span}", day=day(one.start.date(), words))
    topic = for_plotly(one.topic) if one.topic else words("topics.none")
    return f"<b>{when}</b><br>{words.plural('bins.posts', int(one.posts))}<br>{words('bins.most', topic=topic)}"
