import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from builders import END, START, TODAY, campaign, influencer, pause, post, sheet
from hypothesis import given, settings
from hypothesis import strategies as st

from genkdash.insights.exposure import Calendar
from genkdash.insights.progress import InfluencerProgress, expected_posts, progress_by_influencer, team_progress
from genkdash.insights.silence import Silence
from genkdash.sheet.model import CalendarEntry


def amina(*rows: dict[str, Any], today: date = TODAY, **tabs: Any) -> InfluencerProgress:
    tabs.setdefault("influencers", [influencer("Amina")])
    return progress_by_influencer(sheet(*rows, today=today, **tabs), today=today)[0]


def test_an_influencer_halfway_by_hand() -> None:
    person = amina(*[post(day) for day in ("2018-05-01", "2018-05-11", "2018-06-10", "2018-08-11")])
    assert (person.posts, person.target, person.surplus) == (4, 12, 0)
    assert person.expected == pytest.approx(12 * 127 / 183)  # 16 April to 20 August is 127 days of 183
    assert person.ahead == pytest.approx(4 - 12 * 127 / 183)
    assert (person.last_post, person.gap_days) == (date(2018, 8, 11), 9)
    assert (person.longest_gap_days, person.longest_silence) == (62, Silence(date(2018, 6, 10), date(2018, 8, 11)))
    assert person.cadence_days == 30.0
    assert (person.remaining_days, person.exposure_days, person.remaining_exposure_days) == (56, 127.0, 56.0)


def test_posts_above_the_target_are_surplus() -> None:
    person = amina(*[post("2018-05-01")] * 14)
    assert (person.posts, person.surplus, person.has_reached) == (14, 2, True)


def test_who_never_posted_has_been_silent_since_the_start() -> None:
    person = amina()
    assert (person.posts, person.last_post, person.gap_days, person.cadence_days) == (0, None, None, None)
    assert person.longest_silence == Silence(START, TODAY)
    assert person.longest_gap_days == 126


def test_silence_stops_at_the_end_of_the_window_but_the_gap_goes_on() -> None:
    person = amina(post("2018-10-10"), today=date(2018, 12, 24), influencers=[influencer(start="2018-10-01")])
    assert person.longest_gap_days == 9
    assert person.gap_days == 75


def test_nothing_is_known_of_silence_before_the_start() -> None:
    person = amina(today=START - timedelta(days=1))
    assert (person.expected, person.longest_silence, person.remaining_days) == (0.0, None, 183)


def test_expected_is_exact_at_both_ends_and_after() -> None:
    assert amina(today=START - timedelta(days=1)).expected == 0.0
    assert amina(today=START).expected == pytest.approx(12 / 183)
    assert amina(today=END).expected == 12.0
    assert amina(today=END + timedelta(days=40)).expected == 12.0


def test_a_late_joiner_is_measured_in_an_own_window_against_an_own_target() -> None:
    person = amina(post("2018-08-12"), influencers=[influencer(target=6, start="2018-08-11", end="2018-08-30")])
    assert person.expected == pytest.approx(6 * 10 / 20)
    assert person.ahead == pytest.approx(-2.0)


def test_a_pause_slows_what_is_expected() -> None:
    window = influencer(start="2018-08-11", end="2018-08-30")
    person = amina(influencers=[window], calendar=[pause("2018-08-16", "2018-08-20", 0.0)])
    assert person.expected == pytest.approx(12 * 5 / 15)


def test_a_window_that_is_all_pause_expects_nothing_knowable_until_its_end() -> None:
    calendar = [pause(START, END, 0.0)]
    assert amina(calendar=calendar).expected is None
    assert amina(calendar=calendar).ahead is None
    assert amina(calendar=calendar, today=END).expected == 12.0


def test_without_a_window_everything_that_needs_one_is_unknown() -> None:
    person = amina(influencers=[influencer(start=None, end=None)], frame=campaign(start=None, end=None))
    unknown = (person.expected, person.ahead, person.longest_silence, person.remaining_days, person.exposure_days)
    assert unknown == (None,) * 5


def test_rows_that_are_not_counted_and_posts_after_today_do_not_exist() -> None:
    person = amina(post("2018-05-01", reason="duplicate-id"), post("2018-08-21"), post(None, reason="missing-date"))
    assert (person.posts, person.last_post) == (0, None)


def test_two_posts_on_one_day_are_zero_days_apart() -> None:
    assert amina(post("2018-05-01"), post("2018-05-01"), post("2018-05-05")).cadence_days == 2.0


def test_influencers_keep_the_order_of_the_sheet() -> None:
    people = progress_by_influencer(
        sheet(post("2018-05-01", "Bram"), influencers=["Chloë", "Amina", "Bram"]), today=TODAY
    )
    assert [(person.name, person.posts) for person in people] == [("Chloë", 0), ("Amina", 0), ("Bram", 1)]


def test_one_prolific_influencer_hides_nobody_in_the_sum_of_the_team() -> None:
    rows = [post("2018-05-01", "Amina")] * 20 + [post("2018-05-02", "Bram")] * 3
    team = team_progress(sheet(*rows), today=TODAY)
    assert (team.posts, team.target, team.done, team.surplus, team.reached) == (23, 24, 15, 8, 1)
    assert team.share == pytest.approx(15 / 24)
    assert team.expected == pytest.approx(2 * 12 * 127 / 183)


def test_a_team_of_nobody_has_a_true_zero_of_posts_and_no_share() -> None:
    team = team_progress(sheet(), today=TODAY)
    assert (team.posts, team.target, team.reached) == (0, 0, 0)
    assert (team.share, team.expected) == (None, None)


@settings(deadline=None, max_examples=30)
@given(st.permutations(["Amina", "Bram", "Chloë", "Dries"]))
def test_the_order_of_the_influencers_changes_no_number(names: list[str]) -> None:
    rows = [post("2018-05-01", "Bram"), post("2018-05-03", "Amina"), post("2018-06-01", "Amina")]
    first = progress_by_influencer(sheet(*rows, influencers=sorted(names)), today=TODAY)
    other = progress_by_influencer(sheet(*rows, influencers=names), today=TODAY)
    assert set(first) == set(other)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.builds(
            lambda start, length, weight: pause(start, start + timedelta(days=length), weight),
            st.dates(START, END),
            st.integers(0, 60),
            st.sampled_from([0.0, 0.1, 0.2, 0.7]),
        ),
        max_size=4,
    ),
    st.integers(1, 300),
    st.integers(0, 40),
)
def test_expected_never_falls_on_any_day_across_clock_changes_and_pauses(
    pauses: list[CalendarEntry], length: int, target: int
) -> None:
    # 25 March and 28 October 2018 are the days on which Belgium changes its clocks
    start = date(2018, 3, 20)
    end = start + timedelta(days=length)
    calendar = Calendar(pauses)
    days = [start + timedelta(days=number) for number in range(-1, length + 2)]
    expected = [expected_posts(target, calendar, start, end, day) for day in days]
    known = [value for value in expected if value is not None]
    assert all(earlier <= later for earlier, later in itertools.pairwise(known))
    assert (expected[0], expected[-2], expected[-1]) == (0.0, float(target), float(target))
