from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genkdash.sheet.numbers import parse_count, parse_fraction


@given(st.integers(0, 10**12), st.sampled_from([".", " ", "\u00a0", "\u202f", ""]))
def test_a_number_in_belgian_form_is_read_as_it_is_meant(number: int, thousands: str) -> None:
    text = f"{number:,}".replace(",", thousands)

    assert parse_count(text) == (float(number), "text-number")


@given(st.integers(0, 2**53))
def test_a_number_cell_is_its_own_value(number: int) -> None:
    assert parse_count(number) == (float(number), None)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12.0),
        ("1.234", 1234.0),
        ("1 234 567", 1_234_567.0),
        ("12,0", 12.0),
        ("1,2k", 1200.0),
        ("1.2k", 1200.0),
        ("2,3 K", 2300.0),
        ("1.234,5k", 1_234_500.0),
        ("1,5 mln", 1_500_000.0),
        ("1,5mln.", 1_500_000.0),
        (" 007 ", 7.0),
    ],
)
def test_a_number_typed_as_text_is_read(text: str, number: float) -> None:
    assert parse_count(text) == (number, "text-number")


@pytest.mark.parametrize("cell", [None, "", " ", "-", "n.v.t.", "NVT", "N/A", "?", "\u00a0?\u00a0"])
def test_what_nobody_knows_is_unknown_without_an_issue(cell: object) -> None:
    assert parse_count(cell) == (None, None)


@pytest.mark.parametrize(
    "cell",
    [
        "-5",
        "1.234,5",
        "1,2345k",
        "1.234k",
        "12.5",
        "12 34",
        "1.234 567",
        "1e3",
        "twaalf",
        "12 likes",
        "9" * 50,
        -1,
        12.5,
        2**53 + 2,
        10**400,
        -(10**400),
        float("nan"),
        float("inf"),
        True,
        False,
        date(2018, 5, 3),
        [12],
    ],
)
def test_anything_else_is_a_bad_number(cell: object) -> None:
    assert parse_count(cell) == (None, "bad-number")


def test_a_failed_formula_is_not_a_number() -> None:
    assert parse_count("#DIV/0!") == (None, "error-cell")


def test_a_whole_number_of_a_float_cell_is_a_number() -> None:
    assert parse_count(12.0) == (12.0, None)


@pytest.mark.parametrize(
    ("cell", "reading"),
    [
        (0.2, (0.2, None)),
        (1, (1.0, None)),
        ("0,2", (0.2, "text-number")),
        ("0.2", (0.2, "text-number")),
        ("1.5", (None, "bad-number")),
        (-0.1, (None, "bad-number")),
        ("half", (None, "bad-number")),
        (None, (None, None)),
        ("#N/A", (None, "error-cell")),
    ],
)
def test_a_weight_is_a_number_from_0_to_1(cell: object, reading: tuple[float | None, str | None]) -> None:
    assert parse_fraction(cell) == reading
