"""How far is somebody on the way? A square per post in its topic's colour, open ones up to the target."""

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from genkdash.charts.colours import NO_TOPIC
from genkdash.headlines.html import Html, element
from genkdash.i18n import Translator
from genkdash.i18n.formats import whole
from genkdash.insights.moment import OwnStanding

# Neither the theme nor a class has a colour for a topic of the sheet, so each square carries its own.
_GRID = "display:grid;grid-template-columns:repeat({columns},1fr);gap:4px;max-width:32rem"
# Up to so many squares, so many in a row: a phone has room for what comes below them too.
_COLUMNS = ((96, 12), (300, 20))
_BAR = "display:flex;gap:2px;height:2rem;max-width:32rem"
_SQUARE = "aspect-ratio:1;border-radius:5px;"
_OPEN = element("span", style=f"{_SQUARE}border:1.5px solid currentColor;opacity:.5")
_LINE = element("span", style="grid-column:1/-1;border-top:2px solid currentColor;opacity:.5;margin:2px 0")


def own_squares(
    words: Translator,
    standing: OwnStanding,
    posts: pd.DataFrame,
    colours: Mapping[str, str],
    waiting: Sequence[str] = (),
) -> Html | None:
    """Return the squares: the counted `posts`, those on their way with a dashed line, surplus beyond a line.

    Very many are a stretch per topic. `waiting` has the first topic of each post that was logged and is not in the
    sheet yet. Once it is over nothing is open any more: what was told is what there is, and None where that is nothing.
    """
    target, is_over = standing.progress.target, standing.moment == "ended"
    told = [topics[0] if topics else None for topics in posts.sort_values(["date", "row"], kind="stable")["topics"]]
    squares = [_told(words, topic, colours) for topic in told]
    squares += [_waits(words, colours.get(topic, NO_TOPIC)) for topic in waiting]
    if is_over and not squares:
        return None
    alt = words.plural("me.squares_alt_ended" if is_over else "me.squares_alt", len(told), target=target)
    if waiting:
        alt = f"{alt} {words.plural('log.squares_waiting', len(waiting))}"
    most, _ = _COLUMNS[-1]
    open_ones = 0 if is_over else max(0, standing.to_go - len(waiting))
    if len(squares) + open_ones > most:
        alt = words.plural("me.stretches_alt", len(told), posts=whole(len(told), words), target=whole(target, words))
        return element("div", *_stretches(words, told, waiting, colours, open_ones), style=_BAR, label=alt)
    cells = squares[:target] + [_OPEN] * open_ones
    if squares[target:]:
        cells += [_LINE, *squares[target:]]
    columns = next(columns for at_most, columns in _COLUMNS if len(squares) + open_ones <= at_most)
    return element("div", *cells, style=_GRID.format(columns=columns), label=alt)


def _stretches(
    words: Translator, told: Sequence[str | None], waiting: Sequence[str], colours: Mapping[str, str], to_go: int
) -> list[Html]:
    """Return a stretch per topic, most told first, as wide as it has posts, and one for what is still to be told.

    For so many posts that squares would be a wall.
    """
    kinds = (
        (told, "background:{colour}", words("topics.none")),
        (waiting, "border:3px dashed {colour}", words("log.waits")),
    )
    found = [
        _stretch(count, look.format(colour=colours.get(topic or "", NO_TOPIC)), topic or nameless)
        for topics, look, nameless in kinds
        for topic, count in Counter(topics).most_common()
    ]
    return [*found, _stretch(to_go, "border:1.5px solid currentColor;opacity:.5")] if to_go else found


def _stretch(posts: int, look: str, title: str = "") -> Html:
    """Return a stretch as wide as its posts are many."""
    return element("span", style=f"border-radius:5px;box-sizing:border-box;flex:{posts} 0 0;{look}", title=title)


def _told(words: Translator, topic: str | None, colours: Mapping[str, str]) -> Html:
    """Return the square of one post."""
    colour = NO_TOPIC if topic is None else colours.get(topic, NO_TOPIC)
    return element(
        "span", style=f"{_SQUARE}background:{colour}", title=words("topics.none") if topic is None else topic
    )


def _waits(words: Translator, colour: str) -> Html:
    """Return the square of one post that is on its way to the sheet."""
    return element("span", style=f"{_SQUARE}border:3px dashed {colour}", title=words("log.waits"))
