"""A topic keeps its colour for life, and every colour can be seen in both themes."""

import pytest
from builders import post, sheet

from genkdash.charts.colours import NO_TOPIC, PALETTE, topic_colours
from genkdash.charts.theme import INK
from genkdash.sheet.model import Topic


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", [*PALETTE, NO_TOPIC])
def test_every_colour_keeps_three_to_one_on_both_backgrounds(colour: str, theme: str) -> None:
    assert contrast(colour, INK[theme].background) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_quiet_text_keeps_four_and_a_half_to_one(theme: str) -> None:
    assert contrast(INK[theme].quiet_text, INK[theme].background) >= 4.5


def test_a_colour_of_the_sheet_is_kept() -> None:
    colours = topic_colours(sheet(post(), topics=[Topic("Muziek", colour="#be4074"), Topic("Sport")]))
    assert colours["Muziek"] == "#be4074"
    assert colours["Sport"] in PALETTE


def test_a_discovered_topic_keeps_its_colour_when_others_come() -> None:
    before = topic_colours(sheet(post("2018-05-01", "Amina", "Muziek")))
    after = topic_colours(sheet(post("2018-05-01", "Amina", "Muziek"), post("2018-05-02", "Bram", "Sport", "Eten")))
    assert after["Muziek"] == before["Muziek"]


def test_thirteen_topics_have_thirteen_colours_and_the_next_one_repeats() -> None:
    names = [f"Thema {number}" for number in range(14)]
    colours = topic_colours(sheet(post("2018-05-01", "Amina", *names)))
    assert len({colours[name] for name in names[:13]}) == 13
    assert colours[names[13]] in PALETTE
