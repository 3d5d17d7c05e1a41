from dataclasses import replace
from datetime import date

from builders import TODAY, influencer, post, sheet

from genkdash.access.own_sheet import own_sheet
from genkdash.insights.once import once_per_sheet
from genkdash.insights.progress import progress_by_influencer
from genkdash.sheet.model import Sheet

asked: list[date] = []


@once_per_sheet
def number_of_posts(sheet: Sheet, *, today: date) -> int:
    asked.append(today)
    return len(sheet.posts)


def test_a_question_is_worked_out_once_for_each_sheet_and_day() -> None:
    asked.clear()
    made = sheet(post(), post())
    earlier = date(2018, 5, 1)
    answers = [number_of_posts(made, today=day) for day in (TODAY, earlier, TODAY, earlier)]
    assert answers == [2, 2, 2, 2]
    assert asked == [TODAY, earlier]


def test_a_sheet_with_other_posts_begins_anew() -> None:
    made = sheet(post(), post())
    assert number_of_posts(made, today=TODAY) == 2
    assert number_of_posts(replace(made, posts=made.posts.iloc[:1]), today=TODAY) == 1


def test_the_own_part_of_a_sheet_knows_nothing_that_was_worked_out_of_the_whole() -> None:
    whole = sheet(post(influencer="Amina"), influencers=[influencer("Amina"), influencer("Bram")])
    assert len(progress_by_influencer(whole, today=TODAY)) == 2
    own = own_sheet(whole, "Bram")
    assert own.worked_out == {}
    assert [one.name for one in progress_by_influencer(own, today=TODAY)] == ["Bram"]
