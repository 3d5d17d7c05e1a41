"""What lies behind posts that may have several topics? The unit that is drawn is the post, not the topic.

`incidence` has for each topic the number of posts that touch it (Q1 and Q2 topics are touched once and twice, U is
the sum); `posts` is T, the number of posts with a topic. Where every post has one topic, U = T and each figure is the
one for plain counts, which `estimates` passes on to here.
Source: incidence data in Chao & Jost 2012, Ecology 93:2533, and Chao et al. 2014, Ecol. Monogr. 84:45, appendix.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from genkdash.insights.indices import Floats, Integers, positive_whole


def incidence_coverage(incidence: ArrayLike, posts: int, m: int | None = None) -> float | None:
    """Return the share (0-1) of the next post's chances that belongs to topics already seen, after `m` posts.

    `m` = None is after all of them; fewer is interpolated, more is extrapolated. None below two posts, and for a
    negative `m`.
    """
    y = _incidence(incidence, posts)
    if posts < 2 or y.size == 0 or (m is not None and m < 0):
        return None
    if m is None or m >= posts:
        unseen = 1 - _turing_share(y, posts)
        # A counts once for the posts themselves, and once more for each post beyond them
        return float(1 - (y == 1).sum() / y.sum() * unseen ** ((posts if m is None else m) - posts + 1))
    return float(1 - (y / y.sum() * chance_of_missing(posts - y, posts - 1, m)).sum())


def chao2(incidence: ArrayLike, posts: int) -> float | None:
    """Return the lower bound of the number of topics there are, seen or not. None without posts.

    S + (T-1)/T * Q1^2 / (2 Q2), or Q1 (Q1-1) / 2 where Q2 = 0. Source: Chao 1987, Biometrics 43:783.
    """
    y = _incidence(incidence, posts)
    if y.size == 0:
        return None
    q1, q2 = int((y == 1).sum()), int((y == 2).sum())
    return y.size + (posts - 1) / posts * (q1**2 / (2 * q2) if q2 else q1 * (q1 - 1) / 2)


def asymptotic_incidence(incidence: ArrayLike, posts: int, q: int) -> float | None:
    """Return the Hill number of order 0, 1 or 2 to which ever more posts would lead. For a whole campaign only.

    q = 0: Chao2. q = 1: exp(T/U H + ln(U/T)), H as in Chao, Wang & Jost 2013, Methods Ecol. Evol. 4:1091.
    q = 2: (T-1) U^2 / (T sum Y(Y-1)), None where no topic repeats. None without posts.

    Raises:
        ValueError: another order.
    """
    if q not in {0, 1, 2}:
        raise ValueError("q must be 0, 1 or 2")
    y = _incidence(incidence, posts)
    if y.size == 0 or q == 0:
        return chao2(y, posts)
    mentions = int(y.sum())
    if q == 1:
        seen = float((y / posts * (special.digamma(posts) - special.digamma(y))).sum())
        per_topic = (seen + _unseen_entropy(y, posts)) * posts / mentions
        return float(np.exp(per_topic + np.log(mentions / posts)))
    repeats = int((y * (y - 1)).sum())
    return (posts - 1) * mentions**2 / (posts * repeats) if repeats else None


def rarefied_richness(incidence: ArrayLike, posts: int, m: int) -> float | None:
    """Return S(m), the number of topics to expect in `m` of the posts: sum of 1 - C(T-Y, m) / C(T, m).

    None for m < 1 and for more than there are.
    """
    y = _incidence(incidence, posts)
    if m < 1 or m > posts:
        return None
    return float((1 - chance_of_missing(posts - y, posts, m)).sum())


def chance_of_missing(rest: Integers, population: Integers | int, m: int) -> Floats:
    """Return C(rest, m) / C(population, m), in logarithms: the chance that `m` posts leave a topic out.

    `rest` are the posts without the topic; 0 where there are fewer of them than `m`. `population` is at least `m`.
    """
    log_choose_rest = special.gammaln(rest + 1) - special.gammaln(np.maximum(rest - m, 0) + 1)
    whole = np.asarray(population)
    log_choose_all = special.gammaln(whole + 1) - special.gammaln(whole - m + 1)
    chances: Floats = np.where(rest >= m, np.exp(log_choose_rest - log_choose_all), 0.0)
    return chances


def _incidence(incidence: ArrayLike, posts: int) -> Integers:
    """Return the topics that were seen.

    Raises:
        ValueError: the counts are not whole, or a topic is in more posts than there are.
    """
    y = positive_whole(incidence)
    if y.size and y[-1] > posts:
        raise ValueError("counts must be at most the number of posts")
    return y


def _turing_share(y: Integers, posts: int) -> float:
    """Return 1 - A: the estimated share of each topic seen once, A being that of Chao & Jost 2012."""
    q1, q2 = int((y == 1).sum()), int((y == 2).sum())
    if q1 == 0:
        return 0.0
    return 2 * q2 / ((posts - 1) * q1 + 2 * q2) if q2 else 2 / ((posts - 1) * (q1 - 1) + 2)


def _unseen_entropy(y: Integers, posts: int) -> float:
    """Return the part of the entropy that belongs to topics not seen: Q1/T * sum over r >= T of z^(r-T+1) / r."""
    q1 = int((y == 1).sum())
    a = _turing_share(y, posts)
    if q1 == 0 or a >= 1:
        return 0.0
    z = 1 - a
    if (posts - 1) * a < 5:
        # the published form: the tail as the logarithm less its first T - 1 terms
        r = np.arange(1, posts)
        tail = z ** (1 - posts) * (-np.log(a) - (z**r / r).sum())
    else:
        # there the published form is a small difference times a huge power; the tail itself is short
        j = np.arange(1, int(np.ceil(-40 / np.log(z))) + 1)
        tail = (z**j / (posts - 1 + j)).sum()
    return float(q1 / posts * tail)
