from datetime import date, timedelta

import numpy as np
import pytest
from builders import TODAY, campaign, influencer, pause, post, sheet
from hypothesis import given, settings
from hypothesis import strategies as st

from genkdash.insights.exposure import Calendar
from genkdash.insights.forecast import fit_prior, probability_to_reach
from genkdash.insights.outlook import (
    Finish,
    InfluencerOutlook,
    Status,
    TeamOutlook,
    is_too_early,
    outlook_by_influencer,
    posts_by_exposure_week,
    team_outlook,
)

DAY = timedelta(days=1)


def spread(name: str, number: int, first: date = date(2018, 4, 20), every: int = 10) -> list[dict[str, object]]:
    return [post(first + every * index * DAY, name) for index in range(number)]


def outlook(*rows: dict[str, object], today: date = TODAY, **tabs: object) -> InfluencerOutlook:
    tabs.setdefault("influencers", [influencer("Amina")])
    return outlook_by_influencer(sheet(*rows, today=today, **tabs), today=today)[0]


def status_of(number: int, **tabs: object) -> str | None:
    return outlook(*spread("Amina", number), **tabs).status


def test_before_the_start_nothing_is_forecast_for_a_person() -> None:
    person = outlook(today=date(2018, 4, 15))
    assert (person.status, person.probability, person.final, person.finish) == ("not_started", None, None, None)
    assert person.chance == pytest.approx(probability_to_reach(fit_prior([], [], 12, 183), 0, 0, 183, 12), abs=0.1)


def test_who_reached_the_target_has_reached_it_in_a_pause_and_after_the_end_too() -> None:
    assert status_of(12) == "reached"
    assert status_of(12, calendar=[pause("2018-08-01", "2018-08-31")]) == "reached"
    assert status_of(12, today=date(2018, 11, 1)) == "reached"


def test_after_the_end_it_has_ended() -> None:
    person = outlook(*spread("Amina", 4), today=date(2018, 10, 16))
    assert (person.status, person.chance, person.probability) == ("ended", 0.0, None)


def test_a_pause_says_so_only_when_it_is_a_real_one() -> None:
    assert status_of(4, calendar=[pause("2018-08-01", "2018-08-31", 0.2)]) == "paused"
    assert status_of(4, calendar=[pause("2018-08-01", "2018-08-31", 0.5)]) != "paused"
    assert status_of(4, calendar=[pause("2018-08-01", "2018-08-31", 0.2, "Bram")]) != "paused"


def test_it_is_too_early_until_twenty_one_exposure_days() -> None:
    assert status_of(0, today=date(2018, 5, 5)) == "too_early"
    assert status_of(0, today=date(2018, 5, 6)) == "behind"
    assert status_of(0, today=date(2018, 5, 6), calendar=[pause("2018-04-20", "2018-04-20", 0.9)]) == "too_early"


def test_pace_decides_the_rest() -> None:
    assert status_of(11) == "on_track"
    assert status_of(1) == "behind"


def test_a_forecast_counts_from_what_is_there_and_ends_within_the_window() -> None:
    person = outlook(*spread("Amina", 10))
    assert person.probability == person.chance
    assert person.final is not None
    assert 10 <= person.final.low <= 12 <= person.final.high
    assert person.finish is not None
    assert person.finish.early is not None
    assert TODAY < person.finish.early <= date(2018, 10, 15)


def test_a_finish_beyond_the_end_is_unknown() -> None:
    assert outlook(*spread("Amina", 1)).finish == Finish(None, None)
    assert outlook(*spread("Amina", 11), today=date(2018, 10, 15)).finish == Finish(None, None)


def test_a_pause_ahead_lowers_the_chance() -> None:
    rows = spread("Amina", 9)
    held_up = outlook(*rows, calendar=[pause("2018-09-01", "2018-09-30", 0.0)])
    assert held_up.chance < outlook(*rows).chance


def test_recent_weeks_weigh_more_than_old_ones() -> None:
    early = outlook(*spread("Amina", 8, date(2018, 4, 20), 5))
    late = outlook(*spread("Amina", 8, date(2018, 7, 10), 5))
    assert late.chance > early.chance


def test_without_a_window_nothing_is_known() -> None:
    nothing = InfluencerOutlook("Amina", None, None, None, None, None)
    assert outlook(influencers=[influencer(start=None, end=None)], frame=campaign(start=None, end=None)) == nothing


def test_without_a_pace_to_aim_for_only_what_needs_no_chance_is_known() -> None:
    frame = campaign(target=0)
    assert outlook(*spread("Amina", 4), frame=frame) == InfluencerOutlook("Amina", None, None, None, None, None)
    assert outlook(*spread("Amina", 12), frame=frame) == InfluencerOutlook("Amina", "reached", 1.0, None, None, None)
    assert outlook(today=date(2018, 10, 16), frame=frame).status == "ended"
    assert outlook(calendar=[pause("2018-01-01", "2018-12-31", 0.0)]).status == "paused"


def test_the_chances_of_the_team_come_from_its_influencers() -> None:
    people = tuple(InfluencerOutlook("A", "on_track", chance, chance, None, None) for chance in (0.5, 0.2))
    team = team_outlook(people)
    assert team.distribution == pytest.approx((0.4, 0.5, 0.1))
    assert (team.probability_all, team.expected_reaching) == pytest.approx((0.1, 0.7))


def test_one_unknown_chance_or_nobody_makes_the_team_unknown() -> None:
    unknown = TeamOutlook(None, None, None)
    assert team_outlook(()) == unknown
    assert team_outlook((InfluencerOutlook("A", None, None, None, None, None),)) == unknown


@pytest.mark.parametrize(
    ("statuses", "is_early"),
    [
        (["not_started", "not_started"], True),
        (["too_early", "not_started"], True),
        (["too_early", "reached"], True),
        (["too_early", "paused"], True),
        (["too_early", "at_risk"], False),
        (["behind", "not_started"], False),
        (["paused", "paused"], False),
        (["reached"], False),
        (["ended"], False),
        ([], False),
    ],
)
def test_it_is_too_early_for_the_team_until_one_of_it_is_under_way(statuses: list[Status], *, is_early: bool) -> None:
    people = tuple(InfluencerOutlook("A", status, 0.5, None, None, None) for status in statuses)
    assert is_too_early(people) is is_early


def day_numbers(*days: str) -> np.ndarray:
    return np.array(days, dtype="datetime64[D]").astype(np.int64)


def test_posts_fall_in_weeks_of_exposure_the_last_one_partial() -> None:
    days = day_numbers("2018-04-16", "2018-04-22", "2018-04-23", "2018-05-01", "2018-05-01")
    found = posts_by_exposure_week(days, Calendar(), date(2018, 4, 16), date(2018, 5, 2))
    assert found == ([2, 1, 2], [7.0, 7.0, 3.0])


def test_a_week_of_exposure_takes_longer_in_a_pause() -> None:
    calendar = Calendar([pause("2018-04-20", "2018-04-29", 0.2)])
    days = day_numbers("2018-04-29", "2018-04-30", "2018-05-02")
    posts, exposure = posts_by_exposure_week(days, calendar, date(2018, 4, 16), date(2018, 5, 2))
    assert posts == [2, 1]
    assert exposure == pytest.approx([7.0, 2.0])


def test_posts_on_days_that_weigh_nothing_are_not_lost() -> None:
    calendar = Calendar([pause("2018-04-01", "2018-10-30", 0.0)])
    found = posts_by_exposure_week(day_numbers("2018-04-20"), calendar, date(2018, 4, 16), date(2018, 5, 2))
    assert found == ([1], [0.0])


@settings(deadline=None, max_examples=12)
@given(
    st.lists(st.tuples(st.sampled_from(["Amina", "Bram"]), st.integers(0, 182)), max_size=30),
    st.integers(-3, 190),
    st.permutations(["Amina", "Bram", "Chloë"]),
)
def test_the_order_of_the_influencers_changes_no_outlook(
    log: list[tuple[str, int]], today: int, names: list[str]
) -> None:
    rows = [post(date(2018, 4, 16) + number * DAY, name) for name, number in log]
    day = date(2018, 4, 16) + today * DAY
    first = outlook_by_influencer(sheet(*rows, influencers=sorted(names), today=day), today=day)
    other = outlook_by_influencer(sheet(*rows, influencers=names, today=day), today=day)
    assert set(first) == set(other)
    assert all(0 <= person.chance <= 1 for person in first)
