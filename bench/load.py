"""How long does one wait where many look at once? First runs that all begin together, fragments, memory per viewer."""

import asyncio
from collections.abc import Iterator
from functools import partial

from bench.record import Asked, Figures, asked_table, middle, table
from bench.servers import Server, peer, product
from bench.viewers import Viewer, all_run, all_stay, viewers

COUNTS = {"overview": (10, 50, 100, 200, 400), "naive": (10, 50, 100)}
FRAGMENT_SECONDS = 10.0
"""Every fragment runs once within this, whatever its own interval: each at a moment of its own."""


def measure(figures: Figures, *, runs: int, only: list[str] | None = None) -> Iterator[str]:
    """Add to `figures` what viewers waited and weighed. Yields a line per number of viewers."""
    starts = {"overview": product, "naive": partial(peer, "naive")}
    for _ in range(runs):
        for name, counts in COUNTS.items():
            for count in counts if not only or name in only else ():
                with starts[name]() as server:
                    yield asyncio.run(_look(figures, server, name, count))


def text(figures: Figures) -> str:
    """Return the tables of this section."""
    headings = ["viewers at once", "first run p50 s", "p95 s", "fragment p50 ms", "p95 ms", "errors", "MiB a viewer"]
    measures = (("first p50", 1), ("first p95", 1), ("fragment p50", 1000), ("fragment p95", 1000))
    rows = []
    for name, counts in COUNTS.items():
        for count in counts:
            key = f"{name}, {count}"
            values = [middle(figures, f"{key}, {what}") for what, _ in measures]
            if values[0] is None:
                continue
            shown = [f"{(value or 0) * times:.3g}" for value, (_, times) in zip(values, measures, strict=True)]
            errors, weight = (middle(figures, f"{key}, {what}") or 0 for what in ("errors", "MiB"))
            rows.append([key, *shown, f"{errors:g}", f"{weight:.2f}"])
    return f"{asked_table(asked(figures))}\n\n{table(headings, rows)}"


def asked(figures: Figures) -> list[Asked]:
    """Return what was promised for two hundred viewers."""
    at = partial(middle, figures)
    first, fragment = at("overview, 200, first p95"), at("overview, 200, fragment p95")
    before = at("overview, 50, first p95")
    growth = first / before if first is not None and before else None
    return [
        Asked("200 at once: first run, p95", 3, first, "s"),
        Asked("200: fragments, p95", 100, None if fragment is None else fragment * 1000, "ms"),
        Asked("200: errors", 0, at("overview, 200, errors"), ""),
        Asked("200: memory per viewer", 0.3, at("overview, 200, MiB"), "MiB"),
        Asked("from 50 to 200: first run, p95", 4, growth),
    ]


async def _look(figures: Figures, server: Server, name: str, count: int) -> str:
    """Let so many come at once, and then stay a while."""
    query = "als=staff&taal=nl" if name == "overview" else ""
    async with viewers(server.url, 1, query=query) as early:
        await all_run(early)  # what is made once is not what a viewer weighs
    await asyncio.to_thread(server.wait_until_at_rest)
    before = server.memory_mib()
    async with viewers(server.url, count, query=query) as people:
        first, failures = await all_run(people)
        weight = (server.memory_mib() - before) / count
        for viewer in people:
            viewer.fragments = dict.fromkeys(viewer.fragments, FRAGMENT_SECONDS)
        fragments, more = await all_stay(people, FRAGMENT_SECONDS)
        errors = [*failures, *more, *_told(people)]
    found = {
        "first p50": _quantile(first, 0.5),
        "first p95": _quantile(first, 0.95),
        "fragment p50": _quantile(fragments, 0.5),
        "fragment p95": _quantile(fragments, 0.95),
        "errors": float(len(errors)),
        "MiB": weight,
    }
    for what, value in found.items():
        figures.setdefault(f"{name}, {count}, {what}", []).append(value)
    return f"{name}, {count} viewers: {found} {errors[:2]}"


def _told(people: list[Viewer]) -> list[str]:
    """Return what their users would have been told."""
    return [error for viewer in people for error in viewer.errors]


def _quantile(seconds: list[float], share: float) -> float:
    """Return the value that this share stays below; 0.0 where nothing ran, which the errors then tell."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
