"""When is it sent? At once, later and later while the sheet fails, by one process, and never for longer than we run."""

import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from outbox_parts import EMAIL, Clock, make_book, make_door, make_outbox, some_post, some_tip, times_written
from sheets_server import SheetsServer, Spreadsheet

from genkdash.outbox import Outbox, Sender, current, current_outbox
from genkdash.outbox.keys import Seen, seen_in
from genkdash.outbox.lock import WriterLock
from genkdash.sheet.google import GoogleSheet
from genkdash.sheet.google_append import GoogleAppender

PATIENCE_SECONDS = 20.0


@pytest.fixture(scope="module")
def server() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        yield server


@pytest.fixture
def book(server: SheetsServer) -> Spreadsheet:
    return make_book(server)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outbox(tmp_path: Path, clock: Clock) -> Iterator[Outbox]:
    outbox = make_outbox(tmp_path, clock)
    yield outbox
    outbox.close()


@pytest.fixture
def door(server: SheetsServer, book: Spreadsheet) -> Iterator[GoogleAppender]:
    door = make_door(server, book)
    yield door
    server.heal()
    door.close()


@pytest.fixture
def make_sender(clock: Clock, outbox: Outbox, door: GoogleAppender) -> Iterator[Callable[..., Sender]]:
    made: list[Sender] = []

    def make(seen: Callable[[], Seen | None] = lambda: None, on_sent: Callable[[], object] = lambda: None) -> Sender:
        sender = Sender(outbox, door, seen=seen, utc_now=clock, on_sent=on_sent, clock=clock.seconds, lot=lambda: 0.0)
        made.append(sender)
        return sender

    yield make
    for sender in made:
        sender.stop(PATIENCE_SECONDS)
        sender.release()


@pytest.fixture
def sender(make_sender: Callable[..., Sender]) -> Sender:
    return make_sender()


def appends(server: SheetsServer, book: Spreadsheet) -> int:
    return sum(book.id in request.path for request in server.requests(":append"))


def test_what_is_kept_is_written_at_the_next_turn(sender: Sender, outbox: Outbox, book: Spreadsheet) -> None:
    draft = some_post()
    outbox.put(draft)
    assert sender.turn() == 2.0
    assert times_written(book, draft.key) == 1


def test_a_row_waits_until_it_was_seen_in_a_read(
    make_sender: Callable[..., Sender], outbox: Outbox, server: SheetsServer, book: Spreadsheet, clock: Clock
) -> None:
    reads: list[Seen] = []
    sender = make_sender(seen=lambda: reads[-1] if reads else None)
    reader = GoogleSheet(book.id, credentials=server.service_account(EMAIL), api_url=server.url)
    outbox.put(some_post())
    outbox.put(some_tip())
    reads.append(seen_in(reader.read(), clock()))
    sender.turn()
    assert [entry.state for entry in outbox.entries()] == ["sent", "sent"]
    reads.append(seen_in(reader.read(), clock()))
    sender.turn()
    assert outbox.entries() == ()
    reader.close()


def test_the_wait_doubles_from_five_seconds_to_a_minute_while_the_sheet_fails(
    sender: Sender, outbox: Outbox, server: SheetsServer, clock: Clock
) -> None:
    outbox.put(some_post())
    server.fault("503", where="all")
    tries = []
    for second in range(200):
        before = len(server.log)
        sender.turn()
        if len(server.log) > before:
            tries.append(second)
        clock.passes(1)
    assert tries == [0, 5, 15, 35, 75, 135, 195]


def test_what_google_asks_is_waited_for_to_the_second(
    sender: Sender, outbox: Outbox, server: SheetsServer, clock: Clock
) -> None:
    outbox.put(some_post())
    server.fault("429", where=":append", times=1)
    sender.turn()
    before = len(server.log)
    clock.passes(59)
    sender.turn()
    assert len(server.log) == before
    clock.passes(1)
    sender.turn()
    assert outbox.entries()[0].state == "sent"


def test_a_tab_that_fails_does_not_slow_the_other(
    sender: Sender, outbox: Outbox, book: Spreadsheet, clock: Clock
) -> None:
    book.remove_tab("Tips")
    outbox.put(some_tip())
    for _ in range(4):
        sender.turn()
        clock.passes(60)
    clock.passes(-59)
    draft = some_post()
    outbox.put(draft)
    sender.turn()
    assert times_written(book, draft.key) == 1


def test_a_row_that_is_held_is_looked_for_again_when_it_may_be_sent_and_not_every_turn(
    sender: Sender, outbox: Outbox, server: SheetsServer, book: Spreadsheet, clock: Clock
) -> None:
    outbox.put(some_post())
    server.fault("reset", where=":append", times=1)
    sender.turn()
    clock.passes(5)
    sender.turn()
    before = len(server.log)
    for _ in range(54):
        clock.passes(1)
        sender.turn()
    assert len(server.log) == before
    draft = some_post()
    outbox.put(draft)
    sender.turn()
    assert (times_written(book, draft.key), appends(server, book)) == (1, 1 + 1)
    clock.passes(1)
    sender.turn()
    assert [entry.state for entry in outbox.entries()] == ["sent", "sent"]


def test_a_second_sender_on_the_same_folder_sends_nothing_until_the_first_lets_go(
    make_sender: Callable[..., Sender], outbox: Outbox
) -> None:
    sender, other = make_sender(), make_sender()
    sender.turn()
    outbox.put(some_post())
    other.turn()
    assert outbox.entries()[0].state == "waiting"
    sender.release()
    other.turn()
    assert outbox.entries()[0].state == "sent"


def test_a_lock_that_was_removed_is_not_a_lock(tmp_path: Path) -> None:
    first, second, third = (WriterLock(tmp_path / "x.lock") for _ in range(3))
    assert first.acquire()
    assert not second.acquire()
    second.remove()
    assert (tmp_path / "x.lock").exists()
    first.release()
    second.remove()
    assert not (tmp_path / "x.lock").exists()
    assert third.acquire()
    third.release()


def test_who_holds_a_lock_that_was_removed_takes_the_new_one_or_stops(tmp_path: Path) -> None:
    first, second = (WriterLock(tmp_path / "x.lock") for _ in range(2))
    assert first.acquire()
    (tmp_path / "x.lock").unlink()
    assert second.acquire()
    assert not first.acquire()
    second.release()
    assert first.acquire()
    first.release()


def test_after_rows_were_written_the_sheet_is_asked_for_once(
    make_sender: Callable[..., Sender], outbox: Outbox
) -> None:
    asked: list[str] = []
    sender = make_sender(on_sent=lambda: asked.append("read"))
    sender.turn()
    assert asked == []
    for _ in range(3):
        outbox.put(some_post())
    sender.turn()
    assert asked == ["read"]


def test_an_outbox_that_can_not_be_used_is_logged_once_and_tried_again(
    sender: Sender, outbox: Outbox, book: Spreadsheet, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    outbox.path.parent.mkdir()
    outbox.path.mkdir()
    for _ in range(3):
        sender.turn()
    outbox.path.rmdir()
    draft = some_post()
    outbox.put(draft)
    sender.turn()
    assert [record.message for record in caplog.records if "the outbox" in record.message] == [
        "the outbox: unwritable",
        "the outbox: works again",
    ]
    assert times_written(book, draft.key) == 1


def test_a_mistake_of_ours_is_logged_without_what_somebody_wrote(
    make_sender: Callable[..., Sender], outbox: Outbox, book: Spreadsheet, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> Seen:
        raise ValueError("Iftar met veertien")

    sender = make_sender(seen=broken)
    draft = some_post()
    outbox.put(draft)
    sender.turn()
    assert "ValueError" in caplog.text
    assert "Iftar" not in caplog.text
    assert times_written(book, draft.key) == 1


def test_the_thread_writes_what_is_put_at_once_and_ends_when_it_is_told(
    make_sender: Callable[..., Sender], outbox: Outbox, server: SheetsServer, book: Spreadsheet
) -> None:
    current.send(make_sender())
    found = current_outbox()
    assert found is outbox
    found.put(some_post())
    server.wait_for(f"{book.id}/values/'Berichten'!")
    current.stop()
    for thread in threading.enumerate():
        if thread.name == "genkdash-outbox":
            thread.join(PATIENCE_SECONDS)
            assert not thread.is_alive()
    assert current_outbox() is None


def test_nothing_of_a_name_or_a_text_is_logged(
    sender: Sender, outbox: Outbox, server: SheetsServer, caplog: pytest.LogCaptureFixture, clock: Clock
) -> None:
    caplog.set_level(logging.DEBUG, logger="genkdash")
    outbox.put(some_post("heel herkenbaar", influencer="Amina"))
    server.fault("500", where=":append", times=1)
    for _ in range(3):
        sender.turn()
        clock.passes(60)
    logged = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("genkdash"))
    assert "1 rows of the posts are in the sheet" in logged
    assert not any(word in logged for word in ("heel herkenbaar", "Amina", "p-1", EMAIL))
