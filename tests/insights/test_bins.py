"""Where there are too many posts to tell apart, each is still counted, in its week or month."""

from datetime import date, timedelta

from builders import TODAY, influencer, post, sheet

from genkdash.insights.bins import Bins, binned
from genkdash.insights.timeline import lanes

MONDAY = date(2018, 4, 30)


def bins_of(*rows: dict, influencers: list | None = None) -> Bins | None:
    return binned(lanes(sheet(*rows, **({"influencers": influencers} if influencers else {})), today=TODAY).marks)


def test_three_hundred_posts_have_a_mark_each_and_one_more_are_counted_by_week() -> None:
    one = post("2018-05-01", "Amina", "Muziek")
    assert bins_of(*[one] * 300) is None
    found = bins_of(*[one] * 301)
    assert found is not None
    assert found.span == "week"
    assert found.rows[["influencer", "is_counted", "posts", "topic"]].to_numpy().tolist() == [
        ["Amina", True, 301, "Muziek"]
    ]
    assert found.rows["start"].dt.date.tolist() == [MONDAY]


def test_a_week_runs_from_monday_to_sunday_and_tells_what_most_of_its_posts_were_about() -> None:
    rows = [post("2018-05-06", "Amina", "Sport")] * 100 + [post("2018-05-07", "Amina")] * 101
    rows += [post("2018-04-30", "Amina", "Muziek", "Sport")] * 150
    found = bins_of(*rows)
    assert found is not None
    assert list(zip(found.rows["start"].dt.date, found.rows["posts"], found.rows["topic"], strict=True)) == [
        (MONDAY, 250, "Muziek"),
        (MONDAY + timedelta(7), 101, None),
    ]


def test_what_stands_apart_is_counted_apart() -> None:
    apart = post("2018-04-01", "Amina", reason="outside-campaign")
    found = bins_of(*[post("2018-05-01")] * 300, *[apart] * 7)
    assert found is not None
    assert sorted(zip(found.rows["is_counted"], found.rows["posts"], strict=True)) == [(False, 7), (True, 300)]


def test_where_weeks_are_too_many_months_are_counted() -> None:
    names = [f"I{number}" for number in range(20)]
    rows = [post(str(MONDAY + timedelta(7 * week)), name) for name in names for week in range(16)]
    found = bins_of(*rows, influencers=[influencer(name) for name in names])
    assert found is not None
    assert found.span == "month"
    assert int(found.rows["posts"].sum()) == 320
