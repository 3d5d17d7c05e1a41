"""The last good sheet on disk: whole, private, of this source, or not used at all."""

import gzip
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genkdash.live.store import KeptSheet, KeptSheetError, Store
from genkdash.sheet.tables import RawBook, RawTab

READ_AT = datetime(2018, 8, 20, 10, 0, tzinfo=UTC)
KEPT = KeptSheet(
    RawBook("google", "Genk vertelt", (RawTab("Berichten", (("Datum", "Influencer"), (43206, "Amina")), 0),)), READ_AT
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "var", source="google 1AbC")


def trouble_of(store: Store) -> str:
    with pytest.raises(KeptSheetError) as caught:
        store.load()
    return caught.value.code


def test_what_was_kept_comes_back(store: Store) -> None:
    store.save(KEPT)
    assert store.load() == KEPT


def test_nothing_is_kept_at_first(store: Store) -> None:
    assert store.load() is None


def test_only_we_may_read_the_file_and_its_folder(store: Store) -> None:
    store.save(KEPT)
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700


def test_a_new_sheet_replaces_the_old_one_and_leaves_nothing_beside_it(store: Store) -> None:
    store.save(KEPT)
    store.save(KeptSheet(RawBook("google", "Leeg", ()), READ_AT))
    assert [path.name for path in store.path.parent.iterdir()] == [store.path.name]
    assert b"Amina" not in gzip.decompress(store.path.read_bytes())


def test_the_file_does_not_name_its_source(store: Store) -> None:
    store.save(KEPT)
    assert "1AbC" not in store.path.name


def test_sheets_of_two_sources_do_not_meet(tmp_path: Path, store: Store) -> None:
    store.save(KEPT)
    assert Store(tmp_path / "var", source="google 9XyZ").load() is None


def test_a_file_that_was_copied_from_another_source_is_foreign(tmp_path: Path, store: Store) -> None:
    store.save(KEPT)
    other = Store(tmp_path / "var", source="google 9XyZ")
    store.path.rename(other.path)
    assert trouble_of(other) == "store-foreign"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(st.data())
def test_a_damaged_file_is_never_taken_for_a_sheet(store: Store, data: st.DataObject) -> None:
    store.save(KEPT)
    whole = store.path.read_bytes()
    cut = data.draw(st.integers(0, len(whole) - 1))
    store.path.write_bytes(whole[:cut] + data.draw(st.binary(max_size=8)))
    try:
        loaded = store.load()
    except KeptSheetError:
        return
    assert loaded == KEPT


def test_a_file_that_was_torn_at_any_byte_is_corrupt(store: Store) -> None:
    store.save(KEPT)
    whole = store.path.read_bytes()
    assert len(whole) > 100
    for kept in range(len(whole)):
        store.path.write_bytes(whole[:kept])
        assert trouble_of(store) == "store-corrupt"


# without the time in it: processes that run tests side by side must agree on their names
@pytest.mark.parametrize("content", [b"", b"x", gzip.compress(b"", mtime=0), gzip.compress(b"a\nb\nc\n{}", mtime=0)])
def test_a_file_that_is_not_ours_is_corrupt(store: Store, content: bytes) -> None:
    store.path.parent.mkdir()
    store.path.write_bytes(content)
    assert trouble_of(store) == "store-corrupt"


def test_a_folder_in_the_place_of_the_file_is_unreadable_and_unwritable(store: Store) -> None:
    store.path.mkdir(parents=True)
    assert trouble_of(store) == "store-unreadable"
    with pytest.raises(KeptSheetError) as caught:
        store.save(KEPT)
    assert caught.value.code == "store-unwritable"


def test_a_failed_save_keeps_what_was_kept_before(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.save(KEPT)

    def full(_: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KeptSheetError):
        store.save(KeptSheet(RawBook("google", "Leeg", ()), READ_AT))
    assert store.load() == KEPT


def test_a_link_in_the_place_of_the_file_aside_is_not_followed(tmp_path: Path, store: Store) -> None:
    store.path.parent.mkdir()
    precious = tmp_path / "precious"
    precious.write_text("keep")
    store.path.with_name(f"{store.path.name}.new").symlink_to(precious)
    with pytest.raises(KeptSheetError):
        store.save(KEPT)
    assert precious.read_text() == "keep"


def test_erasing_removes_the_sheet_and_what_a_crash_left(store: Store) -> None:
    store.save(KEPT)
    store.path.with_name(f"{store.path.name}.new").write_bytes(b"half")
    assert store.erase()
    assert list(store.path.parent.iterdir()) == []
    assert not store.erase()
