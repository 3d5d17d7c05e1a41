"""How soon does a chart change after somebody was chosen? In a real browser, from the click to the lane alone."""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from playwright.sync_api import Browser, Page, TimeoutError  # noqa: A004  what its waits raise
from running import chromium

from bench.record import Asked, Figures, asked_table, middle, ratio, table
from bench.servers import peer, product
from bench.visits import DESK, person

_TRIES = 10
CHOSEN = ("Bram", "Noor", "Amina", "Luca", "Elena")
PATHS = {"timeline": "/timeline?als=staff&taal=nl", "naive": "/"}
# The chart that has one lane, after the click that chose: what was drawn before has a lane for everybody.
_WATCH = """name => {
    window.chosen = null;
    let began = null;
    const names = chart => [...chart.querySelectorAll('.ytick')].map(e => e.textContent.trim());
    const look = () => {
        const charts = [...document.querySelectorAll('.js-plotly-plot')];
        if (charts.some(chart => names(chart).join() === name)) window.chosen = performance.now() - began;
        else requestAnimationFrame(look);
    };
    document.addEventListener('click', event => {
        if (began === null && event.target.closest('[role=option]')) { began = performance.now(); look(); }
    }, {capture: true});
}"""


def measure(figures: Figures, *, runs: int, only: list[str] | None = None) -> Iterator[str]:
    """Add to `figures` the milliseconds from each click to its chart. Yields a line per candidate."""
    starts = {"timeline": product, "naive": partial(peer, "naive")}
    with chromium() as browser:
        for _ in range(runs):
            for name, start in starts.items():
                if only and name not in only:
                    continue
                with start() as server:
                    server.wait_until_at_rest()
                    took = _choices(browser, server.url + PATHS[name])
                figures.setdefault(name, []).extend(took)
                yield f"{name}: {took}"


def text(figures: Figures) -> str:
    """Return the tables of this section."""
    asked = [
        Asked("choosing an influencer → chart changed, beside a naive page", 1.1, ratio(figures, "timeline", "naive"))
    ]
    rows = [[name, f"{middle(figures, name) or 0:.0f}"] for name in figures]
    return f"{asked_table(asked)}\n\n{table(['chart after a choice', 'ms'], rows)}"


def _choices(browser: Browser, url: str) -> list[float]:
    """Choose some people one after the other, and return the milliseconds that each took."""
    with person(browser, DESK) as context:
        page = context.new_page()
        page.goto(url)
        page.wait_for_function("() => document.querySelectorAll('.js-plotly-plot .ytick').length > 1")
        _choose(page, "Yannis")  # the first one loads what the others have
        return [_choose(page, name) for name in CHOSEN]


def _choose(page: Page, name: str) -> float:
    """Choose one person in the list, and return the milliseconds until the chart shows that one alone."""
    page.wait_for_function("() => document.querySelector('.stApp').dataset.testScriptState === 'notRunning'")
    page.evaluate(_WATCH, name)
    box, option = page.get_by_role("combobox").first, page.get_by_role("option", name=name, exact=True)
    # a page that draws itself again while somebody types closes the list under their hands
    for _ in range(_TRIES):
        box.click()
        box.fill(name)
        with suppress(TimeoutError):
            option.wait_for(timeout=2_000)
            break
    option.click()
    page.wait_for_function("() => window.chosen !== null")
    return float(page.evaluate("window.chosen"))
