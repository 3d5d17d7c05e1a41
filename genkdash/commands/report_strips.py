"""How does a strip look on paper? A cell per post in its topic's colour with two letters of it: readable in grey."""

from collections.abc import Iterable, Mapping
from itertools import chain, count

import pandas as pd

from genkdash.charts.colours import NO_TOPIC, topic_colours
from genkdash.commands.report_elements import Html, join, number, text
from genkdash.i18n import Translator
from genkdash.i18n.formats import whole
from genkdash.insights.counted import counted_posts
from genkdash.insights.progress import InfluencerProgress, progress_by_influencer
from genkdash.insights.topics import topic_summary
from genkdash.sheet.model import Sheet

_CELL, _GAP = 20, 2  # in units of the drawing
_BEYOND = 8  # the wider gap between the target and the first surplus post
_WIDEST = 36  # cells; a longer strip says how many more there are
_NONE_SIGN = "·"


def topic_letters(topics: Iterable[str]) -> dict[str, str]:
    """Return for each topic the first two letters of its name that no earlier one has, else a number."""
    letters: dict[str, str] = {}
    taken: set[str] = set()
    for topic in topics:
        word = [letter for letter in topic if letter.isalnum()]
        pairs = (word[0].upper() + letter.lower() for letter in word[1:])
        numbers = (str(place) for place in count(1))
        letters[topic] = next(pair for pair in chain(pairs, numbers) if pair not in taken)
        taken.add(letters[topic])
    return letters


def strips(sheet: Sheet, words: Translator) -> Html:
    """Return a strip for each influencer, in the order of the sheet, and the legend."""
    topics = topic_summary(sheet)
    colours, letters = topic_colours(sheet), topic_letters(topics.shares)
    posts = counted_posts(sheet).sort_values(["date", "row"], kind="stable")
    people = progress_by_influencer(sheet, today=sheet.today)
    widest = min(max((max(one.posts, one.target) for one in people), default=1), _WIDEST)
    rows = join(_row(one, posts[posts["influencer"] == one.name], colours, letters, widest, words) for one in people)
    entries = [_entry(swatch(colours[topic], letters[topic]), topic) for topic in topics.shares]
    if topics.posts_without_topic:
        entries.append(_entry(swatch(NO_TOPIC, _NONE_SIGN), words("topics.none")))
    entries.append(_entry(_svg(_CELL, _open(0)), words("strip.to_do")))
    return Html(f'<table class="strips"><tbody>{rows}</tbody></table><ul class="legend">{join(entries)}</ul>')


def swatch(colour: str, letters: str) -> Html:
    """Return one cell with its letters, for a legend."""
    return _svg(_CELL, _filled(0, colour, letters))


def _row(  # noqa: PLR0913, PLR0917 -- a strip depends on each of these
    person: InfluencerProgress,
    posts: pd.DataFrame,
    colours: Mapping[str, str],
    letters: Mapping[str, str],
    widest: int,
    words: Translator,
) -> Html:
    """Return one influencer: name, cells, count beside the target."""
    told = [topics[0] if topics else None for topics in posts["topics"]]
    cells = []
    for place in range(min(max(len(told), person.target), widest)):
        at = place * (_CELL + _GAP) + (_BEYOND if place >= person.target else 0)
        if place >= len(told):
            cells.append(_open(at))
        else:
            topic = told[place] or ""
            cells.append(_filled(at, colours.get(topic, NO_TOPIC), letters.get(topic, _NONE_SIGN)))
    total = words(
        "overview.of",
        part=whole(person.posts, words),
        whole=whole(person.target, words),
    )
    drawing = _svg(widest * (_CELL + _GAP) + _BEYOND, join(cells))
    return Html(
        f'<tr><th scope="row">{text(person.name)}</th><td>{drawing}</td>'
        f'<td class="number">{number(person.posts, total)}</td></tr>'
    )


def _svg(width: int, content: Html) -> Html:
    """Return a drawing of `width` by one cell; the words beside it say the same."""
    return Html(f'<svg viewBox="0 0 {width} {_CELL}" aria-hidden="true">{content}</svg>')


def _filled(at: int, colour: str, letters: str) -> Html:
    """Return a cell in a topic's colour; its letters are black or white, whichever reads better."""
    ink = "#000" if _luminance(colour) > _MIDDLE else "#fff"
    middle = at + _CELL / 2
    return Html(
        f'<rect x="{at}" width="{_CELL}" height="{_CELL}" rx="3" fill="{text(colour)}"/>'
        f'<text x="{middle:g}" y="14" text-anchor="middle" font-size="10.5" font-weight="600" fill="{ink}">'
        f"{text(letters)}</text>"
    )


def _open(at: int) -> Html:
    """Return a cell that is still to do."""
    side = _CELL - 1
    return Html(f'<rect x="{at + 0.5}" y="0.5" width="{side}" height="{side}" rx="3" fill="none" stroke="#6b7780"/>')


def _entry(mark: Html, label: str) -> Html:
    return Html(f"<li>{mark}{text(label)}</li>")


# where black and white have the same contrast (WCAG 2.2): (L + 0.05)^2 = 1.05 * 0.05
_MIDDLE = 0.1791


def _luminance(colour: str) -> float:
    """Return the relative luminance (0-1) of #rrggbb, as WCAG 2.2 defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
