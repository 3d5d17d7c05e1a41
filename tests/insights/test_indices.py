import itertools
import math
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genkdash.insights.indices import hill_number, hurlbert_pie, pielou_evenness

COUNTS = st.lists(st.integers(1, 60), min_size=1, max_size=15)
ORDERS = st.sampled_from([0, 0.5, 1, 2, 3])


def test_six_three_and_one_post_by_hand() -> None:
    counts = [6, 3, 1]
    entropy = -(0.6 * math.log(0.6) + 0.3 * math.log(0.3) + 0.1 * math.log(0.1))
    assert hill_number(counts, 0) == 3.0
    assert hill_number(counts, 1) == pytest.approx(math.exp(entropy))
    assert hill_number(counts, 2) == pytest.approx(1 / (0.36 + 0.09 + 0.01))
    assert pielou_evenness(counts) == pytest.approx(entropy / math.log(3))
    assert hurlbert_pie(counts) == pytest.approx(1 - (30 + 6 + 0) / 90)


def test_equal_topics_count_as_themselves_at_every_order() -> None:
    assert [hill_number([2, 2, 2, 2], q) for q in (0, 0.5, 1, 2, 50, math.inf)] == pytest.approx([4.0] * 6)
    assert pielou_evenness([2, 2, 2, 2]) == pytest.approx(1.0)


def test_an_extreme_order_counts_the_largest_topic_only() -> None:
    assert hill_number([6, 3, 1], 2000) == pytest.approx(1 / 0.6, rel=1e-3)
    assert hill_number([6, 3, 1], math.inf) == pytest.approx(1 / 0.6)


@pytest.mark.parametrize("counts", [[], [0.0, 0.0]])
def test_nothing_is_defined_without_posts(counts: list[float]) -> None:
    assert hill_number(counts, 1) is None
    assert pielou_evenness(counts) is None
    assert hurlbert_pie(counts) is None


def test_evenness_of_one_topic_and_the_difference_of_one_post_are_not_defined() -> None:
    assert pielou_evenness([5, 0]) is None
    assert hurlbert_pie([1, 0]) is None
    assert hurlbert_pie([2]) == 0.0


@pytest.mark.parametrize("counts", [[-1, 2], [float("nan")], [float("inf"), 1], [[1, 2]]])
def test_counts_that_are_no_counts_are_refused(counts: list[float]) -> None:
    with pytest.raises(ValueError, match="counts must be"):
        hill_number(counts, 1)


@given(COUNTS, ORDERS)
def test_doubling_every_topic_doubles_the_hill_number(counts: list[int], q: float) -> None:
    assert hill_number(counts + counts, q) == pytest.approx(2 * hill_number(counts, q))


@given(COUNTS, ORDERS)
def test_merging_two_topics_never_raises_the_hill_number(counts: list[int], q: float) -> None:
    merged = [sum(counts[:2]), *counts[2:]]
    assert hill_number(merged, q) <= hill_number(counts, q) * (1 + 1e-12)


@given(COUNTS, ORDERS, st.randoms())
def test_the_order_of_the_counts_and_unseen_topics_change_nothing(counts: list[int], q: float, random: Random) -> None:
    shuffled = [*counts, 0, 0]
    random.shuffle(shuffled)
    assert hill_number(shuffled, q) == hill_number(counts, q)
    assert pielou_evenness(shuffled) == pielou_evenness(counts)
    assert hurlbert_pie(shuffled) == hurlbert_pie(counts)


@given(COUNTS)
def test_hill_numbers_fall_with_their_order_and_stay_between_one_and_the_richness(counts: list[int]) -> None:
    numbers = [hill_number(counts, q) for q in (0, 0.5, 1, 2, 3)]
    assert all(later <= earlier * (1 + 1e-12) for earlier, later in itertools.pairwise(numbers))
    assert 1 - 1e-12 <= numbers[-1] <= numbers[0] == len(counts)


def test_pie_of_three_posts_and_of_twelve_are_right_on_average() -> None:
    shares = np.array([0.5, 0.3, 0.15, 0.05])
    random = np.random.default_rng(0)
    for posts in (3, 12):
        found = [hurlbert_pie(counts) for counts in random.multinomial(posts, shares, size=4_000)]
        assert np.mean(found) == pytest.approx(1 - (shares**2).sum(), abs=0.015)
