"""The newest good picture, whatever happens to the tries after it."""

import gc
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scripted_source import BrokenRows, ScriptedSource, book_of

from genkdash.live import snapshot as snapshot_module
from genkdash.live.poller import Poller
from genkdash.live.store import KeptSheet, Store
from genkdash.sheet.errors import GoogleDownError
from genkdash.sheet.tables import RawBook, RawTab

NOW = datetime(2018, 8, 20, 10, 0, tzinfo=UTC)
TICK = timedelta(seconds=5)


@pytest.fixture
def source() -> ScriptedSource:
    return ScriptedSource()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path, source="test")


@pytest.fixture
def poller(source: ScriptedSource) -> Poller:
    return Poller(source, None)


def poll(poller: Poller, times: int = 1, now: datetime = NOW) -> None:
    for _ in range(times):
        poller.poll(now)
        poller.keep(now)


def revision(poller: Poller) -> int:
    assert poller.standing.snapshot is not None
    return poller.standing.snapshot.revision


def posts(poller: Poller) -> int:
    assert poller.standing.snapshot is not None
    return len(poller.standing.snapshot.book.tabs[0].rows) - 1


def test_the_first_read_is_revision_one(poller: Poller) -> None:
    poll(poller)
    assert (revision(poller), posts(poller), poller.standing.good_at) == (1, 3, NOW)


def test_the_same_content_is_the_same_revision_read_later(poller: Poller, source: ScriptedSource) -> None:
    poll(poller)
    first = poller.standing.snapshot
    source.book = book_of(3)
    poll(poller, now=NOW + TICK)
    assert poller.standing.snapshot is first
    assert poller.standing.good_at == NOW + TICK


def test_other_content_is_the_next_revision(poller: Poller, source: ScriptedSource) -> None:
    poll(poller)
    source.book = book_of(4)
    poll(poller, now=NOW + TICK)
    assert (revision(poller), posts(poller)) == (2, 4)
    assert poller.standing.snapshot is not None
    assert poller.standing.snapshot.read_at == NOW + TICK


def test_a_failed_read_keeps_the_last_good_picture_and_says_why(poller: Poller, source: ScriptedSource) -> None:
    poll(poller)
    source.trouble = GoogleDownError(status="503")
    poll(poller, now=NOW + TICK)
    assert (revision(poller), posts(poller), poller.standing.good_at) == (1, 3, NOW)
    assert poller.standing.error is source.trouble


def test_the_next_good_read_forgets_the_error(poller: Poller, source: ScriptedSource) -> None:
    source.trouble = GoogleDownError(status="503")
    poll(poller)
    assert poller.standing.snapshot is None
    source.trouble = None
    poll(poller)
    assert poller.standing.error is None
    assert revision(poller) == 1


@pytest.mark.parametrize("trouble", [ValueError("Amina"), MemoryError(), RecursionError(), KeyError("Amina")])
def test_a_mistake_of_ours_keeps_the_picture_and_is_told_without_its_message(
    poller: Poller, source: ScriptedSource, caplog: pytest.LogCaptureFixture, trouble: Exception
) -> None:
    poll(poller)
    source.trouble = trouble
    poll(poller)
    assert posts(poller) == 3
    assert poller.standing.error is not None
    assert poller.standing.error.code == "internal"
    assert poller.standing.error.detail == {"kind": type(trouble).__name__}
    assert type(trouble).__name__ in caplog.text
    assert "Amina" not in caplog.text


def test_a_book_that_breaks_while_it_is_looked_at_keeps_the_picture(poller: Poller, source: ScriptedSource) -> None:
    poll(poller)
    source.book = RawBook("workbook", "Stuk", (RawTab("Berichten", BrokenRows()),))
    poll(poller)
    assert posts(poller) == 3
    assert poller.standing.error is not None
    assert poller.standing.error.detail == {"kind": "LookupError"}


def test_a_suspicious_read_is_shown_at_the_third_poll(poller: Poller, source: ScriptedSource) -> None:
    source.book = book_of(10)
    poll(poller)
    source.book = book_of(2)
    for _ in range(2):
        poll(poller, now=NOW + TICK)
        assert (posts(poller), poller.standing.good_at) == (10, NOW)
        assert poller.standing.held is not None
        assert (poller.standing.held.before, poller.standing.held.after) == (10, 2)
    poll(poller, now=NOW + TICK)
    assert (posts(poller), poller.standing.held) == (2, None)


def test_without_the_tab_of_the_posts_the_last_good_numbers_stay_until_it_is_back(
    poller: Poller, source: ScriptedSource
) -> None:
    source.book = book_of(10)
    poll(poller)
    source.book = RawBook("workbook", "Anders", ())
    poll(poller, 9)
    assert (posts(poller), str(poller.standing.held)) == (10, "posts-gone")
    source.book = book_of(11)
    poll(poller)
    assert (posts(poller), poller.standing.held) == (11, None)


def test_rows_that_come_back_in_time_were_never_away(poller: Poller, source: ScriptedSource) -> None:
    source.book = book_of(10)
    poll(poller)
    source.book = book_of(0)
    poll(poller, 2)
    source.book = book_of(10)
    poll(poller)
    assert (revision(poller), poller.standing.held) == (1, None)
    source.book = book_of(0)
    poll(poller, 2)
    assert posts(poller) == 10


def test_a_failure_between_does_not_make_a_held_read_true(poller: Poller, source: ScriptedSource) -> None:
    source.book = book_of(10)
    poll(poller)
    source.book = book_of(0)
    poll(poller)
    source.trouble = GoogleDownError(status="503")
    poll(poller, 3)
    source.trouble = None
    poll(poller)
    assert posts(poller) == 10
    poll(poller)
    assert posts(poller) == 0


def test_a_file_is_read_only_when_its_fingerprint_changed(poller: Poller, source: ScriptedSource) -> None:
    source.fingerprint_now = 1
    poll(poller, 5)
    assert source.reads == 1
    source.fingerprint_now, source.book = 2, book_of(4)
    poll(poller, 5)
    assert (source.reads, posts(poller)) == (2, 4)


def test_an_unchanged_file_is_as_fresh_as_the_last_look(poller: Poller, source: ScriptedSource) -> None:
    source.fingerprint_now = 1
    poll(poller)
    poll(poller, now=NOW + TICK)
    assert poller.standing.good_at == NOW + TICK


def test_an_unchanged_file_is_read_when_somebody_asks(poller: Poller, source: ScriptedSource) -> None:
    source.fingerprint_now = 1
    poll(poller)
    poller.poll(NOW, is_forced=True)
    assert source.reads == 2


def test_a_file_that_could_not_be_read_is_tried_again_though_it_did_not_change(
    poller: Poller, source: ScriptedSource
) -> None:
    source.fingerprint_now = 1
    source.trouble = GoogleDownError(status="0")
    poll(poller, 2)
    source.trouble = None
    poll(poller)
    assert (source.reads, posts(poller)) == (3, 3)


def test_a_held_file_is_read_again_though_it_did_not_change(poller: Poller, source: ScriptedSource) -> None:
    source.fingerprint_now, source.book = 1, book_of(10)
    poll(poller)
    source.fingerprint_now, source.book = 2, book_of(1)
    poll(poller, 3)
    assert posts(poller) == 1


def test_the_last_good_sheet_is_there_before_the_first_read(source: ScriptedSource, store: Store) -> None:
    store.save(KeptSheet(book_of(7), NOW - timedelta(hours=1)))
    poller = Poller(source, store)
    poller.load_kept(NOW)
    assert (revision(poller), posts(poller), source.reads) == (1, 7, 0)
    assert poller.standing.is_from_disk
    assert poller.standing.good_at == NOW - timedelta(hours=1)


def test_a_read_that_agrees_with_the_kept_sheet_confirms_it(source: ScriptedSource, store: Store) -> None:
    store.save(KeptSheet(book_of(3), NOW - timedelta(hours=1)))
    poller = Poller(source, store)
    poller.load_kept(NOW)
    poll(poller)
    assert (revision(poller), poller.standing.is_from_disk, poller.standing.good_at) == (1, False, NOW)


def test_a_kept_sheet_stays_while_the_source_is_away(source: ScriptedSource, store: Store) -> None:
    store.save(KeptSheet(book_of(7), NOW))
    source.trouble = GoogleDownError(status="503")
    poller = Poller(source, store)
    poller.load_kept(NOW)
    poll(poller)
    assert (posts(poller), poller.standing.is_from_disk) == (7, True)


def test_every_new_revision_is_kept(source: ScriptedSource, store: Store) -> None:
    poller = Poller(source, store)
    poll(poller)
    source.book = book_of(4)
    poll(poller, now=NOW + TICK)
    assert store.load() == KeptSheet(book_of(4), NOW + TICK)


def test_a_held_read_is_not_kept(source: ScriptedSource, store: Store) -> None:
    poller = Poller(source, store)
    poll(poller)
    source.book = book_of(0)
    poll(poller)
    assert store.load() == KeptSheet(book_of(3), NOW)


def test_the_time_on_disk_is_renewed_every_ten_minutes(source: ScriptedSource, store: Store) -> None:
    poller = Poller(source, store)
    poll(poller)
    poll(poller, now=NOW + timedelta(minutes=9))
    assert store.load() == KeptSheet(book_of(3), NOW)
    poll(poller, now=NOW + timedelta(minutes=10))
    assert store.load() == KeptSheet(book_of(3), NOW + timedelta(minutes=10))


def test_a_clock_that_is_set_back_a_day_does_not_leave_the_time_on_disk_as_it_was(
    source: ScriptedSource, store: Store
) -> None:
    poller = Poller(source, store)
    poll(poller)
    poll(poller, now=NOW - timedelta(days=1))
    assert store.load() == KeptSheet(book_of(3), NOW - timedelta(days=1))


def test_a_corrupt_kept_sheet_is_ignored_with_a_notice_that_goes_with_the_next_revision(
    source: ScriptedSource, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    store.path.write_bytes(b"nonsense")
    poller = Poller(source, store)
    poller.load_kept(NOW)
    assert (poller.standing.snapshot, poller.standing.notice) == (None, "store-corrupt")
    assert "store-corrupt" in caplog.text
    poll(poller, 2)
    assert (posts(poller), poller.standing.notice) == (3, "store-corrupt")
    source.book = book_of(4)
    poll(poller)
    assert poller.standing.notice is None


def test_a_picture_is_parsed_before_anybody_looks_at_it(poller: Poller, monkeypatch: pytest.MonkeyPatch) -> None:
    poll(poller)
    monkeypatch.setattr(snapshot_module, "parse", None)
    assert poller.standing.snapshot is not None
    assert poller.standing.snapshot.sheet(NOW).rows.counted == 3


def test_a_sheet_that_we_fail_to_understand_is_not_shown(
    poller: Poller, source: ScriptedSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll(poller)
    source.book = book_of(4)
    with monkeypatch.context() as patched:
        patched.setattr(snapshot_module, "parse", None)
        poll(poller)
    assert (revision(poller), posts(poller)) == (1, 3)
    assert poller.standing.error is not None
    assert poller.standing.error.detail == {"kind": "TypeError"}
    poll(poller)
    assert (revision(poller), posts(poller), poller.standing.error) == (2, 4, None)


def test_a_kept_sheet_that_we_fail_to_understand_is_ignored_with_a_notice(
    source: ScriptedSource, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(KeptSheet(book_of(3), NOW))
    monkeypatch.setattr(snapshot_module, "parse", None)
    poller = Poller(source, store)
    poller.load_kept(NOW)
    assert (poller.standing.snapshot, poller.standing.notice) == (None, "store-corrupt")


def test_a_disk_that_refuses_is_a_notice_and_goes_when_it_works_again(source: ScriptedSource, store: Store) -> None:
    store.path.mkdir()
    poller = Poller(source, store)
    poll(poller)
    assert (posts(poller), poller.standing.notice) == (3, "store-unwritable")
    store.path.rmdir()
    poll(poller)
    assert poller.standing.notice is None
    assert store.load() is not None


def test_an_outage_is_logged_once_and_without_a_name_or_an_address(
    poller: Poller, source: ScriptedSource, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    poll(poller)
    source.trouble = GoogleDownError(status="503")
    poll(poller, 5)
    source.trouble = None
    poll(poller, 5)
    assert [record.getMessage() for record in caplog.records] == [
        "revision 1: [4] rows",
        "the sheet can't be read: google-down",
        "the sheet is read again",
    ]


def test_no_garbage_is_collected_while_a_sheet_is_read_and_again_afterwards_also_when_that_failed() -> None:
    seen = []

    class Watching(ScriptedSource):
        def read(self) -> RawBook:
            seen.append(gc.isenabled())
            return super().read()

    watching = Watching()
    poller = Poller(watching, None)
    watching.trouble = GoogleDownError()
    poll(poller)
    assert (seen, gc.isenabled()) == ([False], True)
