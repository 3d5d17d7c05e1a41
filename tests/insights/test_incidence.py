import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genkdash.insights.diversity import asymptotic_diversity, chao1, rarefy, sample_coverage
from genkdash.insights.incidence import asymptotic_incidence, chao2, incidence_coverage, rarefied_richness

COUNTS = st.lists(st.integers(1, 12), min_size=1, max_size=8)
POSTS = st.lists(st.sets(st.sampled_from("abcdef"), min_size=1, max_size=3), min_size=2, max_size=9)

# five posts: ab, ab, a, c, d
INCIDENCE, T = [3, 2, 1, 1], 5


def incidence_of(posts: list[set[str]]) -> list[int]:
    return [sum(topic in post for post in posts) for topic in "abcdef"]


@given(COUNTS)
def test_where_every_post_has_one_topic_each_figure_is_the_plain_one(counts: list[int]) -> None:
    n = sum(counts)
    assert incidence_coverage(counts, n) == sample_coverage(counts)
    assert chao2(counts, n) == chao1(counts)
    assert [asymptotic_incidence(counts, n, q) for q in (0, 1, 2)] == [
        asymptotic_diversity(counts, q) for q in range(3)
    ]
    assert rarefied_richness(counts, n, 1) == rarefy(counts, 1)


def test_five_posts_with_several_topics_by_hand() -> None:
    a = (4 * 2) / (4 * 2 + 2 * 1)
    assert incidence_coverage(INCIDENCE, T) == pytest.approx(1 - 2 / 7 * a)
    assert chao2(INCIDENCE, T) == pytest.approx(4 + 4 / 5 * 4 / 2)
    assert asymptotic_incidence(INCIDENCE, T, 2) == pytest.approx(4 * 49 / (5 * (6 + 2)))
    seen = 3 / 5 * (1 / 3 + 1 / 4) + 2 / 5 * (1 / 2 + 1 / 3 + 1 / 4) + 2 * 1 / 5 * (1 + 1 / 2 + 1 / 3 + 1 / 4)
    unseen = 2 / 5 * sum((a) ** (r - 4) / r for r in range(5, 2000))
    expected = math.exp(5 / 7 * (seen + unseen) + math.log(7 / 5))
    assert asymptotic_incidence(INCIDENCE, T, 1) == pytest.approx(expected)


def test_every_possible_three_of_five_posts_by_hand() -> None:
    posts = [{"a", "b"}, {"a", "b"}, {"a"}, {"c"}, {"d"}]
    found = [len(set.union(*three)) for three in combinations(posts, 3)]
    assert rarefied_richness(INCIDENCE, T, 3) == pytest.approx(sum(found) / len(found))


def test_the_coverage_of_fewer_posts_by_hand() -> None:
    # 1 - sum of Y/U * C(5 - Y, 2) / C(4, 2)
    assert incidence_coverage(INCIDENCE, T, 2) == pytest.approx(1 - (3 / 7 * 1 + 2 / 7 * 3 + 2 * 1 / 7 * 6) / 6)
    assert incidence_coverage(INCIDENCE, T, 0) == pytest.approx(0.0)


def test_posts_that_all_touch_the_same_topics_have_seen_them_all() -> None:
    assert incidence_coverage([6, 6], 6) == 1.0
    assert [asymptotic_incidence([6, 6], 6, q) for q in (0, 1, 2)] == pytest.approx([2, 2, 2])
    assert rarefied_richness([6, 6], 6, 1) == 2.0


def test_one_post_or_none_says_nothing_of_coverage() -> None:
    assert [incidence_coverage([1, 1], 1), incidence_coverage([], 0)] == [None, None]
    assert [asymptotic_incidence([1, 1], 1, q) for q in (0, 1, 2)] == [2.0, pytest.approx(2.0), None]
    assert [asymptotic_incidence([], 0, q) for q in (0, 1, 2)] == [None, None, None]
    assert [rarefied_richness([2, 1], 2, m) for m in (0, 3)] == [None, None]


def test_a_topic_in_more_posts_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="at most the number of posts"):
        chao2([3, 1], 2)


@given(POSTS)
def test_with_several_topics_coverage_is_a_share_and_no_asymptote_lies_below_one(posts: list[set[str]]) -> None:
    counts, n = incidence_of(posts), len(posts)
    assert all(-1e-12 <= incidence_coverage(counts, n, m) <= 1 + 1e-12 for m in range(n + 3))
    assert all((asymptotic_incidence(counts, n, q) or 1) >= 1 - 1e-9 for q in (0, 1, 2))
    assert rarefied_richness(counts, n, n) == pytest.approx(sum(map(bool, counts)))
