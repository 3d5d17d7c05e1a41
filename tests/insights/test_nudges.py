"""Who can use a nudge, and why."""

from datetime import date

from builders import influencer, pause, post, sheet

from genkdash.insights.nudges import nudges

TODAY = date(2018, 8, 20)


def test_who_never_posted_is_named_with_the_posts_behind() -> None:
    (nudge,) = nudges(sheet(influencers=["Amina"]), today=TODAY)
    assert nudge.name == "Amina"
    assert nudge.has_never_posted
    assert nudge.silent_days is None
    assert nudge.last_post is None
    assert nudge.behind == 8


def test_who_is_silent_for_two_weeks_is_named_with_the_last_day() -> None:
    rows = [post(f"2018-08-{day:02}", "Amina", "Muziek") for day in range(1, 7)]
    made = sheet(*rows, *[post(f"2018-07-{day:02}", "Amina") for day in range(1, 5)])
    (nudge,) = nudges(made, today=TODAY)
    assert nudge.silent_days == 14
    assert nudge.last_post == date(2018, 8, 6)
    assert nudge.behind is None
    assert not nudge.has_never_posted
    assert nudges(made, today=date(2018, 8, 19)) == ()


def test_who_reached_the_target_or_is_in_a_pause_or_not_started_is_left_alone() -> None:
    twelve = [post(f"2018-05-{day:02}", "Amina") for day in range(1, 13)]
    made = sheet(
        *twelve,
        influencers=[influencer("Amina"), influencer("Bram"), influencer("Cem", start="2018-09-01")],
        calendar=[pause("2018-08-15", "2018-08-25", influencer="Bram")],
    )
    assert nudges(made, today=TODAY) == ()


def test_nobody_is_nudged_after_the_end() -> None:
    assert nudges(sheet(influencers=["Amina"]), today=date(2018, 10, 16)) == ()


def test_a_row_to_correct_is_a_reason_and_a_row_outside_the_window_is_not() -> None:
    twelve = [post(f"2018-05-{day:02}", "Amina") for day in range(1, 13)]
    made = sheet(
        *twelve,
        post(None, "Amina", reason="bad-date"),
        post("2019-01-01", "Amina", reason="outside-campaign"),
        post("2018-05-01", None, reason="missing-influencer"),
        influencers=["Amina"],
    )
    (nudge,) = nudges(made, today=TODAY)
    assert nudge.rows == 1
    assert nudge.chance is None
