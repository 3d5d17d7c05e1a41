import math
from random import Random
from typing import Any

import pytest
from builders import post, sheet
from hypothesis import given, settings
from hypothesis import strategies as st

from genkdash.insights.topics import Hill, topic_matrix, topic_summary, topics_by_influencer

TOPICS = ("Muziek", "Sport", "Eten", "Natuur")
POSTS = st.lists(
    st.builds(
        lambda name, topics: post("2018-05-01", name, *topics),
        st.sampled_from(["Amina", "Bram"]),
        st.lists(st.sampled_from(TOPICS), max_size=4),
    ),
    max_size=12,
)


def test_a_post_with_two_topics_gives_each_half() -> None:
    summary = topic_summary(
        sheet(post("2018-05-01", "Amina", "Muziek", "Sport"), post("2018-05-02", "Amina", "Muziek"))
    )
    assert summary.posts == 2
    assert dict(summary.shares) == {"Muziek": 0.75, "Sport": 0.25}
    assert dict(summary.incidence) == {"Muziek": 2, "Sport": 1}
    assert summary.hill == Hill(
        2, pytest.approx(math.exp(-0.75 * math.log(0.75) - 0.25 * math.log(0.25))), pytest.approx(1.6)
    )
    assert summary.pielou == pytest.approx(-0.75 * math.log2(0.75) - 0.25 * math.log2(0.25))
    assert summary.pie == pytest.approx(2 / 3)  # on the incidence counts 2 and 1


def test_shares_run_from_the_largest_and_then_by_name() -> None:
    rows = [post("2018-05-01", "Amina", topic) for topic in ("Sport", "Eten", "Muziek", "Muziek", "Natuur")]
    assert list(topic_summary(sheet(*rows)).shares) == ["Muziek", "Eten", "Natuur", "Sport"]


def test_shares_that_are_equal_on_paper_stand_by_name() -> None:
    rows = [post("2018-05-01", "Amina", "Zwemmen", *"abcdef"[: m - 1]) for m in (2, 3, 6)]  # 1/2 + 1/3 + 1/6
    rows.append(post("2018-05-01", "Amina", "Eten"))
    assert list(topic_summary(sheet(*rows)).shares)[:2] == ["Eten", "Zwemmen"]


def test_posts_without_a_topic_and_rows_that_do_not_count_stand_outside() -> None:
    summary = topic_summary(
        sheet(
            post("2018-05-01", "Amina", "Muziek"),
            post("2018-05-02", "Amina"),
            post("2018-05-03", "Amina", "Sport", reason="duplicate-link"),
        )
    )
    assert (summary.posts, summary.posts_without_topic, dict(summary.shares)) == (1, 1, {"Muziek": 1.0})
    assert (summary.pielou, summary.pie) == (None, None)


def test_one_post_about_two_topics_says_nothing_about_two_random_posts() -> None:
    assert topic_summary(sheet(post("2018-05-01", "Amina", "Muziek", "Sport"))).pie is None


def test_listed_topics_without_a_counted_post_are_untouched_in_the_order_of_the_tab() -> None:
    rows = [post("2018-05-01", "Amina", "Muziek"), post("2018-05-01", "Amina", "Erfgoed", reason="bad-date")]
    assert topic_summary(sheet(*rows, topics=["Sport", "Muziek", "Erfgoed"])).untouched == ("Sport", "Erfgoed")
    assert topic_summary(sheet(*rows)).untouched == ()


def test_without_posts_nothing_is_defined_and_nothing_is_zero_but_the_counts() -> None:
    summary = topic_summary(sheet(topics=["Sport"]))
    assert (summary.posts, dict(summary.shares), summary.untouched) == (0, {}, ("Sport",))
    assert (summary.hill, summary.pielou, summary.pie) == (None, None, None)
    assert topic_matrix(sheet(influencers=["Amina"])).shape == (1, 0)


def test_the_matrix_counts_posts_that_touch_a_topic_and_keeps_empty_rows() -> None:
    rows = [
        post("2018-05-01", "Bram", "Muziek", "Sport"),
        post("2018-05-02", "Bram", "Muziek"),
        post("2018-05-03", "Amina", "Eten"),
    ]
    matrix = topic_matrix(sheet(*rows, influencers=["Amina", "Chloë", "Bram"]))
    assert list(matrix.columns) == ["Muziek", "Eten", "Sport"]
    assert matrix.loc["Amina"].tolist() == [0, 1, 0]
    assert matrix.loc["Chloë"].tolist() == [0, 0, 0]
    assert matrix.loc["Bram"].tolist() == [2, 0, 1]


def test_each_influencer_has_own_topics_in_the_order_of_the_sheet() -> None:
    rows = [
        post("2018-05-01", "Bram", "Muziek"),
        post("2018-05-02", "Bram", "Sport"),
        post("2018-05-03", "Bram", "Sport"),
        post("2018-05-03", "Amina", "Eten"),
        post("2018-05-04", "Amina"),
    ]
    chloe, amina, bram = topics_by_influencer(sheet(*rows, influencers=["Chloë", "Amina", "Bram"]))
    assert (chloe.name, chloe.posts, chloe.topics, chloe.q1, chloe.pie) == ("Chloë", 0, 0, None, None)
    assert (amina.posts, amina.topics, amina.q1, amina.pie) == (1, 1, 1.0, None)
    assert (bram.posts, bram.topics) == (3, 2)
    assert bram.q1 == pytest.approx(3 / 2 ** (2 / 3))
    assert bram.pie == pytest.approx(1 - 2 / 6)


def test_a_topic_typed_twice_in_one_post_is_one_mention() -> None:
    assert dict(topic_summary(sheet(post("2018-05-01", "Amina", "Muziek", "Muziek", "Sport"))).shares) == {
        "Muziek": 0.5,
        "Sport": 0.5,
    }


def test_the_sheet_is_left_as_it_was() -> None:
    log = sheet(post("2018-05-01", "Amina", "Muziek", "Sport"), post("2018-05-02", "Bram", "Muziek"))
    before = log.posts.copy(deep=True)
    topic_summary(log)
    topic_matrix(log)
    topics_by_influencer(log)
    assert before.equals(log.posts)


@settings(deadline=None, max_examples=30)
@given(POSTS, st.randoms())
def test_the_order_of_the_rows_changes_nothing(rows: list[dict[str, Any]], random: Random) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    names = ["Amina", "Bram"]
    assert topic_summary(sheet(*rows)) == topic_summary(sheet(*shuffled))
    assert list(topic_summary(sheet(*rows)).shares) == list(topic_summary(sheet(*shuffled)).shares)
    assert topics_by_influencer(sheet(*rows, influencers=names)) == topics_by_influencer(
        sheet(*shuffled, influencers=names)
    )


@settings(deadline=None, max_examples=30)
@given(POSTS)
def test_shares_sum_to_one_and_the_matrix_to_the_incidence(rows: list[dict[str, Any]]) -> None:
    log = sheet(*rows, influencers=["Amina", "Bram"])
    summary = topic_summary(log)
    assert sum(summary.shares.values()) == pytest.approx(1.0 if summary.posts else 0.0)
    assert topic_matrix(log).sum().to_dict() == dict(summary.incidence)
