"""Which colour has a topic? The same everywhere and for life: its own from the sheet, else one by its name.

Every colour of the palette keeps a contrast of 3:1 on both backgrounds (WCAG 2.2, 1.4.11), and every two of them, the
grey of "no topic" too, differ for eyes without red, green or blue cones: tests/charts/test_colours.py holds the floor.
"""

import hashlib
from collections.abc import Iterable, Mapping

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


def topic_colours(sheet: Sheet) -> Mapping[str, str]:
    """Return a #rrggbb for each topic: listed ones first, then discovered ones in the order of the sheet.

    A colour already taken moves on to the next free one of the palette; when all are taken they repeat.
    """
    listed = sheet.topics or ()
    colours = {topic.name: topic.colour for topic in listed if topic.colour}
    discovered = (name for names in sheet.posts["topics"] for name in names)
    for name in _unique([*(topic.name for topic in listed), *discovered]):
        colours.setdefault(name, _free_colour(name, set(colours.values())))
    return colours


def _free_colour(name: str, taken: set[str]) -> str:
    """Return the first free colour from the place in the palette that the name's hash points to."""
    start = int.from_bytes(hashlib.sha256(name.casefold().encode()).digest()[:4], "big") % len(PALETTE)
    turned = PALETTE[start:] + PALETTE[:start]
    return next((colour for colour in turned if colour not in taken), turned[0])


def _unique(names: Iterable[str]) -> list[str]:
    """Return the names once each, in the order of their first appearance."""
    return list(dict.fromkeys(names))
