from datetime import date
from typing import Any

from builders import post, sheet

from genkdash.insights.reactions import (
    Median,
    Pair,
    known_counts,
    median_by_platform,
    median_by_topic,
    median_of,
    side_by_side,
)


def liked(likes: float, platform: str | None = "Instagram", *topics: str, **fields: Any) -> dict[str, Any]:
    return post("2018-05-01", "Amina", *topics, likes=likes, platform=platform, **fields)


UNKNOWN = float("nan")


def test_a_median_rests_on_what_is_known_and_a_blank_is_not_zero() -> None:
    rows = [liked(likes) for likes in (10, 20, 30, 40, 0, UNKNOWN, UNKNOWN)]
    assert median_of(sheet(*rows), "likes") == Median(None, 7, 5, 0, 20.0, (10.0, 30.0))


def test_fewer_than_five_known_counts_give_no_figure() -> None:
    assert median_of(sheet(*[liked(10)] * 4), "likes") == Median(None, 4, 4, 0, None)
    assert median_of(sheet(), "reach") == Median(None, 0, 0, 0, None)


def test_a_count_read_within_seven_days_stays_out_of_a_comparison() -> None:
    rows = [liked(100, measured_on=date(2018, 5, 8))] * 5 + [liked(1, measured_on=date(2018, 5, 7))] * 3
    assert median_by_platform(sheet(*rows), "likes") == (Median("Instagram", 8, 5, 3, 100.0, (100.0, 100.0)),)
    assert median_of(sheet(*rows), "likes").known == 8


def test_platforms_stand_by_posts_then_by_name_and_the_unknown_last() -> None:
    rows = [liked(1, None)] * 3 + [liked(2, "YouTube")] * 2 + [liked(3, "TikTok")] * 2 + [liked(4)] * 5
    found = median_by_platform(sheet(*rows), "likes")
    assert [(one.group, one.posts, one.median) for one in found] == [
        ("Instagram", 5, 4.0),
        ("TikTok", 2, None),
        ("YouTube", 2, None),
        (None, 3, None),
    ]


def test_a_post_counts_for_each_of_its_topics() -> None:
    rows = [liked(10, "Instagram", "Muziek", "Sport")] * 3 + [liked(30, "Instagram", "Sport")] * 4 + [liked(5)]
    found = median_by_topic(sheet(*rows), "likes")
    assert found == (Median("Sport", 7, 7, 0, 30.0, (10.0, 30.0)), Median("Muziek", 3, 3, 0, None))
    assert median_by_topic(sheet(), "likes") == ()


def test_rows_that_do_not_count_have_no_reactions() -> None:
    assert median_of(sheet(*[liked(10, reason="duplicate-link")] * 6), "likes").posts == 0


def test_two_platforms_stand_side_by_side_for_each_reaction_also_where_one_has_no_post() -> None:
    rows = [liked(likes) for likes in (10, 20, 30, 40, 50)] + [liked(25, "YouTube")] * 5
    likes, comments, *_ = side_by_side(sheet(*rows), "Instagram", "YouTube")
    assert likes == Pair(
        "likes",
        Median("Instagram", 5, 5, 0, 30.0, (20.0, 40.0)),
        Median("YouTube", 5, 5, 0, 25.0, (25.0, 25.0)),
    )
    assert (likes.is_comparable, likes.overlaps) == (True, True)
    assert (comments.reaction, comments.is_comparable, comments.overlaps) == ("comments", False, False)
    (alone, *_) = side_by_side(sheet(*rows), "Instagram", "Facebook")
    assert alone.other == Median("Facebook", 0, 0, 0, None)
    assert not alone.is_comparable


def test_middle_halves_that_only_touch_overlap_and_those_apart_do_not() -> None:
    touching = [liked(20)] * 5 + [liked(likes, "YouTube") for likes in (20, 20, 30, 40, 50)]
    assert side_by_side(sheet(*touching), "Instagram", "YouTube")[0].overlaps
    apart = [liked(19)] * 5 + [liked(likes, "YouTube") for likes in (20, 20, 30, 40, 50)]
    assert not side_by_side(sheet(*apart), "YouTube", "Instagram")[0].overlaps


def test_every_known_count_is_drawn_and_the_young_are_marked() -> None:
    rows = [liked(7, measured_on=date(2018, 5, 8)), liked(UNKNOWN), liked(0, None, measured_on=date(2018, 5, 2))]
    found = known_counts(sheet(*rows), "likes")
    assert found[["platform", "value", "is_young"]].to_numpy().tolist() == [
        ["Instagram", 7.0, False],
        [None, 0.0, True],
    ]
