import math
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genkdash.insights.diversity import (
    asymptotic_diversity,
    chao1,
    hill_number,
    hurlbert_pie,
    rarefy,
    sample_coverage,
)

# Spiders under girdled hemlocks, Sackett et al. 2011 (PLoS ONE 6:e22240), as in Chao et al. 2014 and iNEXT
GIRDLED = [46, 22, 17, 15, 15, 9, 8, 6, 6, 4, *[2] * 4, *[1] * 12]
COUNTS = st.lists(st.integers(1, 12), min_size=1, max_size=8)


def test_the_published_spiders_as_observed() -> None:
    assert (sum(GIRDLED), len(GIRDLED)) == (168, 26)
    assert [hill_number(GIRDLED, q) for q in (0, 1, 2)] == pytest.approx([26, 12.0597, 7.84], abs=5e-5)


def test_the_published_spiders_without_end() -> None:
    found = [asymptotic_diversity(GIRDLED, q) for q in (0, 1, 2)]
    assert found == pytest.approx([43.8929, 13.8263, 8.1748], abs=5e-5)
    assert sample_coverage(GIRDLED) == pytest.approx(0.928855, abs=5e-7)


def test_twelve_posts_on_twelve_topics_would_promise_seventy_two() -> None:
    assert chao1([1] * 12) == 72.5


def test_every_possible_sample_of_four_posts_by_hand() -> None:
    posts = "aaabbcd"
    samples = [[sample.count(topic) for topic in "abcd"] for sample in combinations(posts, 4)]
    expected_s = sum(hill_number(sample, 0) for sample in samples) / len(samples)
    assert rarefy([3, 2, 1, 1], 4) == pytest.approx(expected_s)
    frequencies = [sum(sample.count(k) for sample in samples) / len(samples) for k in range(5)]
    shannon = -sum(k / 4 * math.log(k / 4) * frequencies[k] for k in range(1, 5))
    assert rarefy([3, 2, 1, 1], 4, 1) == pytest.approx(math.exp(shannon))
    assert rarefy([3, 2, 1, 1], 4, 2) == pytest.approx(1 / sum((k / 4) ** 2 * frequencies[k] for k in range(1, 5)))


def test_coverage_of_smaller_samples_by_hand() -> None:
    assert sample_coverage([3, 1], 1) == pytest.approx(1 - (3 / 4 * 1 / 3 + 1 / 4 * 3 / 3))
    assert sample_coverage([3, 1], 0) == 0.0
    assert sample_coverage([3, 1], 3) == pytest.approx(1 - 1 / 4)


def test_coverage_with_and_without_topics_seen_twice_by_hand() -> None:
    assert sample_coverage([5, 2, 1]) == pytest.approx(1 - 1 / 8 * (7 * 1) / (7 * 1 + 2 * 1))
    assert sample_coverage([5, 1, 1]) == pytest.approx(1 - 2 / 7 * (6 * 1) / (6 * 1 + 2))
    assert sample_coverage([5, 3]) == 1.0


def test_coverage_of_more_posts_is_extrapolated() -> None:
    a = (7 * 1) / (7 * 1 + 2 * 1)
    assert sample_coverage([5, 2, 1], 10) == pytest.approx(1 - 1 / 8 * a**3)


@pytest.mark.parametrize("counts", [[], [0, 0]])
def test_without_posts_nothing_can_be_estimated(counts: list[int]) -> None:
    assert sample_coverage(counts) is None
    assert chao1(counts) is None
    assert [asymptotic_diversity(counts, q) for q in (0, 1, 2)] == [None, None, None]
    assert rarefy(counts, 1) is None


def test_one_post_says_nothing_about_coverage() -> None:
    assert sample_coverage([1]) is None
    assert [asymptotic_diversity([1], q) for q in (0, 1, 2)] == [1.0, 1.0, None]


def test_no_repeated_topic_has_no_second_asymptote() -> None:
    assert asymptotic_diversity([1, 1, 1], 2) is None


def test_a_sample_larger_than_the_posts_is_not_rarefied() -> None:
    assert rarefy([3, 1], 5) is None
    assert rarefy([3, 1], 0) is None


def test_only_three_orders_have_an_asymptote() -> None:
    with pytest.raises(ValueError, match="q must be"):
        asymptotic_diversity([3, 1], 3)


def test_shares_of_posts_are_refused() -> None:
    with pytest.raises(ValueError, match="counts must be whole"):
        chao1([0.5, 1])


def unseen_by_definition(counts: list[int]) -> float:
    n, f1, f2 = sum(counts), counts.count(1), counts.count(2)
    if f1 == 0:
        return 0.0
    a = 2 * f2 / ((n - 1) * f1 + 2 * f2) if f2 else 2 / ((n - 1) * (f1 - 1) + 2)
    if a == 1:
        return 0.0
    return f1 / n * sum((1 - a) ** (r - n + 1) / r for r in range(n, n + 20_000))


@pytest.mark.parametrize("counts", [[30, 2, 2, 2, 1], [5, 1, 1], [4, 2, 1], [1, 1, 1], [60, *[2] * 30, *[1] * 3]])
def test_the_unseen_part_of_the_entropy_is_the_tail_of_its_series(counts: list[int]) -> None:
    n = sum(counts)
    seen = sum(x / n * sum(1 / k for k in range(x, n)) for x in counts)
    assert asymptotic_diversity(counts, 1) == pytest.approx(math.exp(seen + unseen_by_definition(counts)), rel=1e-9)


def test_a_hundred_thousand_posts_stay_finite() -> None:
    found = [asymptotic_diversity([20_000] * 5 + [1], q) for q in (0, 1, 2)]
    assert found == pytest.approx([6.0, 5.0006, 5.0001], abs=1e-3)
    assert rarefy([20_000] * 5 + [1], 50_000, 1) == pytest.approx(5.0006, abs=1e-3)


def test_the_chance_of_a_topic_in_a_sample_is_the_hypergeometric_one() -> None:
    # f_k for one topic of 5 among 12 posts, sample of 9: C(5, k) C(7, 9 - k) / C(12, 9)
    f = [math.comb(5, k) * math.comb(7, 9 - k) / math.comb(12, 9) for k in range(2, 6)]
    g = [math.comb(7, k) * math.comb(5, 9 - k) / math.comb(12, 9) for k in range(4, 8)]
    squares = sum((k / 9) ** 2 * f[k - 2] for k in range(2, 6)) + sum((k / 9) ** 2 * g[k - 4] for k in range(4, 8))
    assert rarefy([5, 7], 9, 2) == pytest.approx(1 / squares)


@given(COUNTS)
def test_all_posts_rarefied_to_themselves_are_as_observed(counts: list[int]) -> None:
    n = sum(counts)
    assert [rarefy(counts, n, q) for q in (0, 1, 2)] == pytest.approx([hill_number(counts, q) for q in (0, 1, 2)])


@given(COUNTS, st.sampled_from([0, 1, 2]))
def test_rarefied_diversity_never_falls_with_more_posts(counts: list[int], q: int) -> None:
    curve = [rarefy(counts, m, q) for m in range(1, sum(counts) + 1)]
    assert curve[0] == pytest.approx(1.0)
    assert all(later >= earlier - 1e-9 for earlier, later in pairwise(curve))


@given(COUNTS)
def test_two_posts_rarefied_say_the_same_as_pie(counts: list[int]) -> None:
    if sum(counts) >= 2:
        assert rarefy(counts, 2) == pytest.approx(1 + hurlbert_pie(counts))


@given(COUNTS)
def test_without_end_there_is_at_least_what_was_seen(counts: list[int]) -> None:
    assert chao1(counts) >= len(counts)
    assert asymptotic_diversity(counts, 1) >= hill_number(counts, 1) * (1 - 1e-9)


@given(COUNTS)
def test_coverage_lies_between_zero_and_one_and_grows_with_the_sample(counts: list[int]) -> None:
    n = sum(counts)
    if n < 2:
        return
    curve = [sample_coverage(counts, m) for m in range(2 * n)]
    assert all(-1e-12 <= value <= 1 + 1e-12 for value in curve)
    assert all(later >= earlier - 1e-9 for earlier, later in pairwise(curve))
