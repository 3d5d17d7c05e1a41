"""How is each candidate started, as its user would, and what does its process cost? Times and memory from Linux."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "bench" / "peers"
BUILD = ROOT / "build" / "bench"
PEERS_BIN = ROOT / "build" / "peers" / "bin"
POSTS = BUILD / "posts.csv"
STREAMLIT_PEERS = ("title", "one_chart", "naive", "per_tab")
PEER_NAMES = (*STREAMLIT_PEERS, "dash", "panel", "static")

_START_SECONDS = 120
_AT_REST_SECONDS = 0.05  # of a processor in a second
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Server:
    """A running candidate. Costs are those of its process and of all that it started."""

    url: str
    pid: int

    def cpu_seconds(self) -> float:
        """Return the processor time that it took so far, to the microsecond: the kernel's clock of each process."""
        return sum(time.clock_gettime((~pid << 3) | 2) for pid in self._pids())

    def memory_mib(self) -> float:
        """Return what it holds in memory now."""
        return sum(_status(pid, "VmRSS") for pid in self._pids())

    def peak_mib(self) -> float:
        """Return the most that it ever held in memory."""
        return sum(_status(pid, "VmHWM") for pid in self._pids())

    def wait_until_at_rest(self) -> None:
        """Wait until it has done what it does once after its start.

        Raises:
            TimeoutError: it goes on and on.
        """
        for _ in range(_START_SECONDS):
            before = self.cpu_seconds()
            time.sleep(1)
            if self.cpu_seconds() - before < _AT_REST_SECONDS:
                return
        raise TimeoutError("it never came to rest")

    def _pids(self) -> list[int]:
        pids, seen = [self.pid], []
        while pids:
            pid = pids.pop()
            seen.append(pid)
            for task in Path(f"/proc/{pid}/task").iterdir():
                with suppress(FileNotFoundError, ProcessLookupError):  # a thread that has just ended
                    pids += [int(child) for child in (task / "children").read_text().split()]
        return seen


@contextmanager
def product(
    source: str | Path | None = None, *, settings: Mapping[str, str] | None = None, log: Path | None = None
) -> Iterator[Server]:
    """Run the dashboard over `source` (None: the example) with `streamlit run app.py`.

    Its data folder is that of the run before, as on a server that has been started before, unless `settings` name one.
    """
    environment = {"GENKDASH_DATA_FOLDER": str(BUILD / "var"), "GENKDASH_SETTINGS": os.devnull, **(settings or {})}
    if source is not None:
        environment["GENKDASH_SOURCE"] = str(source)
    with _running(_streamlit("app.py"), ROOT, environment, "/_stcore/health", log) as server:
        yield server


@contextmanager
def peer(name: str, *, posts: Path = POSTS) -> Iterator[Server]:
    """Run one of `PEER_NAMES` over a CSV of posts, as its own guide says for more than a try-out."""
    environment = {"BENCH_POSTS": str(posts), "PYTHONPATH": str(PEERS)}
    if name in STREAMLIT_PEERS:
        quiet = ["--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none"]
        command, health = [*_streamlit(f"{name}.py"), "--server.address", "127.0.0.1", *quiet], "/_stcore/health"
    elif name == "dash":
        gunicorn = [
            str(PEERS_BIN / "gunicorn"),
            "dash_app:server",
            "--workers",
            "1",
            "--threads",
            "8",
            "--keep-alive",
            "30",
        ]
        command, health = [*gunicorn, "--bind", "127.0.0.1:{port}"], "/"
    elif name == "panel":
        panel = [str(PEERS_BIN / "panel"), "serve", "panel_app.py", "--address", "127.0.0.1"]
        command, health = [*panel, "--port", "{port}", "--allow-websocket-origin", "127.0.0.1:{port}"], "/panel_app"
    else:
        command, health = [sys.executable, "static_page.py", "{port}"], "/"
    with _running(command, PEERS, environment, health, None) as server:
        yield server


def _streamlit(script: str) -> list[str]:
    return [sys.executable, "-m", "streamlit", "run", script, "--server.port", "{port}", "--server.headless", "true"]


@contextmanager
def _running(
    command: list[str], folder: Path, environment: Mapping[str, str], health: str, log: Path | None
) -> Iterator[Server]:
    """Start a command with a free port filled in, wait until it answers, end it."""
    from running import free_port  # noqa: PLC0415  tests/ is on the path by then

    port = str(free_port())
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GENKDASH_")}
    BUILD.mkdir(parents=True, exist_ok=True)
    output = log or BUILD / "server.log"
    with output.open("wb") as file:
        server = subprocess.Popen(  # noqa: S603  our own command lines
            [part.replace("{port}", port) for part in command],
            cwd=folder,
            env={**inherited, **environment},
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_until_it_answers(url + health, server, output)
            yield Server(url, server.pid)
        finally:
            server.terminate()
            server.wait(20)


def _wait_until_it_answers(address: str, server: "subprocess.Popen[bytes]", output: Path) -> None:
    """Wait for the first answer.

    Raises:
        RuntimeError: it ended, or did not answer in time; the message holds what it printed.
    """
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310  loopback
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise RuntimeError(f"it did not start:\n{output.read_text(errors='replace')}")


def _status(pid: int, field: str) -> float:
    """Return one line of what the kernel says of a process, in MiB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 / _MIB for line in lines if line.startswith(f"{field}:"))
