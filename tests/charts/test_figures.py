"""Each chart draws what the sheet says, and no more."""

from datetime import date

import pytest
from builders import event, influencer, pause, post, sheet

from genkdash.charts.colours import topic_colours
from genkdash.charts.lanes import lanes_figure
from genkdash.charts.matrix import matrix_figure
from genkdash.charts.reactions import reactions_figure
from genkdash.charts.shares import shares_figure
from genkdash.i18n import translator
from genkdash.insights.reactions import known_counts, median_by_platform
from genkdash.insights.timeline import lanes
from genkdash.insights.topics import topic_matrix, topic_summary
from genkdash.sheet.model import Sheet

DUTCH = translator("nl")
TODAY = date(2018, 8, 20)
HOSTILE = '<a href="https://kwaad.example">klik</a>'


def likes(made: Sheet) -> dict:
    figure = reactions_figure(known_counts(made, "likes"), median_by_platform(made, "likes"), DUTCH, "light")
    return figure.to_plotly_json()


def named(figure: dict, name: str) -> dict:
    return next(trace for trace in figure["data"] if trace.get("name") == name)


def test_sheet_text_in_a_chart_is_never_a_tag() -> None:
    made = sheet(
        post("2018-05-01", HOSTILE, HOSTILE, title=HOSTILE, platform=HOSTILE, likes=3.0),
        calendar=[event("2018-06-29", name=HOSTILE)],
    )
    summary = topic_summary(made)
    figures = [
        shares_figure(summary.shares, topic_colours(made), DUTCH, "dark").to_plotly_json(),
        matrix_figure(topic_matrix(made), "dark").to_plotly_json(),
        lanes_figure(lanes(made, today=TODAY), topic_colours(made), DUTCH, "dark").to_plotly_json(),
        likes(made),
    ]
    assert all("<a" not in str(figure) for figure in figures)
    assert all("&lt;a" in str(figure) for figure in figures)


def test_shares_are_printed_in_dutch() -> None:
    made = sheet(post("2018-05-01", "Amina", "Muziek"), post("2018-05-02", "Amina", "Sport", "Muziek"))
    bars = shares_figure(topic_summary(made).shares, topic_colours(made), DUTCH, "light").to_plotly_json()["data"][0]
    assert list(bars["y"]) == ["Muziek", "Sport"]
    assert list(bars["text"]) == ["75\u00a0%", "25\u00a0%"]


def test_the_grid_prints_counts_and_leaves_zero_blank() -> None:
    made = sheet(
        post("2018-05-01", "Amina", "Muziek"), post("2018-05-02", "Amina", "Muziek"), influencers=["Amina", "Bram"]
    )
    grid = matrix_figure(topic_matrix(made), "light").to_plotly_json()["data"][0]
    assert grid["text"] == [["2"], [""]]


def test_lanes_show_counted_posts_filled_those_apart_hollow_pauses_events_and_the_longest_silence() -> None:
    made = sheet(
        post("2018-05-01", "Amina", "Muziek"),
        post("2018-05-11", "Amina", "Sport"),
        post("2018-11-01", "Amina", "Sport", reason="outside-campaign"),
        influencers=[influencer("Amina"), influencer("Bram")],
        calendar=[pause("2018-06-11", "2018-06-29"), event("2018-06-29", "2018-07-01")],
    )
    figure = lanes_figure(lanes(made, today=TODAY), topic_colours(made), DUTCH, "light").to_plotly_json()
    assert list(named(figure, "telt mee")["x"]) == ["2018-05-01", "2018-05-11"]
    assert list(named(figure, "telt niet mee: buiten de periode")["x"]) == ["2018-11-01"]
    assert list(named(figure, "pauze")["y"]) == ["Amina", "Bram"]
    assert list(named(figure, "pauze")["base"]) == ["2018-06-11", "2018-06-11"]
    assert named(figure, "pauze")["x"][0] == 19 * 86_400_000
    assert list(named(figure, "langste stilte")["x"]) == [
        "2018-05-11",
        "2018-08-20",
        None,
        "2018-04-16",
        "2018-08-20",
        None,
    ]
    assert [note["text"] for note in figure["layout"]["annotations"]] == [
        "101 d",
        "126 d",
        "1",
        "vandaag",
    ]


def test_today_is_not_drawn_after_the_campaign() -> None:
    made = sheet(post("2018-05-01", "Amina", "Muziek"), today="2018-12-01")
    figure = lanes_figure(lanes(made, today=date(2018, 12, 1)), topic_colours(made), DUTCH, "light").to_plotly_json()
    assert "vandaag" not in [note["text"] for note in figure["layout"]["annotations"]]


def test_a_meeting_is_a_line_in_each_lane() -> None:
    made = sheet(influencers=["Amina", "Bram"], meetings=[date(2018, 6, 6)])
    figure = lanes_figure(lanes(made, today=TODAY), topic_colours(made), DUTCH, "light").to_plotly_json()
    met = named(figure, "vergadering")
    assert list(zip(met["x"], met["y"], strict=True)) == [("2018-06-06", "Amina"), ("2018-06-06", "Bram")]
    assert met["hovertext"][0] == "vergadering<br>6 jun"


def test_each_known_count_is_a_dot_young_ones_are_hollow_and_a_handful_has_no_median() -> None:
    made = sheet(
        *[post("2018-05-01", "Amina", likes=99.0)] * 5,
        post("2018-05-01", "Amina", likes=9.0, measured_on=date(2018, 5, 2)),
        *[post("2018-05-01", "Amina", likes=0.0, platform="Facebook")] * 4,
        post("2018-05-01", "Amina", platform="Snapchat"),
    )
    figure = likes(made)
    assert figure["layout"]["yaxis"]["ticktext"] == ["Snapchat", "Facebook", "Instagram"]
    assert list(named(figure, "een bericht")["x"]) == pytest.approx([2.0] * 5 + [0.0] * 4)
    assert list(named(figure, "nog jong: vergelijkt niet mee")["x"]) == pytest.approx([1.0])
    assert (list(named(figure, "het middelste")["x"]), list(named(figure, "het middelste")["y"])) == ([2.0], [2])
    assert [(note["text"], note["y"]) for note in figure["layout"]["annotations"]] == [("nog geen aantal gekend", 0)]


def test_without_any_known_count_there_are_rows_and_no_dots() -> None:
    figure = likes(sheet(post("2018-05-01", "Amina")))
    assert figure["layout"]["yaxis"]["ticktext"] == ["Instagram"]
    assert len(figure["data"]) == 2
    assert len(figure["data"][0]["x"]) == len(figure["data"][1]["x"]) == 0


def test_a_lane_of_very_many_posts_has_a_bar_a_week_that_says_how_many_and_is_as_wide_as_the_week() -> None:
    rows = [post("2018-05-01", "Amina", "Muziek")] * 301 + [post("2018-05-09", "Amina", "Muziek")] * 151
    made = sheet(*rows, post("2018-05-05", "Amina", "Muziek"))
    figure = lanes_figure(lanes(made, today=TODAY), topic_colours(made), DUTCH, "light").to_plotly_json()
    bars = next(trace for trace in figure["data"] if trace.get("hovertext") and "302" in trace["hovertext"][0])
    assert list(bars["base"]) == ["2018-04-30", "2018-05-07"]
    assert list(bars["x"]) == [7 * 24 * 60 * 60 * 1000] * 2
    assert list(bars["width"]) == [0.62, 0.31]
    assert bars["hovertext"][0] == "<b>De week vanaf 30 apr</b><br>302 berichten<br>Het meest over: Muziek"


def test_between_marks_of_a_week_a_silence_of_days_is_not_drawn() -> None:
    rows = [post("2018-05-01", "Amina")] * 150 + [post("2018-05-05", "Amina")] * 151 + [post("2018-05-01", "Bo")]
    made = sheet(*rows, influencers=[influencer("Amina"), influencer("Bo")])
    figure = lanes_figure(lanes(made, today=date(2018, 5, 6)), {}, DUTCH, "light").to_plotly_json()
    assert {name for name in named(figure, "langste stilte")["y"] if name} == {"Amina", "Bo"}
    rows = [*rows, *(post(f"2018-05-{day:02}", name) for name in ("Amina", "Bo") for day in range(1, 7))]
    rows += [post(f"2018-04-{day:02}", name) for name in ("Amina", "Bo") for day in range(16, 31)]
    made = sheet(*rows, influencers=[influencer("Amina"), influencer("Bo")])
    figure = lanes_figure(lanes(made, today=date(2018, 5, 6)), {}, DUTCH, "light").to_plotly_json()
    assert list(named(figure, "langste stilte")["y"]) == []


def test_an_axis_from_no_like_to_thousands_has_a_tick_per_tenfold() -> None:
    figure = likes(sheet(post(likes=0), post(likes=2000)))
    assert figure["layout"]["xaxis"]["ticktext"] == ["0", "10", "100", "1.000"]
    assert likes(sheet(post(likes=20), post(likes=150)))["layout"]["xaxis"]["ticktext"] == ["10", "30", "100", "300"]


def test_very_many_counts_are_heaped_and_each_heap_says_from_which_to_which() -> None:
    rows = [post("2018-05-01", platform="TikTok", likes=9)] * 200 + [post("2018-05-01", likes=100)] * 101
    figure = likes(sheet(*rows))
    heaps = [text for trace in figure["data"] for text in trace.get("hovertext") or () if "berichten met" in text]
    assert sorted(heaps) == ["101 berichten met 99 tot 124 likes", "200 berichten met 9 tot 11 likes"]
