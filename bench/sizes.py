"""Does it stay fast when the sheet grows? Parsing and numbers, then a server over sheets of 120 to 100 000 posts.

What is parsed has a hundred influencers from 10 000 posts on; what is served, ten who tell more and more.
"""

import asyncio
import tempfile
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import perf_counter, sleep

from bench.large_book import made_up_book, write_csv_folder
from bench.parsing import in_a_fresh_process
from bench.record import Asked, Figures, asked_table, middle, ratio, table
from bench.servers import Server, product
from bench.viewers import Viewer, all_run, all_stay, viewers
from genkdash.sheet.csv_folder import CsvFolder

PARSED = (100, 10_000, 100_000, 1_000_000)
SERVED = (120, 10_000, 100_000)
PAGES = {"overview": "", "timeline": "timeline"}
INFLUENCERS = 10
RERUNS = 10
REVISIONS = 3
_ABOUT_TO_LOOK = 0.8
_PATIENCE_SECONDS = 120


def measure(figures: Figures, *, runs: int, only: list[str] | None = None) -> Iterator[str]:
    """Add to `figures` what parsing and serving took. Yields a line per size."""
    for posts in PARSED if not only or "parse" in only else ():
        for what, value in in_a_fresh_process(posts).items():
            figures.setdefault(f"{posts}, {what}", []).append(value)
        yield f"{posts} posts parsed: { {key: one[-1] for key, one in figures.items() if key.startswith(f'{posts},')} }"
    for _ in range(runs if not only or "serve" in only else 0):
        for posts in SERVED:
            with tempfile.TemporaryDirectory() as folder:
                yield _served(figures, posts, Path(folder))


def text(figures: Figures) -> str:
    """Return the tables of this section."""
    parsed = [
        [f"{posts}", *(f"{at(what):.3f}" for what in ("parse", "numbers")), f"{at('peak_mb'):.0f}"]
        for posts in PARSED
        if (at := partial(_or_zero, figures, posts))("parse")
    ]
    measures = [*(f"{page} {what}" for page in PAGES for what in ("kB", "rerun ms")), "read s", "edit s", "peak MiB"]
    served = [
        [f"{posts}", *(f"{_or_zero(figures, posts, what):.3g}" for what in measures)]
        for posts in SERVED
        if figures.get(f"{posts}, peak MiB")
    ]
    return "\n\n".join(
        [
            asked_table(asked(figures)),
            table(["posts", "parse s", "numbers s", "peak MiB"], parsed),
            table(["posts served", *measures], served),
        ]
    )


def asked(figures: Figures) -> list[Asked]:
    """Return what was promised of large sheets."""
    least, middle_, most = SERVED
    parts = []
    for page in PAGES:
        parts += [
            Asked(
                f"{page}: bytes of a first run at {posts}, beside {least}",
                2,
                ratio(figures, f"{posts}, {page} kB", f"{least}, {page} kB"),
            )
            for posts in (middle_, most)
        ]
        parts.append(
            Asked(
                f"{page}: processor time of a rerun at {most}, beside {least}",
                2,
                ratio(figures, f"{most}, {page} rerun ms", f"{least}, {page} rerun ms"),
            )
        )
    growth = None
    if figures.get("1000000, parse") and figures.get("10000, parse"):
        growth = _cost(figures, 1_000_000) / _cost(figures, 10_000)
    edit, read = middle(figures, f"{most}, edit s"), middle(figures, f"{most}, read s")
    shown = edit - read if edit is not None and read is not None else None
    return [
        *parts,
        Asked(
            f"{most} posts: a new revision on screen after its read, and at most a look of 0.2 s before it",
            2,
            shown,
            "s",
        ),
        Asked(f"{most} posts: peak memory", 400, middle(figures, f"{most}, peak MiB"), "MiB"),
        Asked("parse and numbers: 1 000 000 beside 10 000 posts (linear is 100)", 110, growth),
    ]


def _served(figures: Figures, posts: int, folder: Path) -> str:
    """Serve a folder of CSV files with so many posts, and measure pages and a new revision."""
    book = made_up_book(posts, influencers=INFLUENCERS)
    sheet = folder / "sheet"
    write_csv_folder(book, sheet)
    began = perf_counter()
    CsvFolder(sheet).read()
    found = {"read s": perf_counter() - began}
    from running import free_port  # noqa: PLC0415  tests/ is on the path by then

    port = free_port()
    settings = {"GENKDASH_DATA_FOLDER": str(folder / "var"), "GENKDASH_MONITORING__METRICS_PORT": str(port)}
    with product(sheet, settings=settings) as server:
        for page, path in PAGES.items():
            found |= {f"{page} {what}": value for what, value in asyncio.run(_page(server, path)).items()}
        found["edit s"] = asyncio.run(_revisions(server, sheet / f"{book.tabs[0].title}.csv", port))
        found["peak MiB"] = server.peak_mib()
    for what, value in found.items():
        figures.setdefault(f"{posts}, {what}", []).append(value)
    return f"{posts} posts served: {found}"


async def _page(server: Server, path: str) -> dict[str, float]:
    """Return the bytes of a first run of a page, and the processor time of running it again."""
    async with viewers(server.url, 1, path) as (early,):
        await _ran(early)
    await asyncio.to_thread(server.wait_until_at_rest)
    async with viewers(server.url, 1, path) as (viewer,):
        await _ran(viewer)
        received = viewer.received
        before = server.cpu_seconds()
        for _ in range(RERUNS):
            await _ran(viewer)
        return {"kB": received / 1000, "rerun ms": (server.cpu_seconds() - before) / RERUNS * 1000}


async def _revisions(server: Server, posts: Path, metrics_port: int) -> float:
    """Save the sheet with a topic that nobody told of, a few times. Return the most seconds until it is on screen.

    Saved when a file that is looked at every second is about to be, so that hardly any waiting for that is in it.

    Raises:
        TimeoutError: it never was.
    """
    async with viewers(server.url, 1) as (viewer,):
        await _ran(viewer)
        seconds = []
        for revision in range(REVISIONS):
            topic = f"Stiemerbeek{revision}"
            viewer.awaited = topic.encode()
            viewer.arrived.clear()
            row = f"2018-08-19,Influencer 1,Instagram,{topic},Over {topic}\n"
            began = await asyncio.to_thread(_save_before_a_look, posts, row, metrics_port)
            staying = asyncio.create_task(all_stay([viewer], _PATIENCE_SECONDS))
            try:
                async with asyncio.timeout(_PATIENCE_SECONDS):
                    await viewer.arrived.wait()
            finally:
                staying.cancel()
                await asyncio.gather(staying, return_exceptions=True)
            seconds.append(perf_counter() - began)
        return max(seconds)


def _save_before_a_look(posts: Path, row: str, metrics_port: int) -> float:
    """Save the file with a row more, as one that is written aside and renamed. Return the moment."""
    aside = posts.with_suffix(".new")
    aside.write_text(posts.read_text(encoding="utf-8") + row, encoding="utf-8")
    while not _ABOUT_TO_LOOK <= _seconds_since_a_look(metrics_port) < 1:
        sleep(0.02)
    began = perf_counter()
    aside.replace(posts)
    return began


def _seconds_since_a_look(metrics_port: int) -> float:
    """Return the age of the picture, which each look at an unchanged file sets to nothing."""
    with urllib.request.urlopen(f"http://127.0.0.1:{metrics_port}/metrics", timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("genkdash_picture_age_seconds "))


async def _ran(viewer: Viewer) -> None:
    """Run a page, or say why it did not."""
    _, failures = await all_run([viewer])
    if failures or viewer.errors:
        raise RuntimeError(f"{failures} {viewer.errors}")


def _cost(figures: Figures, posts: int) -> float:
    return _or_zero(figures, posts, "parse") + _or_zero(figures, posts, "numbers")


def _or_zero(figures: Figures, posts: int, what: str) -> float:
    return middle(figures, f"{posts}, {what}") or 0.0
