"""What another process wrote comes back the same; whatever else stands there is refused."""

from datetime import UTC, date, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripted_source import book_of

from genkdash.live.archive import content_hash, encode_book
from genkdash.live.poller import Standing
from genkdash.live.shared_picture import decode_picture, decode_told, encode_picture, encode_told
from genkdash.live.snapshot import Snapshot
from genkdash.live.store import KeepingTrouble
from genkdash.live.suspicion import Suspicion
from genkdash.sheet.errors import GoogleBusyError, GoogleNotSharedError, PassingError, SharingError, SourceError
from genkdash.sheet.tables import RawBook, RawTab

NOW = datetime(2018, 8, 20, 10, 0, tzinfo=UTC)
CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(), st.dates(), st.datetimes()
)


def snapshot_of(book: RawBook, revision: int = 7) -> Snapshot:
    return Snapshot(revision, book, content_hash(encode_book(book)), NOW)


PICTURE = encode_picture(snapshot_of(book_of(2)))
TOLD = encode_told(Standing(snapshot_of(book_of(2)), NOW))


@given(st.lists(st.lists(CELLS, max_size=4), max_size=4))
def test_every_sheet_comes_back_as_it_was(rows: list[list[str | int | float | bool | date | None]]) -> None:
    book = RawBook("google", "Genk vertelt", (RawTab("Berichten", tuple(map(tuple, rows)), gid=4),), url="https://x")
    read = decode_picture(encode_picture(snapshot_of(book)))

    assert (read.revision, read.read_at, read.book) == (7, NOW, book)
    assert read.content_hash == content_hash(encode_book(book))


def test_how_the_reading_goes_comes_back_as_it_was() -> None:
    held = Suspicion("rows-gone", tab="Berichten", before=30, after=3)
    error = GoogleNotSharedError(email="wie@voorbeeld.be")
    told = decode_told(
        encode_told(Standing(snapshot_of(book_of(2)), NOW, error, held, is_from_disk=True, notice="store-unwritable"))
    )

    assert (told.revision, told.content_hash) == (7, content_hash(encode_book(book_of(2))))
    assert (told.good_at, told.held, told.is_from_disk, told.notice) == (NOW, held, True, "store-unwritable")
    assert type(told.error) is GoogleNotSharedError
    assert isinstance(told.error, SharingError)
    assert told.error.detail == {"email": "wie@voorbeeld.be"}


def test_a_wish_of_google_to_wait_is_passed_on() -> None:
    told = decode_told(encode_told(Standing(error=GoogleBusyError(retry_after=42.5), is_tried=True)))
    assert (told.revision, told.good_at) == (0, None)
    assert isinstance(told.error, PassingError)
    assert told.error.retry_after == 42.5


def kinds(kind: type[SourceError]) -> list[type[SourceError]]:
    return [kind, *(found for narrower in kind.__subclasses__() for found in kinds(narrower))]


@pytest.mark.parametrize("kind", sorted({kind.code: kind for kind in kinds(SourceError)[::-1]}.values(), key=str))
def test_every_error_that_a_read_may_meet_comes_back_with_its_code(kind: type[SourceError]) -> None:
    told = decode_told(encode_told(Standing(error=kind(file="x"))))
    assert told.error is not None
    assert (told.error.code, told.error.detail) == (kind.code, {"file": "x"})


@pytest.mark.parametrize("notice", get_args(KeepingTrouble))
def test_every_notice_comes_back(notice: KeepingTrouble) -> None:
    assert decode_told(encode_told(Standing(notice=notice))).notice == notice


@given(st.integers(0, len(PICTURE) - 1), st.integers(1, 255))
def test_a_picture_with_one_byte_changed_is_refused(at: int, change: int) -> None:
    damaged = bytearray(PICTURE)
    damaged[at] ^= change
    with pytest.raises(ValueError, match="ours"):
        decode_picture(bytes(damaged))


@given(st.integers(0, len(TOLD) - 1))
def test_what_was_told_by_halves_is_refused(end: int) -> None:
    with pytest.raises(ValueError, match="ours"):
        decode_told(TOLD[:end])


@given(st.binary(max_size=200))
def test_what_was_never_ours_is_refused(value: bytes) -> None:
    for decode in (decode_picture, decode_told):
        with pytest.raises(ValueError, match="ours"):
            decode(value)


def test_a_picture_is_not_taken_for_how_the_reading_goes_or_the_other_way_round() -> None:
    with pytest.raises(ValueError, match="ours"):
        decode_told(PICTURE)
    with pytest.raises(ValueError, match="ours"):
        decode_picture(TOLD)


def test_a_picture_that_unpacks_to_more_than_a_sheet_takes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("genkdash.live.shared_picture._MAX_UNPACKED", 40)
    with pytest.raises(ValueError, match="ours"):
        decode_picture(PICTURE)


def test_a_sealed_value_of_another_shape_is_refused() -> None:
    from genkdash.live.shared_picture import _TOLD, _sealed  # noqa: PLC0415  only here is its seal forged

    for document in (
        b"null",
        b"[]",
        b"{}",
        b"[" * 100_000,
        TOLD.split(b"\n", 2)[2].replace(b'"revision": 7', b'"revision": true'),
        TOLD.split(b"\n", 2)[2].replace(b'"revision": 7', b'"revision": 0'),
        TOLD.split(b"\n", 2)[2].replace(b"+00:00", b""),
        TOLD.split(b"\n", 2)[2].replace(b'"error": null', b'"error": {"code": "x", "detail": {}, "retry_after": null}'),
        TOLD.split(b"\n", 2)[2].replace(
            b'"error": null', b'"error": {"code": "google-busy", "detail": {}, "retry_after": Infinity}'
        ),
        TOLD.split(b"\n", 2)[2].replace(
            b'"error": null', b'"error": {"code": "google-busy", "detail": {"self": "x"}, "retry_after": 1}'
        ),
        TOLD.split(b"\n", 2)[2].replace(b'"held": null', b'"held": {"code": "x"}'),
        TOLD.split(b"\n", 2)[2].replace(b'"notice": null', b'"notice": "x"'),
    ):
        with pytest.raises(ValueError):  # noqa: PT011  each says something else
            decode_told(_sealed(_TOLD, document))
