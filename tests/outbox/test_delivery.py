"""Each row stands in the sheet exactly once, whatever the network does; or it is still here, with a sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fault_proxy import FaultProxy
from outbox_parts import (
    EMAIL,
    HEADER,
    IMPATIENT,
    LATE,
    Clock,
    make_book,
    make_door,
    make_outbox,
    some_post,
    some_tip,
    times_written,
)
from sheets_server import SheetsServer, Spreadsheet

from genkdash.i18n import translator
from genkdash.outbox import Draft, Outbox
from genkdash.outbox.delivery import Delivered, deliver
from genkdash.outbox.keys import TabKey
from genkdash.sheet.google_append import GoogleAppender, OpenTab
from genkdash.sheet.tables import Cell


@dataclass
class Road:
    """All that a row passes on its way: the outbox, the door, the proxy, the stand-in and the sheet."""

    server: SheetsServer
    proxy: FaultProxy
    book: Spreadsheet
    door: GoogleAppender
    clock: Clock
    outbox: Outbox

    def send(self, tab_key: TabKey = "posts") -> Delivered:
        return deliver(self.outbox, self.door, tab_key, utc_now=self.clock, late=LATE)

    def send_impatiently(self) -> Delivered:
        """Send without waiting long for an answer."""
        door = make_door(self.server, self.book, url=self.proxy.url, limits=IMPATIENT)
        try:
            return deliver(self.outbox, door, "posts", utc_now=self.clock, late=LATE)
        finally:
            door.close()

    def states(self) -> list[str]:
        return [entry.state for entry in self.outbox.entries()]

    def sentences(self) -> list[str]:
        """Return what is said of each row that is not in the sheet."""
        words = translator("nl")
        return [words(f"error.{entry.code}", **entry.detail) for entry in self.outbox.entries() if entry.code]

    def times_written(self, key: str) -> int:
        return times_written(self.book, key)


@pytest.fixture(scope="module")
def server() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        yield server


@pytest.fixture(scope="module")
def proxy(server: SheetsServer) -> Iterator[FaultProxy]:
    with FaultProxy(server.url) as proxy:
        yield proxy


@pytest.fixture
def road(server: SheetsServer, proxy: FaultProxy, tmp_path: Path) -> Iterator[Road]:
    book, clock = make_book(server), Clock()
    door, outbox = make_door(server, book, url=proxy.url), make_outbox(tmp_path, clock)
    yield Road(server, proxy, book, door, clock, outbox)
    proxy.heal()
    server.heal()
    door.close()
    outbox.close()


def test_rows_come_in_the_order_in_which_they_were_kept(road: Road) -> None:
    drafts = [some_post(title) for title in ("een", "twee", "drie")]
    for draft in drafts:
        road.outbox.put(draft)
    assert road.send().count == 3
    assert [row[4] for row in road.book.tab("Berichten").rows[1:]] == ["een", "twee", "drie"]
    assert road.states() == ["sent", "sent", "sent"]


def test_three_rows_need_one_look(road: Road) -> None:
    for _ in range(3):
        road.outbox.put(some_post())
    before = len(road.server.log)
    road.send()
    asked = [
        (request.method, request.path.rpartition("/")[2].rpartition(":")[2]) for request in road.server.log[before:]
    ]
    assert [method for method, _ in asked if method != "GET"] == ["POST"] * (1 + 3)
    assert len(asked) == 1 + 2 + 3


def test_with_nothing_to_send_google_is_not_asked(road: Road) -> None:
    before = len(road.server.log)
    assert road.send() == Delivered()
    assert len(road.server.log) == before


@pytest.mark.parametrize("text", ["=1+1", "+32 470", "-5", "@genk", "'tekst", "1/2", "TRUE", "007", "12:30"])
def test_text_stays_text_and_a_day_is_a_day(road: Road, text: str) -> None:
    draft = some_post(text)
    road.outbox.put(draft)
    road.send()
    assert road.book.tab("Berichten").rows[1] == [43221, "Amina", None, None, text, None, draft.key]


def test_a_tip_is_written_once_though_the_sheet_has_no_key_for_it(road: Road) -> None:
    road.outbox.put(some_tip("Kom eens langs"))
    road.proxy.fault("dup", where=":append")
    road.send("tips")
    road.clock.passes(LATE.total_seconds())
    road.send("tips")
    assert road.book.tab("Tips").rows[1:] == [[43221, "Amina", "Kom eens langs"]]
    assert road.states() == ["sent"]


def test_a_tip_that_staff_wrote_down_already_is_not_written_again(road: Road) -> None:
    road.book.tab("Tips").append([43221, "amina ", "KOM eens langs"])
    road.outbox.put(some_tip("Kom eens langs"))
    assert road.send("tips").count == 1
    assert len(road.book.tab("Tips").rows) == 2


@pytest.mark.parametrize("mode", ["dup", "swallow"])
def test_a_row_that_arrived_without_an_answer_is_found_and_not_sent_again(road: Road, mode: str) -> None:
    draft = some_post()
    road.outbox.put(draft)
    road.proxy.fault(mode, where=":append")
    assert road.send_impatiently().error is not None
    assert road.states() == ["sending"]
    assert road.send().count == 1
    assert (road.times_written(draft.key), road.states()) == (1, ["sent"])


@pytest.mark.parametrize("mode", ["reset", "blackhole"])
def test_a_row_that_did_not_arrive_is_sent_again_once_it_can_no_longer_arrive(road: Road, mode: str) -> None:
    draft = some_post()
    road.outbox.put(draft)
    road.proxy.fault(mode, where=":append")
    road.send_impatiently()
    road.clock.passes(5)
    delivered = road.send()
    assert (delivered.count, delivered.held, delivered.error) == (0, {draft.key: 55.0}, None)
    road.clock.passes(55)
    assert road.send().count == 1
    assert (road.times_written(draft.key), road.states()) == (1, ["sent"])


def test_a_row_that_arrives_long_after_we_hung_up_is_not_sent_a_second_time(road: Road) -> None:
    draft = some_post()
    road.outbox.put(draft)
    road.proxy.fault("late", where=":append")
    road.send_impatiently()
    road.clock.passes(5)
    road.send()
    assert road.times_written(draft.key) == 0
    assert road.proxy.let_arrive() == 1
    road.clock.passes(60)
    assert road.send().count == 1
    assert road.times_written(draft.key) == 1


def test_a_row_that_arrives_while_the_answer_of_the_look_is_on_its_way_is_not_sent_a_second_time(road: Road) -> None:
    class Slow(GoogleAppender):
        def look(self, *tab: Any, **wanted: Any) -> OpenTab:
            opened = super().look(*tab, **wanted)
            road.proxy.let_arrive()
            road.clock.passes(45)
            return opened

    draft = some_post()
    road.outbox.put(draft)
    road.proxy.fault("late", where=":append")
    road.send_impatiently()
    road.clock.passes(20)
    slow = Slow(road.book.id, credentials=road.server.service_account(EMAIL), api_url=road.proxy.url)
    deliver(road.outbox, slow, "posts", utc_now=road.clock, late=LATE)
    slow.close()
    assert road.times_written(draft.key) == 1
    assert road.send().count == 1
    assert road.times_written(draft.key) == 1


def test_a_row_that_is_held_does_not_hold_the_next_one(road: Road) -> None:
    road.outbox.put(some_post())
    road.proxy.fault("reset", where=":append")
    road.send()
    second = some_post()
    road.outbox.put(second)
    assert road.send().count == 1
    assert road.times_written(second.key) == 1
    assert road.states() == ["sending", "sent"]


@pytest.mark.parametrize(
    ("fault", "state", "arrives"),
    [
        ("500", "sending", 0),
        ("503-html", "sending", 0),
        ("html-200", "sending", 0),
        ("lost", "sending", 1),
        ("truncate", "sending", 1),
        ("wrong-type", "sending", 1),
        ("wrong-type:updates", "sending", 1),
        ("drip:2", "sending", 1),
        ("429", "waiting", 0),
        ("400", "waiting", 0),
        ("403", "refused", 0),
        ("404", "refused", 0),
        ("protected", "refused", 0),
        ("insufficient-scope", "refused", 0),
        ("service-disabled", "refused", 0),
    ],
)
def test_after_any_answer_the_row_is_written_exactly_once_in_the_end(
    road: Road, fault: str, state: str, arrives: int
) -> None:
    draft = some_post()
    road.outbox.put(draft)
    road.server.fault(fault, where=":append", times=1)
    assert (road.send_impatiently() if fault.startswith("drip") else road.send()).error is not None
    assert (road.states(), len(road.sentences()), road.times_written(draft.key)) == ([state], 1, arrives)
    road.clock.passes(60)
    assert road.send().count == 1
    assert (road.times_written(draft.key), road.states(), road.sentences()) == (1, ["sent"], [])


def test_one_row_that_google_refuses_does_not_hold_the_others(road: Road) -> None:
    for _ in range(3):
        road.outbox.put(some_post())
    road.server.fault("400", where=":append", times=1)
    assert road.send().count == 2
    assert road.states() == ["waiting", "sent", "sent"]


def test_while_google_is_gone_nothing_is_tried_and_each_row_says_why(road: Road) -> None:
    for _ in range(2):
        road.outbox.put(some_post())
    road.proxy.fault("reset", where="/v4/", times=100)
    for _ in range(3):
        assert road.send().error is not None
    assert road.states() == ["waiting", "waiting"]
    assert road.sentences()[0].startswith("Er is geen verbinding met 127.0.0.1.")


def test_a_renamed_tab_keeps_the_row_here_until_it_has_its_name_back(road: Road) -> None:
    draft = some_post()
    road.outbox.put(draft)
    road.book.rename("Berichten", "Logboek")
    road.send()
    assert road.states() == ["refused"]
    assert road.sentences() == [
        (
            "De sheet heeft geen tabblad „Berichten”. Zet het terug of geef het zijn naam terug; wat klaarstaat, "
            "komt er dan vanzelf in."
        )
    ]
    road.book.rename("Logboek", "Berichten")
    road.send()
    assert road.times_written(draft.key) == 1


def test_a_right_that_was_taken_away_is_asked_back_with_the_address_to_share_with(road: Road) -> None:
    road.outbox.put(some_post())
    road.book.writers.clear()
    road.book.readers.add(EMAIL)
    road.send()
    assert road.sentences() == [
        (
            f"Het dashboard mag deze sheet wel lezen, maar er niets in schrijven. Deel ze met {EMAIL} als Bewerker; "
            "wat klaarstaat, komt er dan vanzelf in."
        )
    ]


def test_without_the_column_for_the_key_nothing_is_written(road: Road) -> None:
    road.outbox.put(some_post())
    road.book.tab("Berichten").set("G1", "Nummer")
    road.send()
    assert len(road.book.tab("Berichten").rows) == 1
    assert road.sentences() == [
        (
            "In het tabblad „Berichten” ontbreekt: Bericht-ID. Zet die kolomnaam terug in de bovenste rij; wat "
            "klaarstaat, komt er dan vanzelf in."
        )
    ]


def test_a_row_that_came_in_other_columns_is_said_and_never_sent_again(road: Road) -> None:
    draft = some_post()
    road.outbox.put(draft)
    berichten = road.book.tab("Berichten")
    berichten.insert_columns(0, 1)

    # After the look: the title of the tab is known, the values are asked for, and then somebody numbers a row.
    class Late(GoogleAppender):
        def append(self, opened: OpenTab, cells: Mapping[str, Cell]) -> OpenTab:
            berichten.append(["nr. 1", 43221, "Bo"])
            return super().append(opened, cells)

    late = Late(road.book.id, credentials=road.server.service_account(EMAIL), api_url=road.server.url)
    deliver(road.outbox, late, "posts", utc_now=road.clock, late=LATE)
    late.close()
    assert road.states() == ["refused"]
    assert road.sentences()[0].startswith("Deze rij kwam niet onder haar kolomnamen terecht, maar op Berichten!A3.")
    for _ in range(3):
        road.clock.passes(3600)
        road.send()
    assert road.times_written(draft.key) == 1
    berichten.rows[2].insert(0, None)
    assert road.send().count == 1


@pytest.mark.parametrize("draft", [some_post(), some_tip()], ids=["post", "tip"])
def test_a_row_that_arrived_while_somebody_moved_the_columns_is_found_and_sent_again_once_cleared(
    road: Road, draft: Draft
) -> None:
    title = "Berichten" if draft.tab_key == "posts" else "Tips"
    road.outbox.put(draft)
    road.proxy.fault("dup", where=":append")
    road.send(draft.tab_key)
    tab = road.book.tab(title)
    tab.rows[0].insert(0, "Eigen nota")
    road.clock.passes(60)
    road.send(draft.tab_key)
    assert (road.states(), len(tab.rows)) == (["refused"], 2)
    assert road.sentences()[0].startswith(f"Deze rij kwam niet onder haar kolomnamen terecht, maar op {title}!2:2.")
    tab.delete_rows(1, 2)
    road.clock.passes(60)
    road.send(draft.tab_key)
    assert (road.states(), [cell for cell in tab.rows[1] if cell][:2]) == (["sent"], [43221, "Amina"])


def test_a_value_without_a_column_is_left_out_and_the_log_names_the_column_only(
    road: Road, caplog: pytest.LogCaptureFixture
) -> None:
    draft = some_post(form="story")
    road.outbox.put(draft)
    road.send()
    assert road.times_written(draft.key) == 1
    assert "no column for: format" in caplog.text
    assert "story" not in caplog.text


def test_a_clock_that_was_set_back_holds_a_row_no_longer_than_the_whole_time(road: Road) -> None:
    draft = some_post()
    road.outbox.put(draft)
    road.proxy.fault("reset", where=":append")
    road.send()
    road.clock.moment -= timedelta(days=300)
    assert road.send().held == {draft.key: 60.0}
    road.clock.passes(60)
    assert road.send().count == 1


def test_nothing_new_is_begun_once_the_server_stops(road: Road) -> None:
    road.outbox.put(some_post())
    assert deliver(road.outbox, road.door, "posts", utc_now=road.clock, late=LATE, is_over=lambda: True).count == 0
    assert road.states() == ["waiting"]


def test_the_header_is_not_the_place_of_a_row(road: Road) -> None:
    road.outbox.put(some_post())
    road.send()
    assert road.book.tab("Berichten").rows[0] == HEADER
