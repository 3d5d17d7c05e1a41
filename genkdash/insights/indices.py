"""How varied is a set of posts? Indices over how often each topic occurs.

Every function takes `counts`: one-dimensional, non-negative, finite, in any order; zeros are topics that were
not seen and change nothing. What is not defined for the counts given is None, never NaN or infinity.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]


def hill_number(counts: ArrayLike, q: float) -> float | None:
    """Return the Hill number of order `q` >= 0: as varied as so many equal topics. None without counts.

    qD = (sum p^q)^(1/(1-q)); q = 0 is richness, q = 1 the exponential of Shannon's entropy, q = 2 inverse Simpson.
    Counts may be fractional. Source: Hill 1973, Ecology 54:427; Jost 2006, Oikos 113:363.
    """
    present = positive(counts)
    if present.size == 0:
        return None
    if q == 0:
        return float(present.size)
    shares = present / present.sum()
    if q == 1:
        return float(np.exp(-(shares * np.log(shares)).sum()))
    largest = shares.max()
    if np.isinf(q):
        return float(1 / largest)
    # scaled by the largest share: shares^q underflows for large q
    log_sum = q * np.log(largest) + np.log(((shares / largest) ** q).sum())
    return float(np.exp(log_sum / (1 - q)))


def pielou_evenness(counts: ArrayLike) -> float | None:
    """Return J = H / ln S, from 0 (one topic takes all) to 1 (all equal); None for fewer than two topics.

    Source: Pielou 1966, J. Theor. Biol. 13:131.
    """
    present = positive(counts)
    if present.size < 2:
        return None
    shares = present / present.sum()
    return float(-(shares * np.log(shares)).sum() / np.log(present.size))


def hurlbert_pie(counts: ArrayLike) -> float | None:
    """Return the chance that two random posts differ in topic, drawn without putting back; None for n < 2.

    PIE = 1 - sum x(x-1) / (n(n-1)), for whole counts x with n = sum x. It is unbiased at any n, so it compares
    3 posts with 12. Source: Hurlbert 1971, Ecology 52:577.
    """
    present = positive(counts)
    total = present.sum()
    if total < 2:
        return None
    return float(1 - (present * (present - 1)).sum() / (total * (total - 1)))


def positive(counts: ArrayLike) -> Floats:
    """Return the counts above zero, ascending, so that their order changes no figure.

    Raises:
        ValueError: the counts are not one-dimensional, or one is negative or not finite.
    """
    values = np.asarray(counts, dtype=np.float64)
    if values.ndim != 1:
        raise ValueError("counts must be one-dimensional")
    if not np.isfinite(values).all() or (values < 0).any():
        raise ValueError("counts must be finite and not negative")
    return np.sort(values[values > 0])


def positive_whole(counts: ArrayLike) -> Integers:
    """Return whole counts above zero, ascending.

    Raises:
        ValueError: as `positive`, or a count is not whole: the figure is about posts, not about shares of posts.
    """
    values = positive(counts)
    if (values != np.floor(values)).any():
        raise ValueError("counts must be whole")
    return values.astype(np.int64)
