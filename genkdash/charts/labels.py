"""How does a name stand beside its row? Escaped, whole where it fits, shortened where it would eat the chart."""

from collections.abc import Sequence
from math import ceil

from genkdash.safe_text import for_plotly

_LONGEST = 22  # letters; a longer name leaves a phone no room for the chart
# How wide letters are in our font, as a share of its size, with a little over; measured in Chromium.
_WIDTHS = {"',.:;!|()[]{}ijlI ": 0.28, "frt/-": 0.42, "mwMWOQ@%æœ": 0.9}
_CAPITAL, _OTHER, _WIDE = 0.7, 0.58, 1.05
_LAST_ALPHABET = "\u10ff"  # from here on letters are as wide as they are high
_WIDTH_OF = {letter: width for letters, width in _WIDTHS.items() for letter in letters}
_TICK_PIXELS = 13  # a size of letters, as charts/theme.py has it
_BESIDE_PIXELS = 14


def row_axis(names: Sequence[str]) -> dict[str, object]:
    """Return the settings of a category axis with a row for each of `names`, the first one on top.

    Every row has its label, however many there are; the values on the axis are the names, escaped.
    """
    values = [for_plotly(name) for name in names]
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": values[::-1],
        "tickmode": "array",
        "tickvals": values,
        "ticktext": [for_plotly(shortened(name)) for name in names],
        "ticklabelstandoff": 6,
    }


def row_pixels(names: Sequence[str]) -> int:
    """Return how much room the longest of these names takes beside its row.

    A chart that is given it as its margin is drawn once. Plotly draws one with a smaller margin again and again, until
    its names fit; one with a larger margin stays as it is.
    """
    return _BESIDE_PIXELS + ceil(_TICK_PIXELS * max((_width(shortened(name)) for name in names), default=0))


def _width(text: str) -> float:
    return sum(_WIDTH_OF.get(letter) or _width_of_other(letter) for letter in text)


def _width_of_other(letter: str) -> float:
    if letter > _LAST_ALPHABET:
        return _WIDE
    return _CAPITAL if letter.isupper() else _OTHER


def shortened(name: str) -> str:
    """Return `name`, cut with an ellipsis where it is too long."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
