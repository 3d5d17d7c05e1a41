from datetime import date

import pytest
from books import places, post, sheet

from genkdash.sheet.model import Influencer

START, END = date(2018, 4, 16), date(2018, 10, 15)
HEADER = ["Naam", "E-mail", "Account", "Alias", "Interesses", "Doel", "Start", "Einde", "Toon op scherm"]


def test_an_influencer_is_read_with_the_campaigns_values_where_there_are_none_of_their_own() -> None:
    rows = [HEADER, ["Amina", "amina@voorbeeld.be", "@amina", "Ami; Mina", "dans", 8, date(2018, 6, 1), None, True]]

    assert sheet(Influencers=[*rows, ["Bo"]]).influencers == (
        Influencer("Amina", 8, date(2018, 6, 1), END, "@amina", ("Ami", "Mina"), "dans", is_shown=True),
        Influencer("Bo", 12, START, END),
    )


@pytest.mark.parametrize("typed", ["Amina", " amina ", "AMINA", "Ami", "mina", "Amína"])
def test_a_post_finds_its_influencer_by_name_or_alias_in_any_spelling(typed: str) -> None:
    assert sheet([post(Influencer=typed)]).posts["influencer"].tolist() == ["Amina"]


def test_an_unknown_name_comes_with_the_nearest_one() -> None:
    result = sheet([post(Influencer="Ozga")])

    assert result.issues[0].detail == {"suggestion": "Özge"}
    assert result.posts["influencer"].tolist() == [None]


def test_without_a_list_the_influencers_are_the_names_in_the_posts_in_their_usual_spelling() -> None:
    rows = [post(Influencer="bo"), post(Influencer="Amina", Datum="ooit"), post(Influencer="Bo"), post(Influencer="Bo")]
    result = sheet(rows, Influencers=None)

    assert result.influencers == (Influencer("Bo", 12, START, END), Influencer("Amina", 12, START, END))
    assert result.posts["influencer"].tolist() == ["Bo", "Amina", "Bo", "Bo"]
    assert not result.has_influencers


def test_the_first_of_two_rows_with_one_name_counts() -> None:
    result = sheet(Influencers=[["Naam", "Doel"], ["Amina", 8], ["amina ", 20]])

    assert [person.target for person in result.influencers] == [8]
    assert result.issues[0].detail == {"first_row": "2"}


def test_an_alias_that_is_somebody_elses_name_or_alias_is_left_out() -> None:
    result = sheet([post(Influencer="Bo")], Influencers=[["Naam", "Alias"], ["Amina", "Bo; A; amina"], ["Bo", "a"]])

    assert [person.aliases for person in result.influencers] == [("A", "amina"), ()]
    assert places(result.issues) == [("bad-setting", 2, "B", "Bo; A; amina"), ("bad-setting", 3, "B", "a")]
    assert result.posts["influencer"].tolist() == ["Bo"]


@pytest.mark.parametrize(
    ("cell", "is_shown"),
    [(True, True), ("ja", True), ("X", True), ("waar", True), (1, True), (False, False), (None, False), ("nee", False)],
)
def test_only_a_clear_yes_shows_a_name_on_the_screen(cell: object, *, is_shown: bool) -> None:
    assert sheet(Influencers=[["Naam", "Toon op scherm"], ["Amina", cell]]).influencers[0].is_shown is is_shown


def test_a_row_with_only_an_unticked_box_is_blank() -> None:
    result = sheet(Influencers=[["Naam", "Toon op scherm"], ["Amina", True], [None, False]])

    assert (len(result.influencers), result.issues) == (1, ())


def test_a_row_without_a_name_is_noted() -> None:
    result = sheet(Influencers=[["Naam", "Doel"], ["Amina"], [None, 12]])

    assert places(result.issues) == [("bad-setting", 3, "A", None)]


def test_a_late_joiners_own_window_decides_which_posts_count() -> None:
    people = [["Naam", "Start", "Einde"], ["Amina", date(2018, 6, 1), date(2018, 6, 30)]]
    days = [date(2018, 5, 31), date(2018, 6, 1), date(2018, 6, 30), date(2018, 7, 1)]
    result = sheet([post(Datum=day) for day in days], Influencers=people)

    assert result.posts["counted"].tolist() == [False, True, True, False]
    assert result.issues[0].detail == {"start": "2018-06-01", "end": "2018-06-30"}


@pytest.mark.parametrize(
    ("start", "end", "window"),
    [
        (date(2018, 7, 1), date(2018, 6, 1), (date(2018, 7, 1), END)),
        (None, date(2018, 3, 1), (START, END)),
        (date(2018, 11, 1), None, (START, END)),
        ("later", None, (START, END)),
    ],
)
def test_a_window_that_makes_no_sense_gives_way_to_the_campaigns(start: object, end: object, window: tuple) -> None:
    result = sheet(Influencers=[["Naam", "Start", "Einde"], ["Amina", start, end]])

    assert {issue.code for issue in result.issues} == {"bad-setting"}
    assert (result.influencers[0].start, result.influencers[0].end) == window


def test_no_issue_and_nothing_else_of_a_sheet_shows_an_e_mail_address() -> None:
    result = sheet([post()], Influencers=[["Naam", "E-mail"], ["Amina", "#REF!"], ["Bo", "geen adres"]])

    assert result.issues == ()
    assert "geen adres" not in f"{result}{result.posts.to_json(date_format='iso')}"
