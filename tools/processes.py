"""Do three processes serve on while one is killed every ten seconds? `make processes` tries it for five minutes.

Three dashboards share one reader over a real Redis or Valkey, one data folder and one sheet of the tests' stand-in for
Google. Viewers keep a page open over the websocket, at a process of their own, and go to another one when it is gone,
as Caddy would send them. All the while posts are logged. Ends with 1 when a viewer was shown a page without data, when
two processes read in the same interval, when a reader was not replaced within two, or when a post was lost or doubled.
"""

import argparse
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from redis_server import running_redis  # noqa: E402  the same
from sharing_processes import TABS, Dashboard, account_of, reads, running_processes  # noqa: E402  after the path is set
from sheets_server import SheetsServer, Spreadsheet  # noqa: E402  the same
from websockets.exceptions import WebSocketException  # noqa: E402  the same
from wire import Tab, has_text, open_tab  # noqa: E402  the same

from genkdash.outbox import Outbox, draft_post, new_post_key  # noqa: E402  the same

PROCESSES = 3
INTERVAL_SECONDS = 5.0
KILL_EVERY_SECONDS = 10.0
RESTART_AFTER_SECONDS = 2.0  # RestartSec of the unit
POST_EVERY_SECONDS = 3.0
# A row whose sender was killed is looked for, and not sent, for a minute.
SETTLE_SECONDS = 150.0
BEGIN, END = "<!-- written by make processes -->", "<!-- end of what make processes writes -->"
DATA, LAST = "Amina", "Kattevennen"


@dataclass
class Viewer:
    """One person with a page open. Moments are of the monotonic clock."""

    at: int
    pages: int = 0
    blanks: int = 0
    longest_without: float = 0.0
    has_seen_last: bool = False
    lost_at: float | None = None

    def watch(self, dashboards: Sequence[Dashboard], over: threading.Event) -> None:
        """Look until it is over, at one process after another."""
        while not over.is_set():
            with suppress(OSError, EOFError, TimeoutError, WebSocketException), open_tab(self._url(dashboards)) as tab:
                tab.run()
                self._note(tab)
                while not over.is_set():
                    seen = len(tab.frames)
                    tab.listen(0.5)
                    self.has_seen_last |= any(has_text(frame, LAST) for frame in tab.frames[seen:])
                    del tab.frames[:]
                return
            self.lost_at = self.lost_at or time.monotonic()
            self.at += 1
            over.wait(0.1)

    def _url(self, dashboards: Sequence[Dashboard]) -> str:
        return dashboards[self.at % len(dashboards)].url

    def _note(self, tab: Tab) -> None:
        """Note a page that was drawn, and how long there was none."""
        self.pages += 1
        if not has_text(tab.received(), DATA):
            self.blanks += 1
            print(f"without data: {len(tab.frames)} frames of process {self.at % PROCESSES + 1}", flush=True)
        self.has_seen_last |= has_text(tab.received(), LAST)
        if self.lost_at is not None:
            self.longest_without = max(self.longest_without, time.monotonic() - self.lost_at)
        self.lost_at = None


@dataclass
class Killer:
    """Kills one of the processes now and then, and starts it again as systemd would."""

    dashboards: Sequence[Dashboard]
    google: SheetsServer
    kills: int = 0
    replaced: list[float] = field(default_factory=list)

    def kill(self) -> None:
        """Kill any one; where it was the reader, note how long until another one read."""
        victim = random.choice(self.dashboards)  # noqa: S311  no secret depends on it
        known = reads(self.google)
        was_reader = bool(known) and known[-1].user == account_of(victim.number)
        victim.end()
        at, self.kills = time.time(), self.kills + 1
        time.sleep(RESTART_AFTER_SECONDS)
        victim.start()
        if was_reader:
            threading.Thread(target=self._await_next, args=(at,), daemon=True).start()

    def _await_next(self, killed_at: float) -> None:
        """Note how long the sheet was not read after this kill."""
        while not (later := [request.at for request in reads(self.google) if request.at > killed_at]):
            time.sleep(0.1)
        self.replaced.append(later[0] - killed_at)


def main() -> int:
    """Run it and print what was seen; return 1 where something was not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--viewers", type=int, default=9)
    parser.add_argument("--into", type=Path, help="the paper to write the figures in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, SheetsServer() as google, running_redis(Path(name)) as shared:
        folder = Path(name)
        accounts = [account_of(number + 1) for number in range(PROCESSES)]
        book = google.add_spreadsheet("Genk vertelt", TABS, locale="nl_BE", shared_with=accounts)
        settings = {"GENKDASH_WATCHED_SECONDS": str(INTERVAL_SECONDS), "GENKDASH_LOG__ENABLED": "true"}
        with running_processes(PROCESSES, google, book, shared.url, folder, settings=settings) as dashboards:
            figures, faults = _try(dashboards, google, book, folder, options)
            crashes = sum(dashboard.log.read_text(errors="replace").count("Traceback") for dashboard in dashboards)
    figures.append(f"tracebacks in the logs: {crashes}")
    faults += ["a traceback in a log"] if crashes else []
    told = faults or ["nobody without data, one reader at a time, every post there once"]
    print("\n".join([*figures, *told]))
    if options.into:
        _write(options.into, [*figures, *told], options.minutes)
    return 1 if faults else 0


def _try(
    dashboards: Sequence[Dashboard],
    google: SheetsServer,
    book: Spreadsheet,
    folder: Path,
    options: argparse.Namespace,
) -> tuple[list[str], list[str]]:
    """Kill, log and look for some minutes. Return the figures, and what was not as it should be, in a sentence each."""
    over = threading.Event()
    viewers = [Viewer(at=number) for number in range(options.viewers)]
    threads = [threading.Thread(target=viewer.watch, args=(dashboards, over), daemon=True) for viewer in viewers]
    for thread in threads:
        thread.start()
    killer = Killer(dashboards, google)
    # As the processes keep them: on the same disk.
    outbox = Outbox(folder / "var", source=book.id, utc_now=lambda: datetime.now(UTC), daily_limit=10**6)
    keys = _kill_and_log(killer, outbox, options.minutes * 60)
    _wait(lambda: all(dashboard.is_ready() for dashboard in dashboards) and not outbox.entries())
    left = len(outbox.entries())
    book.tab("Berichten").append([43332, "Bilal", "Instagram", LAST, "Het laatste", None, None])
    _wait(lambda: all(viewer.has_seen_last for viewer in viewers))
    over.set()
    for thread in threads:
        thread.join(10)
    return _told(killer, viewers, book, keys, left)


def _kill_and_log(killer: Killer, outbox: Outbox, seconds: float) -> list[str]:
    """Do so for `seconds`, and return the keys of the posts that were kept."""
    until, keys = time.monotonic() + seconds, list[str]()
    next_kill = time.monotonic() + KILL_EVERY_SECONDS
    while (moment := time.monotonic()) < until:
        if moment >= next_kill:
            next_kill += KILL_EVERY_SECONDS
            killer.kill()
        key = new_post_key()
        day = date(2018, 8, 18) + timedelta(days=len(keys) % 2)
        outbox.put(draft_post(key=key, who="p-1", day=day, influencer="Amina", title=f"Bericht {len(keys) + 1}"))
        keys.append(key)
        time.sleep(POST_EVERY_SECONDS)
    return keys


def _wait(is_reached: Callable[[], bool]) -> None:
    """Wait until it is reached, at most for as long as anything may take to settle."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < deadline and not is_reached():
        time.sleep(0.5)


def _told(
    killer: Killer, viewers: Sequence[Viewer], book: Spreadsheet, keys: Sequence[str], left: int
) -> tuple[list[str], list[str]]:
    """Return the figures, and what was not as it should be."""
    rows = [row for row in book.tab("Berichten").rows if row]
    times = [sum(key in row for row in rows) for key in keys]
    known = reads(killer.google)
    hands = [later.at - earlier.at for earlier, later in pairwise(known) if later.user != earlier.user]
    minutes, readers = (known[-1].at - known[0].at) / 60, len({one.user for one in known})
    blanks, unseen = sum(viewer.blanks for viewer in viewers), sum(not viewer.has_seen_last for viewer in viewers)
    closest, longest = min(hands, default=INTERVAL_SECONDS), max(killer.replaced, default=0.0)
    lost, doubled = sum(count == 0 for count in times), sum(count > 1 for count in times)
    figures = [
        f"kills: {killer.kills}, {len(killer.replaced)} of them of the reader",
        f"viewers: {len(viewers)}; pages drawn: {sum(viewer.pages for viewer in viewers)}; without data: {blanks}",
        f"longest without a page, from the kill to the next one drawn: {max(v.longest_without for v in viewers):.1f} s",
        f"viewers whom the last edit did not reach: {unseen}",
        f"reads of the sheet: {len(known)} in {minutes:.1f} minutes, by {readers} processes",
        f"the reading changed hands: {len(hands)} times; shortest time between reads of two readers: {closest:.1f} s",
        f"longest without a read after the reader was killed: {longest:.1f} s",
        f"posts kept: {len(keys)}; lost: {lost}; doubled: {doubled}; not settled: {left}",
    ]
    faults = {
        "a viewer was shown a page without data": blanks > 0,
        "a viewer did not get the last edit": unseen > 0,
        "a reader was not replaced within two intervals": longest > 2 * INTERVAL_SECONDS,
        "two processes read in the same interval": closest < INTERVAL_SECONDS / 2,
        "a post was lost": lost + left > 0,
        "a post was doubled": doubled > 0,
    }
    return figures, [sentence for sentence, is_so in faults.items() if is_so]


def _write(paper: Path, lines: Sequence[str], minutes: float) -> None:
    """Put the figures in the paper, in the place of those of the time before."""
    before, _, rest = paper.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    head = f"{PROCESSES} processes, one killed every {KILL_EVERY_SECONDS:.0f} s for {minutes:g} minutes:"
    body = "\n".join([head, "", *(f"- {line}" for line in lines)])
    paper.write_text(f"{before}{BEGIN}\n\n{body}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
