from datetime import date, timedelta

import pytest
from builders import END, START, event, pause
from hypothesis import given
from hypothesis import strategies as st

from genkdash.insights.exposure import Calendar, calendars
from genkdash.sheet.model import CalendarEntry

DAYS = st.dates(date(2018, 3, 1), date(2018, 12, 1))
PAUSES = st.lists(
    st.builds(
        lambda start, length, weight: pause(start, start + timedelta(days=length), weight),
        DAYS,
        st.integers(0, 40),
        st.sampled_from([0.0, 0.1, 0.2, 0.5, 1.0]),
    ),
    max_size=5,
)


def by_hand(entries: list[CalendarEntry], start: date, end: date) -> float:
    days = [start + timedelta(days=number) for number in range((end - start).days + 1)]
    return sum(min([entry.weight for entry in entries if entry.start <= day <= entry.end] + [1.0]) for day in days)


def test_without_pauses_exposure_is_the_number_of_days_both_inclusive() -> None:
    assert Calendar().between(START, END) == 183.0
    assert Calendar().between(START, START) == 1.0


def test_exposure_is_zero_when_the_end_is_before_the_start() -> None:
    assert Calendar().between(START, date(2018, 4, 15)) == 0.0


def test_a_day_of_a_pause_counts_for_its_weight_on_its_first_and_last_day_too() -> None:
    calendar = Calendar([pause("2018-07-01", "2018-07-10", 0.2)])
    assert calendar.between(date(2018, 6, 30), date(2018, 7, 11)) == pytest.approx(1 + 10 * 0.2 + 1)
    assert [calendar.weight(date(2018, 7, day)) for day in (1, 10, 11)] == [0.2, 0.2, 1.0]


def test_the_smallest_weight_wins_where_pauses_overlap() -> None:
    calendar = Calendar([pause("2018-07-01", "2018-07-10", 0.5), pause("2018-07-05", "2018-07-20", 0.1)])
    assert calendar.between(date(2018, 7, 1), date(2018, 7, 20)) == pytest.approx(4 * 0.5 + 16 * 0.1)


def test_events_and_the_pauses_of_others_change_nothing() -> None:
    entries = [event("2018-07-01", "2018-07-10"), pause("2018-07-01", "2018-07-10", 0.0, "Bram")]
    assert Calendar(entries, "Amina").between(START, END) == 183.0
    assert Calendar(entries, "Bram").between(START, END) == 173.0
    assert Calendar(entries).between(START, END) == 183.0


def test_each_name_gets_its_own_and_the_shared_pauses() -> None:
    entries = [pause("2018-07-01", "2018-07-10", 0.0), pause("2018-08-01", "2018-08-05", 0.0, "Bram")]
    by_name = calendars(entries, ["Amina", "Bram"])
    assert [by_name[name].between(START, END) for name in ("Amina", "Bram")] == [173.0, 168.0]


def test_the_first_day_that_brings_enough_exposure_is_found_through_a_pause() -> None:
    calendar = Calendar([pause("2018-07-02", "2018-07-11", 0.2)])
    assert calendar.date_after(date(2018, 7, 1), 1.0) == date(2018, 7, 1)
    assert calendar.date_after(date(2018, 7, 1), 1.1) == date(2018, 7, 2)
    assert calendar.date_after(date(2018, 7, 1), 3.5) == date(2018, 7, 12)


def test_needing_nothing_is_done_the_day_before() -> None:
    assert Calendar().date_after(START, 0.0) == date(2018, 4, 15)


@pytest.mark.parametrize("exposure", [float("inf"), float("nan"), 1e9])
def test_a_day_beyond_the_last_year_is_unknown(exposure: float) -> None:
    assert Calendar().date_after(START, exposure) is None


def test_a_pause_until_the_last_day_of_all_time_never_ends() -> None:
    calendar = Calendar([CalendarEntry(START, date.max, "pause", weight=0.0)])
    assert calendar.between(date(2018, 1, 1), date.max) == 105.0
    assert calendar.date_after(START, 0.5) is None


@given(PAUSES, DAYS, DAYS)
def test_exposure_equals_the_sum_over_the_days(entries: list[CalendarEntry], start: date, end: date) -> None:
    assert Calendar(entries).between(start, end) == pytest.approx(by_hand(entries, start, end), abs=1e-9)


@given(PAUSES, DAYS, st.floats(0.01, 300))
def test_date_after_is_the_first_day_with_enough(entries: list[CalendarEntry], start: date, exposure: float) -> None:
    calendar = Calendar(entries)
    found = calendar.date_after(start, exposure)
    assert found is not None
    assert calendar.between(start, found) >= exposure
    assert calendar.between(start, found - timedelta(days=1)) < exposure
