"""How does a test get several dashboards that share one reader? Real processes that can be killed and started again.

Each reads with a service account of its own, so that the stand-in for Google can tell whose request it was.
"""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from running import ROOT, free_port
from sheets_server import SheetsServer, Spreadsheet
from sheets_server.server import Request

_START_SECONDS = 90
HEADER = ["Datum", "Influencer", "Platform", "Thema's", "Titel", "Link", "Bericht-ID", "Telefoon"]
PHONE = "0470 12 34 56"
"""In a column that the contract does not name."""
TABS = {
    "Berichten": [
        HEADER,
        [43330, "Amina", "Instagram", "Muziek", "Eerste bericht", None, None, PHONE],
        [43331, "Bilal", "Instagram", "Sport", "Tweede bericht", None, None],
    ],
    "Tips": [["Datum", "Influencer", "Tip"]],
    "Influencers": [["Naam"], ["Amina"], ["Bilal"]],
    "Thema's": [["Thema"], ["Muziek"], ["Sport"]],
    "Campagne": [["Sleutel", "Waarde"], ["Start", 43206], ["Einde", 43388], ["Peildatum", 43332]],
}


def account_of(number: int) -> str:
    """Return the address with which a process reads."""
    return f"proces-{number}@proef.iam.gserviceaccount.com"


class Dashboard:
    """One process; `number` tells it from the others. What it prints goes to `log`, over all its lives."""

    def __init__(self, number: int, settings: dict[str, str], folder: Path) -> None:
        self.number = number
        self.log = folder / f"server-{number}.log"
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        usual = {name: value for name, value in os.environ.items() if not name.startswith("GENKDASH_")}
        self._environment = usual | {"GENKDASH_SETTINGS": os.devnull} | settings
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; whether it answers yet is another question."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
        with self.log.open("ab") as file:
            self._process = subprocess.Popen(  # noqa: S603  our own program
                [*command, "--server.port", str(self._port)],
                cwd=ROOT,
                env=self._environment,
                stdout=file,
                stderr=subprocess.STDOUT,
            )

    def is_ready(self) -> bool:
        """Tell whether it answers and has numbers to show."""
        if self._process is None or self._process.poll() is not None:
            return False
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2):  # noqa: S310  http, of our own
                return True
        except (urllib.error.URLError, OSError):
            return False

    def wait_until_ready(self) -> None:
        """Wait until it has numbers to show.

        Raises:
            RuntimeError: it did not in time; the message holds what it printed.
        """
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if self.is_ready():
                return
            time.sleep(0.1)
        raise RuntimeError(f"the dashboard did not start:\n{self.log.read_text(errors='replace')}")

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End it, by default without a chance to say anything, and wait until it is gone."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(20)
        self._process = None


@contextmanager
def running_processes(
    count: int,
    google: SheetsServer,
    book: Spreadsheet,
    shared_url: str,
    folder: Path,
    *,
    settings: dict[str, str] | None = None,
) -> Iterator[Sequence[Dashboard]]:
    """Run so many dashboards over one sheet, data folder and shared memory, and yield them once all have numbers."""
    made = []
    for number in range(1, count + 1):
        key = folder / f"key-{number}.json"
        key.write_text(json.dumps(google.service_account(account_of(number))))
        own = {
            "GENKDASH_SOURCE": book.id,
            "GENKDASH_DATA_FOLDER": str(folder / "var"),
            "GENKDASH_ASSETS_FOLDER": str(ROOT / "build" / "assets"),
            "GENKDASH_GOOGLE__SERVICE_ACCOUNT_FILE": str(key),
            "GENKDASH_GOOGLE__API_URL": google.url,
            "GENKDASH_SHARED__URL": shared_url,
        }
        made.append(Dashboard(number, own | (settings or {}), folder))
    try:
        for dashboard in made:
            dashboard.start()
        for dashboard in made:
            dashboard.wait_until_ready()
        yield made
    finally:
        for dashboard in made:
            dashboard.end()


def reads(google: SheetsServer) -> list[Request]:
    """Return the requests that read the whole sheet, which only a feed makes."""
    return [request for request in google.requests("values:batchGet") if len(request.query.get("ranges", ())) > 1]
