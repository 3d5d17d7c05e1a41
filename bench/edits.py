"""How soon is an edit on every open page, and how often is Google asked for it? Against a stand-in for Google."""

import asyncio
import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from sheets_server import SheetsServer, Spreadsheet

from bench.record import Asked, Figures, asked_table, middle, table
from bench.servers import product
from bench.viewers import Viewer, all_run, all_stay, viewers

EMAIL = "genkdash@proef.iam.gserviceaccount.com"
TABS = {
    "Berichten": [["Datum", "Influencer", "Thema's", "Titel"], [43330, "Amina", "Muziek", "Eerste bericht"]],
    "Influencers": [["Naam"], ["Amina"], ["Bilal"]],
    "Thema's": [["Thema"], ["Muziek"]],
    "Campagne": [["Sleutel", "Waarde"], ["Start", 43206], ["Einde", 43388], ["Peildatum", 43332]],
}
COUNTS = (1, 100)
INTERVAL_SECONDS = 5
QUIET_SECONDS = 30.0
EDITS = 3
_PATIENCE_SECONDS = 90


def measure(figures: Figures, *, runs: int, only: list[str] | None = None) -> Iterator[str]:  # noqa: ARG001  as all sections
    """Add to `figures` what an edit took and what Google was asked. Yields a line per number of viewers."""
    with SheetsServer() as google, tempfile.TemporaryDirectory() as folder:
        book = google.add_spreadsheet("Genk vertelt", TABS, locale="nl_BE", shared_with=[EMAIL])
        key = Path(folder) / "key.json"
        key.write_text(json.dumps(google.service_account(EMAIL)))
        settings = {"GENKDASH_GOOGLE__SERVICE_ACCOUNT_FILE": str(key), "GENKDASH_GOOGLE__API_URL": google.url}
        for run in range(runs):
            for count in COUNTS:
                with product(book.id, settings=settings) as server:
                    requests = asyncio.run(_look(figures, google, book, viewers(server.url, count), f"{run}x{count}"))
                    yield f"{count} pages: {requests} requests, edits after {figures[f'{count}, latest'][-EDITS:]} s"


def text(figures: Figures) -> str:
    """Return the tables of this section."""
    one, many = (middle(figures, f"{count}, requests") for count in COUNTS)
    latest = [max(figures[f"{count}, latest"]) if figures.get(f"{count}, latest") else None for count in COUNTS]
    asked = [
        *(
            Asked(f"edit → each of {count} open pages, the slowest of all", INTERVAL_SECONDS + 1, value, "s")
            for count, value in zip(COUNTS, latest, strict=True)
        ),
        Asked(f"requests to Google at {COUNTS[1]}, beside at 1", 1, many / one if one and many is not None else None),
    ]
    rows = [
        [str(count), *(f"{middle(figures, f'{count}, {what}') or 0:.2f}" for what in ("first", "latest", "requests"))]
        for count in COUNTS
    ]
    headings = ["open pages", "edit → first page s", "edit → last page s", f"requests in {QUIET_SECONDS:g} s"]
    return f"{asked_table(asked)}\n\n{table(headings, rows)}"


async def _look(
    figures: Figures,
    google: SheetsServer,
    book: Spreadsheet,
    opened: AbstractAsyncContextManager[list[Viewer]],
    name: str,
) -> int:
    """Keep pages open for a quiet while, then edit the sheet a few times. Return the requests of the quiet while."""
    async with opened as people:
        _, failures = await all_run(people)
        since = time.time()
        _, more = await all_stay(people, QUIET_SECONDS)
        requests = len([one for one in google.log if one.at >= since])
        if failures or more:
            raise RuntimeError(f"{failures} {more}")
        figures.setdefault(f"{len(people)}, requests", []).append(float(requests))
        for edit in range(EDITS):
            await asyncio.sleep(1.7)  # not in step with the interval
            arrivals = await _edit(book, people, f"Stiemer{name}x{edit}")
            figures.setdefault(f"{len(people)}, first", []).append(min(arrivals))
            figures.setdefault(f"{len(people)}, latest", []).append(max(arrivals))
    return requests


async def _edit(book: Spreadsheet, people: list[Viewer], topic: str) -> list[float]:
    """Add a post with a topic that nobody told of, and return after how many seconds each page had it.

    Raises:
        TimeoutError: a page never got it.
    """
    for viewer in people:
        viewer.awaited = topic.encode()
        viewer.arrived.clear()
    staying = asyncio.create_task(all_stay(people, _PATIENCE_SECONDS))
    began = time.perf_counter()
    book.tab("Berichten").append([43331, "Bilal", topic, f"Over {topic}"])

    async def arrival(viewer: Viewer) -> float:
        await viewer.arrived.wait()
        return time.perf_counter() - began

    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            return list(await asyncio.gather(*(arrival(viewer) for viewer in people)))
    finally:
        staying.cancel()
        await asyncio.gather(staying, return_exceptions=True)
