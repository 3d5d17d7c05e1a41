"""When are two spellings the same word? Folding of names, headers and themes, and how far apart two are."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

# As code points, because the eye can't tell them apart: ' ` acute, quotes left, right and reversed, modifiers, prime.
_APOSTROPHES = "'`\u00b4\u2018\u2019\u201b\u02bc\u02bb\u02b9\u2032\uff07"
# Letters with a stroke, and the Turkish dotless i, have no decomposition, yet people leave the mark out.
_LETTERS = str.maketrans({**dict.fromkeys(_APOSTROPHES), "\u0131": "i", "ł": "l", "ø": "o", "đ": "d"})
_DROPPED = frozenset({"Mn", "Cf", "Cs"})
_COMPARED = 40
"""Of a text as long as a post only this much is compared with a name."""
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)


def fold(text: str) -> str:
    """Return what is left of a spelling without case, accents, apostrophes and stray white space. Idempotent.

    A text of nothing but such signs stays as it is, so that only blank text folds to nothing.
    """
    if text.isascii():
        bare = text.replace("'", "").replace("`", "")
    else:
        bare = _bare(_bare(text).casefold()).translate(_LETTERS)
    return " ".join(bare.casefold().split()) or text.strip()


def tidy(text: str) -> str:
    """Return the text as people see it: trimmed, without characters that nobody sees or that no file can hold.

    What turns the direction of all that follows it on the line goes as well: it would turn our own words around.
    """
    return (text if text.isprintable() else _UNPRINTABLE.sub("", text)).strip()


def _bare(text: str) -> str:
    """Decompose and drop accents, apostrophes and invisible signs."""
    letters = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(letter for letter in letters if unicodedata.category(letter) not in _DROPPED)


def distance(one: str, other: str) -> int:
    """Return how many letters were left out, added, changed or swapped (optimal string alignment)."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, against in enumerate(other, start=1):
            steps = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                steps = min(steps, before[column - 2] + 1)
            current.append(steps)
        before, above = above, current
    return above[-1]


def nearest(text: str, names: Sequence[str]) -> str:
    """Return the name that differs least from the text, the first of equals; `names` is not empty."""
    wanted = fold(text)[:_COMPARED]
    return min(names, key=lambda name: distance(wanted, fold(name)[:_COMPARED]))


def usual_spellings(counted: Mapping[str, int]) -> dict[str, str]:
    """Return for each folded word its most frequent spelling, the first of equals, given how often each was seen."""
    usual: dict[str, str] = {}
    for spelling, times in counted.items():
        known = usual.setdefault(fold(spelling), spelling)
        if times > counted[known]:
            usual[fold(spelling)] = spelling
    return usual


def parts_of(text: str, separators: str) -> list[str]:
    """Return the parts of a cell that holds several, trimmed, without empty ones."""
    parts = (tidy(part) for part in re.split(f"[{re.escape(separators)}]", text))
    return [part for part in parts if part]
