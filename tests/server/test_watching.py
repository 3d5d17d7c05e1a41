"""What a program that watches the server learns: over a running dashboard, its metrics, its log and a real socket."""

import json
import re
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from queue import Queue

import pytest
from bare_http import ask_bare
from prometheus_client.parser import text_string_to_metric_families
from running import free_port
from shared_mode import STAFF, Shared, shared_dashboard
from wire import open_tab
from workbooks import CAMPAIGN, HEADER, row, save

NAME, E_MAIL, TITLE, TOPIC = "Canaria", "canaria@genk.example", "CANARY-title", "CANARY-topic"
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class Watched:
    """A dashboard that people sign in to, what systemd would hear, where its metrics are, and its log."""

    shared: Shared
    heard: "Queue[list[str]]"
    metrics_url: str
    log: Path

    def figures(self) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
        """Return every figure of the metrics by its name and labels."""
        text = ask_bare(self.metrics_url, "/metrics").whole.partition(b"\r\n\r\n")[2].decode()
        return {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }

    def figure(self, name: str, **labels: str) -> float | None:
        return self.figures().get((name, frozenset(labels.items())))


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    folder, port = tmp_path_factory.mktemp("watched"), free_port()
    rows = [HEADER, row(date(2018, 5, 1), NAME, TOPIC, Titel=TITLE), row("31/02/2018", NAME, TOPIC)]
    people = [["Naam", "E-mail"], [NAME, E_MAIL]]
    source = save(folder / "log.xlsx", {"Berichten": rows, "Campagne": CAMPAIGN, "Influencers": people})
    # The address of such a socket is short, and a folder of pytest's is not.
    with tempfile.TemporaryDirectory() as short, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(f"{short}/notify")
        told: Queue[list[str]] = Queue()
        # As systemd does, all the time: a socket that nobody reads from is full after a few lines.
        threading.Thread(target=hear, args=(heard, told), daemon=True).start()
        settings = {
            "GENKDASH_MONITORING__METRICS_PORT": str(port),
            "GENKDASH_MONITORING__LOG_LINES": "json",
            "NOTIFY_SOCKET": f"{short}/notify",
            "WATCHDOG_USEC": "400000",
        }
        log = folder / "server.log"
        with shared_dashboard(source, folder, log=log, settings=settings) as shared:
            yield Watched(shared, told, f"http://127.0.0.1:{port}", log)
        # What it says last is read here: no test may stop the server of the others.
        assert told_until(told, "STOPPING=1")


def hear(heard: socket.socket, told: "Queue[list[str]]") -> None:
    """Put the lines of each datagram in `told`, until the last."""
    lines = [""]
    while lines != ["STOPPING=1"]:
        lines = heard.recv(4096).decode().split("\n")
        told.put(lines)


def told_until(told: "Queue[list[str]]", line: str) -> list[str]:
    """Return the lines of the next datagram that holds `line`."""
    while line not in (lines := told.get(timeout=PATIENCE_SECONDS)):
        pass
    return lines


def becomes(reading: Callable[[], object], value: object) -> bool:
    """Ask until the answer is `value`, as somebody who looks again does; False when it stays another."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while (found := reading()) != value and time.monotonic() < give_up:
        time.sleep(0.05)
    return found == value


def test_systemd_hears_that_we_serve_and_then_again_and_again_that_we_live(watched: Watched) -> None:
    first = watched.heard.get(timeout=PATIENCE_SECONDS)
    told = told_until(watched.heard, "WATCHDOG=1")
    while "starting" in told[1]:
        told = told_until(watched.heard, "WATCHDOG=1")
    again = [told, *(told_until(watched.heard, "WATCHDOG=1") for _ in range(2))]
    assert first[0] == "READY=1"
    assert [re.fullmatch(r"STATUS=live: revision 1, \d+ s old", lines[-1]) is not None for lines in again] == [True] * 3


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_everybody_may_ask_whether_it_lives_and_is_ready_and_learns_nothing_else(watched: Watched, path: str) -> None:
    answers = [
        ask_bare(watched.shared.url, path, host="genkdash.example"),
        ask_bare(watched.shared.url, path, X_Forwarded_For="127.0.0.1"),
        ask_bare(watched.shared.url, path, X_Real_Ip="127.0.0.1", cookie=watched.shared.cookie()),
    ]
    said = {"/healthz": b"alive", "/readyz": b'{"ready":true}'}[path]
    assert [(one.status, one.whole.partition(b"\r\n\r\n")[2]) for one in answers] == [(200, said)] * 3
    assert ask_bare(watched.shared.url, path, method="POST").status == 405


def test_a_program_on_this_machine_learns_how_old_the_picture_is(watched: Watched) -> None:
    answer = ask_bare(watched.shared.url, "/readyz", host="localhost")
    said = json.loads(answer.whole.partition(b"\r\n\r\n")[2])
    age = said.pop("age_seconds")
    assert said == {"ready": True, "state": "live", "revision": 1, "from_disk": False}
    assert 0 <= age < 3600


def test_the_metrics_tell_of_the_picture_the_reads_and_the_process(watched: Watched) -> None:
    figures = watched.figures()
    assert watched.figure("genkdash_picture_revision") == 1
    assert watched.figure("genkdash_picture_state", state="live") == 1
    assert watched.figure("genkdash_picture_state", state="down") == 0
    assert watched.figure("genkdash_reader_alive") == 1
    assert watched.figure("genkdash_reads_total", outcome="ok") == 1
    assert watched.figure("genkdash_read_seconds_count") == 1
    assert watched.figure("genkdash_read_seconds_bucket", le="+Inf") == 1
    assert figures["genkdash_read_seconds_sum", frozenset()] > 0
    assert figures["genkdash_picture_age_seconds", frozenset()] >= 0
    assert figures["process_resident_memory_bytes", frozenset()] > 50e6
    assert figures["process_cpu_seconds_total", frozenset()] > 0
    # Nobody logs here, so nothing is known of an outbox: no figure, and above all no zero.
    assert [name for name, _ in figures if "outbox" in name] == []


def test_an_open_page_counts_by_the_role_of_who_opened_it_until_it_is_closed(watched: Watched) -> None:
    def are_open() -> tuple[float | None, float | None]:
        return watched.figure("genkdash_open_pages", role="staff"), watched.figure(
            "genkdash_open_pages", role="influencer"
        )

    young = watched.shared.cookie(email=E_MAIL)
    with open_tab(watched.shared.url, cookie=watched.shared.cookie()), open_tab(watched.shared.url, cookie=young):
        with open_tab(watched.shared.url, cookie=watched.shared.cookie()):
            assert becomes(are_open, (2, 1))
        assert becomes(are_open, (1, 1))
    assert becomes(are_open, (0, 0))


def test_the_log_is_json_and_tells_people_apart_by_a_name_of_the_day(watched: Watched) -> None:
    young = watched.shared.cookie(email=E_MAIL, sub="2")
    for cookie in (young, watched.shared.cookie(sub="1"), young):
        before = len(page_events(watched.log))
        with open_tab(watched.shared.url, cookie=cookie) as tab:
            tab.run()
        assert becomes(lambda: len(page_events(watched.log)) - before, 2)  # noqa: B023  asked before the next
    opened_and_closed = page_events(watched.log)[-6:]
    assert [(one["event"], one["role"]) for one in opened_and_closed] == [
        ("page-opened", "influencer"),
        ("page-closed", "influencer"),
        ("page-opened", "staff"),
        ("page-closed", "staff"),
        ("page-opened", "influencer"),
        ("page-closed", "influencer"),
    ]
    first, _, other, _, again, _ = (one["viewer"] for one in opened_and_closed)
    assert first == again != other
    assert [re.fullmatch("[0-9a-f]{8}", str(name)) is not None for name in (first, other)] == [True, True]
    revision = next(line for line in json_lines(watched.log) if line.get("event") == "revision")
    assert (revision["revision"], revision["level"], revision["logger"]) == (1, "info", "genkdash.live.poller")


def test_nobodys_name_and_nothing_of_the_sheet_is_in_metrics_or_log(watched: Watched) -> None:
    metrics = ask_bare(watched.metrics_url, "/metrics").whole.decode()
    for secret in (NAME, E_MAIL, STAFF, TITLE, TOPIC, "31/02", str(watched.shared.folder), "log.xlsx"):
        assert secret.lower() not in (metrics + watched.log.read_text()).lower()


def test_metrics_are_told_to_this_machine_under_its_own_name_and_nowhere_else(watched: Watched) -> None:
    assert ask_bare(watched.metrics_url, "/metrics", host="metrics.example").status == 403
    assert ask_bare(watched.metrics_url, "/").status == 404
    assert ask_bare(watched.metrics_url, "/metrics", method="POST").status == 404
    for cookie in ({}, {"cookie": watched.shared.cookie()}):
        assert b"genkdash_" not in ask_bare(watched.shared.url, "/metrics", **cookie).whole.partition(b"\r\n\r\n")[2]
    port = int(watched.metrics_url.rpartition(":")[2])
    listening = [line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:] if " 0A " in line]
    assert [address for address in listening if int(address.partition(":")[2], 16) == port] == [f"0100007F:{port:04X}"]


def json_lines(log: Path) -> list[dict[str, object]]:
    """Return the lines of the log; what Streamlit prints at its start, on paper as it were, is none."""
    return [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]


def page_events(log: Path) -> list[dict[str, object]]:
    return [line for line in json_lines(log) if str(line.get("event", "")).startswith("page-")]
