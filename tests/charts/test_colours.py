"""A topic keeps its colour for life, and every colour can be seen in both themes."""

from itertools import combinations

import numpy as np
import numpy.typing as npt
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


Values = npt.NDArray[np.float64]

# What is seen without one kind of cone, in linear red, green, blue: Machado, Oliveira & Fernandes (2009), severity 1.
EYES = {
    "all cones": np.eye(3),
    "no red": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no green": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no blue": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
# Ottosson (2020), OKLab: equal steps look equally far apart.
CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def seen(colour: str, eyes: str) -> Values:
    """The place of #rrggbb in OKLab x 100, as those eyes see it."""
    channels = np.array([int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return 100 * LAB @ np.cbrt(CONES @ np.clip(EYES[eyes] @ linear, 0, 1))


def smallest_distance(colours: tuple[str, ...], eyes: str) -> float:
    places = [seen(colour, eyes) for colour in colours]
    return min(float(np.linalg.norm(one - other)) for one, other in combinations(places, 2))


@pytest.mark.parametrize(("eyes", "floor"), [("all cones", 10.5), ("no red", 6.5), ("no green", 6.5), ("no blue", 6.5)])
def test_every_two_colours_differ_for_every_pair_of_eyes(eyes: str, floor: float) -> None:
    assert smallest_distance((*PALETTE, NO_TOPIC), eyes) >= floor


def test_the_measure_finds_red_and_green_alike_for_eyes_without_green_cones() -> None:
    pair = ("#c8551b", "#8a6d00")
    assert smallest_distance(pair, "all cones") > 12
    assert smallest_distance(pair, "no green") < 8


def test_there_are_twelve_colours() -> None:
    assert len(set(PALETTE)) == 12


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", [*PALETTE, NO_TOPIC])
def test_every_colour_keeps_three_to_one_on_both_backgrounds(colour: str, theme: str) -> None:
    assert contrast(colour, INK[theme].background) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_quiet_text_keeps_four_and_a_half_to_one(theme: str) -> None:
    assert contrast(INK[theme].quiet_text, INK[theme].background) >= 4.5
    assert contrast(INK[theme].quiet_text, INK[theme].panel) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_number_in_the_fullest_cell_of_the_grid_can_be_read(theme: str) -> None:
    assert contrast(INK[theme].text, INK[theme].tint) >= 4.5


def test_a_colour_of_the_sheet_is_kept() -> None:
    colours = topic_colours(sheet(post(), topics=[Topic("Muziek", colour="#be4074"), Topic("Sport")]))
    assert colours["Muziek"] == "#be4074"
    assert colours["Sport"] in PALETTE


def test_a_discovered_topic_keeps_its_colour_when_others_come() -> None:
    before = topic_colours(sheet(post("2018-05-01", "Amina", "Muziek")))
    after = topic_colours(sheet(post("2018-05-01", "Amina", "Muziek"), post("2018-05-02", "Bram", "Sport", "Eten")))
    assert after["Muziek"] == before["Muziek"]


def test_twelve_topics_have_twelve_colours_and_the_next_one_repeats() -> None:
    names = [f"Thema {number}" for number in range(13)]
    colours = topic_colours(sheet(post("2018-05-01", "Amina", *names)))
    assert len({colours[name] for name in names[:12]}) == 12
    assert colours[names[12]] in PALETTE


def test_a_discovered_topic_does_not_look_like_one_whose_colour_stands_in_the_sheet() -> None:
    # a shade beside each colour of the palette but one
    listed = [Topic(f"Thema {number}", colour=f"{colour[:-1]}0") for number, colour in enumerate(PALETTE[1:])]
    colours = topic_colours(sheet(post("2018-05-01", "Amina", "Muziek"), topics=listed))
    assert colours["Muziek"] == PALETTE[0]
