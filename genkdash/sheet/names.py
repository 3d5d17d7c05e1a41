"""When are two spellings the same word? Folding of names, headers and themes."""

import re
import unicodedata

# As code points, because the eye can't tell them apart: ' ` acute, quotes left, right and reversed, modifiers, prime.
_APOSTROPHES = "'`\u00b4\u2018\u2019\u201b\u02bc\u02bb\u02b9\u2032\uff07"
# Letters with a stroke, and the Turkish dotless i, have no decomposition, yet people leave the mark out.
_LETTERS = str.maketrans({**dict.fromkeys(_APOSTROPHES), "\u0131": "i", "ł": "l", "ø": "o", "đ": "d"})
_DROPPED = frozenset({"Mn", "Cf", "Cs"})
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\ud800-\udfff]")


def fold(text: str) -> str:
    """Return what is left of a spelling without case, accents, apostrophes and stray white space. Idempotent."""
    if not text.isascii():
        text = _bare(_bare(text).casefold())
    return " ".join(text.translate(_LETTERS).casefold().split())


def tidy(text: str) -> str:
    """Return the text as people see it: trimmed, without characters that nobody sees or that no file can hold."""
    return (text if text.isascii() and text.isprintable() else _UNPRINTABLE.sub("", text)).strip()


def _bare(text: str) -> str:
    """Decompose and drop accents, apostrophes and invisible signs."""
    letters = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(letter for letter in letters if unicodedata.category(letter) not in _DROPPED)
