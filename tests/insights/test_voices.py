import csv
import math
from itertools import permutations
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genkdash.insights.diversity import alpha_beta_gamma, beta_by_chance, morisita, morisita_horn

TABLES = st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=1, max_size=6).filter(
    lambda rows: any(map(any, rows))
)


def dune_meadow() -> list[list[int]]:
    """Return the Dutch dune meadow: 20 plots by 30 species, Jongman, ter Braak & van Tongeren 1987."""
    with (Path(__file__).parent / "data" / "dune_meadow.csv").open(encoding="utf-8", newline="") as file:
        return [list(map(int, row)) for row in list(csv.reader(file))[1:]]


def test_the_published_dune_meadow() -> None:
    alpha, beta, gamma = alpha_beta_gamma(dune_meadow())
    assert (alpha, gamma, beta) == pytest.approx((8.6988, 22.1904, 2.5510), abs=5e-5)


def test_two_influencers_with_nothing_in_common_are_two_voices() -> None:
    assert alpha_beta_gamma([[3, 3, 0, 0], [0, 0, 5, 5]]) == pytest.approx((2, 2, 4))


@pytest.mark.parametrize("q", [0, 0.5, 1, 2])
def test_two_influencers_who_tell_the_same_are_one_voice(q: float) -> None:
    assert alpha_beta_gamma([[4, 2, 0], [2, 1, 0]], q)[1] == pytest.approx(1.0)


def test_each_influencer_weighs_the_same_whatever_the_number_of_posts() -> None:
    alpha, beta, gamma = alpha_beta_gamma([[100, 0], [1, 1]])
    entropy = -(0.75 * math.log(0.75) + 0.25 * math.log(0.25))
    assert (alpha, gamma) == pytest.approx((math.sqrt(2), math.exp(entropy)))
    assert beta == pytest.approx(math.exp(entropy) / math.sqrt(2))


def test_other_orders_by_hand() -> None:
    assert alpha_beta_gamma([[1, 1, 0], [0, 1, 0]], 0) == pytest.approx((1.5, 2 / 1.5, 2))
    assert alpha_beta_gamma([[1, 1, 0], [0, 1, 0]], 2) == pytest.approx((1 / 0.75, 0.75 / 0.625, 1 / 0.625))


def test_who_has_no_posts_takes_no_part() -> None:
    assert alpha_beta_gamma([[3, 3], [0, 0]]) == pytest.approx((2, 1, 2))
    assert alpha_beta_gamma([[0, 0], [0, 0]]) is None
    assert alpha_beta_gamma(np.zeros((0, 3))) is None
    assert beta_by_chance([[0, 0]]) is None
    assert beta_by_chance(np.zeros((2, 0))) is None


def test_chance_makes_few_posts_look_distinct() -> None:
    # every way to deal the posts a, a, b, b over two influencers of two posts each, by hand
    deals = [(deal[:2], deal[2:]) for deal in permutations("aabb")]
    betas = [alpha_beta_gamma([[hand.count(topic) for topic in "ab"] for hand in deal])[1] for deal in deals]
    assert sum(betas) / len(betas) == pytest.approx((2 * 2 + 4 * 1) / 6)
    assert beta_by_chance([[2, 0], [0, 2]], permutations=20_000) == pytest.approx(4 / 3, abs=0.02)


def test_chance_gives_the_same_answer_each_time_and_another_with_another_seed() -> None:
    table = [[4, 3, 2, 1], [1, 2, 3, 4], [5, 5, 1, 1]]
    assert beta_by_chance(table) == beta_by_chance(table)
    assert beta_by_chance(table) != beta_by_chance(table, seed=1)


def test_one_influencer_is_one_voice_by_chance_too() -> None:
    assert beta_by_chance([[4, 3, 2]]) == beta_by_chance([[1, 2]]) == 1.0


def test_on_one_topic_everybody_tells_the_same_by_chance_too() -> None:
    assert beta_by_chance([[3], [2]]) == beta_by_chance([[3, 0], [1, 0]]) == 1.0


def test_shares_of_posts_and_no_permutations_are_refused() -> None:
    with pytest.raises(ValueError, match="counts must be whole"):
        beta_by_chance([[0.5, 0.5]])
    with pytest.raises(ValueError, match="permutations"):
        beta_by_chance([[1, 1]], permutations=0)


def test_a_matrix_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="two-dimensional"):
        alpha_beta_gamma([1, 2])
    with pytest.raises(ValueError, match="not negative"):
        alpha_beta_gamma([[1, -2]])


def test_overlap_of_two_influencers_by_hand() -> None:
    # l = (3*2 + 0) / (4*3) = 0.5 and (2*1) / (3*2) = 1/3
    assert morisita([3, 1, 0], [2, 0, 1]) == pytest.approx(2 * 6 / ((0.5 + 1 / 3) * 4 * 3))
    assert morisita_horn([3, 1, 0], [2, 0, 1]) == pytest.approx(2 * 6 / ((10 / 16 + 5 / 9) * 4 * 3))


def test_nothing_in_common_is_no_overlap() -> None:
    assert morisita([3, 0], [0, 3]) == 0.0
    assert morisita_horn([3, 0], [0, 3]) == 0.0


def test_overlap_is_not_defined_where_neither_repeats_a_topic_or_posts_are_lacking() -> None:
    assert morisita([1, 1, 1], [0, 1, 1]) is None
    assert morisita([1, 0], [3, 2]) is None
    assert morisita_horn([0, 0], [3, 2]) is None


def test_counts_over_different_topics_are_refused() -> None:
    with pytest.raises(ValueError, match="same topics"):
        morisita([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="not negative"):
        morisita_horn([1, -2], [1, 2])


@given(TABLES, st.sampled_from([0, 1, 2]))
def test_voices_lie_between_one_and_the_number_of_influencers(table: list[list[int]], q: int) -> None:
    alpha, beta, gamma = alpha_beta_gamma(table, q)
    assert 1 - 1e-9 <= beta <= sum(map(any, table)) + 1e-9
    assert alpha * beta == pytest.approx(gamma)


@given(TABLES, st.randoms())
def test_the_order_of_the_influencers_changes_no_voice(table: list[list[int]], random: Random) -> None:
    shuffled = list(table)
    random.shuffle(shuffled)
    assert alpha_beta_gamma(shuffled) == alpha_beta_gamma(table)
    assert beta_by_chance(shuffled, permutations=5) == beta_by_chance(table, permutations=5)
