import numpy as np
import pytest

from genkdash.insights.lowest import Floats, Surface, lowest

WIDE = np.array([-50.0, -50.0]), np.array([50.0, 50.0])


def bowl(place: Floats) -> Surface:
    x, y = place
    return Surface(
        (x - 3) ** 2 + x * y + 2 * y**2, np.array([2 * (x - 3) + y, x + 4 * y]), np.array([[2, 1], [1, 4.0]])
    )


def two_hollows(place: Floats) -> Surface:
    """At x = -1 and x = 1, with a saddle between them."""
    x, y = place
    return Surface((x**2 - 1) ** 2 + y**2, np.array([4 * x * (x**2 - 1), 2 * y]), np.diag([12 * x**2 - 4, 2.0]))


def test_the_bottom_of_a_bowl_is_found_from_far_away() -> None:
    height, place = lowest(bowl, np.array([40.0, -40.0]), WIDE)
    assert place == pytest.approx([24 / 7, -6 / 7])
    assert height == pytest.approx(-9 / 7)


def test_the_search_goes_downhill_from_beside_a_saddle_where_the_curvature_says_nothing() -> None:
    height, place = lowest(two_hollows, np.array([0.01, 3.0]), WIDE)
    assert place == pytest.approx([1, 0], abs=1e-6)
    assert height == pytest.approx(0)


def test_nothing_is_tried_beyond_the_corners() -> None:
    tried = []

    def watched(place: Floats) -> Surface:
        tried.append(place)
        return bowl(place)

    _, place = lowest(watched, np.array([9.0, 9.0]), (np.array([-1.0, -1.0]), np.array([2.0, 2.0])))
    assert place[0] == 2.0
    assert all((place <= 2).all() and (place >= -1).all() for place in tried)
