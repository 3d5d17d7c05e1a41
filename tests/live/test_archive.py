"""A raw sheet that is written down comes back the same, and equal sheets look equal."""

import math
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genkdash.live.archive import content_hash, decode_book, encode_book, filled_rows, hash_of
from genkdash.sheet.tables import RawBook, RawTab

CELLS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.dates()
    | st.datetimes()
    | st.datetimes(timezones=st.just(UTC))
)
TABS = st.builds(
    RawTab,
    title=st.text(),
    rows=st.lists(st.lists(CELLS, max_size=4).map(tuple), max_size=4).map(tuple),
    gid=st.none() | st.integers(0, 2**31),
)
BOOKS = st.builds(
    RawBook,
    kind=st.sampled_from(["google", "workbook", "csv", "example"]),
    name=st.text(),
    tabs=st.lists(TABS, max_size=3).map(tuple),
    url=st.none() | st.text(),
)


def book(*cells: object) -> RawBook:
    return RawBook("workbook", "Genk", (RawTab("Berichten", (tuple(cells),)),))


@given(BOOKS)
def test_a_book_comes_back_the_same(given_book: RawBook) -> None:
    back = decode_book(encode_book(given_book))
    assert back == given_book
    assert encode_book(back) == encode_book(given_book)


def test_days_and_moments_come_back_as_themselves() -> None:
    cells = (date(2018, 4, 16), datetime(2018, 4, 16, 9, 30), datetime(2018, 4, 16, 9, 30, tzinfo=UTC))  # noqa: DTZ001  a workbook has no zones
    back = decode_book(encode_book(book(*cells))).tabs[0].rows[0]
    assert [type(cell) for cell in back] == [date, datetime, datetime]
    assert tuple(back) == cells


def test_values_that_python_calls_equal_are_told_apart() -> None:
    hashes = {content_hash(encode_book(book(cell))) for cell in (1, 1.0, True, "1", None, "", date(1900, 1, 1))}
    assert len(hashes) == 7


def test_not_a_number_survives() -> None:
    (cell,) = decode_book(encode_book(book(math.nan))).tabs[0].rows[0]
    assert isinstance(cell, float)
    assert math.isnan(cell)


def test_the_name_and_the_tab_number_belong_to_the_content() -> None:
    one = RawBook("google", "Genk", (RawTab("Berichten", (), gid=1),))
    other_name = RawBook("google", "Hasselt", one.tabs)
    other_gid = RawBook("google", "Genk", (RawTab("Berichten", (), gid=2),))
    assert len({content_hash(encode_book(each)) for each in (one, other_name, other_gid)}) == 3


@given(st.binary())
def test_bytes_that_we_did_not_write_are_refused(encoded: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  the message does not matter
        decode_book(encoded)


@pytest.mark.parametrize(
    "encoded",
    [
        b"[]", b"{}", b'{"kind":"elsewhere","name":"x","url":null,"tabs":[]}',
        b'{"kind":"csv","name":5,"url":null,"tabs":[]}',
        b'{"kind":"csv","name":"x","url":null,"tabs":[{"title":"t","gid":null,"rows":[[[1]]]}]}',
        b'{"kind":"csv","name":"x","url":null,"tabs":[{"title":"t","gid":null,"rows":[[{"date":"soon"}]]}]}',
        b'{"kind":"csv","name":"x","url":null,"tabs":[{"title":"t","gid":null,"rows":[[{}]]}]}',
        b"[" * 100_000,
    ],
)  # fmt: skip
def test_json_of_another_shape_is_refused(encoded: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  the message does not matter
        decode_book(encoded)


def test_a_cell_of_no_known_type_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError):
        encode_book(book(object()))


def test_rows_of_blanks_are_not_filled() -> None:
    assert filled_rows([["Datum"], [None, ""], [], [0], [False]]) == 3


def test_the_digest_of_a_book_is_that_of_what_is_written_down_also_where_it_is_long() -> None:
    long = RawBook("csv", "b", (RawTab("Berichten", [[number, "x"] for number in range(2_500)]), RawTab("Tips", [])))
    for one in (long, book(1, "a", None), RawBook("google", "leeg", (), url="https://x")):
        assert hash_of(one) == content_hash(encode_book(one))
        assert decode_book(encode_book(one)).tabs == tuple(
            RawTab(tab.title, tuple(map(tuple, tab.rows)), tab.gid) for tab in one.tabs
        )
