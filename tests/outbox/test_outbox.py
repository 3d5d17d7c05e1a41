"""What was kept is on disk, for us alone, until it was seen in the sheet; what could not be kept is never claimed."""

import errno
import os
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from outbox_parts import Clock, make_outbox, some_post, some_tip

from genkdash.i18n import LANGUAGES, translator
from genkdash.outbox import KeepingError, LimitError, Outbox, OutboxError, count_unsent, erase_outboxes, errors
from genkdash.outbox.keys import Seen
from genkdash.sheet.errors import GoogleNotSharedError, GoogleUnreachableError

LEAVES = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, OutboxError)]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outbox(tmp_path: Path, clock: Clock) -> Iterator[Outbox]:
    outbox = make_outbox(tmp_path, clock)
    yield outbox
    outbox.close()


def seen(*keys: str, clock: Clock) -> Seen:
    return Seen({"posts": frozenset(keys), "tips": frozenset(keys)}, clock())


def files_of(outbox: Outbox) -> bytes:
    """Return all that is on disk of the outbox, but for the index of the log, which holds no values."""
    files = sorted(outbox.path.parent.iterdir())
    return b"".join(path.read_bytes() for path in files if not path.name.endswith("-shm"))


def test_what_was_put_is_found_by_another_process(tmp_path: Path, outbox: Outbox, clock: Clock) -> None:
    draft = some_post("Iftar", topics=["Geloof", "Eten"], likes=3)
    receipt = outbox.put(draft)
    assert (receipt.key, receipt.put_at) == (draft.key, clock())
    other = make_outbox(tmp_path, clock)
    assert [(entry.key, entry.state, entry.values) for entry in other.entries()] == [
        (draft.key, "waiting", draft.values)
    ]
    other.close()


def test_the_same_draft_twice_is_one_row(outbox: Outbox, clock: Clock) -> None:
    draft = some_post()
    first = outbox.put(draft)
    clock.passes(5)
    assert outbox.put(draft) == first
    assert len(outbox.entries()) == 1


def test_one_person_sees_own_rows_in_the_order_in_which_they_were_kept(outbox: Outbox) -> None:
    drafts = [some_post(who="p-1"), some_post(who="p-2"), some_tip(who="p-1")]
    for draft in drafts:
        outbox.put(draft)
    assert [entry.key for entry in outbox.entries(who="p-1")] == [drafts[0].key, drafts[2].key]


def test_an_outbox_that_was_never_used_is_empty_and_leaves_no_file(outbox: Outbox) -> None:
    assert outbox.entries() == ()
    assert not outbox.path.exists()


def test_rows_for_one_sheet_never_go_to_another(tmp_path: Path, outbox: Outbox, clock: Clock) -> None:
    outbox.put(some_post())
    other = Outbox(tmp_path / "var", source="een andere sheet", utc_now=clock)
    assert other.entries() == ()


def test_only_we_may_read_the_files_and_the_folder(outbox: Outbox) -> None:
    outbox.put(some_post())
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in outbox.path.parent.iterdir()}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(outbox.path.parent.stat().st_mode) == 0o700


def test_the_twenty_first_of_a_day_is_refused_and_the_limit_is_said(outbox: Outbox, clock: Clock) -> None:
    for _ in range(20):
        outbox.put(some_post(who="p-1"))
    with pytest.raises(LimitError) as caught:
        outbox.put(some_post(who="p-1"))
    assert translator("nl")(f"outbox.{caught.value.code}", **caught.value.detail) == (
        "Je bewaarde de laatste 24 uur al 20 keer iets. Wat je deed, is veilig; straks kun je weer verder."
    )
    assert len(outbox.entries()) == 20
    outbox.put(some_post(who="p-2"))
    clock.passes(24 * 3600)
    outbox.put(some_post(who="p-1"))


def test_rows_that_reached_the_sheet_count_for_the_limit_too(tmp_path: Path, clock: Clock) -> None:
    outbox = make_outbox(tmp_path, clock, daily_limit=1)
    draft = some_post()
    outbox.put(draft)
    outbox.settle(seen(draft.key, clock=clock))
    with pytest.raises(LimitError):
        outbox.put(some_post())
    outbox.close()


def test_a_row_that_was_seen_leaves_the_disk_with_all_it_said(outbox: Outbox, clock: Clock) -> None:
    draft = some_post("een heel herkenbare titel", who="p-1")
    outbox.put(draft)
    assert b"een heel herkenbare titel" in files_of(outbox)
    assert outbox.settle(seen(draft.key, clock=clock)) == 1
    assert b"een heel herkenbare titel" not in files_of(outbox)
    assert outbox.entries() == ()


def test_a_row_that_was_not_seen_yet_stays(outbox: Outbox, clock: Clock) -> None:
    draft = some_post()
    outbox.put(draft)
    outbox.mark_sent(draft.key)
    assert outbox.settle(seen("gd-other", clock=clock)) == 0
    assert outbox.entries()[0].state == "sent"


def test_a_written_row_that_somebody_took_out_of_the_sheet_leaves_the_disk_too(outbox: Outbox, clock: Clock) -> None:
    draft = some_post()
    outbox.put(draft)
    outbox.mark_sent(draft.key)
    clock.passes(61)
    assert outbox.settle(Seen({"tips": frozenset()}, clock())) == 0
    assert outbox.settle(seen(clock=clock)) == 1


def test_a_row_that_was_never_written_is_not_taken_for_one_that_was_taken_out(outbox: Outbox, clock: Clock) -> None:
    draft = some_post()
    outbox.put(draft)
    outbox.mark_sending(draft.key)
    clock.passes(24 * 3600)
    assert outbox.settle(seen(clock=clock)) == 0


def test_a_row_that_was_settled_is_not_sent_any_more(outbox: Outbox, clock: Clock) -> None:
    draft = some_post()
    outbox.put(draft)
    assert outbox.mark_sending(draft.key)
    outbox.settle(seen(draft.key, clock=clock))
    assert not outbox.mark_sending(draft.key)


def test_who_must_act_decides_whether_a_row_is_refused_or_waits(outbox: Outbox) -> None:
    outbox.put(some_post())
    outbox.mark_failed(outbox.entries(), GoogleNotSharedError(email="wij@voorbeeld.be"))
    entry = outbox.entries()[0]
    assert (entry.state, entry.code, entry.detail) == ("refused", "google-not-shared", {"email": "wij@voorbeeld.be"})
    outbox.mark_failed(outbox.entries(), GoogleUnreachableError(host="x"))
    assert outbox.entries()[0].state == "waiting"


def test_an_unclear_request_stays_unclear_whatever_fails_after_it(outbox: Outbox) -> None:
    draft = some_post()
    outbox.put(draft)
    outbox.mark_sending(draft.key)
    for error in (GoogleUnreachableError(host="x"), GoogleNotSharedError(email="wij@voorbeeld.be")):
        outbox.mark_failed(outbox.entries(), error)
        assert outbox.entries()[0].is_unclear


def test_the_same_trouble_again_is_not_written_again(outbox: Outbox) -> None:
    outbox.put(some_post())
    outbox.mark_failed(outbox.entries(), GoogleUnreachableError(host="x"))
    before = files_of(outbox)
    outbox.mark_failed(outbox.entries(), GoogleUnreachableError(host="x"))
    assert files_of(outbox) == before


def test_one_row_can_be_forgotten(outbox: Outbox) -> None:
    draft = some_post("weg ermee")
    outbox.put(draft)
    assert outbox.forget(draft.key)
    assert not outbox.forget(draft.key)
    assert b"weg ermee" not in files_of(outbox)


def test_a_full_disk_is_said_and_nothing_is_claimed(outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutboxError) as caught:
        outbox.put(some_post())
    monkeypatch.undo()
    assert translator("nl")(f"outbox.{caught.value.code}", **caught.value.detail) == (
        "Dit is nog niet bewaard: de schijf van het dashboard is vol. Laat je tekst staan, zeg het aan iemand van het "
        "team en probeer het daarna opnieuw."
    )
    assert outbox.entries() == ()


def test_a_folder_that_can_not_be_made_is_said(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "var").write_text("hier staat een bestand")
    outbox = make_outbox(tmp_path, clock)
    with pytest.raises(KeepingError) as caught:
        outbox.put(some_post())
    assert caught.value.code == "unwritable"


def test_a_link_in_the_place_of_the_file_is_not_followed(tmp_path: Path, outbox: Outbox) -> None:
    precious = tmp_path / "precious"
    precious.write_text("keep")
    outbox.path.parent.mkdir()
    outbox.path.symlink_to(precious)
    with pytest.raises(KeepingError):
        outbox.put(some_post())
    assert precious.read_text() == "keep"


def test_a_damaged_file_is_named_and_can_still_be_erased(outbox: Outbox) -> None:
    outbox.path.parent.mkdir()
    outbox.path.write_bytes(b"geen databank" * 1000)
    with pytest.raises(KeepingError) as caught:
        outbox.put(some_post())
    assert (caught.value.code, caught.value.detail) == ("damaged", {"file": outbox.path.name})
    assert count_unsent(outbox.path.parent) == 1
    assert erase_outboxes(outbox.path.parent) == 1
    assert list(outbox.path.parent.iterdir()) == []


def test_a_folder_that_is_cleared_while_we_run_is_filled_again_and_not_forgotten(
    tmp_path: Path, outbox: Outbox, clock: Clock
) -> None:
    outbox.put(some_post())
    for path in outbox.path.parent.iterdir():
        path.unlink()
    draft = some_post()
    outbox.put(draft)
    other = make_outbox(tmp_path, clock)
    assert [entry.key for entry in other.entries()] == [draft.key]
    other.close()


def test_erasing_leaves_no_file_behind(tmp_path: Path, outbox: Outbox, clock: Clock) -> None:
    outbox.put(some_post())
    outbox.put(some_tip())
    outbox.mark_sent(some_tip().key)
    other = Outbox(tmp_path / "var", source="een andere sheet", utc_now=clock)
    other.put(some_post())
    for one in (outbox, other):
        one.close()
    assert count_unsent(tmp_path / "var") == 2
    assert erase_outboxes(tmp_path / "var") == 2
    assert list((tmp_path / "var").iterdir()) == []
    assert (count_unsent(tmp_path / "var"), erase_outboxes(tmp_path / "var")) == (0, 0)


def test_erasing_what_another_has_open_empties_it_and_the_other_goes_on(
    tmp_path: Path, outbox: Outbox, clock: Clock
) -> None:
    outbox.put(some_post("zeker weg"))
    other = make_outbox(tmp_path, clock)
    assert other.erase()
    assert b"zeker weg" not in files_of(outbox)
    assert outbox.entries() == ()
    outbox.put(some_post())
    assert len(other.entries()) == 1
    other.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.__name__)
def test_every_error_has_a_sentence(leaf: type[OutboxError], language: str) -> None:
    assert translator(language).has(f"outbox.{leaf.code}")


@pytest.mark.parametrize("state", ["waiting", "sending", "sent", "refused"])
def test_every_state_has_a_sentence(state: str) -> None:
    assert translator("nl").has(f"outbox.state.{state}")


def test_the_day_of_a_limit_is_counted_by_the_clock_that_was_given(tmp_path: Path, clock: Clock) -> None:
    outbox = make_outbox(tmp_path, clock, daily_limit=1)
    outbox.put(some_post())
    clock.moment += timedelta(hours=23, minutes=59)
    with pytest.raises(LimitError):
        outbox.put(some_post())
    outbox.close()


def test_a_file_with_wider_rights_is_narrowed_again(outbox: Outbox) -> None:
    outbox.put(some_post())
    outbox.close()
    outbox.path.chmod(0o644)
    outbox.put(some_post())
    assert stat.S_IMODE(outbox.path.stat().st_mode) == 0o600
