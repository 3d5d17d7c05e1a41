from datetime import date

from builders import influencer, post, sheet

from genkdash.insights.digest import weekly_digest
from genkdash.sheet.model import Tip

TODAY = date(2018, 8, 20)


def test_the_week_is_today_and_the_six_days_before() -> None:
    log = sheet(post("2018-08-13", "Amina"), post("2018-08-14", "Amina"), post("2018-08-20", "Amina"))
    week = weekly_digest(log, today=TODAY)
    assert (week.start, week.end, week.posts) == (date(2018, 8, 14), TODAY, 2)


def test_who_posted_stands_in_the_order_of_the_sheet_and_not_by_count() -> None:
    log = sheet(
        post("2018-08-19", "Cem"),
        post("2018-08-19", "Cem"),
        post("2018-08-18", "Amina"),
        influencers=["Amina", "Bram", "Cem"],
    )
    assert weekly_digest(log, today=TODAY).posted == ("Amina", "Cem")


def test_a_topic_is_new_when_it_was_never_told_before_the_week() -> None:
    log = sheet(
        post("2018-05-01", "Amina", "Muziek"),
        post("2018-08-18", "Amina", "Sport", "Muziek"),
        post("2018-08-16", "Amina", "Natuur"),
    )
    assert weekly_digest(log, today=TODAY).new_topics == ("Natuur", "Sport")


def test_somebody_reaches_the_target_in_one_week_only() -> None:
    log = sheet(post("2018-05-01"), post("2018-08-18"), post("2018-08-19"), influencers=[influencer("Amina", target=2)])
    assert weekly_digest(log, today=TODAY).reached == ("Amina",)
    assert weekly_digest(log, today=date(2018, 8, 27)).reached == ()


def test_only_replies_of_this_week_are_told() -> None:
    new = Tip(2, "Zeg je", day=date(2018, 8, 1), reply="Doen we", replied_on=date(2018, 8, 14))
    old = Tip(3, "Film rechtop", reply="Ja", replied_on=date(2018, 8, 13))
    unknown = Tip(4, "Antwoord sneller", reply="Ja")
    assert weekly_digest(sheet(tips=[new, old, unknown]), today=TODAY).answered == (new,)


def test_a_post_after_the_day_does_not_exist() -> None:
    week = weekly_digest(sheet(post("2018-08-25", "Amina", "Muziek")), today=TODAY)
    assert (week.posts, week.posted, week.new_topics, week.team.posts) == (0, (), (), 0)


def test_a_post_that_does_not_count_is_not_told() -> None:
    log = sheet(post("2018-08-19", "Amina", reason="duplicate-link"))
    assert weekly_digest(log, today=TODAY).posts == 0
