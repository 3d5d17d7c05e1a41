"""A read that looks like an accident."""

from collections.abc import Mapping

import pytest

from genkdash.live.suspicion import Suspicion, find_suspicion
from genkdash.sheet.tables import RawBook, RawTab


def book(rows: Mapping[str, int]) -> RawBook:
    """Return a book with these numbers of rows below the headers of its tabs."""
    tabs = (RawTab(title, (("Datum",), *((43206 + row,) for row in range(count)))) for title, count in rows.items())
    return RawBook("google", "Genk vertelt", tuple(tabs))


@pytest.mark.parametrize(("before", "after"), [(0, 0), (1, 1), (2, 1), (10, 5), (10, 9), (3, 30), (0, 5)])
def test_ordinary_editing_is_not_suspicious(before: int, after: int) -> None:
    assert find_suspicion(book({"Berichten": before}), book({"Berichten": after})) is None


@pytest.mark.parametrize(("before", "after"), [(1, 0), (3, 1), (10, 4), (10, 0)])
def test_more_than_half_the_rows_gone_is_suspicious(before: int, after: int) -> None:
    found = find_suspicion(book({"Berichten": before}), book({"Berichten": after}))
    assert found == Suspicion("rows-gone", tab="Berichten", before=before, after=after)


def test_rows_of_any_tab_count() -> None:
    found = find_suspicion(book({"Berichten": 9, "Tips": 6}), book({"Berichten": 9, "Tips": 2}))
    assert found == Suspicion("rows-gone", tab="Tips", before=6, after=2)


def test_a_tab_that_is_gone_is_suspicious() -> None:
    found = find_suspicion(book({"Berichten": 9, "Tips": 6}), book({"Berichten": 9}))
    assert found == Suspicion("tab-gone", tab="Tips", before=6, after=0)


def test_the_tab_of_the_posts_is_never_gone_on_purpose() -> None:
    found = find_suspicion(book({"Berichten": 9, "Tips": 6}), book({"Tips": 6}))
    assert found == Suspicion("posts-gone", tab="Berichten", before=9, after=0)
    assert not found.may_be_meant


def test_an_empty_tab_may_go() -> None:
    assert find_suspicion(book({"Berichten": 9, "Tips": 0}), book({"Berichten": 9})) is None


def test_a_tab_may_take_its_other_name() -> None:
    assert find_suspicion(book({"Berichten": 9}), book({"POSTS": 9})) is None


def test_rows_that_were_cleared_but_not_removed_are_gone() -> None:
    cleared = RawBook("google", "Genk vertelt", (RawTab("Berichten", (("Datum",), (None,), ("",), (), (None,))),))
    found = find_suspicion(book({"Berichten": 4}), cleared)
    assert found == Suspicion("rows-gone", tab="Berichten", before=4, after=0)
