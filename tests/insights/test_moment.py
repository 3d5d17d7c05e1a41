"""Where one influencer is in the own stretch, and about how often the rest would have to come."""

from datetime import date

import pytest
from builders import influencer, pause, post, sheet

from genkdash.insights.moment import OwnStanding, own_standing


def standing(posts: int, today: str = "2018-08-20", **fields: object) -> OwnStanding:
    """Return where Amina stands with so many posts, on the first days of the campaign."""
    rows = [post(f"2018-05-{day:02}", "Amina", "Muziek") for day in range(1, posts + 1)]
    return own_standing(
        sheet(*rows, influencers=[influencer(**fields)], today=today), "Amina", today=date.fromisoformat(today)
    )


@pytest.mark.parametrize(
    ("posts", "today", "moment"),
    [
        (0, "2018-04-15", "not_started"),
        (0, "2018-04-16", "never_posted"),
        (7, "2018-08-20", "under_way"),
        (12, "2018-08-20", "reached"),
        (14, "2018-10-15", "reached"),
        (7, "2018-10-15", "under_way"),
        (14, "2018-10-16", "ended"),
        (0, "2018-10-16", "ended"),
    ],
)
def test_each_day_has_its_moment(posts: int, today: str, moment: str) -> None:
    assert standing(posts, today).moment == moment


def test_five_to_go_in_56_days_is_one_per_eleven_days() -> None:
    found = standing(7)

    assert (found.to_go, found.days_left, found.days_per_post) == (5, 56, 11)


def test_keeping_to_the_pace_reaches_the_target_in_time() -> None:
    for posts in range(12):
        found = standing(posts)
        assert found.days_per_post is not None
        assert found.days_per_post * found.to_go <= 56


def test_less_than_a_day_each_is_no_pace_to_ask_for() -> None:
    assert standing(7, "2018-10-10").days_per_post == 1
    assert standing(7, "2018-10-11").days_per_post is None


def test_whoever_reached_the_target_has_no_pace() -> None:
    assert (standing(14).to_go, standing(14).days_per_post) == (0, None)


def test_before_the_start_the_days_are_those_of_the_own_window() -> None:
    found = standing(0, "2018-06-08", start="2018-06-18")

    assert (found.days_to_start, found.days_left, found.days_per_post) == (10, 120, 10)


def test_without_a_window_no_day_is_known() -> None:
    found = standing(3, start=None, end=None)

    assert (found.moment, found.to_go, found.days_left, found.days_to_start, found.days_per_post) == (
        "under_way",
        9,
        None,
        None,
        None,
    )


def test_a_pause_of_ones_own_or_of_everybody_is_a_pause_and_that_of_another_is_not() -> None:
    days = ("2018-08-10", "2018-08-25")
    today = date(2018, 8, 20)
    people = [influencer("Amina"), influencer("Bo")]
    own = sheet(influencers=people, calendar=[pause(*days, influencer="Amina")])
    everybody = sheet(influencers=people, calendar=[pause(*days), pause("2018-08-20", "2018-08-21")])

    assert [own_standing(own, name, today=today).moment for name in ("Amina", "Bo")] == ["paused", "never_posted"]
    longest = own_standing(everybody, "Bo", today=today).pause
    assert longest is not None
    assert longest.end == date(2018, 8, 25)


def test_reaching_the_target_is_celebrated_in_a_pause_too() -> None:
    rows = [post(f"2018-05-{day:02}") for day in range(1, 13)]
    paused = sheet(*rows, calendar=[pause("2018-08-10", "2018-08-25")])

    assert own_standing(paused, "Amina", today=date(2018, 8, 20)).moment == "reached"


def test_a_name_that_is_not_in_the_sheet_is_an_error() -> None:
    with pytest.raises(KeyError):
        own_standing(sheet(post()), "Niemand", today=date(2018, 8, 20))
