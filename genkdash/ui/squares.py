"""How far is somebody on the way? A square per post in its topic's colour, open ones up to the target."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from genkdash.charts.colours import NO_TOPIC
from genkdash.insights.moment import OwnStanding
from genkdash.outbox import Entry
from genkdash.safe_text import for_html
from genkdash.ui.view import View

# The theme has no colour for a topic of the sheet, so each square carries its own.
_SQUARES = (
    '<div role="img" aria-label="{alt}" style="display:grid;grid-template-columns:repeat(12,1fr);gap:4px;'
    'max-width:32rem">{cells}</div>'
)
_TOLD = '<span title="{topic}" style="aspect-ratio:1;border-radius:5px;background:{colour}"></span>'
_OPEN = '<span style="aspect-ratio:1;border-radius:5px;border:1.5px solid currentColor;opacity:.5"></span>'
_LINE = '<span style="grid-column:1/-1;border-top:2px solid currentColor;opacity:.5;margin:2px 0"></span>'
_WAITS = '<span title="{topic}" style="aspect-ratio:1;border-radius:5px;border:3px dashed {colour}"></span>'


def show_squares(view: View, standing: OwnStanding, posts: pd.DataFrame, waiting: Sequence[Entry] = ()) -> None:
    """Draw the squares: the counted `posts`, those that wait to be sent with a dashed line, surplus beyond a line.

    Once it is over nothing is open any more: what was told is what there is.
    """
    words, target = view.words, standing.progress.target
    is_over = standing.moment == "ended"
    told = [topics[0] if topics else None for topics in posts.sort_values(["date", "row"], kind="stable")["topics"]]
    squares = [_told(view, topic) for topic in told] + [_waits(view, entry) for entry in waiting]
    cells = squares[:target] + [_OPEN] * (0 if is_over else max(0, standing.to_go - len(waiting)))
    if squares[target:]:
        cells += [_LINE, *squares[target:]]
    if is_over and not squares:
        return
    alt = words.plural("me.squares_alt_ended" if is_over else "me.squares_alt", len(told), target=target)
    if waiting:
        alt = f"{alt} {words.plural('log.squares_waiting', len(waiting))}"
    st.html(_SQUARES.format(alt=for_html(alt), cells="".join(cells)))


def _told(view: View, topic: str | None) -> str:
    """Return the square of one post."""
    name = view.words("topics.none") if topic is None else topic
    return _TOLD.format(topic=for_html(name), colour=view.colours.get(topic or "", NO_TOPIC))


def _waits(view: View, entry: Entry) -> str:
    """Return the square of one post that is on its way to the sheet."""
    written = entry.values.get("topics", "")  # noqa: PD011  no frame: the values of one entry
    topic = str(written).partition(";")[0].strip()
    return _WAITS.format(topic=view.words("log.waits"), colour=view.colours.get(topic, NO_TOPIC))
