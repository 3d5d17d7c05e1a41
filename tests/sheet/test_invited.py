"""An address leads to one person of the sheet, or to nobody; and it stands nowhere else."""

from datetime import date

import pytest
from books import TODAY, book, post

from genkdash.sheet.invited import parse_invited
from genkdash.sheet.model import Invited
from genkdash.sheet.parse import parse


def invited(people: list[list[object]] | None) -> tuple[Invited, ...]:
    tabs = book([post(), post(Influencer="Bo", Datum=date(2018, 5, 4))], Influencers=people)
    return parse_invited(tabs, parse(tabs, today=TODAY))


def test_everybody_of_the_list_is_invited_with_or_without_an_address() -> None:
    people = invited([["Naam", "E-mail"], ["Amina", " amina@genk.example "], ["Bo", None], ["Özge", "#REF!"]])

    assert people == (Invited("Amina", "amina@genk.example"), Invited("Bo"), Invited("Özge"))


@pytest.mark.parametrize("other", ["amina@genk.example", "AMINA@genk.example", " amina@genk.example"])
def test_an_address_on_two_rows_is_nobodys(other: str) -> None:
    people = invited([["Naam", "E-mail"], ["Amina", "amina@genk.example"], ["Bo", other], ["Özge", "o@genk.example"]])

    assert people == (Invited("Amina"), Invited("Bo"), Invited("Özge", "o@genk.example"))


def test_an_address_on_two_rows_of_one_name_is_nobodys_too() -> None:
    assert invited([["Naam", "E-mail"], ["Bo", "bo@genk.example"], ["BO", "bo@genk.example"]]) == (Invited("Bo"),)


def test_the_first_row_of_a_name_counts_and_keeps_its_address() -> None:
    people = invited([["Naam", "E-mail"], ["Bo", "bo@genk.example"], ["bó", "ander@genk.example"]])

    assert people == (Invited("Bo", "bo@genk.example"),)


def test_a_second_row_lends_no_address_to_the_first() -> None:
    assert invited([["Naam", "E-mail"], ["Bo", None], ["Bo", "bo@genk.example"]]) == (Invited("Bo"),)


def test_without_a_list_those_who_posted_are_invited_by_name() -> None:
    assert invited(None) == (Invited("Amina"), Invited("Bo"))


def test_without_the_column_there_are_no_addresses() -> None:
    assert invited([["Naam"], ["Amina"]]) == (Invited("Amina"),)


def test_no_repr_holds_a_name_or_an_address() -> None:
    assert repr(Invited("Amina", "amina@genk.example")) == "Invited()"
