"""What does somebody cost who only looks? The processor time of the server, per open page and ten seconds.

Measured with one page open and with many; what each further one costs is the difference over their number. What the
server does anyhow, such as reading the sheet, falls out of that. Streamlit's pages run their fragments as a browser
would; Dash's ask whenever their interval says so.
"""

import asyncio
import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlsplit

from bench.record import Asked, Figures, asked_table, middle, ratio, table
from bench.servers import Server, peer, product
from bench.viewers import all_run, all_stay, viewers

FEW, MANY = 1, 41
FEW_SECONDS, MANY_SECONDS = 15.0, 40.0
TICK_SECONDS = 10.0
STAFF = "als=staff&taal=nl"
INFLUENCER = "als=influencer&wie=Bram&taal=nl"


def measure(figures: Figures, *, runs: int, only: list[str] | None = None) -> Iterator[str]:
    """Add to `figures` the milliseconds per further page and ten seconds. Yields a line per candidate."""
    for _ in range(runs):
        for name, look in CANDIDATES.items():
            if only and name not in only:
                continue
            with product() if name in PRODUCT else peer(name) as server:
                look(server, FEW, 1.0)  # what happens once is not what a page costs
                server.wait_until_at_rest()
                few = look(server, FEW, FEW_SECONDS) / FEW_SECONDS
                many = look(server, MANY, MANY_SECONDS) / MANY_SECONDS
            milliseconds = (many - few) / (MANY - FEW) * TICK_SECONDS * 1000
            figures.setdefault(name, []).append(milliseconds)
            yield f"{name}: {milliseconds:.2f} ms per page and 10 s ({few * 10_000:.0f} ms with one page open)"


def text(figures: Figures) -> str:
    """Return the tables of this section."""
    asked = [
        Asked("an idle overview, beside a naive page", 1 / 40, ratio(figures, "overview", "naive")),
        Asked("an idle overview, beside the same page in Dash", 1, ratio(figures, "overview", "dash")),
    ]
    rows = [
        [name, f"{value:.2f}", f"{value / naive:.3f}" if (naive := middle(figures, "naive")) else ""]
        for name in CANDIDATES
        if (value := middle(figures, name)) is not None
    ]
    return f"{asked_table(asked)}\n\n{table(['idle page', 'ms CPU per 10 s', 'beside naive'], rows)}"


def _streamlit(query: str = "") -> Callable[[Server, int, float], float]:
    """Return how tabs of Streamlit are kept open."""

    def look(server: Server, count: int, seconds: float) -> float:
        return asyncio.run(_look(server, count, seconds, query))

    return look


async def _look(server: Server, count: int, seconds: float, query: str) -> float:
    """Keep pages open for a while, and return the processor seconds of that while."""
    async with viewers(server.url, count, query=query) as people:
        _, failures = await all_run(people)
        await asyncio.sleep(1)
        before = server.cpu_seconds()
        _, errors = await all_stay(people, seconds)
        spent = server.cpu_seconds() - before
        if failures or errors or any(viewer.errors for viewer in people):
            raise RuntimeError(f"{failures} {errors} {[viewer.errors for viewer in people]}")
        return spent


def _dash(server: Server, count: int, seconds: float) -> float:
    """Keep pages of Dash open for a while: each asks every ten seconds, on a connection of its own."""
    with urllib.request.urlopen(f"{server.url}/_dash-dependencies") as answer:  # noqa: S310  loopback
        callback = json.load(answer)[0]
    with ThreadPoolExecutor(count) as people:
        connections = [HTTPConnection(urlsplit(server.url).netloc) for _ in range(count)]
        shown = list(people.map(lambda connection: _poll(connection, callback, None), connections))
        time.sleep(1)
        before, began = server.cpu_seconds(), time.monotonic()

        def stay(number: int) -> None:
            for tick in range(round(seconds / TICK_SECONDS)):
                due = began + (tick + number / count) * TICK_SECONDS
                time.sleep(max(due - time.monotonic(), 0))
                _poll(connections[number], callback, shown[number])

        list(people.map(stay, range(count)))
        time.sleep(max(began + seconds - time.monotonic(), 0))
        spent = server.cpu_seconds() - before
        for connection in connections:
            connection.close()
    return spent


def _poll(connection: HTTPConnection, callback: dict[str, str], shown: int | None) -> int | None:
    """Ask as the browser does at a tick, and return the edition that is shown then."""
    outputs = [one.rpartition(".") for one in callback["output"].strip(".").split("...")]
    question = {
        "output": callback["output"],
        "outputs": [{"id": name, "property": part} for name, _, part in outputs],
        "inputs": [{"id": "tick", "property": "n_intervals", "value": 1}],
        "state": [{"id": "edition", "property": "data", "value": shown}],
        "changedPropIds": ["tick.n_intervals"],
    }
    connection.request("POST", "/_dash-update-component", json.dumps(question), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status == 204:
        return shown
    if answer.status != 200:
        raise RuntimeError(f"{answer.status} {body[:200]!r}")
    edition = json.loads(body)["response"].get("edition")  # nothing of it where all is shown already
    return shown if edition is None else int(edition["data"])


PRODUCT = {"overview": STAFF, "me": INFLUENCER}
CANDIDATES: dict[str, Callable[[Server, int, float], float]] = {
    **{name: _streamlit(query) for name, query in PRODUCT.items()},
    "naive": _streamlit(),
    "per_tab": _streamlit(),
    "dash": _dash,
}
