"""What does one fault cost? A feed with its own thread, fifty readers, real sockets, and the limits of every day."""

import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tools")]

from broken_line import BrokenLine  # noqa: E402  after the path is set
from chaos_faults import EMAIL, FAULTS, Fault, Stage, add_a_post, mount, unmount  # noqa: E402
from sheets_server import SheetsServer  # noqa: E402
from sheets_server.workbook import tabs_of  # noqa: E402

from genkdash.i18n import translator  # noqa: E402
from genkdash.live import Feed, State, Store  # noqa: E402
from genkdash.live.store import KeptSheetError  # noqa: E402
from genkdash.sheet.google import GoogleSheet  # noqa: E402

EXAMPLE = ROOT / "genkdash" / "sheet" / "example.xlsx"
READERS = 50
READ_EVERY_SECONDS = 0.1
PATIENCE_SECONDS = 100.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What one fault did. Seconds, but reads in milliseconds; `back_after` None: it did not come back.

    `slow_read` is the one that 999 of 1000 are faster than; `shown` are the states while it lasted, with how it
    is said; `fewest` the least posts anybody saw of `posts`.
    """

    name: str
    shown: str
    slowest_read: float
    slow_read: float
    fewest: int
    posts: int
    requests: int
    lasted: float
    back_after: float | None
    note: str = ""


@dataclass(slots=True)
class Readers:
    """People who look at the picture all the time, each on a thread."""

    feed: Feed
    stage: Stage
    took: list[float] = field(default_factory=list)
    fewest: int = sys.maxsize
    is_measuring: bool = False
    _stopping: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Look, as long as the block lasts."""
        threads = [threading.Thread(target=self._look, daemon=True) for _ in range(READERS)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            for thread in threads:
                thread.join()

    def _look(self) -> None:
        self._stopping.wait(random.random() * READ_EVERY_SECONDS)  # noqa: S311  no secret is drawn
        while not self._stopping.wait(READ_EVERY_SECONDS):
            began = time.perf_counter()
            self.feed.watch()
            self.feed.state(self.stage.now())
            seen = counted(self.feed, self.stage)
            took = time.perf_counter() - began
            if self.is_measuring:
                self.took.append(took)
                self.fewest = min(self.fewest, seen)


def counted(feed: Feed, stage: Stage) -> int:
    """Return how many posts are on screen; 0 without a picture."""
    return 0 if feed.snapshot is None else feed.snapshot.sheet(stage.now()).rows.counted


def finding_of(name: str) -> Finding:
    """Let the fault of that name happen on a stage of its own, and tell what it did."""
    fault = next(fault for fault in FAULTS if fault.name == name)
    with tempfile.TemporaryDirectory() as folder:
        disk = Path(folder)
        is_mounted = fault.needs_disk and mount(disk)
        if fault.needs_disk and not is_mounted:
            return Finding(name, "", 0, 0, 0, 0, 0, 0, None, note="not tried: only root may mount a disk")
        try:
            return _measured(fault, disk)
        finally:
            if is_mounted:
                unmount(disk)


def _measured(fault: Fault, disk: Path) -> Finding:
    with SheetsServer() as server, BrokenLine(server.url) as line:
        book = server.add_spreadsheet("Genk vertelt", tabs_of(EXAMPLE), locale="nl_BE", shared_with=[EMAIL])
        stage = Stage(server, book, line, disk)
        account = server.service_account(EMAIL) | {"token_uri": f"{line.url}/token"}
        sheet = GoogleSheet(book.id, credentials=account, api_url=line.url)
        feed = Feed(sheet, store=Store(disk / "kept", source="chaos"), utc_now=stage.now)
        readers = Readers(feed, stage)
        feed.watch()
        feed.start()
        try:
            _wait(lambda: feed.state(stage.now()).kind == "live", PATIENCE_SECONDS)
            with readers.looking():
                return _broken_and_mended(fault, stage, feed, readers)
        finally:
            feed.stop(timeout_seconds=30)
            stage.mend()
            sheet.close()


def _broken_and_mended(fault: Fault, stage: Stage, feed: Feed, readers: Readers) -> Finding:
    posts, rows = counted(feed, stage), len(stage.book.tab("Berichten").rows)
    asked = _asked(stage, feed)
    began, readers.is_measuring = time.monotonic(), True
    fault.strike(stage)
    shown: dict[str, None] = {}
    while time.monotonic() - began < fault.seconds:
        shown.setdefault(_said(feed.state(stage.now())))
        time.sleep(0.05)
    lasted = time.monotonic() - began
    # What was refused at the door left no trace but the try.
    requests = max(after - before for before, after in zip(asked, _asked(stage, feed), strict=True))

    stage.mend()
    add_a_post(stage)
    mended = time.monotonic()
    # Every row more is a post more; the rest is the header, and the example's slips.
    target = posts + len(stage.book.tab("Berichten").rows) - rows
    is_back = _wait(lambda: _is_back(feed.state(stage.now())) and counted(feed, stage) == target, PATIENCE_SECONDS)
    back_after = time.monotonic() - mended if is_back else None
    took = sorted(readers.took)
    return Finding(
        name=fault.name,
        shown="; then ".join(shown),
        slowest_read=max(took) * 1000,
        slow_read=took[len(took) * 999 // 1000] * 1000,
        fewest=readers.fewest,
        posts=posts,
        requests=requests,
        lasted=lasted,
        back_after=back_after,
    )


def _asked(stage: Stage, feed: Feed) -> tuple[int, int, int]:
    """Return so far: the requests that Google got, the connections that were taken, the tries of the feed."""
    return len(stage.server.log), stage.line.connections, sum(feed.tally.tallied().outcomes.values())


def _said(state: State) -> str:
    """Return what is on screen about the freshness, in the words of the screen."""
    words = translator("en")
    if state.held is not None:
        held = state.held
        reason = words(f"held.{held.code}", tab=held.tab, before=held.before, after=held.after)
    elif state.error is not None:
        reason = words(f"error.{state.error.code}", **state.error.detail)
    elif state.notice is not None:
        reason = words(f"notice.{state.notice}")
    else:
        reason = ""
    return f"**{state.kind}** {reason}".strip()


def _is_back(state: State) -> bool:
    return state.kind == "live" and state.notice is None


def _wait(is_reached: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_reached():
            return True
        time.sleep(0.01)
    return False


def torn_files() -> tuple[int, int]:
    """Return at how many bytes a kept sheet was torn, and how often what was left was taken for a sheet."""
    with tempfile.TemporaryDirectory() as folder, SheetsServer() as server:
        book = server.add_spreadsheet("Genk vertelt", tabs_of(EXAMPLE), locale="nl_BE", shared_with=[EMAIL])
        sheet = GoogleSheet(book.id, credentials=server.service_account(EMAIL), api_url=server.url)
        store = Store(Path(folder), source="chaos")
        feed = Feed(sheet, store=store)
        feed.poll_once()
        sheet.close()
        whole, taken = store.path.read_bytes(), 0
        for kept in range(len(whole)):
            store.path.write_bytes(whole[:kept])
            try:
                taken += store.load() is not None
            except KeptSheetError:
                continue
        return len(whole), taken
