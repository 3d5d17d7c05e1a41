import math
from random import Random
from typing import Any

import pytest
from builders import post, sheet
from hypothesis import given, settings
from hypothesis import strategies as st

from genkdash.insights.diversity import asymptotic_diversity, rarefy, sample_coverage
from genkdash.insights.sampling import Rarefied, Seen, rarefied_by_influencer, seen
from genkdash.insights.topics import topic_summary
from genkdash.insights.variety import variety_over_time
from genkdash.sheet.model import Sheet


def told(name: str, *topics: str, **fields: Any) -> list[dict[str, Any]]:
    return [post("2018-05-01", name, *topic.split("+"), **fields) for topic in topics]


def test_a_campaign_of_posts_with_one_topic_has_the_published_estimates() -> None:
    log = sheet(*told("Amina", *"aaaabbc"), *told("Bram", "a", "d"))
    counts = [5, 2, 1, 1]
    q0, q1, q2 = (asymptotic_diversity(counts, q) for q in (0, 1, 2))
    assert seen(topic_summary(log)) == Seen(sample_coverage(counts), q0, q1, q2)


def test_a_post_with_two_topics_is_one_post_that_touches_both() -> None:
    found = seen(topic_summary(sheet(*told("Amina", "a+b", "a+b", "a", "c", "d"))))
    assert found.coverage == pytest.approx(1 - 2 / 7 * 8 / 10)


def test_nothing_is_known_without_posts_and_little_with_one() -> None:
    assert seen(topic_summary(sheet(post("2018-05-01", "Amina")))) == Seen(None, None, None, None)
    assert seen(topic_summary(sheet(*told("Amina", "a")))) == Seen(None, 1.0, 1.0, None)


def test_everybody_is_compared_at_the_smallest_number_of_posts_from_three_on() -> None:
    log = sheet(*told("Amina", *"aab"), *told("Bram", *"abcd", "a+b"), *told("Chloë", *"ab"), post(influencer="Chloë"))
    assert rarefied_by_influencer(log) == (
        Rarefied("Amina", 3, pytest.approx(2.0)),
        Rarefied("Bram", 3, pytest.approx(2 * (1 - 1 / 10) + 2 * (1 - 4 / 10))),
        Rarefied("Chloë", None, None),
    )


def test_who_posted_more_of_the_same_is_not_more_varied() -> None:
    few, many = rarefied_by_influencer(sheet(*told("Amina", *"aaab"), *told("Bram", *"aaabaaab")))
    assert many.richness == pytest.approx(rarefy([6, 2], 4))
    assert few.richness == 2.0


def test_where_nobody_has_three_posts_nobody_is_compared() -> None:
    log = sheet(*told("Amina", *"ab"), influencers=["Amina", "Bram"])
    assert rarefied_by_influencer(log) == (Rarefied("Amina", None, None), Rarefied("Bram", None, None))
    assert rarefied_by_influencer(sheet()) == ()


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.tuples(st.sampled_from(["Amina", "Bram", "Chloë"]), st.sampled_from("abcd")), max_size=20), st.randoms()
)
def test_the_order_of_rows_and_influencers_changes_no_estimate(rows: list[tuple[str, str]], random: Random) -> None:
    shuffled, names = list(rows), ["Amina", "Bram", "Chloë"]
    random.shuffle(shuffled)

    def log(pairs: list[tuple[str, str]], people: list[str]) -> Sheet:
        return sheet(*(row for name, topic in pairs for row in told(name, topic)), influencers=people)

    one, other = log(rows, names), log(shuffled, names[::-1])
    assert seen(topic_summary(one)) == seen(topic_summary(other))
    assert set(rarefied_by_influencer(one)) == set(rarefied_by_influencer(other))


def test_topics_in_as_many_posts_over_time_stay_the_same_when_more_of_the_same_is_told() -> None:
    rows = [
        post(f"2018-05-{day:02}", "Amina", *topics)
        for day, topics in enumerate([("a",), ("b",), ("a", "b"), ("a",), ("c",)], start=1)
    ]
    growth = variety_over_time(sheet(*rows), m=2)
    # by hand: a topic touched by Y of n posts is missed by two of them with chance C(n - Y, 2) / C(n, 2)
    assert growth["rarefied"].tolist() == pytest.approx(
        [math.nan, 2.0, 2.0, (1 - 0) + (1 - 1 / 6), (1 - 1 / 10) + (1 - 3 / 10) + (1 - 6 / 10)], nan_ok=True
    )
