"""What lies behind the posts we happened to see? Coverage, rarefaction, and how varied it would be without end.

Counts are whole: the number of posts on each topic, where every post has one. n is their sum, f1 and f2 the number of
topics seen once and twice. Posts with several topics: `incidence`.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from genkdash.insights.incidence import asymptotic_incidence, chance_of_missing, chao2, incidence_coverage
from genkdash.insights.indices import Floats, Integers, hill_number, positive_whole


def sample_coverage(counts: ArrayLike, m: int | None = None) -> float | None:
    """Return the share (0-1) of the next post's chances that belongs to topics already seen.

    `m` is the sample size: n (None) estimates what we saw, less is interpolated, more is extrapolated. None below two
    posts, and for a negative `m`. Source: Chao & Jost 2012, Ecology 93:2533, eq. 4a, 5 and 12.
    """
    x = positive_whole(counts)
    return incidence_coverage(x, int(x.sum()), m)


def chao1(counts: ArrayLike) -> float | None:
    """Return the lower bound of the number of topics there are, seen or not. None without posts.

    S + (n-1)/n * f1^2 / (2 f2), or f1 (f1-1) / 2 where f2 = 0. Source: Chao 1984, Scand. J. Statist. 11:265; Chao et
    al. 2014, Ecol. Monogr. 84:45. Some packages leave the factor (n-1)/n out.
    """
    x = positive_whole(counts)
    return chao2(x, int(x.sum()))


def asymptotic_diversity(counts: ArrayLike, q: int) -> float | None:
    """Return the Hill number of order 0, 1 or 2 to which ever more posts would lead. For a whole campaign only.

    q = 0: Chao1. q = 1: exp of the entropy of Chao, Wang & Jost 2013, Methods Ecol. Evol. 4:1091. q = 2: inverse of
    the unbiased sum x(x-1) / (n(n-1)), None where no topic repeats. None without posts.

    Raises:
        ValueError: another order.
    """
    x = positive_whole(counts)
    return asymptotic_incidence(x, int(x.sum()), q)


def rarefy(counts: ArrayLike, m: int, q: float = 0) -> float | None:
    """Return the Hill number of order `q` to expect among `m` of the n posts. None for m < 1 and m > n.

    E f_k(m) = sum over topics of hypergeom(k; n, x, m); qD(m) = (sum (k/m)^q f_k)^(1/(1-q)).
    Source: Hurlbert 1971 for q = 0; Chao et al. 2014, Ecol. Monogr. 84:45.
    """
    x = positive_whole(counts)
    n = int(x.sum())
    if m < 1 or m > n:
        return None
    if q == 0:
        return float((1 - chance_of_missing(n - x, n, m)).sum())
    if m == n:
        return hill_number(x, q)
    # topics with the same count share a row
    distinct, repeated = np.unique(x, return_counts=True)
    k = np.arange(1, min(m, int(distinct[-1])) + 1)
    f_k = repeated @ _hypergeometric(k[None, :], n, distinct[:, None], m)
    share = k / m
    if q == 1:
        return float(np.exp(-(share * np.log(share) * f_k).sum()))
    return float((share**q * f_k).sum() ** (1 / (1 - q)))


def _hypergeometric(k: Integers, n: int, x: Integers, m: int) -> Floats:
    """Return the chance of k posts on a topic with x of n posts, among m; SciPy's own takes seconds for 100 000."""
    is_possible = (k <= x) & (m - k <= n - x)
    k = np.where(is_possible, k, np.maximum(0, m - (n - x)))
    chance = np.exp(_log_choose(x, k) + _log_choose(n - x, m - k) - _log_choose(n, m))
    return np.where(is_possible, chance, 0.0)


def _log_choose(n: Integers | int, k: Integers | int) -> Floats:
    """Return ln C(n, k) for 0 <= k <= n."""
    return (
        special.gammaln(np.asarray(n) + 1) - special.gammaln(np.asarray(k) + 1) - special.gammaln(np.asarray(n - k) + 1)
    )
