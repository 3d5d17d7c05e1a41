"""One click mends what can only have been meant in one way, and nothing else is proposed."""

from datetime import date, timedelta
from typing import Any

import pytest
from books import TODAY, book, post
from hypothesis import given, settings
from hypothesis import strategies as st

from genkdash.sheet.corrections import correct
from genkdash.sheet.dates import parse_date
from genkdash.sheet.names import distance
from genkdash.sheet.parse import parse
from genkdash.sheet.proposals import Proposal, _may_be_within, certain_day, propose


def proposals(*posts: Any, **tabs: Any) -> tuple[Proposal, ...]:
    raw = book(posts, **tabs)
    sheet = parse(raw, today=TODAY)
    return propose(raw, sheet.issues, influencers=sheet.influencers, today=TODAY)


def mended(*posts: Any, **tabs: Any) -> list[tuple[str, str, str]]:
    return [(one.cell, one.before, one.after) for one in proposals(*posts, **tabs)]


def test_a_slip_in_a_name_becomes_the_nearest_name() -> None:
    assert mended(post(Influencer="Amnia")) == [("Berichten B2", "Amnia", "Amina")]


def test_a_name_with_more_behind_it_becomes_the_listed_name() -> None:
    assert mended(post(Influencer="Amina Y.")) == [("Berichten B2", "Amina Y.", "Amina")]


@pytest.mark.parametrize("name", ["Frank", "Amira Bouzid", "Jo Ann"])
def test_a_name_that_nobody_nearly_has_is_left_to_people(name: str) -> None:
    assert mended(post(Influencer=name)) == []


def test_a_name_between_two_is_left_to_people() -> None:
    assert mended(post(Influencer="Amia"), Influencers=[["Naam"], ["Amina"], ["Ama"], ["Amir"]]) == []


def test_a_theme_is_mended_within_its_cell_and_the_others_stay_as_typed() -> None:
    assert mended(post(Themas="sport ;Musiek; Kunst, cultuur")) == [
        ("Berichten D2", "sport ;Musiek; Kunst, cultuur", "sport ;Muziek; Kunst, cultuur")
    ]


def test_two_slips_in_one_cell_are_mended_together() -> None:
    assert mended(post(Themas="Musiek, Spoort")) == [("Berichten D2", "Musiek, Spoort", "Muziek, Sport")]


def test_a_day_typed_as_text_becomes_a_day_that_points_at_its_cell() -> None:
    (one,) = proposals(post(Datum="5 mei 2018"))
    assert (one.code, one.correction.new) == ("text-date", {"date": date(2018, 5, 5)})
    assert one.url == "https://docs.google.com/spreadsheets/d/KEY/edit#gid=0&range=A2"


def test_a_day_of_measuring_and_a_tip_are_mended_too() -> None:
    tips = [["Datum", "Influencer", "Tip", "Beantwoord op"], ["3 mei 2018", "Amnia", "Vaker vragen", "2018-05-04"]]
    assert [cell for cell, _, _ in mended(post(**{"Gemeten op": "13/05/2018"}), Tips=tips)] == [
        "Berichten L2",
        "Tips B2",
        "Tips A2",
        "Tips D2",
    ]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2018-05-03", date(2018, 5, 3)),
        ("2018/5/3", date(2018, 5, 3)),
        ("3 mei 2018", date(2018, 5, 3)),
        ("13/05/2018", date(2018, 5, 13)),
        ("5-5-2018", date(2018, 5, 5)),
        ("05/03/2018", None),
        ("3 mei 18", None),
        ("31/02/2018", None),
        ("5/13/2018", None),
        ("2018-05-03 14:30", None),
        ("13/05/1918", None),
        ("vorige week", None),
    ],
)
def test_only_a_day_that_everybody_reads_alike_is_certain(typed: str, day: date | None) -> None:
    assert certain_day(typed, TODAY) == day


@given(st.text(max_size=20))
@settings(max_examples=200)
def test_a_certain_day_is_never_another_than_the_one_that_counts(text: str) -> None:
    day, read = certain_day(text, TODAY), parse_date(text).value
    assert day is None or read in {None, day}


def test_a_text_that_was_cut_off_on_screen_is_not_replaced_by_its_start() -> None:
    assert mended(post(Themas="Musiek; " + "x" * 300)) == []


def test_an_error_without_a_clear_remedy_proposes_nothing() -> None:
    assert mended(post(Datum=None), post(Influencer=None), post(Datum="31/02/2018"), post(Link="geen link")) == []


def test_what_changes_nothing_or_has_no_place_is_no_correction() -> None:
    raw = book([post()])
    assert correct(raw, "posts", 2, {"influencer": "Amina"}) is None
    assert correct(raw, "posts", 1, {"influencer": "Amina"}) is None
    assert correct(raw, "posts", 9, {"influencer": "Amina"}) is None
    assert correct(book([post()], Tips=None), "tips", 2, {"status": "gehoord"}) is None
    assert correct(book(Tips=[["Tip"], ["Vaker vragen"]]), "tips", 2, {"status": "gehoord"}) is None


def test_the_same_day_as_a_number_is_no_change() -> None:
    serial = (TODAY - timedelta(days=1) - date(1899, 12, 30)).days
    assert correct(book([post(Datum=serial)]), "posts", 2, {"date": TODAY - timedelta(days=1)}) is None


EDITS = st.lists(st.tuples(st.sampled_from(["add", "drop", "change", "swap"]), st.integers(0, 20)), max_size=2)


@given(st.text("abcdef", max_size=20), EDITS)
def test_a_name_is_never_thought_too_far_that_is_a_slip_or_two_away(name: str, edits: list[tuple[str, int]]) -> None:
    typed = name
    for edit, place in edits:
        at = place % (len(typed) + 1)
        here = typed[at : at + 2]
        made = {"add": f"x{here}", "drop": here[1:], "change": f"x{here[1:]}", "swap": here[::-1]}[edit]
        typed = typed[:at] + made + typed[at + 2 :]
    assert _may_be_within(2, typed, name) or distance(typed, name) > 2
    assert _may_be_within(1, typed, name) or distance(typed, name) > 1


def test_a_name_that_two_people_nearly_have_is_left_to_people_among_hundreds() -> None:
    people = [["Naam"], *([f"Jongere {number:03}"] for number in range(300)), ["Stanisław Coninckx"]]
    assert mended(post(Influencer="Stanislaw Coninckxx"), post(Influencer="Jongere 0011"), Influencers=people) == [
        ("Berichten B2", "Stanislaw Coninckxx", "Stanisław Coninckx")
    ]
