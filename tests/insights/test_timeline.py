from datetime import date

import pandas as pd
from builders import END, START, TODAY, campaign, event, influencer, pause, post, sheet

from genkdash.insights.timeline import MARK_COLUMNS, lanes, new_posts, posts_of


def days(column: pd.Series) -> list[str]:
    return column.dt.strftime("%Y-%m-%d").tolist()


def test_counted_posts_and_those_apart_have_a_mark_and_other_rows_have_none() -> None:
    rows = [
        post("2018-05-03", "Amina", "Sport", "Muziek", title="Match", link="https://x.be/1"),
        post("2018-04-01", "Amina", reason="outside-campaign"),
        post("2018-09-01", "Amina", reason="future-date"),
        post("2018-05-02", "Amina", reason="duplicate-link"),
        post(None, "Amina", reason="missing-date"),
        post("2018-05-02", None, reason="missing-influencer"),
    ]
    marks = lanes(sheet(*rows), today=TODAY).marks
    assert tuple(marks.columns) == MARK_COLUMNS
    assert days(marks["date"]) == ["2018-04-01", "2018-05-03", "2018-09-01"]
    assert marks["state"].tolist() == ["outside-campaign", "counted", "future-date"]
    assert marks["topic"].tolist() == [None, "Sport", None]
    assert marks.loc[1, ["row", "title", "link"]].tolist() == [2, "Match", "https://x.be/1"]


def test_each_lane_has_its_window_and_its_longest_silence() -> None:
    rows = [post("2018-05-01"), post("2018-05-21")]
    frame = lanes(
        sheet(*rows, influencers=[influencer("Amina", end="2018-06-01"), influencer("Bram", start="2018-09-01")]),
        today=TODAY,
    ).lanes
    assert frame["influencer"].tolist() == ["Amina", "Bram"]
    assert frame["posts"].tolist() == [2, 0]
    assert days(frame["start"]) == ["2018-04-16", "2018-09-01"]
    assert days(frame["end"]) == ["2018-06-01", "2018-10-15"]
    assert frame.loc[0, "silence_days"] == 20.0
    assert days(frame["silence_start"])[0] == "2018-05-01"
    assert days(frame["silence_end"])[0] == "2018-05-21"
    assert frame.loc[1, ["silence_start", "silence_end", "silence_days"]].isna().all()


def test_events_and_pauses_are_spans_by_their_start() -> None:
    calendar = [pause("2018-07-01", "2018-08-31", 0.2, "Bram"), event("2018-05-20"), event("2019-01-01")]
    spans = lanes(sheet(calendar=calendar), today=TODAY).spans
    assert spans["kind"].tolist() == ["event", "pause"]
    assert spans["influencer"].tolist() == [None, "Bram"]
    assert days(spans["end"]) == ["2018-05-20", "2018-08-31"]
    assert spans["weight"].tolist() == [1.0, 0.2]


def test_the_meetings_of_the_team_are_those_in_the_campaign() -> None:
    meetings = [date(2018, 6, 6), date(2018, 4, 15), date(2018, 4, 16), date(2018, 10, 16)]
    assert lanes(sheet(meetings=meetings), today=TODAY).meetings == (date(2018, 4, 16), date(2018, 6, 6))
    unframed = sheet(meetings=meetings, frame=campaign(start=None, end=None))
    assert len(lanes(unframed, today=TODAY).meetings) == 4


def test_a_timeline_of_nothing_is_empty_and_not_an_error() -> None:
    timeline = lanes(sheet(frame=campaign(start=None, end=None)), today=TODAY)
    assert (len(timeline.marks), len(timeline.lanes), len(timeline.spans)) == (0, 0, 0)
    assert (timeline.start, timeline.end, timeline.today) == (None, None, TODAY)
    assert lanes(sheet(), today=TODAY).start == START
    assert lanes(sheet(), today=TODAY).end == END


def test_new_posts_are_those_of_seven_days_newest_first() -> None:
    rows = [
        post("2018-08-13", title="acht dagen"),
        post("2018-08-14", title="eerste dag"),
        post("2018-08-20", title="vandaag, boven"),
        post("2018-08-20", "Bram", title="vandaag, onder"),
        post("2018-08-21", title="morgen", reason="future-date"),
    ]
    found = new_posts(sheet(*rows), today=date(2018, 8, 20))
    assert found["title"].tolist() == ["vandaag, onder", "vandaag, boven", "eerste dag"]


def test_on_the_first_day_of_all_time_nothing_is_new() -> None:
    assert len(new_posts(sheet(post("2018-08-13")), today=date.min)) == 0


def test_the_posts_of_one_influencer_are_newest_first_with_those_apart() -> None:
    rows = [
        post("2018-05-01", "Amina", title="eerst"),
        post("2018-06-01", "Bram"),
        post("2018-06-01", "Amina", title="dan"),
        post("2018-04-01", "Amina", title="te vroeg", reason="outside-campaign"),
    ]
    found = posts_of(sheet(*rows), "Amina")
    assert found["title"].tolist() == ["dan", "eerst", "te vroeg"]
    assert found["state"].tolist() == ["counted", "counted", "outside-campaign"]
