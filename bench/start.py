"""How soon after its start does a server give the first page? Told from the command to a page that ran to its end."""

import asyncio
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from time import perf_counter

from bench.record import Figures, middle, table
from bench.servers import Server, peer, product
from bench.viewers import all_run, viewers

STAFF = "als=staff&taal=nl"


def measure(figures: Figures, *, runs: int, only: list[str] | None = None) -> Iterator[str]:
    """Add to `figures` the seconds from the command to the first page. Yields a line per start."""
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            ours = partial(product, settings={"GENKDASH_DATA_FOLDER": folder})
            starts: dict[str, tuple[Callable[[], AbstractContextManager[Server]], str]] = {
                "overview, the very first start": (ours, STAFF),
                "overview, a later start": (ours, STAFF),
                "naive": (partial(peer, "naive"), ""),
                "title": (partial(peer, "title"), ""),
            }
            for name, (start, query) in starts.items():
                if only and name.partition(",")[0] not in only:
                    continue
                answers, page = _first_page(start, query)
                figures.setdefault(f"{name}, answers", []).append(answers)
                figures.setdefault(f"{name}, page", []).append(page)
                yield f"{name}: answers after {answers:.2f} s, first page after {page:.2f} s"


def text(figures: Figures) -> str:
    """Return the table of this section."""
    beside = middle(figures, "title, page")
    rows = []
    for key in figures:
        name, _, what = key.rpartition(", ")
        answers, page = middle(figures, f"{name}, answers"), middle(figures, f"{name}, page")
        if what == "page" and answers is not None and page is not None:
            ratio = f"{page / beside:.2f}" if beside else ""
            rows.append([name, f"{answers:.2f}", f"{page:.2f}", ratio])
    return table(["start", "answers s", "first page s", "beside the bare title"], rows)


def _first_page(start: Callable[[], AbstractContextManager[Server]], query: str) -> tuple[float, float]:
    """Start a server. Return the seconds until it answers, and until somebody has a page."""
    began = perf_counter()
    with start() as server:
        answers = perf_counter() - began
        asyncio.run(_look(server, query))
        return answers, perf_counter() - began


async def _look(server: Server, query: str) -> None:
    async with viewers(server.url, 1, query=query) as people:
        _, failures = await all_run(people)
        if failures:
            raise RuntimeError(str(failures))
