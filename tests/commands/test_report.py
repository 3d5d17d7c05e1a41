import json
import math
from datetime import UTC, date, datetime
from typing import Any

import pytest
from builders import TODAY, campaign, influencer, pause, post, sheet

from genkdash.commands.reading import Reading, read_sheet
from genkdash.commands.report import report, report_as_json
from genkdash.insights.outlook import outlook_by_influencer
from genkdash.settings import Settings
from genkdash.sheet.model import Issue, Sheet, Tip

# the example of the contract, as it is written there
CONTRACT = """
{
  "schema": 1,
  "as_of": "2018-08-20",
  "source": {"kind": "workbook", "name": "…", "read_at": "…Z"},
  "campaign": {"name": "…", "start": "2018-04-16", "end": "2018-10-15", "target": 12},
  "rows": {"read": 96, "counted": 90, "not_counted": 6, "blank": 3},
  "issues": [{"code": "bad-date", "severity": "error", "tab": "Berichten", "row": 14, "column": "A", "field": "date", \
"value": "31/02/2018"}],
  "progress": {
    "posts": 90, "target": 120, "share": 0.71, "expected": 83.0, "reached": 2, "probability_all": 0.1,
    "influencers": [{
      "name": "…", "posts": 9, "target": 12, "surplus": 0, "expected": 8.3, "ahead": 0.7,
      "last_post": "2018-08-11", "gap_days": 9, "longest_gap_days": 21,
      "status": "on_track", "probability": 0.83, "final": {"low": 10, "high": 17}, \
"finish": {"early": "2018-09-01", "late": null}
    }]
  },
  "topics": {
    "posts": 88, "shares": {"Muziek": 0.31},
    "untouched": ["Erfgoed"], "hill": {"q0": 9, "q1": 6.1, "q2": 5.0}, "pielou": 0.83, "pie": 0.81,
    "coverage": 0.99, "asymptotic": {"q0": 9.5, "q1": 6.4, "q2": 5.2},
    "voices": {"alpha": 3.1, "gamma": 6.1, "beta": 1.97, "beta_by_chance": 1.38},
    "influencers": [{"name": "…", "topics": 4, "q1": 3.2, "pie": 0.79, "rarefied": {"m": 3, "s": 2.4}}]
  },
  "reactions": {
    "likes": {"median": 74, "known": 61, "posts": 90},
    "by_platform": [{"platform": "Instagram", "posts": 60, "median_likes": 88, "known": 44}]
  },
  "tips": {"given": 5, "answered": 3, "adopted": 1, "median_days_to_answer": 12.0}
}
"""


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
    bram = outlook_by_influencer(log, today=TODAY)[0]
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
            "probability_all": pytest.approx(found["progress"]["influencers"][0]["probability"]),
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
                    "status": "behind",
                    "probability": pytest.approx(bram.probability),
                    "final": {"low": bram.final.low, "high": bram.final.high},
                    "finish": {"early": None, "late": None},
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
                    "status": "reached",
                    "probability": None,
                    "final": None,
                    "finish": None,
                },
            ],
        },
        "topics": {
            "posts": 3,
            "shares": {"Muziek": 0.5, "Sport": 0.5},
            "untouched": ["Erfgoed"],
            "hill": {"q0": 2, "q1": pytest.approx(2), "q2": pytest.approx(2)},
            "pielou": pytest.approx(1),
            # three posts touch each of two topics twice: 1 - (2 + 2) / (4 * 3)
            "pie": pytest.approx(2 / 3),
            "coverage": 1.0,
            "asymptotic": {"q0": 2.0, "q1": pytest.approx(4 / 3 * math.sqrt(math.e)), "q2": pytest.approx(8 / 3)},
            "voices": {
                "alpha": pytest.approx(math.sqrt(4 / 3**0.75)),
                "gamma": pytest.approx(math.exp(-3 / 8 * math.log(3 / 8) - 5 / 8 * math.log(5 / 8))),
                "beta": pytest.approx(found["topics"]["voices"]["gamma"] / found["topics"]["voices"]["alpha"]),
                # Bram may be dealt any of the three posts; with the one on both topics all tell the same
                "beta_by_chance": pytest.approx((2 * found["topics"]["voices"]["beta"] + 1) / 3, abs=0.02),
            },
            "influencers": [
                {"name": "Bram", "topics": 1, "q1": 1.0, "pie": None, "rarefied": None},
                {
                    "name": "Amina",
                    "topics": 2,
                    "q1": pytest.approx(4 / 3**0.75),
                    "pie": pytest.approx(2 / 3),
                    "rarefied": None,
                },
            ],
        },
        "reactions": {
            "likes": {"median": None, "known": 0, "posts": 3},
            "by_platform": [{"platform": "Instagram", "posts": 3, "median_likes": None, "known": 0}],
        },
        "tips": {"given": 0, "answered": 0, "adopted": 0, "median_days_to_answer": None},
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
        "probability_all": None,
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
                "status": None,
                "probability": None,
                "final": None,
                "finish": None,
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
        "coverage": None,
        "asymptotic": {"q0": None, "q1": None, "q2": None},
        "voices": {"alpha": None, "gamma": None, "beta": None, "beta_by_chance": None},
        "influencers": [{"name": "Amina", "topics": 0, "q1": None, "pie": None, "rarefied": None}],
    }
    assert found["reactions"] == {"likes": {"median": None, "known": 0, "posts": 0}, "by_platform": []}
    assert found["tips"] == {"given": 0, "answered": 0, "adopted": 0, "median_days_to_answer": None}


def test_an_empty_sheet_of_nobody_is_a_report_too() -> None:
    found = json.loads(report_as_json(reading(sheet(today=TODAY))))
    assert (found["progress"]["share"], found["progress"]["expected"]) == (None, None)
    assert (found["progress"]["influencers"], found["topics"]["influencers"]) == ([], [])


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_first_and_the_last_day_of_all_time_are_days_too(day: date) -> None:
    assert report(reading(sheet(post("2018-05-01"), today=day)))["as_of"] == day.isoformat()


def keys(value: Any) -> Any:
    """Return the tree of keys: a list stands for its fullest item, the names of topics for none, a value for None."""
    match value:
        case dict():
            return {key: None if key == "shares" else keys(below) for key, below in value.items()}
        case list():
            return max((keys(item) for item in value), key=str, default=None)
        case _:
            return None


def test_the_example_has_every_key_of_the_contract_in_its_order() -> None:
    found = report(read_sheet(None, Settings(), as_of=None, now=datetime(2018, 8, 20, tzinfo=UTC)))
    assert json.dumps(keys(found)) == json.dumps(keys(json.loads(CONTRACT)))
    for group in ("progress", "topics"):
        own = [set(one) for one in found[group]["influencers"]]
        assert own == [set(json.loads(CONTRACT)[group]["influencers"][0])] * 10


def test_a_forecast_is_null_before_the_start_once_reached_and_after_the_end() -> None:
    rows = [post("2018-05-01", "Amina")] * 12
    people = [influencer("Amina"), influencer("Bram", end="2018-08-01"), influencer("Chloë", start="2018-09-01")]
    found = report(reading(sheet(*rows, influencers=people)))["progress"]
    assert [one["status"] for one in found["influencers"]] == ["reached", "ended", "not_started"]
    assert [one[key] for one in found["influencers"] for key in ("probability", "final", "finish")] == [None] * 9
    assert found["probability_all"] == 0.0  # Bram's time is up


def test_a_pause_and_an_early_day_have_a_forecast_in_the_report() -> None:
    people = [influencer("Amina"), influencer("Bram", start="2018-08-10")]
    found = report(reading(sheet(influencers=people, calendar=[pause(TODAY, TODAY, 0.1, "Amina")])))["progress"]
    assert [one["status"] for one in found["influencers"]] == ["paused", "too_early"]
    assert all(0 < one["probability"] < 1 and one["final"]["high"] >= 0 for one in found["influencers"])


def test_who_has_reached_the_target_is_certain_in_the_chance_of_the_team() -> None:
    rows = [post("2018-05-01", "Amina")] * 12 + [post("2018-06-01", "Bram")] * 9
    found = report(reading(sheet(*rows)))["progress"]
    assert found["probability_all"] == pytest.approx(found["influencers"][1]["probability"])


def test_everybody_is_rarefied_to_the_same_number_of_posts_and_who_has_fewer_is_null() -> None:
    rows = [post("2018-05-01", "Amina", topic) for topic in "aab"] + [post("2018-05-01", "Bram", "a")]
    rows += [post("2018-05-01", "Chloë", topic) for topic in "aaaabb"]
    found = report(reading(sheet(*rows)))["topics"]["influencers"]
    assert [one["rarefied"] for one in found] == [
        {"m": 3, "s": pytest.approx(2)},
        None,
        {"m": 3, "s": pytest.approx(2 - 4 / 20)},
    ]


def test_reactions_and_tips_are_reported_with_what_they_rest_on() -> None:
    rows = [post("2018-05-01", likes=likes) for likes in (1, 2, 3, 4, 9)] + [post("2018-05-01", platform=None)]
    tips = [Tip(2, "Minder tekst", date(2018, 5, 1), status="adopted", replied_on=date(2018, 5, 13)), Tip(3, "Vaker")]
    found = report(reading(sheet(*rows, tips=tips)))
    assert found["reactions"] == {
        "likes": {"median": 3.0, "known": 5, "posts": 6},
        "by_platform": [
            {"platform": "Instagram", "posts": 5, "median_likes": 3.0, "known": 5},
            {"platform": None, "posts": 1, "median_likes": None, "known": 0},
        ],
    }
    assert found["tips"] == {"given": 2, "answered": 1, "adopted": 1, "median_days_to_answer": 12.0}
