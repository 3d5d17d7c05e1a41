"""How the team's sum grows, and where it may end."""

from datetime import date

import pytest
from builders import campaign, influencer, post, sheet

from genkdash.insights.burn_up import burn_up
from genkdash.insights.outlook import outlook_by_influencer, team_final

TODAY = date(2018, 8, 20)


def test_the_sum_grows_with_each_post_up_to_the_target_and_no_further() -> None:
    made = sheet(
        post("2018-05-01", "Amina"),
        post("2018-05-01", "Bram"),
        post("2018-05-03", "Amina"),
        post("2018-05-04", "Amina"),
        influencers=[influencer("Amina", target=2), influencer("Bram", target=2)],
    )
    found = burn_up(made, today=TODAY)
    assert found is not None
    assert found.target == 4
    assert [(str(day.date()), posts) for day, posts in zip(found.done["date"], found.done["posts"], strict=True)] == [
        ("2018-04-15", 0),
        ("2018-05-01", 2),
        ("2018-05-03", 3),
        ("2018-08-20", 3),
    ]


def test_the_even_pace_begins_at_nothing_and_ends_at_the_target() -> None:
    found = burn_up(sheet(influencers=["Amina", "Bram"]), today=TODAY)
    assert found is not None
    assert found.expected["posts"].iloc[0] == 0
    assert found.expected["posts"].iloc[-1] == pytest.approx(24)
    assert found.expected["posts"].is_monotonic_increasing


def test_without_a_campaign_there_is_no_burn_up() -> None:
    assert burn_up(sheet(influencers=["Amina"], frame=campaign(start=None, end=None)), today=TODAY) is None
    assert burn_up(sheet(), today=TODAY) is None


def test_after_the_end_nothing_is_forecast() -> None:
    found = burn_up(sheet(post(), influencers=["Amina"]), today=date(2018, 10, 16))
    assert found is not None
    assert found.final is None
    assert str(found.done["date"].iloc[-1].date()) == "2018-10-15"


@pytest.mark.parametrize(
    ("day", "is_forecast"), [(date(2018, 4, 10), False), (date(2018, 5, 5), False), (date(2018, 5, 6), True)]
)
def test_before_the_start_and_in_the_first_weeks_nothing_is_forecast(day: date, *, is_forecast: bool) -> None:
    found = burn_up(sheet(post("2018-04-20"), influencers=["Amina"], today=day), today=day)
    assert found is not None
    assert (found.final is not None) is is_forecast


def test_of_one_influencer_the_team_ends_where_that_one_does_up_to_the_target() -> None:
    made = sheet(*[post(f"2018-0{month}-03", "Amina") for month in (5, 6, 7, 8)], influencers=[influencer("Amina", 40)])
    (alone,) = outlook_by_influencer(made, today=TODAY)
    assert team_final(made, today=TODAY) == alone.final


def test_the_team_never_ends_above_the_sum_of_the_targets_nor_under_what_is_there() -> None:
    rows = [post(f"2018-05-{day:02}", name) for day in range(1, 10) for name in ("Amina", "Bram")]
    final = team_final(sheet(*rows), today=TODAY)
    assert final is not None
    assert 18 <= final.low <= final.high <= 24
