"""How do very many posts stand in their lanes? A mark per week or month, larger with more of them."""

from collections.abc import Mapping
from math import sqrt
from typing import Any

from genkdash.charts.colours import NO_TOPIC
from genkdash.charts.theme import Ink
from genkdash.i18n import Translator
from genkdash.i18n.formats import day
from genkdash.insights.bins import Bins
from genkdash.safe_text import for_plotly

_LEAST, _MOST = 7.0, 22.0  # pixels across


def bin_marks(bins: Bins, colours: Mapping[str, str], words: Translator, ink: Ink) -> list[dict[str, Any]]:
    """Return a filled mark in the middle of each period with counted posts, a hollow one for posts that stand apart.

    The area grows with the number of posts; the colour is that of the topic told most.
    """
    most = sqrt(int(bins.rows["posts"].max()))
    is_counted = bins.rows["is_counted"].to_numpy(dtype=bool)
    kinds = ((bins.rows[is_counted], "timeline.counted", True), (bins.rows[~is_counted], "timeline.apart", False))
    traces = []
    for chosen, label, is_filled in kinds:
        if chosen.empty:
            continue
        marker: dict[str, Any] = {"size": [max(_LEAST, _MOST * sqrt(posts) / most) for posts in chosen["posts"]]}
        if is_filled:
            marker["color"] = [colours.get(topic or "", NO_TOPIC) for topic in chosen["topic"]]
            marker["line"] = {"width": 1, "color": ink.background}
        else:
            marker |= {"symbol": "diamond-open", "color": ink.quiet_text, "line": {"width": 1.5}}
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [one.strftime("%Y-%m-%d %H:%M") for one in chosen["middle"]],
                "y": [for_plotly(name) for name in chosen["influencer"]],
                "marker": marker,
                "name": words(label),
                "hovertext": [_hover(bins, one, words) for one in chosen.itertuples()],
                "hoverinfo": "text",
            }
        )
    return traces


def _hover(bins: Bins, one: Any, words: Translator) -> str:
    """Return from which day on, how many posts, and about what most."""
    when = words(f"bins.{bins.span}", day=day(one.start.date(), words))
    topic = for_plotly(one.topic) if one.topic else words("topics.none")
    return f"<b>{when}</b><br>{words.plural('bins.posts', int(one.posts))}<br>{words('bins.most', topic=topic)}"
