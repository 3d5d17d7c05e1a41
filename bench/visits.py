"""What does somebody wait for who opens a page? A visit with a real Chromium, its line and processor slowed by CDP."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext

PATIENCE_SECONDS = 180
_QUIET_MILLISECONDS = 2000


@dataclass(frozen=True, slots=True)
class Profile:
    """How somebody looks. Bytes per second down and up, milliseconds before an answer begins, processor ÷ `slower`."""

    name: str
    width: int
    height: int
    down: int = -1
    up: int = -1
    latency: float = 0
    slower: int = 1


# Chrome's own "Fast 3G": 1.6 and 0.75 Mbit/s less a tenth, 150 ms for a round trip × 3.75 for each request.
PHONE = Profile("phone", 360, 740, down=180_000, up=84_375, latency=562.5, slower=4)
SLOW_DESK = Profile("slow desk", 1440, 900, down=180_000, up=84_375, latency=562.5, slower=4)
DESK = Profile("desk", 1440, 900)


@dataclass(frozen=True, slots=True)
class Signs:
    """How a page shows that it is there: a pattern in its text, what a drawn chart looks like and how many there are.

    `whole` and `rest` are conditions in JavaScript: nothing waits to be drawn, nothing is going on. With `shadows` all
    of it may stand in shadow roots.
    """

    number: str
    charts: int = 0
    chart: str = ".js-plotly-plot:has(.trace, .hm)"
    whole: str = "true"
    rest: str = "true"
    shadows: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """Seconds since the address was entered, and bytes loaded over HTTP, until the page was complete."""

    number: float
    charts: float
    complete: float
    loaded: int
    requests: int


STREAMLIT_IS_WHOLE = """!document.querySelector('[data-testid=stSkeleton]')
    && [...document.querySelectorAll('[data-testid=stPlotlyChart]')]
        .every(e => !e.checkVisibility() || e.querySelector('.trace, .hm'))"""
STREAMLIT_IS_AT_REST = """(() => {
    const app = document.querySelector('.stApp');
    return app?.dataset.testScriptState === 'notRunning' && app.dataset.testConnectionState === 'CONNECTED'
        && !document.querySelector('[data-stale=true]');
})()"""
# Looks every 50 ms, and into shadow roots where Panel draws in them. What was there and went away again counts from its
# return; a fragment that runs later on, without anything to wait for, does not. Looking takes time of the page's own
# processor, more the more there is on it: so what was found is looked at again, and not the whole page.
_WATCH = """((signs, isWhole, isAtRest) => {
    if (window !== window.top) return;
    const seen = window.bench = {number: null, charts: null, complete: null};
    const roots = () => {
        const found = [document];
        for (const root of found)
            for (const e of signs.shadows ? root.querySelectorAll('*') : [])
                if (e.shadowRoot) found.push(e.shadowRoot);
        return found;
    };
    const number = new RegExp(signs.number);
    const says = (e) => number.test(e.innerText || '');
    const holder = () => {
        let found = roots().flatMap(root => [...(root === document ? [document.body] : root.children)]).find(says);
        for (let inner = found; inner; inner = [...inner.children].find(says)) found = inner;
        return found;
    };
    let held;
    const isRead = () => {
        if (!held?.isConnected || !held.checkVisibility() || !says(held)) held = holder();
        return Boolean(held);
    };
    const drawn = () => roots().flatMap(root => [...root.querySelectorAll(signs.chart)])
        .filter(e => e.checkVisibility()).length;
    const note = (what, is) => { seen[what] = is ? seen[what] ?? performance.now() : null; };
    setInterval(() => {
        if (!document.body) return;
        note('number', isRead());
        note('charts', drawn() >= signs.charts && isWhole());
        note('complete', seen.number !== null && seen.charts !== null && (seen.complete !== null || isAtRest()));
    }, 50);
})"""


@contextmanager
def person(browser: Browser, profile: Profile) -> Iterator[BrowserContext]:
    """Yield the browser of somebody new: nothing kept from before."""
    context = browser.new_context(
        viewport={"width": profile.width, "height": profile.height}, locale="nl-BE", color_scheme="light"
    )
    try:
        yield context
    finally:
        context.close()


def visit(context: BrowserContext, url: str, profile: Profile, signs: Signs) -> Visit:
    """Open `url` in a page of its own, wait until it is complete and stays so, and close it.

    Raises:
        TimeoutError: it never was.
    """
    page = context.new_page()
    tools = context.new_cdp_session(page)
    got: list[int] = []
    tools.on("Network.loadingFinished", lambda event: got.append(int(event["encodedDataLength"])))
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", _conditions(profile))
    tools.send("Emulation.setCPUThrottlingRate", {"rate": profile.slower})
    page.add_init_script(_watching(signs))
    page.goto(url, wait_until="commit", timeout=PATIENCE_SECONDS * 1000)
    seen: dict[str, float | None] = {}
    for _ in range(PATIENCE_SECONDS * 2):
        page.wait_for_timeout(500)
        seen = page.evaluate("window.bench && {...window.bench, now: performance.now()}") or {}
        complete, now = seen.get("complete"), seen.get("now") or 0
        if complete is not None and now - complete > _QUIET_MILLISECONDS:
            page.close()
            return Visit(
                number=(seen["number"] or 0) / 1000,
                charts=(seen["charts"] or 0) / 1000,
                complete=complete / 1000,
                loaded=sum(got),
                requests=len(got),
            )
    raise TimeoutError(f"{url} was never complete: {seen}")


def _conditions(profile: Profile) -> dict[str, Any]:
    return {
        "offline": False,
        "latency": profile.latency,
        "downloadThroughput": profile.down,
        "uploadThroughput": profile.up,
    }


def _watching(signs: Signs) -> str:
    """Return the script that notes when each sign was seen."""
    names = ("number", "charts", "chart", "shadows")
    options = json.dumps({name: getattr(signs, name) for name in names})
    return f"{_WATCH}({options}, () => ({signs.whole}), () => ({signs.rest}))"
