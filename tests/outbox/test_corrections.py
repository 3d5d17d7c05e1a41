"""A cell is corrected only while its row says what it said; whatever was done in between, no other row is written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from outbox_parts import EMAIL, Clock, make_book, make_outbox
from sheets_server import SheetsServer, Spreadsheet
from sheets_server.cells import Formula

from genkdash.outbox import Outbox, Sender, count_unsent
from genkdash.outbox.correction_delivery import deliver_corrections
from genkdash.outbox.delivery import Delivered
from genkdash.outbox.keys import Seen, seen_in
from genkdash.sheet.contract import POSTS
from genkdash.sheet.corrections import Correction, correct
from genkdash.sheet.google import GoogleSheet
from genkdash.sheet.google_correct import GoogleEditor

HEADER = ["Datum", "Influencer", "Thema's", "Titel", "Likes", "Telefoon"]
AMNIA = [43221, "Amnia", "Natuur", "Iftar met veertien", 12, "0470"]
KASIA = [43222, "Kasia", "Fotbal", "Veertien doelpunten", 3, "0471"]


@dataclass
class Desk:
    """All that a correction passes on its way: the outbox, the door, the stand-in and the sheet as it was read."""

    server: SheetsServer
    book: Spreadsheet
    door: GoogleEditor
    reader: GoogleSheet
    outbox: Outbox
    clock: Clock

    def ask(self, row: int, tab_key: str = "posts", **new: Any) -> Correction:
        """Ask for a correction of what the sheet holds now."""
        correction = correct(self.reader.read(), tab_key, row, new)
        assert correction is not None
        self.outbox.corrections.put(correction)
        return correction

    def send(self) -> Delivered:
        return deliver_corrections(self.outbox.corrections, self.door)

    def states(self) -> list[tuple[str, str | None]]:
        return [(entry.state, entry.code) for entry in self.outbox.corrections.entries()]

    def cells(self, column: int, title: str = "Berichten") -> list[Any]:
        return [row[column] if column < len(row) else None for row in self.book.tab(title).rows]


@pytest.fixture(scope="module")
def server() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        yield server


@pytest.fixture
def desk(server: SheetsServer, tmp_path: Path) -> Iterator[Desk]:
    book = make_book(
        server,
        Berichten=[HEADER, AMNIA, KASIA],
        Tips=[
            ["Datum", "Influencer", "Tip", "Status", "Antwoord", "Beantwoord op"],
            [43221, "Amina", "Antwoord ook in reacties"],
        ],
    )
    how: dict[str, Any] = {"credentials": server.service_account(EMAIL), "api_url": server.url}
    clock = Clock()
    outbox = make_outbox(tmp_path, clock)
    door, reader = GoogleEditor(book.id, **how), GoogleSheet(book.id, **how)
    yield Desk(server, book, door, reader, outbox, clock)
    server.heal()
    for one in (door, reader, outbox):
        one.close()


def writes(desk: Desk) -> int:
    return sum(desk.book.id in request.path for request in desk.server.requests(":batchUpdate"))


def test_one_cell_is_written_and_no_other(desk: Desk) -> None:
    desk.ask(2, influencer="Amina")
    assert desk.send().count == 1
    assert desk.book.tab("Berichten").rows == [HEADER, [43221, "Amina", *AMNIA[2:]], KASIA]
    assert desk.states() == [("written", None)]


def test_a_day_becomes_a_day_that_people_can_read(desk: Desk) -> None:
    desk.book.tab("Berichten").set("A2", "5 maart 2018")
    desk.ask(2, date=date(2018, 3, 5))
    desk.send()
    assert desk.cells(0) == ["Datum", 43164, 43222]
    formats = [desk.book.tab("Berichten").dress.cell(row, 0) for row in (1, 2)]
    assert formats == [{"userEnteredFormat": {"numberFormat": {"type": "DATE", "pattern": "yyyy-mm-dd"}}}, {}]


def test_what_looks_like_a_formula_stays_text(desk: Desk) -> None:
    desk.ask(2, title="=1+1")
    desk.send()
    assert desk.cells(3)[1] == "=1+1"


def test_the_row_is_found_where_rows_were_inserted_above(desk: Desk) -> None:
    desk.ask(2, influencer="Amina")
    desk.book.tab("Berichten").insert_rows(1, 3)
    desk.book.tab("Berichten").set("B2", "Amnia")
    assert desk.send().count == 1
    assert desk.cells(1) == ["Influencer", "Amnia", None, None, "Amina", "Kasia"]


def test_the_row_is_found_after_the_sheet_was_sorted_and_a_column_put_in(desk: Desk) -> None:
    desk.ask(2, influencer="Amina")
    tab = desk.book.tab("Berichten")
    tab.rows[1], tab.rows[2] = tab.rows[2], tab.rows[1]
    tab.insert_columns(0, 1)
    desk.send()
    assert desk.cells(2) == ["Influencer", "Kasia", "Amina"]


@pytest.mark.parametrize(
    ("meanwhile", "code"),
    [
        (lambda tab: tab.set("B2", "Amira"), "changed"),
        (lambda tab: tab.set("B2", None), "changed"),
        (lambda tab: tab.set("D2", "Iets anders"), "gone"),
        (lambda tab: tab.delete_rows(1, 2), "gone"),
        (lambda tab: [tab.insert_rows(1, 1), tab.append(AMNIA)], "twice"),
    ],
    ids=["another value", "cleared", "another post", "row deleted", "moved, and there twice"],
)
def test_nothing_is_written_where_it_is_not_the_same_any_more(
    desk: Desk, meanwhile: Callable[[Any], object], code: str
) -> None:
    desk.ask(2, influencer="Amina")
    meanwhile(desk.book.tab("Berichten"))
    before = [list(row) for row in desk.book.tab("Berichten").rows]
    assert desk.send() == Delivered()
    assert desk.states() == [("refused", code)]
    assert desk.book.tab("Berichten").rows == before
    assert writes(desk) == 0


def test_likes_that_were_filled_in_meanwhile_are_no_other_row(desk: Desk) -> None:
    desk.ask(2, influencer="Amina")
    desk.book.tab("Berichten").set("E2", 250)
    desk.send()
    assert (desk.cells(1)[1], desk.cells(4)[1]) == ("Amina", 250)


@pytest.mark.parametrize("meanwhile", ["value", "row"])
def test_what_happens_between_the_look_and_the_request_is_seen_by_the_second_look(desk: Desk, meanwhile: str) -> None:
    desk.ask(2, influencer="Amina")
    opened = desk.door.look(POSTS, needed=("influencer",))
    if meanwhile == "value":
        desk.book.tab("Berichten").set("B2", "Amira")
    else:
        desk.book.tab("Berichten").insert_rows(1, 1)
    assert desk.door.correct(opened, 0, {"influencer": "Amina"}, ("date", "influencer", "title")) == "changed"
    assert writes(desk) == 0


def test_a_formula_is_never_written_over(desk: Desk) -> None:
    desk.book.tab("Berichten").set("B2", Formula("=B9", "Amnia"))
    desk.ask(2, influencer="Amina")
    desk.send()
    assert desk.states() == [("refused", "formula")]
    assert desk.cells(1)[1] == Formula("=B9", "Amnia")


def test_two_corrections_of_one_row_do_not_stand_in_each_others_way(desk: Desk) -> None:
    desk.ask(3, influencer="Kasia M.")
    desk.ask(3, topics="Voetbal")
    assert desk.send().count == 2
    assert desk.book.tab("Berichten").rows[2] == [43222, "Kasia M.", "Voetbal", "Veertien doelpunten", 3, "0471"]


def test_a_tip_gets_its_status_its_answer_and_the_day_at_once(desk: Desk) -> None:
    desk.ask(2, "tips", status="gehoord", reply="Doen we", replied_on=date(2018, 5, 2))
    desk.send()
    assert desk.book.tab("Tips").rows[1] == [43221, "Amina", "Antwoord ook in reacties", "gehoord", "Doen we", 43222]
    assert writes(desk) == 1


def test_after_an_answer_that_got_lost_another_look_tells_that_it_was_written(desk: Desk) -> None:
    desk.ask(2, influencer="Amina")
    desk.server.fault("reset", where=":batchUpdate", times=1)
    assert desk.send().error is not None
    assert desk.states()[0][0] == "waiting"
    desk.send()
    assert desk.states() == [("written", None)]
    assert desk.cells(1) == ["Influencer", "Amina", "Kasia"]


def test_it_waits_with_the_reason_while_the_sheet_may_only_be_read(desk: Desk) -> None:
    desk.ask(2, influencer="Amina")
    desk.server.fault("403", where=":batchUpdate", times=1)
    desk.send()
    assert desk.states() == [("waiting", "google-read-only")]
    desk.send()
    assert desk.states() == [("written", None)]


def test_it_waits_where_somebody_renamed_the_column(desk: Desk) -> None:
    desk.ask(2, topics="Parken")
    desk.book.tab("Berichten").set("C1", "Onderwerpje")
    assert desk.send().error is not None
    assert desk.states() == [("waiting", "no-column-to-write")]


def test_it_is_on_disk_and_counted_until_a_read_has_shown_it(desk: Desk, tmp_path: Path) -> None:
    desk.ask(2, influencer="Amina")
    desk.outbox.close()
    again = make_outbox(tmp_path, desk.clock)
    assert [entry.correction.new for entry in again.corrections.entries()] == [{"influencer": "Amina"}]
    assert count_unsent(again.path.parent) == 1
    again.close()
    desk.send()
    assert count_unsent(again.path.parent) == 0
    desk.outbox.corrections.settle(desk.clock())
    assert desk.states() == [("written", None)]
    desk.outbox.corrections.settle(desk.clock() + timedelta(seconds=1))
    assert desk.states() == []


def test_what_was_refused_is_tried_anew_when_it_is_asked_for_again_and_goes_after_a_day(desk: Desk) -> None:
    correction = desk.ask(2, influencer="Amina")
    desk.book.tab("Berichten").set("B2", "Amira")
    desk.send()
    desk.book.tab("Berichten").set("B2", "Amnia")
    desk.outbox.corrections.put(correction)
    assert desk.states() == [("waiting", None)]
    desk.book.tab("Berichten").set("B2", "Amira")
    desk.send()
    desk.outbox.corrections.settle(desk.clock() + timedelta(hours=23))
    assert desk.states() == [("refused", "changed")]
    desk.outbox.corrections.settle(desk.clock() + timedelta(hours=25))
    assert desk.states() == []


def test_purging_takes_the_corrections_along(desk: Desk) -> None:
    desk.ask(2, influencer="Amina")
    assert desk.outbox.erase()
    assert desk.states() == []


def test_the_sender_writes_it_and_settles_it_at_the_next_read(desk: Desk) -> None:
    reads: list[Seen] = []
    sender = Sender(
        desk.outbox,
        desk.door,
        seen=lambda: reads[-1] if reads else None,
        utc_now=desk.clock,
        clock=desk.clock.seconds,
        lot=lambda: 0.0,
    )
    desk.ask(2, influencer="Amina")
    sender.turn()
    assert desk.cells(1)[1] == "Amina"
    desk.clock.passes(1)
    reads.append(seen_in(desk.reader.read(), desk.clock()))
    sender.turn()
    sender.release()
    assert desk.states() == []


def test_a_correction_shows_no_cell_in_its_repr(desk: Desk) -> None:
    assert repr(desk.ask(2, influencer="Amina")) == "Correction(tab_key='posts', row=2)"
