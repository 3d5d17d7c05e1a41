"""How does a test (or `make shots`) get a real dashboard and a real browser? Both on loopback, both real.

`with running_dashboard(source) as url:` starts `streamlit run app.py` in a process of its own;
`with chromium() as browser:` starts the system's Chromium without any connection of its own.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).parent.parent
CHROMIUM_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_START_SECONDS = 90
_SAY_VIOLATIONS = """addEventListener('securitypolicyviolation', event =>
    console.error(`Content Security Policy: ${event.effectiveDirective} ${event.blockedURI}`))"""

IS_DRAWN = """() => {
    const lacks = (part, drawing) => [...document.querySelectorAll(`[data-testid=${part}]`)]
        .some(e => e.checkVisibility() && !e.querySelector(drawing));
    return document.querySelector('.stApp')?.dataset.testScriptState === 'notRunning'
        && !document.querySelector('[data-testid=stSkeleton], [data-stale=true], #first')
        && document.fonts.status === 'loaded'
        && !lacks('stPlotlyChart', '.main-svg') && !lacks('stDataFrame', 'canvas');
}"""
"""Whether nothing has still to come: no run that goes on, no chart without its drawing, no table without its cells."""

violations: list[str] = []
"""What pages did that our policy forbids, from any page of `open_screen`. A browser test that finds one has failed."""
# A context of its own loads and compiles all of Streamlit anew: about twice the time of a page in one that has it.
_shared: WeakKeyDictionary[Browser, BrowserContext] = WeakKeyDictionary()
# How long a test looks for what it expects before it says that it is not there: a busy machine is no failure.
_PATIENCE_MILLISECONDS = 30_000


def find_chromium() -> str | None:
    """Return the path of the system's browser: `CHROMIUM` first, then the usual names."""
    names = [os.environ.get("CHROMIUM", ""), *CHROMIUM_NAMES]
    return next((found for name in names if name and (found := shutil.which(name))), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's browser, and end it."""
    expect.set_options(timeout=_PATIENCE_MILLISECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


def free_port() -> int:
    """Return a port of loopback that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def running_dashboard(
    source: str | None,
    *,
    settings: Mapping[str, str] | None = None,
    log: Path | None = None,
    port: int | None = None,
    root: Path = ROOT,
) -> Iterator[str]:
    """Run the dashboard on `source` (None: the example) and yield its address.

    `settings` are further variables of the environment. The server's output goes to `log`; `port` None is a free one.
    `root` is the folder of `app.py`.
    """
    port = port or free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GENKDASH_")}
    with tempfile.TemporaryDirectory() as folder:
        environment |= {"GENKDASH_DATA_FOLDER": folder, "GENKDASH_SETTINGS": os.devnull}
        # One for all: a server that begins without compresses for half a minute, at the cost of whatever is tested.
        environment |= {"GENKDASH_ASSETS_FOLDER": str(ROOT / "build" / "assets"), **(settings or {})}
        if source is not None:
            environment["GENKDASH_SOURCE"] = source
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            "--server.port",
            str(port),
            "--server.headless",
            "true",
        ]
        output = log or Path(folder) / "server.log"
        with output.open("wb") as file:
            server = subprocess.Popen(command, cwd=root, env=environment, stdout=file, stderr=subprocess.STDOUT)
            try:
                _wait_until_healthy(port, server, output)
                yield f"http://127.0.0.1:{port}"
            finally:
                server.terminate()
                server.wait(20)


def shared_context(browser: Browser) -> BrowserContext:
    """Return the one context of all pages that `open_screen` opens in this browser."""
    if browser not in _shared:
        _shared[browser] = browser.new_context(locale="nl-BE")
    return _shared[browser]


def open_screen(browser: Browser, url: str, *, width: int = 1440, height: int = 900, dark: bool = False) -> Page:
    """Open `url` in a page of its own and wait until the dashboard has drawn it.

    Such pages of one browser share the files of Streamlit that it has loaded, and nothing that it was told to keep
    before the only one of them was opened: no cookie, no choice of light or dark.
    """
    page = shared_context(browser).new_page()
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme="dark" if dark else "light")
    if len(page.context.pages) == 1:
        page.context.clear_cookies()
        page.context.clear_permissions()
        forget = {"origin": urljoin(url, "/").rstrip("/"), "storageTypes": "local_storage,indexeddb,service_workers"}
        page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", forget)
    note_violations(page)
    page.goto(url)
    wait_until_drawn(page)
    return page


def note_violations(page: Page) -> None:
    """Note in `violations` whatever this page will do that our policy forbids, silently or in its console."""
    page.add_init_script(_SAY_VIOLATIONS)
    page.on("console", lambda message: violations.append(message.text) if "policy" in message.text.lower() else None)


def wait_until_drawn(page: Page) -> None:
    """Wait until the page shows its title, and nothing on it has still to come or is a leftover of the run before."""
    page.wait_for_function(f"() => document.querySelector('h1') !== null && ({IS_DRAWN})()")


def _wait_until_healthy(port: int, server: "subprocess.Popen[bytes]", output: Path) -> None:
    """Wait until the server answers.

    Raises:
        RuntimeError: it ended, or did not answer in time; the message holds what it printed.
    """
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"the dashboard did not start:\n{output.read_text(errors='replace')}")
