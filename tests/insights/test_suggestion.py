"""What one influencer may know of the team, and which theme is suggested."""

from datetime import date

from builders import post, sheet

from genkdash.insights.suggestion import TeamTotals, suggestion, team_totals
from genkdash.sheet.model import Sheet

TODAY = date(2018, 8, 20)
SIX = ("Amina", "Bo", "Cas", "Dre", "Eva", "Flo")


def told_by(*names: str, topics: tuple[str, ...] = ("Muziek", "Sport", "Natuur"), **others: object) -> Sheet:
    """Return a sheet in which each of the names told about music once, with these topics listed."""
    return sheet(*(post("2018-05-01", name, "Muziek") for name in names), topics=topics, **others)


def test_five_others_make_a_total() -> None:
    assert team_totals(told_by(*SIX), "Amina", today=TODAY) == TeamTotals(6, ("Sport", "Natuur"))


def test_four_others_make_none() -> None:
    assert team_totals(told_by(*SIX[:5]), "Amina", today=TODAY) == TeamTotals(None, None)


def test_who_has_no_post_of_the_day_makes_no_total() -> None:
    rows = [*(post("2018-05-01", name, "Muziek") for name in SIX[:5]), post("2018-08-21", "Flo", "Sport")]

    assert team_totals(sheet(*rows, topics=["Muziek"]), "Amina", today=TODAY) == TeamTotals(None, None)


def test_a_topic_of_a_row_that_does_not_count_is_not_untold() -> None:
    rows = [*(post("2018-05-01", name, "Muziek") for name in SIX), post(None, "Bo", "Sport", reason="missing-date")]
    found = team_totals(sheet(*rows, topics=["Muziek", "Sport", "Natuur"]), "Amina", today=TODAY)

    assert found.untold == ("Natuur",)


def test_a_topic_that_nobody_touched_goes_first() -> None:
    found = suggestion(told_by(*SIX), TeamTotals(6, ("Natuur",)), "Amina")

    assert found is not None
    assert (found.topic.name, found.is_new_to_all) == ("Natuur", True)


def test_with_too_few_others_it_speaks_of_ones_own_posts_only() -> None:
    found = suggestion(told_by("Amina", topics=("Muziek", "Sport")), TeamTotals(), "Amina")

    assert found is not None
    assert (found.topic.name, found.is_new_to_all) == ("Sport", False)


def test_who_told_about_everything_and_a_sheet_without_a_list_get_no_suggestion() -> None:
    assert suggestion(told_by("Amina", topics=("Muziek",)), TeamTotals(6, ()), "Amina") is None
    assert suggestion(sheet(post()), TeamTotals(6, ()), "Amina") is None


def test_ten_people_do_not_all_get_the_same_topic() -> None:
    team = TeamTotals(60, ("Sport", "Natuur"))
    found = [suggestion(told_by(*SIX), team, name) for name in SIX]

    assert {one.topic.name for one in found if one} == {"Sport", "Natuur"}
