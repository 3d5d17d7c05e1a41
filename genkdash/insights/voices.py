"""Do the influencers tell different things, or all the same? Diversity within, between and over all of them.

A matrix has a row per influencer and a column per topic; rows without posts take no part.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from genkdash.insights.indices import Floats, hill_number

# numbers in memory at once while tables are drawn by chance
_CHUNK = 2_000_000


def alpha_beta_gamma(matrix: ArrayLike, q: float = 1) -> tuple[float, float, float] | None:
    """Return (alpha, beta, gamma) with equal weights: within one influencer, number of distinct voices, all together.

    For q = 1 alpha = exp(mean entropy), gamma = exp(entropy of the mean shares), beta = gamma / alpha, from 1 (all
    alike) to the number of influencers with posts (nothing in common). None without posts.
    Source: Jost 2007, Ecology 88:2427, eq. 11 and 17 with equal weights.
    """
    shares = _shares(_table(matrix))
    if len(shares) == 0:
        return None
    gamma = hill_number(shares.mean(axis=0), q)
    within = [hill_number(row, q) for row in shares]
    if gamma is None or None in within:
        return None
    own = np.array(within, dtype=np.float64)
    alpha = float(np.exp(np.log(own).mean()) if q == 1 else (own ** (1 - q)).mean() ** (1 / (1 - q)))
    return alpha, gamma / alpha, gamma


def beta_by_chance(matrix: ArrayLike, permutations: int = 999, seed: int = 0) -> float | None:
    """Return the mean beta (q = 1) when the posts' topics are dealt out at random over the influencers.

    Everybody keeps the own number of posts, and every topic its number: with few posts even identical people look
    distinct, so beta is never shown without this. The same seed gives the same answer, whatever the order of
    influencers and topics. None without posts.

    Raises:
        ValueError: a count is not whole, or there are no permutations.
    """
    table = _table(matrix)
    if (table != np.floor(table)).any():
        raise ValueError("counts must be whole")
    if permutations < 1:
        raise ValueError("permutations must be at least 1")
    table = table[:, table.sum(axis=0) > 0]
    if table.size == 0:
        return None
    if 1 in table.shape:
        # there is one way to deal; SciPy 1.17 draws tables with negative counts here
        return 1.0
    from scipy import stats  # noqa: PLC0415 -- 40 MiB of memory for what no screen asks

    # chance knows only the sums; in order of size they are the same whoever comes first
    chance = stats.random_table(*(np.sort(table.sum(axis=axis)).astype(int) for axis in (1, 0)))
    random = np.random.default_rng(seed)
    chunk = max(1, _CHUNK // table.size)
    sizes = [min(chunk, permutations - done) for done in range(0, permutations, chunk)]
    return float(sum(beta_of_each(chance.rvs(size, random_state=random)).sum() for size in sizes) / permutations)


def beta_of_each(tables: Floats) -> Floats:
    """Return beta (q = 1) of each table in a stack of them (tables x influencers x topics); no row is empty."""
    shares = _shares(tables)
    betas: Floats = np.exp(_entropy(shares.mean(axis=1)) - _entropy(shares).mean(axis=1))
    return betas


def morisita(a: ArrayLike, b: ArrayLike) -> float | None:
    """Return how much two influencers overlap in topics, from 0 (nothing in common), corrected for small numbers.

    2 sum ab / ((la + lb) Na Nb), l = sum x(x-1) / (N(N-1)); it can lie a little above 1. None where neither repeats a
    topic, or one has fewer than two posts. Source: Morisita 1959, Mem. Fac. Sci. Kyushu Univ. E 3:65.
    """
    first, second = _same_topics(a, b)
    total_a, total_b = first.sum(), second.sum()
    if total_a < 2 or total_b < 2:
        return None
    repeats = sum(float((x * (x - 1)).sum() / (x.sum() * (x.sum() - 1))) for x in (first, second))
    return float(2 * (first * second).sum() / (repeats * total_a * total_b)) if repeats > 0 else None


def morisita_horn(a: ArrayLike, b: ArrayLike) -> float | None:
    """Return the overlap of two sets of shares, from 0 to 1; None where one is empty.

    2 sum ab / ((sum a^2 / Na^2 + sum b^2 / Nb^2) Na Nb). Source: Horn 1966, Am. Nat. 100:419.
    """
    first, second = _same_topics(a, b)
    if not first.any() or not second.any():
        return None
    p, r = first / first.sum(), second / second.sum()
    return float(2 * (p * r).sum() / ((p**2).sum() + (r**2).sum()))


def _table(matrix: ArrayLike) -> Floats:
    """Return the rows that have posts, in an order of their own, so that theirs changes not even the last digit.

    Raises:
        ValueError: the matrix is not two-dimensional, or a count is negative or not finite.
    """
    table = np.asarray(matrix, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError("matrix must be two-dimensional")
    if not np.isfinite(table).all() or (table < 0).any():
        raise ValueError("counts must be finite and not negative")
    has_posts: NDArray[np.bool_] = table.sum(axis=1) > 0
    told = table[has_posts]
    return told[np.lexsort(told.T)] if told.size else told


def _shares(table: Floats) -> Floats:
    """Return each row as shares of its sum."""
    totals: Floats = table.sum(axis=-1, keepdims=True)
    return table / totals


def _entropy(shares: Floats) -> Floats:
    """Return Shannon's entropy along the last axis."""
    entropy: Floats = -(shares * np.log(np.where(shares > 0, shares, 1.0))).sum(axis=-1)
    return entropy


def _same_topics(a: ArrayLike, b: ArrayLike) -> tuple[Floats, Floats]:
    """Return two count vectors over the same topics.

    Raises:
        ValueError: they differ in length, are not one-dimensional, or a count is negative or not finite.
    """
    first, second = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if first.ndim != 1 or first.shape != second.shape:
        raise ValueError("counts must be one-dimensional and of the same topics")
    if not all(np.isfinite(x).all() and (x >= 0).all() for x in (first, second)):
        raise ValueError("counts must be finite and not negative")
    return first, second
