import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from genkdash.insights.forecast import (
    Gamma,
    discounted_rate,
    final_count_interval,
    final_counts,
    finish_exposure,
    fit_prior,
    looking_ahead,
    number_reaching,
    probability_to_reach,
)

PRIOR = Gamma(1.5, 22.875)


def penalised_likelihood(a: float, mean: float, k: list[int], t: list[float]) -> float:
    b = a / mean
    total = sum(stats.nbinom.logpmf(posts, a, b / (b + days)) for posts, days in zip(k, t, strict=True))
    return total - (math.log(mean) - math.log(12 / 183)) ** 2 / 2 - (math.log(a) - math.log(1.5)) ** 2 / 2


def test_before_any_exposure_the_prior_is_the_mode_of_its_penalty() -> None:
    for posts, exposure in (([], []), ([0] * 10, [0.0] * 10)):
        prior = fit_prior(posts, exposure, 12, 183)
        assert (prior.shape, prior.mean) == pytest.approx((1.5, 12 / 183))


def test_the_prior_is_finite_where_the_plain_maximum_runs_away() -> None:
    k, t = [3, 1, 5, 0, 4], [60.0, 45.0, 80.0, 20.0, 60.0]
    prior = fit_prior(k, t, 12, 183)
    best = optimize.minimize(
        lambda x: -penalised_likelihood(math.exp(x[0]), math.exp(x[1]), k, t), [0.0, -3.0], method="Nelder-Mead"
    )
    assert (prior.shape, prior.mean) == pytest.approx(tuple(np.exp(best.x)), rel=1e-3)
    assert (prior.shape, prior.mean) == pytest.approx((3.1606, 0.048360), rel=1e-4)


def test_who_had_no_exposure_says_nothing_about_the_others() -> None:
    assert fit_prior([3, 5, 2], [60, 80, 0], 12, 183) == fit_prior([3, 5], [60, 80], 12, 183)


@pytest.mark.parametrize(
    ("posts", "exposure", "target", "total"),
    [([1], [1, 2], 12, 183), ([-1], [3], 12, 183), ([1], [3], 0, 183), ([1], [3], 12, 0)],
)
def test_what_can_not_be_fitted_is_refused(posts: list[int], exposure: list[float], target: int, total: float) -> None:
    with pytest.raises(ValueError, match="must be"):
        fit_prior(posts, exposure, target, total)


def test_the_chance_is_the_negative_binomial_and_the_beta_prime_to_twelve_digits() -> None:
    for a, b in ((0.3, 4.0), (1.5, 22.9), (12.0, 150.0)):
        for posts, exposure, remaining in ((0, 10.0, 173.0), (5, 100.0, 83.0), (11, 180.0, 0.2), (3, 21.5, 300.0)):
            found = probability_to_reach(Gamma(a, b), posts, exposure, remaining, 12)
            shape, rate, needed = a + posts, b + exposure, 12 - posts
            assert found == pytest.approx(stats.nbinom.sf(needed - 1, shape, rate / (rate + remaining)), abs=1e-12)
            assert found == pytest.approx(stats.betaprime.cdf(remaining, needed, shape, scale=rate), abs=1e-12)


def test_a_reached_target_is_certain_and_no_time_left_is_no_chance() -> None:
    assert probability_to_reach(PRIOR, 12, 100, 0, 12) == 1.0
    assert probability_to_reach(PRIOR, 11, 183, 0, 12) == 0.0


def test_the_final_count_starts_from_what_is_there() -> None:
    assert final_count_interval(PRIOR, 7, 183, 0) == (7, 7)
    low, high = final_count_interval(PRIOR, 7, 100, 83)
    known, chance = stats.nbinom(8.5, 122.875 / (122.875 + 83)), 0.1
    assert known.cdf(low - 7) >= chance > known.cdf(low - 8)
    assert known.cdf(high - 7) >= 0.9 > known.cdf(high - 8)


def test_the_finish_is_where_the_chance_is_one_in_ten_and_nine_in_ten() -> None:
    early, late = finish_exposure(PRIOR, 7, 100, 12)
    assert probability_to_reach(PRIOR, 7, 100, early, 12) == pytest.approx(0.1)
    assert probability_to_reach(PRIOR, 7, 100, late, 12) == pytest.approx(0.9)
    assert finish_exposure(PRIOR, 12, 100, 12) == (0.0, 0.0)


def test_old_weeks_count_for_less_by_hand() -> None:
    known = discounted_rate(Gamma(1.0, 10.0), [2, 0, 1], [7, 7, 3.5])
    shape = ((1 * 0.95 + 2) * 0.95 + 0) * 0.95**0.5 + 1
    rate = ((10 * 0.95 + 7) * 0.95 + 7) * 0.95**0.5 + 3.5
    assert (known.shape, known.rate) == pytest.approx((shape, rate))


def test_without_discount_it_is_plain_empirical_bayes() -> None:
    assert discounted_rate(Gamma(1.0, 10.0), [2, 0, 1], [7, 7, 3.5], omega=1) == Gamma(4.0, 27.5)
    assert discounted_rate(PRIOR, [], []) == PRIOR


def test_weeks_that_do_not_match_and_a_discount_that_is_none_are_refused() -> None:
    with pytest.raises(ValueError, match="argument 2"):
        discounted_rate(PRIOR, [1, 2], [7])
    with pytest.raises(ValueError, match="omega"):
        discounted_rate(PRIOR, [], [], omega=0)


def test_looking_further_ahead_one_knows_less_but_expects_the_same() -> None:
    near, far = looking_ahead(Gamma(8, 100), 0), looking_ahead(Gamma(8, 100), 70)
    assert near == Gamma(8, 100)
    assert far.shape == pytest.approx(8 * 0.95**5)
    assert far.mean == pytest.approx(near.mean)
    assert looking_ahead(Gamma(0.06, 5), 700).shape == 0.05


def test_the_number_who_reach_by_hand() -> None:
    assert number_reaching([0.5, 0.2]).tolist() == pytest.approx([0.4, 0.5, 0.1])
    assert number_reaching([]).tolist() == [1.0]
    with pytest.raises(ValueError, match="between 0 and 1"):
        number_reaching([1.2])


@given(st.lists(st.floats(0, 1), max_size=20))
def test_the_chances_of_every_number_sum_to_one_and_have_the_right_mean(chances: list[float]) -> None:
    distribution = number_reaching(chances)
    assert distribution.sum() == pytest.approx(1.0)
    assert distribution @ np.arange(len(chances) + 1) == pytest.approx(sum(chances))


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 200), st.floats(0, 400)), max_size=12),
    st.integers(1, 60),
    st.floats(1, 700),
)
def test_any_log_gives_a_usable_prior(log: list[tuple[int, float]], target: int, total: float) -> None:
    prior = fit_prior([posts for posts, _ in log], [days for _, days in log], target, total)
    assert math.isfinite(prior.shape)
    assert math.isfinite(prior.rate)
    assert prior.shape > 0
    assert prior.rate > 0


@given(st.integers(0, 11), st.floats(0, 180))
def test_more_time_and_more_posts_never_lower_the_chance(posts: int, exposure: float) -> None:
    by_time = [probability_to_reach(PRIOR, posts, exposure, remaining, 12) for remaining in (0, 1, 20, 100)]
    by_posts = [probability_to_reach(PRIOR, k, exposure, 30, 12) for k in range(posts, 13)]
    assert all(later >= earlier for curve in (by_time, by_posts) for earlier, later in pairwise(curve))


def test_intervals_cover_what_they_promise_over_ten_thousand_campaigns() -> None:
    random = np.random.default_rng(0)
    truth = Gamma(2.0, 30.0)
    rates = random.gamma(truth.shape, 1 / truth.rate, 10_000)
    so_far = random.poisson(rates * 90)
    final = so_far + random.poisson(rates * 93)
    interval = {k: final_count_interval(truth, int(k), 90, 93) for k in np.unique(so_far)}
    inside = [interval[k][0] <= end <= interval[k][1] for k, end in zip(so_far, final, strict=True)]
    assert 0.75 <= np.mean(inside) <= 0.92


def test_intervals_hold_with_a_fitted_prior_and_a_discount_too() -> None:
    # three hundred teams of ten whose pace is steady, seen after 13 of 26 weeks
    random = np.random.default_rng(0)
    inside = []
    for _ in range(300):
        weeks = random.poisson(7 * random.gamma(2.0, 1 / 30, size=(10, 1)), (10, 26))
        so_far = weeks[:, :13].sum(axis=1)
        prior = fit_prior(so_far, [91.0] * 10, 12, 182)
        for own, posts in zip(weeks, so_far.tolist(), strict=True):
            known = looking_ahead(discounted_rate(prior, own[:13].tolist(), [7.0] * 13), 91)
            low, high = final_counts(posts, known, 91)
            inside.append(low <= own.sum() <= high)
    assert 0.75 <= np.mean(inside) <= 0.92
