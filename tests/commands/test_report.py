import json
from datetime import UTC, date, datetime

import pytest
from builders import TODAY, campaign, influencer, post, sheet

from genkdash.commands.reading import Reading
from genkdash.commands.report import report, report_as_json
from genkdash.sheet.model import Issue, Sheet


def reading(log: Sheet) -> Reading:
    return Reading(log, "workbook", "log.xlsx", datetime(2018, 8, 20, 10, 30, 5, 123, tzinfo=UTC))


def test_a_small_log_gives_the_keys_and_numbers_of_the_contract() -> None:
    log = sheet(
        post("2018-05-01", "Amina", "Muziek"),
        post("2018-08-11", "Amina", "Muziek", "Sport"),
        post("2018-08-01", "Bram", "Sport"),
        post("2018-04-01", "Bram", reason="outside-campaign"),
        influencers=["Bram", influencer("Amina", target=2)],
        topics=["Erfgoed", "Sport", "Muziek"],
        issues=[
            Issue("outside-campaign", "warning", "Berichten", 5, "A", "date", "2018-04-01", {"start": "x"}, "https://x")
        ],
        blank=2,
    )
    found = json.loads(report_as_json(reading(log)))
    assert found == {
        "schema": 1,
        "as_of": "2018-08-20",
        "source": {"kind": "workbook", "name": "log.xlsx", "read_at": "2018-08-20T10:30:05Z"},
        "campaign": {"name": "Genk vertelt", "start": "2018-04-16", "end": "2018-10-15", "target": 12},
        "rows": {"read": 4, "counted": 3, "not_counted": 1, "blank": 2},
        "issues": [
            {
                "code": "outside-campaign",
                "severity": "warning",
                "tab": "Berichten",
                "row": 5,
                "column": "A",
                "field": "date",
                "value": "2018-04-01",
            }
        ],
        "progress": {
            "posts": 3,
            "target": 14,
            "share": 3 / 14,
            "expected": pytest.approx(14 * 127 / 183),
            "reached": 1,
            "influencers": [
                {
                    "name": "Bram",
                    "posts": 1,
                    "target": 12,
                    "surplus": 0,
                    "expected": pytest.approx(12 * 127 / 183),
                    "ahead": pytest.approx(1 - 12 * 127 / 183),
                    "last_post": "2018-08-01",
                    "gap_days": 19,
                    "longest_gap_days": 107,
                },
                {
                    "name": "Amina",
                    "posts": 2,
                    "target": 2,
                    "surplus": 0,
                    "expected": pytest.approx(2 * 127 / 183),
                    "ahead": pytest.approx(2 - 2 * 127 / 183),
                    "last_post": "2018-08-11",
                    "gap_days": 9,
                    "longest_gap_days": 102,
                },
            ],
        },
        "topics": {
            "posts": 3,
            "shares": {"Muziek": 0.5, "Sport": 0.5},
            "untouched": ["Erfgoed"],
            "hill": {"q0": 2, "q1": pytest.approx(2), "q2": pytest.approx(2)},
            "pielou": pytest.approx(1),
            "pie": pytest.approx(1 - 4 / 12),
            "influencers": [
                {"name": "Bram", "topics": 1, "q1": 1.0, "pie": None},
                {"name": "Amina", "topics": 2, "q1": pytest.approx(4 / 3**0.75), "pie": pytest.approx(2 / 3)},
            ],
        },
    }


def test_shares_keep_their_order_in_the_text() -> None:
    rows = [post("2018-05-01", "Amina", topic) for topic in ("Sport", "Eten", "Muziek", "Muziek")]
    assert list(json.loads(report_as_json(reading(sheet(*rows))))["topics"]["shares"]) == ["Muziek", "Eten", "Sport"]


def test_without_posts_the_unknown_is_null_and_a_true_zero_is_zero() -> None:
    log = sheet(influencers=["Amina"], frame=campaign(start=None, end=None))
    log = sheet(influencers=[influencer("Amina", start=None, end=None)], frame=log.campaign)
    found = report(reading(log))
    assert found["campaign"] == {"name": "Genk vertelt", "start": None, "end": None, "target": 12}
    assert found["progress"] == {
        "posts": 0,
        "target": 12,
        "share": 0.0,
        "expected": None,
        "reached": 0,
        "influencers": [
            {
                "name": "Amina",
                "posts": 0,
                "target": 12,
                "surplus": 0,
                "expected": None,
                "ahead": None,
                "last_post": None,
                "gap_days": None,
                "longest_gap_days": None,
            }
        ],
    }
    assert found["topics"] == {
        "posts": 0,
        "shares": {},
        "untouched": [],
        "hill": {"q0": None, "q1": None, "q2": None},
        "pielou": None,
        "pie": None,
        "influencers": [{"name": "Amina", "topics": 0, "q1": None, "pie": None}],
    }


def test_an_empty_sheet_of_nobody_is_a_report_too() -> None:
    found = json.loads(report_as_json(reading(sheet(today=TODAY))))
    assert (found["progress"]["share"], found["progress"]["expected"]) == (None, None)
    assert (found["progress"]["influencers"], found["topics"]["influencers"]) == ([], [])


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_first_and_the_last_day_of_all_time_are_days_too(day: date) -> None:
    assert report(reading(sheet(post("2018-05-01"), today=day)))["as_of"] == day.isoformat()
