"""Will the target be reached, how many posts will it be, and when? Gamma-Poisson, with what the others do as prior.

A person posts at a rate lambda (posts per exposure day) that is Gamma distributed: `Gamma(shape, rate)` has mean
shape / rate. k posts in t exposure days make it Gamma(shape + k, rate + t); the posts of h more days are then
negative binomial. Source: Fader, Hardie & Lee 2005, Marketing Science 24:275; Harvey & Fernandes 1989, J. Bus. Econ.
Stat. 7:407 for the discount.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from genkdash.insights.lowest import Surface, lowest

# of five real event logs; the penalty holds the fit near it
_TYPICAL_SHAPE = 1.5
_DAYS_PER_WEEK = 7
# far ahead next to nothing is known, but a shape of 0 is no distribution
_LEAST_SHAPE = 0.05
INTERVAL = (0.1, 0.9)
"""The quantiles between which a final count or a finish is shown."""


@dataclass(frozen=True, slots=True)
class Gamma:
    """What is known of a rate in posts per exposure day: mean shape / rate; `rate` is in exposure days."""

    shape: float
    rate: float

    @property
    def mean(self) -> float:
        """Return the expected number of posts per exposure day."""
        return self.shape / self.rate

    def after(self, posts: int, exposure: float) -> "Gamma":
        """Return what is known once `posts` were seen in `exposure` days."""
        return Gamma(self.shape + posts, self.rate + exposure)


def fit_prior(posts: ArrayLike, exposure: ArrayLike, target: float, total_exposure: float) -> Gamma:
    """Return the prior that fits all influencers best: penalised maximum likelihood of the negative binomial.

    `posts` and `exposure` (days so far) have one value per influencer; those without exposure say nothing. `target`
    posts in `total_exposure` days is the pace aimed for. Penalties log mu ~ N(log(target / total), 1) and log a ~
    N(log 1.5, 1) keep it finite: without them k = (3,1,5,0,4), t = (60,45,80,20,60) runs away. Before any exposure
    the answer is a = 1.5, mu = target / total.

    Raises:
        ValueError: the lengths differ, a count or exposure is negative, or the pace aimed for is not above zero.
    """
    k, t = np.asarray(posts, dtype=np.float64), np.asarray(exposure, dtype=np.float64)
    if k.shape != t.shape or k.ndim != 1 or not (np.isfinite(k) & np.isfinite(t) & (k >= 0) & (t >= 0)).all():
        raise ValueError("posts and exposure must be as many, and not negative")
    if not (target > 0 and total_exposure > 0):
        raise ValueError("target and total_exposure must be above zero")
    # sorted, so that the order of the influencers changes not even the last digit
    order = np.lexsort((t, k))
    k, t = k[order][t[order] > 0], t[order][t[order] > 0]
    typical = np.array([log(_TYPICAL_SHAPE), log(target / total_exposure)])
    if len(k) == 0:
        return _gamma(typical)
    observed = np.array([typical[0], log((k.sum() + 1) / (t.sum() + total_exposure / target))])
    # the penalty alone rules out more than twenty e-folds; the search must not try them either
    within = typical - 20, typical + 20
    fits = [lowest(lambda logs: _cost(logs, k, t, typical), start, within) for start in (typical, observed)]
    return _gamma(min(fits, key=lambda fit: fit[0])[1])


def probability_to_reach(prior: Gamma, posts: int, exposure: float, remaining: float, target: int) -> float:
    """Return the chance (0-1) of at least `target` posts, after `posts` in `exposure` days, with `remaining` to go.

    nbinom.sf(r - 1, A, B / (B + h)) = betaprime.cdf(h, r, A, scale=B), for A = a + k, B = b + t, r = target - posts.
    """
    return chance_of(target - posts, prior.after(posts, exposure), remaining)


def final_count_interval(
    prior: Gamma, posts: int, exposure: float, remaining: float, quantiles: tuple[float, float] = INTERVAL
) -> tuple[int, int]:
    """Return between which numbers of posts it will end, at the given quantiles: k + nbinom.ppf(q, A, B / (B + h))."""
    return final_counts(posts, prior.after(posts, exposure), remaining, quantiles)


def finish_exposure(
    prior: Gamma, posts: int, exposure: float, target: int, quantiles: tuple[float, float] = INTERVAL
) -> tuple[float, float]:
    """Return between which numbers of exposure days from now the target is met: betaprime.ppf(q, r, A, scale=B).

    0.0 where it is met already; infinite where no number of days is enough in double precision.
    """
    return exposure_needed(target - posts, prior.after(posts, exposure), quantiles)


def discounted_rate(
    prior: Gamma, posts_by_week: Iterable[float], exposure_by_week: Iterable[float], omega: float = 0.95
) -> Gamma:
    """Return what is known of a rate that may drift: per exposure week A <- omega A + y, B <- omega B + 7.

    A week of another length d, such as the last one, counts for d / 7: factor omega^(d/7), and + d. With omega = 1
    it is `prior.after` of the sums.

    Raises:
        ValueError: the weeks differ in number, or omega is not above 0 and at most 1.
    """
    if not 0 < omega <= 1:
        raise ValueError("omega must be above 0 and at most 1")
    shape, rate = prior.shape, prior.rate
    for posts, exposure in zip(posts_by_week, exposure_by_week, strict=True):
        factor = omega ** (exposure / _DAYS_PER_WEEK)
        shape, rate = factor * shape + posts, factor * rate + exposure
    return Gamma(shape, rate)


def looking_ahead(known: Gamma, remaining: float, omega: float = 0.95) -> Gamma:
    """Return what is known of the mean rate over `remaining` exposure days: less, the further one looks.

    H weeks multiply shape and rate by omega^(H/2); the shape stays at least 0.05.
    """
    factor = omega ** (max(remaining, 0.0) / _DAYS_PER_WEEK / 2)
    return Gamma(max(factor * known.shape, _LEAST_SHAPE), factor * known.rate)


def number_reaching(probabilities: ArrayLike) -> NDArray[np.float64]:
    """Return the chances that exactly 0, 1, ... N influencers reach their target: the Poisson-binomial distribution.

    `probabilities` has one chance (0-1) per influencer; the answer has N + 1 values that sum to 1.
    """
    chances = np.asarray(probabilities, dtype=np.float64)
    if chances.ndim != 1 or not ((chances >= 0) & (chances <= 1)).all():
        raise ValueError("probabilities must lie between 0 and 1")
    distribution = np.array([1.0])
    for chance in chances:
        distribution = np.append(distribution * (1 - chance), 0.0) + np.append(0.0, distribution * chance)
    return distribution


def chance_of(needed: int, known: Gamma, remaining: float) -> float:
    """Return the chance of at least `needed` posts in `remaining` exposure days."""
    if needed <= 0:
        return 1.0
    if remaining <= 0:
        return 0.0
    return float(special.betainc(needed, known.shape, remaining / (known.rate + remaining)))


def final_counts(
    posts: int, known: Gamma, remaining: float, quantiles: tuple[float, float] = INTERVAL
) -> tuple[int, int]:
    """Return `posts` plus the quantiles of the posts still to come."""
    if remaining <= 0:
        return posts, posts
    low, high = _negative_binomial_quantiles(np.array(quantiles), known.shape, known.rate / (known.rate + remaining))
    return posts + low, posts + high


def counts_until(needed: int, known: Gamma, remaining: float) -> NDArray[np.float64]:
    """Return the chances of 0, 1, ... `needed` more posts in `remaining` exposure days; the last is "or more".

    `needed` >= 1 and `remaining` > 0; the `needed + 1` chances sum to 1.
    """
    within = known.rate / (known.rate + remaining)
    more = np.arange(needed)
    log_ways = special.gammaln(known.shape + more) - special.gammaln(more + 1) - special.gammaln(known.shape)
    fewer = np.exp(log_ways + known.shape * np.log(within) + more * np.log1p(-within))
    return np.append(fewer, special.betainc(needed, known.shape, 1 - within))


def exposure_needed(needed: int, known: Gamma, quantiles: tuple[float, float] = INTERVAL) -> tuple[float, float]:
    """Return the quantiles of the exposure days until `needed` more posts are there.

    Beta prime: rate * x / (1 - x), x being that quantile of Beta(needed, shape). 1 - x comes from the other tail, for
    x may be 1 to the last digit.
    """
    if needed <= 0:
        return 0.0, 0.0
    below = special.betaincinv(needed, known.shape, np.array(quantiles))
    above = special.betainccinv(known.shape, needed, np.array(quantiles))
    with np.errstate(divide="ignore", over="ignore"):
        early, late = known.rate * (below / above)
    return float(early), float(late)


def _negative_binomial_quantiles(quantiles: NDArray[np.float64], shape: float, within: float) -> list[int]:
    """Return the smallest counts that reach each quantile: the inverse of the chance, rounded up to a count.

    Where the rounding errs, the count below reaches it as well and is taken.
    """
    counts = np.maximum(np.ceil(special.nbdtrik(quantiles, shape, within)), 0.0)
    below = np.maximum(counts - 1, 0.0)
    return [int(count) for count in np.where(special.betainc(shape, below + 1, within) >= quantiles, below, counts)]


def _gamma(logs: NDArray[np.float64]) -> Gamma:
    """Return the Gamma with the given log shape and log mean."""
    shape, mean = exp(logs[0]), exp(logs[1])
    return Gamma(shape, shape / mean)


def _cost(
    logs: NDArray[np.float64], k: NDArray[np.float64], t: NDArray[np.float64], typical: NDArray[np.float64]
) -> Surface:
    """Return minus the penalised log-likelihood of (log shape, log mean), with its first and second derivatives."""
    a, b = np.exp(logs[0]), np.exp(logs[0] - logs[1])
    ahead = b + t
    likelihood = special.gammaln(k + a) - special.gammaln(a) - a * np.log1p(t / b) + k * (np.log(t) - np.log(ahead))
    by_a = a * (special.digamma(k + a) - special.digamma(a) - np.log1p(t / b)).sum()
    by_b = ((a * t - b * k) / ahead).sum()
    by_aa = a**2 * (special.polygamma(1, k + a) - special.polygamma(1, a)).sum()
    by_ab = (a * t / ahead).sum()
    by_bb = -(a * t / ahead + b / ahead * ((a * t - b * k) / ahead)).sum()
    away = logs - typical
    cost = -likelihood.sum() + (away**2).sum() / 2
    mixed = by_ab + by_b + by_bb
    return Surface(
        float(cost),
        np.array([-by_a - by_b, by_b]) + away,
        np.array([[-by_a - by_aa - by_ab - mixed, mixed], [mixed, -by_b - by_bb]]) + np.eye(2),
    )
