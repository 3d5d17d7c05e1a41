"""What does somebody wait for, on a bad phone and at a desk, the first time and the next?

Each candidate is opened with nothing kept from before (cold), and once more in the same browser (warm).
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields

from playwright.sync_api import Browser
from running import chromium

from bench.record import Asked, Figures, asked_table, middle, ratio, table
from bench.servers import Server, peer, product
from bench.visits import (
    DESK,
    PHONE,
    SLOW_DESK,
    STREAMLIT_IS_AT_REST,
    STREAMLIT_IS_WHOLE,
    Profile,
    Signs,
    Visit,
    person,
    visit,
)

_COLUMNS = {"cold": ("number", "charts", "complete", "loaded"), "warm": ("number", "complete", "loaded")}
SUM = r"\d+ / \d+"
_DASH_AT_REST = "document.readyState === 'complete' && !document.querySelector('._dash-loading')"
_PANEL_AT_REST = "window.Bokeh?.documents?.length > 0 && Bokeh.documents.every(one => one.is_idle)"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is opened: which server, which address, how it shows that it is there, and how it is looked at."""

    start: Callable[[], AbstractContextManager[Server]]
    path: str
    signs: Signs
    profiles: tuple[Profile, ...]


def _streamlit(number: str, charts: int = 0) -> Signs:
    return Signs(number, charts, whole=STREAMLIT_IS_WHOLE, rest=STREAMLIT_IS_AT_REST)


CANDIDATES = {
    "me": Candidate(
        product, "/?als=influencer&wie=Bram&taal=nl", _streamlit(r"Verteld\s+\d|\d\s+Verteld"), (PHONE, DESK)
    ),
    "overview": Candidate(product, "/?als=staff&taal=nl", _streamlit(SUM, charts=1), (SLOW_DESK, DESK)),
    "title": Candidate(lambda: peer("title"), "/", _streamlit("Genk vertelt"), (PHONE, SLOW_DESK, DESK)),
    "one_chart": Candidate(lambda: peer("one_chart"), "/", _streamlit("Genk vertelt", 1), (SLOW_DESK, DESK)),
    "naive": Candidate(lambda: peer("naive"), "/", _streamlit(SUM, 3), (SLOW_DESK, DESK)),
    "per_tab": Candidate(lambda: peer("per_tab"), "/", _streamlit(SUM, 3), (SLOW_DESK, DESK)),
    "dash": Candidate(lambda: peer("dash"), "/", Signs(SUM, 3, rest=_DASH_AT_REST), (SLOW_DESK, DESK)),
    "panel": Candidate(
        lambda: peer("panel"),
        "/panel_app",
        Signs(SUM, 3, ".bk-Figure", _PANEL_AT_REST, shadows=True),
        (SLOW_DESK, DESK),
    ),
    "static": Candidate(lambda: peer("static"), "/", Signs(SUM, 3), (SLOW_DESK, DESK)),
}


def measure(figures: Figures, *, runs: int, only: list[str] | None = None) -> Iterator[str]:
    """Add to `figures` what every visit took. Yields a line per visit."""
    names = [name for name in CANDIDATES if not only or name in only]
    with chromium() as browser:
        for _ in range(runs):
            for name in names:
                candidate = CANDIDATES[name]
                with candidate.start() as server:
                    for profile in candidate.profiles:
                        yield from _visits(figures, browser, name, server.url + candidate.path, profile)


def _visits(figures: Figures, browser: Browser, name: str, url: str, profile: Profile) -> Iterator[str]:
    """Open a page cold and warm, and add what that took."""
    signs = CANDIDATES[name].signs
    with person(browser, profile) as context:
        for state in ("cold", "warm"):
            seen = visit(context, url, profile, signs)
            for field in fields(Visit):
                key = f"{name}, {profile.name}, {state}, {field.name}"
                figures.setdefault(key, []).append(float(getattr(seen, field.name)))
            yield f"{name}, {profile.name}, {state}: {seen}"


def text(figures: Figures) -> str:
    """Return the tables of this section."""
    parts = [asked_table(asked(figures))]
    for profile in (PHONE, SLOW_DESK, DESK):
        headings = [profile.name, "number s", "last chart s", "complete s", "kB", "warm: number s", "complete s", "kB"]
        rows = [_row(figures, name, profile) for name in CANDIDATES if profile in CANDIDATES[name].profiles]
        parts.append(table(headings, [row for row in rows if any(row[1:])]))
    return "\n\n".join(parts)


def asked(figures: Figures) -> list[Asked]:
    """Return what was promised of a first look."""
    return [
        Asked(
            "phone, cold: own first number, beside the bare title",
            0.15,
            ratio(figures, "me, phone, cold, number", "title, phone, cold, number"),
        ),
        Asked(
            "phone, cold: page complete and usable, beside the bare title",
            0.7,
            ratio(figures, "me, phone, cold, complete", "title, phone, cold, complete"),
        ),
        Asked(
            "phone, warm: own first number, beside the bare title",
            0.4,
            ratio(figures, "me, phone, warm, number", "title, phone, warm, number"),
        ),
        Asked(
            "overview on the slow line, cold: last chart, beside one chart",
            0.5,
            ratio(figures, "overview, slow desk, cold, charts", "one_chart, slow desk, cold, charts"),
        ),
        Asked(
            "overview, cold: bytes, beside one chart",
            0.35,
            ratio(figures, "overview, slow desk, cold, loaded", "one_chart, slow desk, cold, loaded"),
        ),
        Asked(
            "overview on loopback, cold: last chart, beside one chart",
            1.2,
            ratio(figures, "overview, desk, cold, charts", "one_chart, desk, cold, charts"),
        ),
    ]


def _row(figures: Figures, name: str, profile: Profile) -> list[str]:
    """Return the medians of one candidate."""
    cells = [name]
    for state, measures in _COLUMNS.items():
        for measure_ in measures:
            value = middle(figures, f"{name}, {profile.name}, {state}, {measure_}")
            if measure_ == "charts" and not CANDIDATES[name].signs.charts:
                value = None  # none was waited for
            cells.append("" if value is None else f"{value / 1000:.0f}" if measure_ == "loaded" else f"{value:.1f}")
    return cells
