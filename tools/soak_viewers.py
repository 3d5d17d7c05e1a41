"""Does the server stay as light with thirty viewers and a sheet that changes? `make soak-viewers` tries an hour.

Staff, young people and meeting screens look at a dashboard over a stand-in for Google, over the websocket that a
browser would open. They stay a while, leave and come back; somebody types in the sheet at random moments. Once a
minute the server says over its own metrics how much memory it holds. Ends with 1 when memory grows by more than 5 MiB
an hour after the first ten minutes, when its log holds an error, when a page broke, or when edits stopped arriving.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from prometheus_client.parser import text_string_to_metric_families  # noqa: E402  after the path is set
from running import free_port  # noqa: E402
from shared_mode import Shared, shared_dashboard  # noqa: E402
from sheets_server import SheetsServer, Spreadsheet  # noqa: E402
from sheets_server.workbook import tabs_of  # noqa: E402
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg  # noqa: E402
from wire import Tab, open_tab  # noqa: E402

from genkdash.access.links import LINK_COOKIE, LinkRegister  # noqa: E402
from genkdash.live.clock import now  # noqa: E402

EXAMPLE = ROOT / "genkdash" / "sheet" / "example.xlsx"
ROBOT = "genkdash@proef.iam.gserviceaccount.com"
NAMES = ("Amina", "Bram", "Noor")
STAFF_PAGES = ("", "topics", "timeline", "reactions", "lessons", "sheet_check")
STAY_SECONDS = (20.0, 180.0)
AWAY_SECONDS = (0.0, 10.0)
EDIT_SECONDS = (1.0, 20.0)
MOST_ROWS_MORE = 20
MOST_GROWTH = 5.0  # MiB an hour
JUDGED_MINUTES = 30.0  # of a shorter time the rounding of the allocator is most of what is seen
MIB = 2**20


@dataclass(frozen=True, slots=True)
class Sample:
    """One measurement: minutes since the start, memory in MiB, processor time since the last one as a share of a core.

    `pages` are open now, `visits` were opened since the start; `edits` were typed, `revisions` came of them, `reads`
    were made; `warnings` and `errors` stand in the log.
    """

    minute: float
    memory: float
    cpu: float
    pages: int
    visits: int
    edits: int
    revisions: int
    reads: int
    warnings: int
    errors: int

    def row(self) -> str:
        """Return it as a row of a table."""
        return (
            f"| {self.minute:.1f} | {self.memory:.1f} | {self.cpu:.0%} | {self.pages} | {self.visits} | {self.edits} "
            f"| {self.revisions} | {self.reads} | {self.warnings} | {self.errors} |"
        )


HEADER = ("| " + " | ".join(field.name for field in fields(Sample)) + " |\n|" + "---:|" * len(fields(Sample))).replace(
    "memory", "memory, MiB"
)


class Crowd:
    """The viewers and the one who types, each a thread; `broken` says what went wrong for whom, `edits` how many."""

    def __init__(self, shared: Shared, book: Spreadsheet, lot: random.Random) -> None:
        self.broken: Counter[str] = Counter()
        self.edits = 0
        self._shared = shared
        self._book = book
        self._lot = lot
        self._stopping = threading.Event()
        self._began = time.monotonic()

    @contextmanager
    def at_work(self, viewers: int) -> Iterator[None]:
        """Let so many look, and one type, for as long as it takes."""
        people = [(self._look, role) for role in _roles(viewers, self._shared)]
        threads = [threading.Thread(target=work, args=args, daemon=True) for work, *args in [*people, (self._type,)]]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            for thread in threads:
                thread.join(60)

    def _look(self, who: "tuple[str, Sequence[str]]") -> None:
        cookie, pages = who
        while not self._stopping.is_set():
            try:
                with open_tab(self._shared.url, self._lot.choice(pages), cookie=cookie) as tab:
                    tab.run()
                    self._stay(tab, time.monotonic() + self._lot.uniform(*STAY_SECONDS))
            except Exception as error:  # noqa: BLE001  whatever breaks a visit is what this looks for
                self.broken[f"{error} ({pages[0] or 'overview'}, minute {self._minute():.1f})"] += 1
            self._stopping.wait(self._lot.uniform(*AWAY_SECONDS))

    def _minute(self) -> float:
        return (time.monotonic() - self._began) / 60

    def _stay(self, tab: Tab, until: float) -> None:
        """Take what the server sends, and run what is due, as an open tab does."""
        due = {fragment: time.monotonic() + seconds for fragment, seconds in tab.fragments.items()}
        while (at := time.monotonic()) < until and not self._stopping.is_set():
            for fragment in [one for one, moment in due.items() if moment <= at]:
                tab.run(fragment)
            due = {one: due.get(one, at) if due.get(one, 0) > at else at + tab.fragments[one] for one in tab.fragments}
            tab.listen(min(until, *due.values(), at + 2) - at)
            self.broken.update(_broken(tab))

    def _type(self) -> None:
        """Log posts, set reactions right, and take posts out again, at random moments."""
        posts = self._book.tab("Berichten")
        first = posts.used_rows()
        while not self._stopping.wait(self._lot.uniform(*EDIT_SECONDS)):
            more = posts.used_rows() - first
            if more and (more >= MOST_ROWS_MORE or self._lot.random() < 0.4):
                posts.delete_rows(first, first + 1)
            else:
                day = date(2018, 8, 19) - timedelta(days=self._lot.randrange(60))
                posts.append([day, self._lot.choice(NAMES), "Instagram", "Muziek", f"Bericht {self.edits}"])
            self._book.touch()
            self.edits += 1


def main() -> int:
    """Run the soak and print its table; return 1 where something grew or broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--warm-up", type=float, default=10, help="minutes before growth counts")
    parser.add_argument("--viewers", type=int, default=30)
    parser.add_argument("--every", type=float, default=60, help="seconds between two measurements")
    parser.add_argument("--seed", type=int, default=2018)
    parser.add_argument(
        "--into", type=Path, help="a paper to write the outcome in, between <!-- soak:viewers --> marks"
    )
    parser.add_argument("--log", type=Path, help="where to leave the log of the server")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        log = options.log or Path(folder) / "server.log"
        samples, broken = _soak(Path(folder), log, options)
        told = _log_lines(log)
    verdict = _verdict(samples, broken, told, options)
    print("\n".join(verdict))
    if options.into is not None:
        _write(options.into, samples, verdict, options)
    return int(any(line.startswith("FAULT") for line in verdict))


def _soak(folder: Path, log: Path, options: argparse.Namespace) -> tuple[list[Sample], Counter[str]]:
    """Watch one server; return the samples, and what broke for the viewers."""
    port = free_port()
    with SheetsServer(is_checked=False) as google:
        book = google.add_spreadsheet("Genk vertelt", _tabs(), locale="nl_BE", shared_with=[ROBOT])
        (folder / "key.json").write_text(json.dumps(google.service_account(ROBOT)), encoding="utf-8")
        settings = {
            "GENKDASH_GOOGLE__SERVICE_ACCOUNT_FILE": str(folder / "key.json"),
            "GENKDASH_GOOGLE__API_URL": google.url,
            "GENKDASH_MONITORING__METRICS_PORT": str(port),
            "GENKDASH_MONITORING__LOG_LINES": "json",
        }
        with shared_dashboard(book.id, folder, log=log, settings=settings) as shared:
            # Before the first read nobody is known who is known by the sheet.
            while _figures(port)["genkdash_picture_revision"] == 0:
                time.sleep(0.1)
            crowd = Crowd(shared, book, random.Random(options.seed))  # noqa: S311  chance, not a secret
            with crowd.at_work(options.viewers):
                return list(_samples(port, crowd, options)), crowd.broken


def _samples(port: int, crowd: Crowd, options: argparse.Namespace) -> Iterator[Sample]:
    print(HEADER)
    began = before = time.monotonic()
    cpu_before = 0.0
    while (at := time.monotonic()) < began + options.minutes * 60:
        time.sleep(min(options.every, began + options.minutes * 60 - at))
        figures, at = _figures(port), time.monotonic()
        sample = Sample(
            minute=(at - began) / 60,
            memory=figures["process_resident_memory_bytes"] / MIB,
            cpu=(figures["process_cpu_seconds_total"] - cpu_before) / (at - before),
            pages=int(figures["genkdash_open_pages"]),
            visits=int(figures["genkdash_pages_opened_total"]),
            edits=crowd.edits,
            revisions=int(figures["genkdash_picture_revision"]),
            reads=int(figures["genkdash_reads_total"]),
            warnings=int(figures["warning"]),
            errors=int(figures["error"] + figures["critical"]),
        )
        cpu_before, before = figures["process_cpu_seconds_total"], at
        print(sample.row(), flush=True)
        yield sample


def _figures(port: int) -> Counter[str]:
    """Return the server's figures, summed over their labels; of its log lines by their level."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
        families = text_string_to_metric_families(answer.read().decode())
    figures: Counter[str] = Counter()
    for family in families:
        for one in family.samples:
            figures[one.labels["level"] if one.name == "genkdash_log_lines_total" else one.name] += one.value  # type: ignore[assignment]  # a Counter of floats
    return figures


def _verdict(
    samples: Sequence[Sample], broken: Counter[str], told: Sequence[str], options: argparse.Namespace
) -> list[str]:
    """Return what was found, a sentence each; what is wrong begins with FAULT."""
    found = []
    kept = [sample for sample in samples if sample.minute > options.warm_up]
    third = len(kept) // 3
    if third:
        first, last = kept[:third], kept[-third:]
        hours = (statistics.fmean(one.minute for one in last) - statistics.fmean(one.minute for one in first)) / 60
        step = statistics.median(one.memory for one in last) - statistics.median(one.memory for one in first)
        is_judged = options.minutes - options.warm_up >= JUDGED_MINUTES
        sentence = (
            f"memory {step:+.1f} MiB between the first and the last third after {options.warm_up:g} minutes, "
            f"{step / hours:+.1f} MiB an hour{'' if is_judged else ' (too short a time to judge)'}"
        )
        found.append(f"FAULT: {sentence}" if is_judged and step / hours > MOST_GROWTH else sentence)
    if samples[-1].revisions < samples[-1].edits / 10:
        found.append(f"FAULT: {samples[-1].edits} edits became only {samples[-1].revisions} revisions")
    found += [f"FAULT: {count} × {what}, for a viewer" for what, count in broken.items()]
    found += [f"FAULT: in the log: {line}" for line in told]
    if not any(line.startswith("FAULT") for line in found):
        found.append("no page broke, and no error stands in the log")
    return found


def _log_lines(log: Path) -> list[str]:
    """Return what the log says of errors, and lines that look like one."""
    lines = log.read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines if line.startswith("{")]
    bad = [line["message"] for line in told if line["level"] in {"error", "critical"}]
    return bad + [line for line in lines if "Traceback" in line]


def _broken(tab: Tab) -> Iterator[str]:
    """Yield what the frames so far say of a page that broke, and let go of them."""
    frames, tab.frames = tab.frames, []
    for frame in frames:
        message = ForwardMsg()
        message.ParseFromString(frame)
        if message.delta.new_element.WhichOneof("type") == "exception":
            yield f"an error on a page ({message.delta.new_element.exception.type})"
        elif message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            yield "a script that can't be run"


def _roles(viewers: int, shared: Shared) -> list[tuple[str, Sequence[str]]]:
    """Return the cookie and the pages of each: of ten, seven are staff, two young people and one is a screen."""
    until = now() + timedelta(days=2)
    register = LinkRegister(shared.folder)
    _, screen = register.new("screen", until=until, at=now())
    roles: list[tuple[str, Sequence[str]]] = []
    for number in range(viewers):
        if number % 10 == 9:
            roles.append((f"{LINK_COOKIE}={screen}", ("screen",)))
        elif number % 10 >= 7:
            _, token = register.new("influencer", influencer=NAMES[number % 3], until=until, at=now())
            roles.append((f"{LINK_COOKIE}={token}", ("me",)))
        else:
            roles.append((shared.cookie(sub=str(number)), STAFF_PAGES))
    return roles


def _tabs() -> dict[str, list[list[object]]]:
    """Return the example, with its rows as long as its header."""
    return {title: [list(row) for row in rows] for title, rows in tabs_of(EXAMPLE).items()}


def _write(paper: Path, samples: Sequence[Sample], verdict: Sequence[str], options: argparse.Namespace) -> None:
    """Put the outcome in the paper, in place of the one before; of a long run a line for every five minutes or so."""
    step = max(len(samples) // 14, 1)
    shown = [sample for number, sample in enumerate(samples, start=1) if number % step == 0 or sample is samples[-1]]
    told = [
        f"{options.minutes:g} minutes, {options.viewers} viewers, {now().date()}, {os.cpu_count()} cores:",
        "",
        HEADER,
        *(sample.row() for sample in shown),
        "",
        *(f"- {line}" for line in verdict),
    ]
    text = paper.read_text(encoding="utf-8")
    before, mark, rest = text.partition("<!-- soak:viewers -->\n")
    _, end, after = rest.partition("<!-- /soak:viewers -->")
    if not mark or not end:
        raise SystemExit(f"{paper} has no <!-- soak:viewers --> marks")
    paper.write_text(before + mark + "\n".join(told) + "\n" + end + after, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
