"""Which themes does a post touch? Listed ones under one name, new ones discovered, slips of the pen noticed."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from genkdash.sheet.cells import is_error
from genkdash.sheet.model import Topic
from genkdash.sheet.names import distance, fold, parts_of, usual_spellings
from genkdash.sheet.reading import Entry, Table

_COLOUR = re.compile("#[0-9a-fA-F]{6}")
_LONGEST = 32
"""Longer than this it is a sentence, not a theme with a slip of the pen."""


def parse_topics(table: Table) -> tuple[Topic, ...] | None:
    """Read the Thema's tab; None when it holds no theme, so that it counts as missing. The first of two counts."""
    topics: dict[str, Topic] = {}
    for entry in table.entries():
        name = table.text(entry, "topic")
        if name is None or fold(name) in topics:
            if not is_error(entry.cells["topic"]):
                table.note("bad-setting", entry.row, "topic", entry.cells["topic"])
            continue
        topics[fold(name)] = Topic(
            name=name,
            synonyms=tuple(parts_of(table.text(entry, "synonyms") or "", ";\n")),
            colour=_colour(table, entry),
            description=table.text(entry, "description"),
        )
    return tuple(topics.values()) or None


def _colour(table: Table, entry: Entry) -> str | None:
    colour = table.text(entry, "colour")
    if colour is None or _COLOUR.fullmatch(colour):
        return colour
    table.note("bad-setting", entry.row, "colour", entry.cells["colour"])
    return None


@dataclass(frozen=True, slots=True)
class Themes:
    """The themes of one sheet by folded spelling: the name of each, which are listed, and what some may stand for."""

    names: Mapping[str, str]
    listed: frozenset[str]
    suggestions: Mapping[str, str]


def listed_themes(topics: Iterable[Topic]) -> dict[str, str]:
    """Return the theme's name for each folded name and synonym. A name goes before a synonym."""
    listed = tuple(topics)
    names = {fold(topic.name): topic.name for topic in listed}
    for topic in listed:
        for synonym in topic.synonyms:
            names.setdefault(fold(synonym), topic.name)
    return names


def split_themes(text: str, listed: Mapping[str, str]) -> list[str]:
    """Return the themes typed in one cell. What is a known theme as a whole is never split."""
    if fold(text) in listed:
        return [text]
    parts = parts_of(text, ";|\n\r")
    return [theme for part in parts for theme in ([part] if fold(part) in listed else parts_of(part, ","))]


def find_themes(typed: Iterable[tuple[Sequence[str], int]], listed: Mapping[str, str]) -> Themes:
    """Settle one spelling for each theme: the listed one, else the most frequent, else the first.

    `typed` are the themes of each distinct cell, in order of appearance, and how many cells say the same.
    """
    spellings: Counter[str] = Counter()
    for cell, cells in typed:
        for theme in cell:
            spellings[theme] += cells
    times: Counter[str] = Counter()
    for spelling, count in spellings.items():
        times[fold(spelling)] += count
    found = usual_spellings(spellings)
    names = {**found, **listed}
    unlisted = [theme for theme in found if theme not in listed]
    return Themes(names, frozenset(listed), _suggestions(unlisted, names, listed, times))


def _suggestions(
    unlisted: Iterable[str], names: Mapping[str, str], listed: Mapping[str, str], times: Mapping[str, int]
) -> dict[str, str]:
    """Return the theme that each unlisted theme may be a slip of: one or two letters from a listed or commoner one."""
    by_remains: dict[str, list[str]] = {}
    for theme in names:
        if theme in listed or times[theme] > 1:
            for remains in _remains(theme):
                by_remains.setdefault(remains, []).append(theme)
    suggestions = {}
    for theme in unlisted if by_remains else ():
        likely = {other for remains in _remains(theme) for other in by_remains.get(remains, ())}
        slips = [
            (distance(theme, other), other not in listed, -times[other], other)
            for other in likely
            if (other in listed or times[other] > times[theme]) and _is_slip(theme, other)
        ]
        if slips:
            suggestions[theme] = names[min(slips)[-1]]
    return suggestions


def likely_theme(typed: str, known: Iterable[str]) -> str | None:
    """Return which of the `known` themes somebody who typed another one probably meant; None where it is a new one."""
    theme = fold(typed)
    slips = [(distance(theme, fold(name)), name) for name in known if _is_slip(theme, fold(name))]
    return min(slips)[1] if slips else None


def _is_slip(theme: str, other: str) -> bool:
    """Tell whether two folded themes differ by a typing mistake. "Week 21" and "Week 22" do not."""
    if re.findall("[0-9]", theme) != re.findall("[0-9]", other):
        return False
    return 0 < distance(theme, other) <= _tolerated(min(len(theme), len(other)))


def _tolerated(letters: int) -> int:
    """Return how many letters may differ in a word of this length: in "film", two would make another word."""
    if letters <= 3:
        return 0
    return 1 if letters <= 5 else 2


def _remains(theme: str) -> set[str]:
    """Return what is left after dropping up to two letters: two words within two slips share some of it."""
    if not 3 < len(theme) <= _LONGEST:
        return set()
    kept = range(len(theme))
    return {
        "".join(theme[at] for at in kept if at not in dropped)
        for count in range(3)
        for dropped in combinations(kept, count)
    }
