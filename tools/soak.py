"""Does the meeting screen stay as light after hours as it began, and is it never blank? `make soak` tries half an hour.

The screen runs in a real Chromium over a copy of the example that gets a row more every few seconds, and then the rows
it had. In between the server is restarted. A sampler in the page looks at every frame that is drawn; every minute the
heap is measured after a full collection. Ends with 1 when memory grows while a server lives or by more than a megabyte
at a restart, when a frame is blank for too long, or when the page was loaded anew: a wall has nobody who touches it.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

import openpyxl
from playwright.sync_api import Browser, CDPSession, Page

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from running import chromium, free_port, running_dashboard  # noqa: E402  after the path is set

EXAMPLE = ROOT / "genkdash" / "sheet" / "example.xlsx"
EDIT_SECONDS = 10
ROWS_MORE = 12
LONGEST_BLANK_MILLISECONDS = 100
MOST_GROWTH = 0.05  # between the first and the last third of a server's life
MOST_BYTES_PER_RESTART = 1_000_000

# Looks at every frame from the first scene on. A scene without a letter that can be seen is a blank one; what counts is
# how long it stays so. `behind` is the longest time without any frame: a busy machine, not a blank screen.
SAMPLER = """() => {
    const seen = window.soak = {frames: 0, blanks: 0, longest: 0, behind: 0, scenes: 0, lost: 0};
    let since = null, last = null, title = null;
    const isShown = () => {
        const h1 = document.querySelector('.screen h1');
        const isThere = h1 && h1.textContent.trim() && h1.getClientRects().length
            && h1.checkVisibility({opacityProperty: true, visibilityProperty: true});
        if (isThere && h1.textContent !== title) { title = h1.textContent; seen.scenes += 1; }
        return isThere;
    };
    const look = now => {
        seen.frames += 1;
        if (last !== null) seen.behind = Math.max(seen.behind, now - last);
        last = now;
        if (isShown()) {
            if (since !== null) seen.longest = Math.max(seen.longest, now - since);
            since = null;
        } else if (since === null) {
            since = now;
            seen.blanks += 1;
        } else {
            seen.longest = Math.max(seen.longest, now - since);
        }
        if (document.querySelector('.stApp:not([data-test-connection-state="CONNECTED"])')) seen.lost += 1;
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}"""


@dataclass(frozen=True, slots=True)
class Sample:
    """One minute's measurement; `heap` in bytes after a full collection, blank and behind in milliseconds."""

    life: int
    minute: float
    heap: int
    nodes: int
    listeners: int
    scenes: int
    blanks: int
    longest_blank: float
    longest_behind: float
    edits: int

    def line(self) -> str:
        """Return the sample as a line of the table."""
        return (
            f"{self.life:6d} {self.minute:7.1f} {self.heap / 1e6:8.2f} {self.nodes:7d} {self.listeners:9d} "
            f"{self.edits:6d} {self.scenes:7d} {self.blanks:7d} {self.longest_blank:10.0f} {self.longest_behind:10.0f}"
        )


HEADER = "server  minute  heap MB   nodes listeners  edits  scenes  blanks  blank ms  behind ms"


def main() -> int:
    """Run the soak and print its table; return 1 where something grew or was blank."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--restarts", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=5, help="how long a scene stays")
    parser.add_argument("--every", type=float, default=60, help="seconds between two measurements")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        log = Path(folder) / "log.xlsx"
        editions = _editions(log)
        next(editions)
        samples, loads = _soak(browser, log, editions, options)
    faults = _faults(samples, loads)
    print("\n".join(faults) if faults else "flat, and never blank")
    return 1 if faults else 0


def _soak(
    browser: Browser, log: Path, editions: Iterator[int], options: argparse.Namespace
) -> tuple[list[Sample], list[str]]:
    """Watch one page over all lives of the server. Return the samples, and the addresses it loaded."""
    port, began = free_port(), time.monotonic()
    loads: list[str] = []
    samples: list[Sample] = []
    page = browser.new_page(viewport={"width": 1920, "height": 1080}, locale="nl-BE")
    page.on("load", lambda loaded: loads.append(loaded.url))
    tools = page.context.new_cdp_session(page)
    print(HEADER)
    lives = options.restarts + 1
    for life in range(1, lives + 1):
        until = began + options.minutes * 60 * life / lives
        with running_dashboard(str(log), port=port) as url:
            if life == 1:
                page.goto(f"{url}/screen?seconds={options.seconds}")
                page.locator(".screen h1").wait_for()
                page.evaluate(SAMPLER)
            while (left := until - time.monotonic()) > 0:
                seconds = min(left, options.every)
                samples.append(_minute_of(page, tools, editions, life=life, began=began, seconds=seconds))
                print(samples[-1].line(), flush=True)
        if life < lives:
            page.wait_for_timeout(10_000)  # as long as a server may be away; the screen keeps its picture
    return samples, loads


def _minute_of(  # noqa: PLR0913  a measurement needs all of it
    page: Page, tools: CDPSession, editions: Iterator[int], *, life: int, began: float, seconds: float
) -> Sample:
    """Save the workbook now and then for `seconds`, and measure at the end."""
    end, edits = time.monotonic() + seconds, 0
    while (left := end - time.monotonic()) > 0:
        page.wait_for_timeout(min(left, EDIT_SECONDS) * 1000)
        edits = next(editions)
    # The same scene each time: one has more in it than another. A handle on an element would keep it alive.
    page.locator(".screen.is-team").wait_for(timeout=120_000)
    for _ in range(2):  # what the first one finds may keep more alive
        tools.send("HeapProfiler.collectGarbage")
    seen = page.evaluate("window.soak")
    counters = tools.send("Memory.getDOMCounters")
    return Sample(
        life=life,
        minute=(time.monotonic() - began) / 60,
        heap=tools.send("Runtime.getHeapUsage")["usedSize"],
        nodes=counters["nodes"],
        listeners=counters["jsEventListeners"],
        scenes=seen["scenes"],
        blanks=seen["blanks"],
        longest_blank=seen["longest"],
        longest_behind=seen["behind"],
        edits=edits,
    )


def _editions(log: Path) -> Iterator[int]:
    """Save the example with one row more each time, then with none, and so on. Yield how often it was saved."""
    for saved, more in enumerate(cycle(range(ROWS_MORE + 1)), start=1):
        book = openpyxl.load_workbook(EXAMPLE)
        for number in range(more):
            day = date(2018, 8, 19) - timedelta(days=number)
            book["Berichten"].append([day, ("Amina", "Bram", "Noor")[number % 3], "Instagram", "Muziek"])
        aside = log.with_suffix(".new")
        book.save(aside)
        aside.replace(log)
        yield saved


def _faults(samples: list[Sample], loads: list[str]) -> list[str]:
    """Return what went wrong, in a sentence each."""
    faults = []
    lives = [[sample for sample in samples if sample.life == life] for life in range(1, samples[-1].life + 1)]
    for name in ("heap", "nodes"):
        for number, life in enumerate(lives, start=1):
            third = max(len(life) // 3, 1)
            before, after = (_least(name, part) for part in (life[:third], life[-third:]))
            print(f"{name}, server {number}: {before:,.0f}, at its end {after:,.0f} ({after / before - 1:+.1%})")
            if after > before * (1 + MOST_GROWTH):
                faults.append(f"{name} grew by {after / before - 1:.1%} while server {number} lived")
    if len(lives) > 1:
        step = (_least("heap", lives[-1]) - _least("heap", lives[0])) / (len(lives) - 1)
        print(f"heap: {step:+,.0f} bytes per restart")
        if step > MOST_BYTES_PER_RESTART:
            faults.append(f"the heap grew by {step:,.0f} bytes at a restart")
    longest = samples[-1].longest_blank
    if longest > LONGEST_BLANK_MILLISECONDS:
        faults.append(f"the screen was blank for {longest:.0f} ms")
    if len(loads) != 1:
        faults.append(f"the page was loaded {len(loads)} times")
    return faults


def _least(name: str, samples: list[Sample]) -> float:
    """Return the lowest value of one measure: what waits to be collected comes on top of it now and then."""
    return float(min(getattr(sample, name) for sample in samples))


if __name__ == "__main__":
    sys.exit(main())
