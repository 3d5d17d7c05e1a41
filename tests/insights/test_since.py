"""What is new since the team last met?"""

from datetime import date

import pytest
from builders import influencer, post, sheet

from genkdash.insights.since import SinceMeeting, last_meeting, since_last_meeting
from genkdash.sheet.model import Sheet, Tip

MEETINGS = (date(2018, 8, 8), date(2018, 5, 16), date(2018, 9, 12))
TODAY = date(2018, 8, 20)


def since(*posts: dict[str, object], today: date = TODAY, **others: object) -> SinceMeeting:
    found = since_last_meeting(sheet(*posts, **{"meetings": MEETINGS, **others}), today=today)  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("today", "meeting"),
    [
        (date(2018, 5, 16), None),
        (date(2018, 5, 17), date(2018, 5, 16)),
        (date(2018, 8, 8), date(2018, 5, 16)),
        (date(2018, 8, 20), date(2018, 8, 8)),
        (date(2019, 1, 1), date(2018, 9, 12)),
    ],
)
def test_the_last_meeting_is_the_newest_before_today_in_whatever_order_they_stand(
    today: date, meeting: date | None
) -> None:
    assert last_meeting(sheet(post(), meetings=MEETINGS), today=today) == meeting


def test_without_an_earlier_meeting_there_is_nothing_to_compare_with() -> None:
    empty: Sheet = sheet(post())
    assert since_last_meeting(empty, today=TODAY) is None


def test_a_post_on_the_day_of_the_meeting_belongs_to_that_meeting_and_one_a_day_later_is_new() -> None:
    found = since(post("2018-08-08"), post("2018-08-09", title="Nieuw"), post("2018-08-21"))
    assert list(found.posts["title"]) == ["Nieuw"]


def test_a_row_that_does_not_count_is_not_new() -> None:
    assert len(since(post("2018-08-09", reason="outside-campaign"), post("2018-05-01")).posts) == 0


def test_new_posts_stand_oldest_first() -> None:
    found = since(post("2018-08-19", title="b"), post("2018-08-10", title="a"))
    assert list(found.posts["title"]) == ["a", "b"]


def test_a_topic_is_new_once_and_only_if_nobody_told_about_it_before() -> None:
    found = since(
        post("2018-05-01", "Bram", "Sport"),
        post("2018-08-10", "Amina", "Eten", "Sport"),
        post("2018-08-09", "Amina", "Natuur"),
        post("2018-08-12", "Bram", "Eten"),
    )
    assert found.new_topics == ("Natuur", "Eten")


@pytest.mark.parametrize(
    ("status", "replied_on", "is_new"),
    [
        ("adopted", date(2018, 8, 9), True),
        ("adopted", date(2018, 8, 8), False),
        ("adopted", date(2018, 8, 21), False),
        ("adopted", None, False),
        ("tried", date(2018, 8, 9), False),
    ],
)
def test_a_tip_is_newly_adopted_if_the_city_said_so_after_the_meeting(
    status: str, replied_on: date | None, *, is_new: bool
) -> None:
    tip = Tip(row=2, text="Film rechtop", status=status, replied_on=replied_on)  # type: ignore[arg-type]
    assert since(post(), tips=[tip]).adopted == ((tip,) if is_new else ())


def test_who_met_the_target_since_is_named_and_who_had_already_is_not() -> None:
    found = since(
        post("2018-05-01", "Amina"),
        post("2018-08-10", "Amina"),
        post("2018-08-11", "Bram"),
        post("2018-08-12", "Cem"),
        influencers=[influencer("Amina", 1), influencer("Bram", 1), influencer("Cem", 2)],
    )
    assert found.reached == ("Bram",)
