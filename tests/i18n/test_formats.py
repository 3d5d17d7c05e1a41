"""Dates and numbers read as people in Genk write them, and as the English do."""

from datetime import UTC, date, datetime

import pytest

from genkdash.i18n import formats, translator

DUTCH, ENGLISH = translator("nl"), translator("en")


def test_a_day_has_no_dot_and_no_leading_zero() -> None:
    assert formats.day(date(2018, 3, 5), DUTCH) == "5 mrt"
    assert formats.day(date(2018, 3, 5), ENGLISH) == "5 Mar"


def test_a_day_in_full_has_its_month_and_year() -> None:
    assert formats.day_and_year(date(2018, 8, 20), DUTCH) == "20 augustus 2018"
    assert formats.day_and_year(date(2018, 8, 20), ENGLISH) == "20 August 2018"


def test_a_day_of_this_year_has_its_month_in_full() -> None:
    assert formats.day_and_month(date(2018, 8, 8), DUTCH) == "8 augustus"
    assert formats.day_and_month(date(2018, 8, 8), ENGLISH) == "8 August"


def test_a_time_is_that_of_the_campaign_and_not_of_the_server() -> None:
    moment = datetime(2018, 8, 20, 12, 32, 59, tzinfo=UTC)
    assert formats.time_of_day(moment, DUTCH, "Europe/Brussels") == "14:32"
    assert formats.time_of_day(moment, ENGLISH, "Asia/Tokyo") == "21:32"


def test_a_period_says_its_year_once() -> None:
    assert formats.period(date(2018, 4, 16), date(2018, 10, 15), DUTCH) == "16 apr – 15 okt 2018"
    assert formats.period(date(2018, 12, 1), date(2019, 1, 31), DUTCH) == "1 dec 2018 – 31 jan 2019"


def test_numbers_have_a_decimal_comma_in_dutch() -> None:
    assert formats.one_decimal(3.24, DUTCH) == "3,2"
    assert formats.one_decimal(3.24, ENGLISH) == "3.2"
    assert formats.one_decimal(3.0, DUTCH) == "3"
    assert formats.whole(1234.5, DUTCH) == "1.235"
    assert formats.whole(1234.4, ENGLISH) == "1,234"


def test_a_share_is_a_whole_percentage() -> None:
    assert formats.share(0.624, DUTCH) == "62\u00a0%"
    assert formats.share(0.624, ENGLISH) == "62%"


def test_a_share_that_is_there_is_never_nothing() -> None:
    assert formats.share(0.004, DUTCH) == "<\u00a01\u00a0%"
    assert formats.share(0.004, ENGLISH) == "<\u00a01%"
    assert formats.share(0.0, DUTCH) == "0\u00a0%"


@pytest.mark.parametrize(
    ("seconds", "dutch"),
    [
        (0, "daarnet"),
        (60, "daarnet"),
        (60.1, "2 minuten geleden"),
        (90, "2 minuten geleden"),
        (7300, "2 uur geleden"),
    ],
)
def test_an_age_is_coarser_as_it_is_longer(seconds: float, dutch: str) -> None:
    assert formats.ago(seconds, DUTCH) == dutch


def test_plotly_gets_dutch_months() -> None:
    shown = formats.plotly_locale(DUTCH)
    assert shown["name"] == "nl"
    assert shown["format"]["shortMonths"][2] == "mrt"
    assert shown["format"]["months"][7] == "augustus"
    assert shown["format"]["decimal"] == ","


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (date(2018, 8, 20), "vandaag", "today"),
        (date(2018, 8, 19), "gisteren", "yesterday"),
        (date(2018, 8, 18), "zaterdag 18 augustus", "Saturday 18 August"),
        (date(2018, 8, 21), "dinsdag 21 augustus", "Tuesday 21 August"),
    ],
)
def test_a_day_not_long_ago_has_its_everyday_name(value: date, dutch: str, english: str) -> None:
    assert formats.near_day(value, date(2018, 8, 20), DUTCH) == dutch
    assert formats.near_day(value, date(2018, 8, 20), ENGLISH) == english
