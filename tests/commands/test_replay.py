from datetime import UTC, date, datetime, timedelta
from typing import Any

from books import CAMPAIGN, OTHERS, book, post
from hypothesis import given, settings
from hypothesis import strategies as st

from genkdash.commands.reading import Reading
from genkdash.commands.report import report
from genkdash.sheet.parse import parse
from genkdash.sheet.tables import RawBook

START = date(2018, 4, 16)
LAST = 200
DAYS = st.integers(0, LAST).map(lambda number: START + timedelta(days=number))
TIPS = OTHERS["Tips"][0]

posts = st.fixed_dictionaries(
    {
        "Datum": DAYS,
        "Influencer": st.sampled_from(["Amina", "Bo", "Ami", "Niemand", None]),
        "Platform": st.sampled_from(["Instagram", "TikTok", None]),
        "Themas": st.sampled_from(["Muziek", "Sport", "Muziek; Sport", "Koken", None]),
        "Likes": st.sampled_from([3, 40, "veel", None]),
        "Gemeten op": st.none() | DAYS,
    }
)
tips = st.fixed_dictionaries(
    {
        "Datum": DAYS,
        "Tip": st.just("Vaker op TikTok"),
        "Status": st.sampled_from(["gehoord", "doorgevoerd", None]),
        "Antwoord": st.sampled_from(["Doen we", None]),
        "Beantwoord op": st.none() | DAYS,
    }
)


def told(where: RawBook, today: date, cut_off: date | None = None) -> dict[str, Any]:
    sheet = parse(where, today=today, cut_off=cut_off)
    return report(Reading(sheet, "google", "log", datetime(2018, 8, 20, tzinfo=UTC)))


def tabs(post_rows: list[dict[str, Any]], tip_rows: list[dict[str, Any]]) -> RawBook:
    pauses = [*OTHERS["Kalender"], [date(2018, 7, 1), date(2018, 7, 15), "pauze", "Vakantie", None, 0.2]]
    return book(
        [post(**row) for row in post_rows],
        Tips=[TIPS, *([row.get(name) for name in TIPS] for row in tip_rows)],
        Kalender=pauses,
        Campagne=CAMPAIGN,
    )


def post_as_of(row: dict[str, Any], day: date) -> dict[str, Any]:
    """Return the row as it stood: reactions that were read later were still blank."""
    measured = row["Gemeten op"]
    return row if measured is None or measured <= day else {**row, "Likes": None, "Gemeten op": None}


def tip_as_of(row: dict[str, Any], day: date) -> dict[str, Any]:
    """Return the row as it stood: a tip that was answered later had no answer and no status yet."""
    replied = row["Beantwoord op"]
    return (
        row if replied is None or replied <= day else {**row, "Status": None, "Antwoord": None, "Beantwoord op": None}
    )


@settings(deadline=None, max_examples=25)
@given(st.lists(posts, max_size=25), st.lists(tips, max_size=5), DAYS)
def test_a_replay_tells_the_same_as_a_sheet_that_was_cut_off_there(
    post_rows: list[dict[str, Any]], tip_rows: list[dict[str, Any]], day: date
) -> None:
    post_rows = sorted(post_rows, key=lambda row: row["Datum"])
    tip_rows = sorted(tip_rows, key=lambda row: row["Datum"])
    cut = tabs(
        [post_as_of(row, day) for row in post_rows if row["Datum"] <= day],
        [tip_as_of(row, day) for row in tip_rows if row["Datum"] <= day],
    )
    assert told(tabs(post_rows, tip_rows), day, cut_off=day) == told(cut, day)


def test_an_answer_of_tomorrow_and_likes_read_tomorrow_are_not_known_today() -> None:
    today, tomorrow = date(2018, 6, 30), date(2018, 7, 1)
    whole = tabs(
        [{"Datum": today, "Likes": 40, "Gemeten op": tomorrow, "Influencer": "Amina"}] * 5,
        [{"Datum": today, "Tip": "Kort", "Status": "doorgevoerd", "Antwoord": "Doen we", "Beantwoord op": tomorrow}],
    )
    then, later = (told(whole, day, cut_off=day) for day in (today, tomorrow))
    assert then["tips"] == {"given": 1, "answered": 0, "adopted": 0, "median_days_to_answer": None}
    assert later["tips"] == {"given": 1, "answered": 1, "adopted": 1, "median_days_to_answer": 1.0}
    assert [one["reactions"]["likes"]["known"] for one in (then, later)] == [0, 5]
