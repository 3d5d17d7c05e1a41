"""The strips show what the sheet says, and no more; so does the calendar of a month."""

import re
from datetime import date

from builders import post, sheet

from genkdash.charts.colours import NO_TOPIC, topic_colours
from genkdash.headlines.month import month_days
from genkdash.headlines.strips import team_strips
from genkdash.i18n import translator
from genkdash.insights.counted import counted_posts
from genkdash.insights.progress import progress_by_influencer
from genkdash.sheet.model import Sheet

DUTCH = translator("nl")
TODAY = date(2018, 8, 20)
HOSTILE = '<a href="https://kwaad.example">klik</a>'
OPEN = '<i class="open"></i>'


def strips(made: Sheet, today: date = TODAY, *, is_over: bool = False) -> str:
    posts, people = counted_posts(made, today=today), progress_by_influencer(made, today=today)
    return team_strips(posts, people, topic_colours(made), DUTCH, alt="wat er staat", is_over=is_over)


def said(drawn: str) -> list[str]:
    """Return what each part says when somebody points at it, but for the upright marks."""
    return re.findall(r'<i[^>]*data-tip="([^"]*)"', drawn)


def test_a_strip_has_a_cell_per_post_in_its_colour_and_an_open_one_for_each_still_to_do() -> None:
    made = sheet(post("2018-05-02", "Amina", "Sport"), post("2018-05-01", "Amina", "Muziek"))
    drawn, colours = strips(made), topic_colours(made)
    assert re.findall(r"<i style=\"background:(#\w+);--at:([\d.]+%)", drawn) == [
        (colours["Muziek"], "0%"),
        (colours["Sport"], "8.065%"),
    ]
    assert drawn.count(OPEN) == 10
    assert 'role="img" aria-label="wat er staat"' in drawn


def test_a_cell_says_day_platform_title_and_topics() -> None:
    made = sheet(post("2018-05-01", "Amina", "Muziek", "Sport", title="Op het plein", platform="Instagram"))
    assert said(strips(made)) == ["1 mei · Instagram\nOp het plein\nMuziek, Sport"]


def test_surplus_stands_beyond_the_target_a_little_apart() -> None:
    drawn = strips(sheet(*[post(f"2018-05-{day:02}", "Amina", "Muziek") for day in range(1, 15)]))
    assert drawn.count(OPEN) == 0
    assert drawn.split('class="beyond"')[0].count("<i ") == 13  # it is the thirteenth of fourteen
    assert drawn.count("--at:") == 15


def test_a_post_without_a_topic_has_the_colour_of_none() -> None:
    assert f"background:{NO_TOPIC};" in strips(sheet(post("2018-05-01", "Amina")))


def test_who_never_posted_has_a_strip_of_open_cells() -> None:
    drawn = strips(sheet(influencers=["Amina"]))
    assert drawn.count(OPEN) == 12
    assert said(drawn) == []


def test_very_many_posts_are_a_stretch_per_topic_and_the_rest_is_one_outline() -> None:
    rows = [post("2018-05-01", "Amina", "Muziek")] * 200 + [post("2018-05-01", "Amina", "Sport")] * 101
    drawn = strips(sheet(*rows, post("2018-05-02", "Bo", "Sport")))
    assert said(drawn) == ["Muziek\n200 berichten", "Sport\n101 berichten", "Sport\n1 bericht"]
    assert "--wide:200;--at:0%" in drawn
    assert '<i class="open stretch" style="--wide:11"></i>' in drawn


def test_once_it_is_over_the_upright_mark_of_a_strip_is_the_target_and_says_so() -> None:
    drawn = strips(sheet(post("2018-05-01", "Amina")), date(2018, 10, 25), is_over=True)
    assert '<b style="--at:96.77%" data-tip="doel: 12"></b>' in drawn


def test_sheet_text_in_a_strip_is_never_a_tag_and_a_long_name_is_shortened() -> None:
    drawn = strips(sheet(post("2018-05-01", HOSTILE, HOSTILE, title=HOSTILE, platform=HOSTILE)))
    assert "<a" not in drawn
    assert drawn.count("&lt;a href=") == 4
    assert "&lt;a href=&quot;https://kwaa…</span>" in drawn


def test_a_month_begins_on_monday_and_prints_a_count_where_there_was_a_post() -> None:
    drawn = month_days(date(2018, 8, 1), {date(2018, 8, 2): 1, date(2018, 7, 31): 3}, DUTCH, alt="1 bericht")
    assert re.findall(r"<span>(\w*)</span>", drawn) == ["ma", "di", "wo", "do", "vr", "za", "zo", "", "", "", ""]
    assert '<i>1</i><i style="--told:25%">2<b>1</b></i><i>3</i>' in drawn
    assert drawn.count("<i") == 31
    assert 'role="img" aria-label="1 bericht"' in drawn
