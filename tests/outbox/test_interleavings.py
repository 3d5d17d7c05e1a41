"""A thousand random stories: posts kept, answers lost, processes killed, the sheet edited; each row comes there once.

All of ours is real, and so is gspread: the outbox on disk, the sender, the door and its session. Only the wire is
not: a request is handed to the stand-in in the same process, so that a story can end one at any point.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from outbox_parts import EMAIL, HEADER, LATE, SOURCE, TIPS_HEADER, Clock, make_book, make_door, some_post, some_tip
from sheets_server import SheetsServer, Spreadsheet
from sheets_server.call import Call
from sheets_server.errors import Refusal
from sheets_server.wire import laid_out

from genkdash.outbox import Draft, Outbox, Sender
from genkdash.outbox.keys import Seen, row_keys, seen_in
from genkdash.sheet.columns import find_layout
from genkdash.sheet.contract import TIPS
from genkdash.sheet.google import GoogleSheet
from genkdash.sheet.google_append import GoogleAppender

STORIES = 1000
PARTS = 4
STEPS = 12
# In memory where there is such a folder: what a crash leaves is the same, and there is no disk to wait for.
FAST = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  a folder of our own is made in it

ANSWERED = "answered"
FATES = (ANSWERED, "late", "reset", "dup", "late", "500", "429", "killed before", "killed after", "edited before")
LOOKS = (ANSWERED, "slow", "slow", "reset", "500", "killed before", "killed after")


WAITS = st.sampled_from((0, 7, 20, 61))
SMALL = st.integers(0, 5)


class Killed(BaseException):
    """The process ends here. Not an Exception: nothing of ours may catch it and go on."""


@dataclass
class Wire:
    """Hands requests to the stand-in. `fates` says what becomes of the next writes, `looks` of the next reads."""

    server: SheetsServer
    clock: Clock
    book: Spreadsheet
    door: GoogleAppender
    reader: GoogleSheet
    fates: list[str] = field(default_factory=list)
    looks: list[str] = field(default_factory=list)
    under_way: list[tuple[datetime, Call]] = field(default_factory=list)
    edit: Any = None

    def request(self, method: str, url: str, options: dict[str, Any]) -> requests.Response:
        """Take the place of a request of the session that ours is built on."""
        blank = requests.PreparedRequest()
        blank.headers = requests.structures.CaseInsensitiveDict()
        signed = options["auth"](blank)
        parts, query = urlsplit(url), {}
        for name, value in (options.get("params") or {}).items():
            query[name] = [*value] if isinstance(value, list) else [str(value)]
        body = json.dumps(options["json"]).encode() if options.get("json") is not None else options.get("data") or b""
        call = Call(method.upper(), parts.path, query, signed.headers.get("Authorization"), body)
        if parts.path == "/token":
            return self._answer(call)
        fates = self.fates if parts.path.endswith(":append") else self.looks
        return self._meet(call, fates.pop(0) if fates else ANSWERED)

    def let_arrive(self, until: datetime) -> None:
        """Let the requests arrive that must before a moment."""
        due = [call for moment, call in self.under_way if moment <= until]
        self.under_way = [(moment, call) for moment, call in self.under_way if moment > until]
        for call in due:
            self._answer(call)

    def _meet(self, call: Call, fate: str) -> requests.Response:
        if fate == "killed before":
            raise Killed
        if fate == "reset":
            raise requests.ConnectionError
        if fate == "late":
            self.under_way.append((self.clock() + LATE, call))
            raise requests.ReadTimeout
        if fate == "slow":
            # Google looked, and while its answer travels, what was under way arrives after all.
            answer = self._answer(call)
            self.let_arrive(self.clock() + timedelta(seconds=45))
            self.clock.passes(45)
            return answer
        if fate in {"500", "429"}:
            return _response(int(fate), {"error": {"code": int(fate), "message": "", "status": ""}})
        if fate == "edited before" and self.edit is not None:
            self.edit()
        answer = self._answer(call)
        if fate == "killed after":
            raise Killed
        if fate == "dup":
            raise requests.ConnectionError
        return answer

    def _answer(self, call: Call) -> requests.Response:
        try:
            return _response(200, self.server.respond(call))
        except Refusal as refusal:
            return _response(refusal.status, refusal.body)


def _response(status: int, body: Any) -> requests.Response:
    response = requests.Response()
    response.status_code = status
    response.raw = BytesIO(laid_out(body))
    return response


class MortalOutbox(Outbox):
    """Ends the process before or after a change, when a story says so."""

    deaths: list[str]

    def mark_sending(self, key: str) -> bool:
        self._die("before it is marked")
        is_marked = super().mark_sending(key)
        self._die("after it is marked")
        return is_marked

    def mark_sent(self, key: str) -> None:
        self._die("before it is noted")
        super().mark_sent(key)
        self._die("after it is noted")

    def settle(self, seen: Seen) -> int:
        self._die("before it is settled")
        return super().settle(seen)

    def _die(self, moment: str) -> None:
        if moment in self.deaths:
            self.deaths.clear()
            raise Killed


DEATHS = (
    "before it is marked",
    "after it is marked",
    "before it is noted",
    "after it is noted",
    "before it is settled",
)


class Story(RuleBasedStateMachine):
    """One story. `kept` are the drafts that the outbox confirmed, `taken_out` the keys that a person deleted."""

    wire: Wire

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=FAST))
        self.clock = self.wire.clock
        self.wire.under_way.clear()
        self.wire.fates, self.wire.looks, self.wire.edit = [], [], self._type
        self.book, self.door, self.reader = self.wire.book, self.wire.door, self.wire.reader
        self.book.tabs.clear()
        for title, header in (("Berichten", HEADER), ("Tips", TIPS_HEADER)):
            self.book.add_tab(title, [header])
        self.kept: dict[str, Draft] = {}
        self.taken_out: set[str] = set()
        self.deaths: list[str] = []
        self.read: Seen | None = None
        self.seen: Seen | None = None
        self.typed = 0

    @initialize(count=st.integers(1, 3))
    def begin(self, count: int) -> None:
        self._start()
        for number in range(count):
            self.somebody_logs(is_tip=number == 1)

    @rule(is_tip=st.booleans())
    def somebody_logs(self, is_tip: bool) -> None:  # noqa: FBT001  drawn by name
        draft = some_tip(f"Tip {len(self.kept)}") if is_tip else some_post(f"Titel {len(self.kept)}")
        self.outbox.put(draft)
        self.kept[draft.key] = draft

    @rule(after=WAITS, fates=st.lists(st.sampled_from(FATES), min_size=1, max_size=3))
    def the_sender_has_a_turn(self, after: int, fates: list[str]) -> None:
        self._turn(after, fates=fates)

    @rule(after=WAITS, fates=st.lists(st.sampled_from(FATES), min_size=1, max_size=3))
    def the_sender_has_another(self, after: int, fates: list[str]) -> None:
        self._turn(after, fates=fates)

    @rule(after=WAITS, looks=st.lists(st.sampled_from(LOOKS), min_size=1, max_size=2))
    def the_sender_has_trouble_looking(self, after: int, looks: list[str]) -> None:
        self._turn(after, looks=looks)

    @rule(after=WAITS, death=st.sampled_from(DEATHS), fates=st.lists(st.sampled_from(FATES), max_size=1))
    def the_process_is_killed_in_a_turn(self, after: int, death: str, fates: list[str]) -> None:
        self.deaths.append(death)
        self._turn(after, fates=fates)
        self.deaths.clear()

    @rule()
    def the_server_starts_again(self) -> None:
        self.sender.release()
        self.outbox.close()
        self._start()

    @rule()
    def what_was_under_way_arrives(self) -> None:
        self.wire.let_arrive(self.clock() + LATE)

    @rule(is_shown=st.booleans())
    def the_sheet_is_read(self, is_shown: bool) -> None:  # noqa: FBT001  drawn by name
        if EMAIL in self.book.writers | self.book.readers:
            self.read = seen_in(self.reader.read(), self.clock())
        if is_shown:
            self.seen = self.read

    @rule(what=st.sampled_from(("types", "sorts", "deletes a row", "inserts a column", "taps twice")), number=SMALL)
    def somebody_goes_on(self, what: str, number: int) -> None:
        tab = self.book.tab(self._title())
        if what == "types":
            self._type()
        elif what == "sorts":
            below = tab.rows[1:]
            Random(number).shuffle(below)  # noqa: S311  nothing secret
            tab.rows[1:] = below
        elif what == "deletes a row":
            for row in tab.rows[1 + number : 2 + number]:
                self.taken_out.update(cell for cell in row if cell in self.kept)
                tab.delete_rows(1 + number, 2 + number)
        elif what == "inserts a column" and len(tab.rows[0]) < 12:
            tab.insert_columns(number, 1)
            tab.put(0, number, "Eigen nota")
        elif what == "taps twice":
            for draft in [*self.kept.values()][number : number + 1]:
                self.outbox.put(draft)

    @rule(what=st.sampled_from(("tab", "right", "header")))
    def somebody_breaks_or_mends_the_sheet(self, what: str) -> None:
        if what == "tab":
            self.book.rename(self._title(), "Logboek" if self._title() == "Berichten" else "Berichten")
        elif what == "right":
            self.book.writers ^= {EMAIL}
            self.book.readers ^= {EMAIL}
        else:
            header = self.book.tab(self._title()).rows[0]
            old, new = ("Bericht-ID", "Nummer") if "Bericht-ID" in header else ("Nummer", "Bericht-ID")
            header[header.index(old)] = new

    @invariant()
    def no_row_is_there_twice_and_none_is_lost(self) -> None:
        waiting = {entry.key for entry in self.outbox.entries()}
        for key in self.kept:
            times = self._times_written(key)
            assert times <= 1, f"{key} stands there {times} times"
            assert times == 1 or key in waiting or key in self.taken_out, f"{key} is lost"

    def teardown(self) -> None:
        """Let all troubles pass: then every row is there, once, and nothing of it is left on disk."""
        try:
            self.wire.fates, self.wire.looks = [], []
            self.wire.let_arrive(self.clock() + LATE)
            if self._title() != "Berichten":
                self.somebody_breaks_or_mends_the_sheet("tab")
            if "Bericht-ID" not in self.book.tab("Berichten").rows[0]:
                self.somebody_breaks_or_mends_the_sheet("header")
            if EMAIL not in self.book.writers:
                self.somebody_breaks_or_mends_the_sheet("right")
            for _ in range(4):
                self.clock.passes(61)
                self.sender.turn()
                self._clear_what_went_astray()
                self.the_sheet_is_read(is_shown=True)
            self.sender.turn()
            assert {key: self._times_written(key) for key in self.kept.keys() - self.taken_out} == dict.fromkeys(
                self.kept.keys() - self.taken_out, 1
            )
            assert self.outbox.entries() == ()
            self._check_places()
        finally:
            self.sender.release()
            self.outbox.close()
            shutil.rmtree(self.folder)

    def _start(self) -> None:
        self.outbox = MortalOutbox(self.folder, source=SOURCE, utc_now=self.clock, daily_limit=1000)
        self.outbox.deaths = self.deaths
        self.sender = Sender(
            self.outbox,
            self.door,
            seen=lambda: self.seen,
            utc_now=self.clock,
            clock=self.clock.seconds,
            lot=lambda: 0.0,
            late=LATE,
        )

    def _turn(self, after: int, *, fates: Sequence[str] = (), looks: Sequence[str] = ()) -> None:
        """Let time pass, and let the sender have its turn; what must have arrived by then has."""
        self.wire.let_arrive(self.clock() + timedelta(seconds=after))
        self.clock.passes(after)
        self.wire.fates, self.wire.looks = [*fates], [*looks]
        try:
            self.sender.turn()
        except Killed:
            self.the_server_starts_again()
        self.wire.fates, self.wire.looks = [], []

    def _clear_what_went_astray(self) -> None:
        """Do what the sentence of such a row says."""
        astray = [entry.key for entry in self.outbox.entries() if entry.code == "google-misplaced"]
        tab = self.book.tab("Berichten")
        tab.rows[:] = [row for row in tab.rows if not set(astray) & set(row)]

    def _type(self) -> None:
        self.typed += 1
        self.book.tab(self._title()).append([43200 + self.typed, "Bo", "", "", "met de hand"])

    def _title(self) -> str:
        return next(tab.title for tab in self.book.tabs if tab.title != "Tips")

    def _times_written(self, key: str) -> int:
        if self.kept[key].tab_key == "posts":
            return sum(key in row for row in self.book.tab(self._title()).rows)
        rows = self.book.tab("Tips").rows
        layout = find_layout(TIPS, rows)
        return sum(key in row_keys("tips", layout, [row]) for row in rows[1:])

    def _check_places(self) -> None:
        """Each value stands under its own header, whatever was done to the columns."""
        rows = self.book.tab("Berichten").rows
        header = rows[0]
        for row in rows[1:]:
            key = next((cell for cell in row if cell in self.kept), None)
            if key is not None:
                found = [row[header.index(name)] if header.index(name) < len(row) else None for name in HEADER]
                serial = (date(2018, 5, 1) - date(1899, 12, 30)).days
                assert found == [serial, "Amina", None, None, self.kept[key].values["title"], None, key]
        assert self.book.tab("Tips").rows[0] == TIPS_HEADER


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """Return the wire that all stories share, for reading a private key takes longer than a story."""
    server = SheetsServer(is_checked=False)
    server.start()
    book = make_book(server)
    door = make_door(server, book)
    reader = GoogleSheet(book.id, credentials=server.service_account(EMAIL), api_url=server.url)
    wire = Wire(server, Clock(), book, door, reader)

    def request(_: requests.Session, method: str, url: str, **options: Any) -> requests.Response:
        return wire.request(method, url, options)

    monkeypatch.setattr(requests.Session, "request", request)
    yield wire
    door.close()
    reader.close()
    server.stop()


@pytest.mark.parametrize("part", range(PARTS))
def test_in_any_story_each_row_comes_in_the_sheet_once(wire: Wire, part: int) -> None:
    del part  # each part draws stories of its own
    Story.wire = wire
    run_state_machine_as_test(
        Story,
        settings=settings(
            max_examples=STORIES // PARTS,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
