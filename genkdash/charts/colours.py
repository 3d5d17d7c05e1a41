"""Which colour has a topic? The same everywhere and for life: its own from the sheet, else one by its name.

Every colour of the palette keeps a contrast of 3:1 on both backgrounds (WCAG 2.2, 1.4.11), and every two of them, the
grey of "no topic" too, differ for eyes without red, green or blue cones: tests/charts/test_colours.py holds the floor.
"""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from math import inf

import numpy as np
from numpy.typing import NDArray

from genkdash.sheet.model import Sheet

PALETTE = (
    "#be6b03",
    "#9f3898",
    "#239dd8",
    "#299c5a",
    "#f25f5b",
    "#b83855",
    "#805d06",
    "#0d69d0",
    "#ba848c",
    "#037157",
    "#966cae",
    "#8677f7",
)
NO_TOPIC = "#6b7780"

_CLEARLY_DIFFERENT = 0.08  # in OKLab; two of the palette are 0.1 apart or more
_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def topic_colours(sheet: Sheet) -> Mapping[str, str]:
    """Return a #rrggbb for each topic: listed ones first, then discovered ones in the order of the sheet.

    A colour that is taken, or looks like a taken one, moves on to the next free one; when all are taken they repeat.
    """
    listed = sheet.topics or ()
    colours = {topic.name: topic.colour for topic in listed if topic.colour}
    discovered = (name for names in sheet.posts["topics"] for name in names)
    for name in _unique([*(topic.name for topic in listed), *discovered]):
        colours.setdefault(name, _free_colour(name, set(colours.values())))
    return colours


def _free_colour(name: str, taken: set[str]) -> str:
    """Return the first colour that is nowhere near a taken one, from the place that the name's hash points to.

    Where there is none left, the one farthest from all that are taken.
    """
    start = int.from_bytes(hashlib.sha256(name.casefold().encode()).digest()[:4], "big") % len(PALETTE)
    turned = PALETTE[start:] + PALETTE[:start]
    room = {colour: min((_difference(colour, other) for other in taken), default=inf) for colour in turned}
    return next((colour for colour in turned if room[colour] >= _CLEARLY_DIFFERENT), max(turned, key=room.__getitem__))


@cache
def _difference(one: str, other: str) -> float:
    """Return how far apart two colours look: 0 the same, 1 black and white. Source: OKLab, Ottosson 2020."""
    return float(np.linalg.norm(_in_oklab(one) - _in_oklab(other)))


def _in_oklab(colour: str) -> NDArray[np.float64]:
    """Return the place of #rrggbb among all colours: lightness, green to red, blue to yellow."""
    channels = np.array([int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    lab: NDArray[np.float64] = _LAB @ np.cbrt(_CONES @ linear)
    return lab


def _unique(names: Iterable[str]) -> list[str]:
    """Return the names once each, in the order of their first appearance."""
    return list(dict.fromkeys(names))
