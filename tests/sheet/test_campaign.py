from datetime import UTC, date, datetime

import pytest
from books import book, places, post, sheet

from genkdash.sheet.model import Campaign
from genkdash.sheet.parse import campaign_day

KEYS = ["Sleutel", "Waarde"]


def test_the_campaign_is_read_from_its_tab() -> None:
    rows = [
        KEYS,
        ["naam", "Genk vertelt verder"],
        ["Start", 43206],
        ["End", "15/10/2018"],
        ["Doel", "15"],
        ["Timezone", "Europe/Lisbon"],
        ["Peildatum", date(2018, 8, 20)],
    ]
    result = sheet(Campagne=rows)

    assert result.campaign == Campaign(
        "Genk vertelt verder", date(2018, 4, 16), date(2018, 10, 15), 15, "Europe/Lisbon", date(2018, 8, 20)
    )
    assert places(result.issues) == [("text-date", 4, "B", "15/10/2018"), ("text-number", 5, "B", "15")]


def test_without_settings_the_campaign_starts_with_the_first_post_and_lasts_six_months() -> None:
    result = sheet([post(Datum=date(2018, 5, 3)), post(Datum=date(2018, 4, 30)), post(Datum="ooit")], Campagne=None)

    assert result.campaign == Campaign("Genk vertelt", date(2018, 4, 30), date(2018, 10, 29), 12, "Europe/Brussels")


def test_without_settings_and_posts_there_is_no_period() -> None:
    campaign = sheet(Campagne=None).campaign

    assert (campaign.start, campaign.end) == (None, None)


def test_six_months_from_the_end_of_august_end_in_february() -> None:
    assert sheet(Campagne=[KEYS, ["Start", date(2018, 8, 31)]]).campaign.end == date(2019, 2, 27)


def test_with_only_an_end_the_campaign_starts_with_the_first_post() -> None:
    end = [KEYS, ["Einde", date(2018, 10, 15)]]

    assert sheet([post()], Campagne=end).campaign.start == date(2018, 5, 3)
    assert sheet(Campagne=end).campaign.start == date(2018, 4, 16)
    assert sheet([post(Datum=date(2018, 12, 1))], Campagne=end).campaign.start == date(2018, 10, 15)


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("Start", "binnenkort", "binnenkort"),
        ("Start", date(1999, 1, 1), "1999-01-01"),
        ("Doel", 0, "0"),
        ("Doel", 12.5, "12.5"),
        ("Doel", 10_001, "10001"),
        ("Tijdzone", "Genk", "Genk"),
        ("Tijdzone", "Europe", "Europe"),
        ("Tijdzone", "../etc/passwd", "../etc/passwd"),
        ("Peildatum", "vandaag", "vandaag"),
    ],
)
def test_a_setting_that_can_not_be_read_gives_way_to_the_default(key: str, value: object, shown: str) -> None:
    result = sheet([post()], Campagne=[KEYS, [key, value]])

    assert places(result.issues) == [("bad-setting", 2, "B", shown)]
    assert result.campaign == sheet([post()], Campagne=[KEYS]).campaign


def test_an_end_before_the_start_gives_way_to_six_months() -> None:
    result = sheet(Campagne=[KEYS, ["Start", date(2018, 4, 16)], ["Einde", date(2017, 10, 15)]])

    assert [(issue.code, issue.field, issue.value) for issue in result.issues] == [("bad-setting", "end", "2017-10-15")]
    assert result.campaign.end == date(2018, 10, 15)


def test_a_key_that_stands_twice_counts_the_first_time() -> None:
    result = sheet(Campagne=[KEYS, ["Doel", 10], ["Target", 20]])

    assert result.campaign.target == 10
    assert places(result.issues) == [("duplicate-header", 3, "A", "Target")]


def test_a_key_that_is_not_in_the_contract_is_not_read() -> None:
    result = sheet(Campagne=[KEYS, ["Wachtwoord", "geheim"]])

    assert result.issues == ()
    assert "geheim" not in repr(result)


def test_a_pinned_day_is_the_day_of_the_campaign() -> None:
    pinned = book(Campagne=[KEYS, ["Peildatum", date(2018, 8, 20)]])

    assert campaign_day(pinned, datetime(2026, 1, 1, tzinfo=UTC)) == date(2018, 8, 20)


def test_the_day_of_the_campaign_is_the_day_in_its_time_zone() -> None:
    late = datetime(2018, 8, 20, 22, 30, tzinfo=UTC)

    assert campaign_day(book(Campagne=None), late) == date(2018, 8, 21)
    assert campaign_day(book(Campagne=[KEYS, ["Tijdzone", "Europe/London"]]), late) == date(2018, 8, 20)
    assert campaign_day(book(Campagne=[KEYS, ["Tijdzone", "Genk"]]), late) == date(2018, 8, 21)
