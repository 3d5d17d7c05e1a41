"""What do open pages do while the server is away, and how soon are they back? On a desk, a phone and the wall."""

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from playwright.sync_api import Browser, Page  # noqa: E402  after the path is set
from running import chromium, free_port, running_dashboard, wait_until_drawn  # noqa: E402
from workbooks import CAMPAIGN, HEADER, row, save  # noqa: E402

PAGES = {
    "desk": ("?als=staff", 1440, 900),
    "phone": ("?als=influencer&wie=Amina", 360, 740),
    "wall": ("screen?scenes=team", 1920, 1080),
}
PATIENCE_SECONDS = 100.0
CONNECTED = '.stApp[data-test-connection-state="CONNECTED"]'
# The number that a page has in its text once it shows so many posts.
SHOWS = """posts => [...document.querySelectorAll('[data-testid=stMetricValue], strong, h1, h2, p')]
    .some(e => new RegExp(`(^|\\\\D)${posts}(\\\\D|$)`).test(e.textContent))"""


@dataclass(frozen=True, slots=True)
class Absence:
    """What one page did while the server was away for `seconds`; `back_after` None: it did not come back."""

    seconds: float
    page: str
    shown: str
    back_after: float | None
    loads: int

    @property
    def is_bad(self) -> bool:
        """Tell whether the numbers went away, or did not come back."""
        return self.back_after is None or "nothing" in self.shown


def absences(lengths: Sequence[float]) -> Iterator[Absence]:
    """Let the server be away for each of `lengths` seconds, and tell what each open page did."""
    if not lengths:
        return
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        for seconds in lengths:
            yield from _absence(browser, Path(folder), seconds)


def _absence(browser: Browser, folder: Path, seconds: float) -> Iterator[Absence]:
    port, loads = free_port(), dict.fromkeys(PAGES, -1)
    with ExitStack() as server:
        url = server.enter_context(running_dashboard(_log_of(folder, 31), port=port))
        pages = {name: _opened(browser, url, name, loads) for name in PAGES}
    time.sleep(seconds)
    shown = {name: "the last numbers" if page.evaluate(SHOWS, 31) else "nothing" for name, page in pages.items()}
    with running_dashboard(_log_of(folder, 37), port=port):
        began, back = time.monotonic(), dict[str, float]()
        while len(back) < len(pages) and time.monotonic() - began < PATIENCE_SECONDS:
            for name, page in pages.items():
                if name not in back and page.locator(CONNECTED).count() and page.evaluate(SHOWS, 37):
                    back[name] = time.monotonic() - began
            time.sleep(0.05)
        for page in pages.values():
            page.context.close()
    for name in PAGES:
        yield Absence(seconds, name, shown[name], back.get(name), loads[name])


def _opened(browser: Browser, url: str, name: str, loads: dict[str, int]) -> Page:
    path, width, height = PAGES[name]
    page = browser.new_page(viewport={"width": width, "height": height}, locale="nl-BE")

    def count(_: Page) -> None:
        loads[name] += 1

    page.on("load", count)
    page.goto(f"{url}/{path}")
    wait_until_drawn(page)
    page.wait_for_function(SHOWS, arg=31)
    return page


def _log_of(folder: Path, posts: int) -> str:
    rows = [row(date(2018, 5, 1 + number % 28), "Amina", "Muziek") for number in range(posts)]
    people = [["Naam", "Toon op scherm", "Doel"], ["Amina", "ja", 40]]
    return save(folder / "log.xlsx", {"Berichten": [HEADER, *rows], "Influencers": people, "Campagne": CAMPAIGN})
