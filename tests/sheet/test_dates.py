from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genkdash.sheet.dates import Plausible, add_months, parse_date

DAYS = st.dates(date(2000, 1, 1), date(2069, 12, 31))


@given(DAYS)
def test_an_iso_date_is_read_as_it_is_written(day: date) -> None:
    assert parse_date(day.isoformat()) == (day, "text-date")


@given(DAYS, st.sampled_from("/-."))
def test_the_day_always_comes_first(day: date, separator: str) -> None:
    text = separator.join([str(day.day), str(day.month), str(day.year)])

    assert parse_date(text).value == day


@given(DAYS)
def test_a_date_cell_is_its_own_day(day: date) -> None:
    assert parse_date(day) == (day, None)


@given(DAYS, st.times())
def test_a_serial_is_floored_to_its_day(day: date, clock: time) -> None:
    seconds = clock.hour * 3600 + clock.minute * 60 + clock.second

    assert parse_date((day - date(1899, 12, 30)).days + seconds / 86_400) == (day, None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-05", date(2026, 3, 5)),
        ("2026-03-05 14:30", date(2026, 3, 5)),
        ("2026-03-05T23:59:59.123", date(2026, 3, 5)),
        ("5/3/2018", date(2018, 3, 5)),
        ("05-03-2018", date(2018, 3, 5)),
        ("5.3.18", date(2018, 3, 5)),
        ("5/3/69", date(2069, 3, 5)),
        ("5/3/70", date(1970, 3, 5)),
        ("5/03/2018 14:30:00", date(2018, 3, 5)),
        ("5 maart 2018", date(2018, 3, 5)),
        ("5 mrt 2018", date(2018, 3, 5)),
        ("5 Mrt. 18", date(2018, 3, 5)),
        ("12-okt-2018", date(2018, 10, 12)),
        ("29 februari 2020", date(2020, 2, 29)),
        ("  1\u00a0augustus  2018 ", date(2018, 8, 1)),
    ],
)
def test_a_date_typed_as_text_is_read(text: str, day: date) -> None:
    assert parse_date(text) == (day, "text-date")


@pytest.mark.parametrize(
    "cell",
    [
        "31/02/2018",
        "2018-13-01",
        "2018-3-5",
        "2018/03/05",
        "20180305",
        "43206",
        "5/3-2018",
        "5 march 2018",
        "5 maart",
        "gisteren",
        "'2018-03-05'",
        "2018-03-05 25:00",
        "2018-03-05T10:00:00+99:99",
        "5/3/2018" * 10,
        True,
        -1,
        10**400,
        float("nan"),
        float("inf"),
        time(12, 0),
        ["2018-03-05"],
    ],
)
def test_anything_else_is_a_bad_date(cell: object) -> None:
    assert parse_date(cell) == (None, "bad-date")


@pytest.mark.parametrize("cell", [None, "", "  ", "\u00a0", "\u200b"])
def test_a_blank_date_is_never_today(cell: object) -> None:
    assert parse_date(cell) == (None, None)


def test_a_failed_formula_is_not_a_date() -> None:
    assert parse_date("#REF!") == (None, "error-cell")


def test_a_moment_becomes_the_day_in_brussels() -> None:
    assert parse_date(datetime(2018, 5, 3, 23, 30, tzinfo=UTC)).value == date(2018, 5, 4)
    assert parse_date("2018-05-03T23:30:00Z").value == date(2018, 5, 4)
    assert parse_date("2018-05-04T00:30:00+06:00").value == date(2018, 5, 3)
    assert parse_date("2018-05-03 18:30:00 -4").value == date(2018, 5, 4)
    assert parse_date("2018-05-03 18:30:00 -0330").value == date(2018, 5, 4)


def test_a_moment_becomes_the_day_in_the_campaigns_own_time_zone() -> None:
    assert parse_date("2018-05-03T23:30:00Z", ZoneInfo("America/New_York")).value == date(2018, 5, 3)


def test_a_moment_at_the_end_of_the_calendar_is_a_bad_date() -> None:
    west = timezone(timedelta(hours=-12))

    assert parse_date(datetime(9999, 12, 31, 23, 0, tzinfo=west)) == (None, "bad-date")


def test_a_second_before_midnight_written_as_a_serial_is_still_that_day() -> None:
    assert parse_date(43206 + 86_399 / 86_400).value == date(2018, 4, 16)
    assert parse_date(43206.999_999_9).value == date(2018, 4, 17)


def test_days_before_2000_or_over_two_years_ahead_are_not_plausible() -> None:
    plausible = Plausible.on(date(2020, 2, 29))

    assert date(1999, 12, 31) not in plausible
    assert date(2000, 1, 1) in plausible
    assert date(2022, 2, 28) in plausible
    assert date(2022, 3, 1) not in plausible


def test_a_month_that_is_too_short_gives_its_last_day() -> None:
    assert add_months(date(2018, 8, 31), 6) == date(2019, 2, 28)
    assert add_months(date(2018, 10, 15), -6) == date(2018, 4, 15)
    assert add_months(date(9999, 12, 1), 1) == date.max
