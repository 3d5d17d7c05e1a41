"""How does it look? `make shots` takes every screen, for every audience, size, language, theme and state.

The pictures come under build/shots/<state>/, each as high as its whole content; `index.html` beside them shows all,
with a line where the window of a person ends, and `contact-*.png` many at a time. `--source` takes a sheet of one's
own instead of the states; `--screen`, `--state`, `--language` and `--theme` take a part.
"""

import argparse
import json
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from contact import write_contact_sheets, write_index
from playwright.sync_api import Browser, Page
from states import STATES, made

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from running import IS_DRAWN, chromium, running_dashboard, wait_until_drawn  # noqa: E402  the path is set just above

STAFF = ("overview", "topics", "timeline", "reactions", "lessons", "sheet_check", "log_post")
SCREENS = {
    **{name: ("" if name == "overview" else name, "als=staff") for name in STAFF},
    "person": ("timeline", "als=staff&influencer=Bram"),
    "me": ("", "als=influencer&wie=Bram"),
}
# Whatever the sheet holds, these stay as they are.
STEADY = {name: (name, "als=staff") for name in ("methods", "accessible", "connect")}
SCENES = ("team", "strip", "topics", "since", "lessons", "latest")
SIZES = ((1440, 900), (360, 740))
LARGE = (1920, 1080)
WALLS = (LARGE, (3840, 2160))
LANGUAGES = ("nl", "en")
THEMES = ("light", "dark")
PATIENCE_SECONDS = 20
FIRST_READ_SECONDS = 60

# Null as long as something has to come. After that, two looks differ where words still wrap. The age at the top goes
# on, and takes no other room.
LOOK = f"""() => ({IS_DRAWN})() ? [...document.querySelectorAll('.stApp, .stMain, [data-testid=stMainBlockContainer]')]
    .map(e => `${{e.scrollHeight}} ${{e.querySelectorAll('*').length}}`).join() : null"""
CONTENT = """() => Math.max(innerHeight, ...[...document.querySelectorAll('[data-testid=stMain]')]
    .map(e => e.getBoundingClientRect().top + e.scrollHeight))"""


@dataclass(frozen=True, slots=True)
class Shot:
    """One address to visit, and the sizes at which it is looked at."""

    name: str
    path: str
    query: str
    sizes: tuple[tuple[int, int], ...]
    is_wall: bool = False


def shots_of(state: str) -> list[Shot]:
    """Return what there is to see in a state; the walls' scenes only where they have content."""
    is_full = state == "normal"
    sizes = (*SIZES, LARGE) if is_full else SIZES
    pages = SCREENS | STEADY if is_full else SCREENS
    shots = [Shot(name, path, query, sizes) for name, (path, query) in pages.items()]
    if state in {"normal", "after"}:
        walls = WALLS if is_full else WALLS[:1]
        scenes = (Shot(f"screen_{scene}", "screen", f"scenes={scene}", walls, is_wall=True) for scene in SCENES)
        return [*shots, *scenes]
    return [*shots, Shot("screen", "screen", "", WALLS[:1], is_wall=True)]


def main() -> None:
    """Take the pictures that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", help="workbook or folder of CSV files, instead of the states of the example")
    parser.add_argument("--into", type=Path, default=ROOT / "build" / "shots")
    names = sorted({shot.name for state in STATES for shot in shots_of(state)})
    parser.add_argument("--screen", choices=names, action="append")
    parser.add_argument("--state", choices=list(STATES), action="append")
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--theme", choices=THEMES, action="append")
    parser.add_argument(
        "--tall", action=argparse.BooleanOptionalAction, default=True, help="as high as the content, not as the window"
    )
    options = parser.parse_args()
    states = ["own"] if options.source else options.state or list(STATES)
    with chromium() as browser:
        for state in states:
            folder = options.into / state
            folder.mkdir(parents=True, exist_ok=True)
            with _dashboard(state, options.source) as url:
                for shot in shots_of("normal" if state == "own" else state):
                    if not options.screen or shot.name in options.screen:
                        _take(browser, url, shot, folder, options)
            write_contact_sheets(folder)
    write_index(options.into)
    print(options.into / "index.html")


@contextmanager
def _dashboard(state: str, source: str | None) -> Iterator[str]:
    """Run the dashboard over `source`, or over an example in `state`."""
    if source is not None:
        with running_dashboard(source) as url:
            _wait_for_the_first_read(url)
            yield url
        return
    with tempfile.TemporaryDirectory() as folder, running_dashboard(None, root=made(state, Path(folder))) as url:
        _wait_for_the_first_read(url)
        yield url


def _wait_for_the_first_read(url: str) -> None:
    """Wait until the sheet was read, or could not be: a large one takes longer than the first page.

    Raises:
        TimeoutError: neither was so in time.
    """
    until = time.monotonic() + FIRST_READ_SECONDS
    while time.monotonic() < until:
        try:
            answer = urllib.request.urlopen(f"{url}/readyz", timeout=5)  # noqa: S310  our own server
        except urllib.error.HTTPError as not_ready:  # which says why
            answer = not_ready
        with answer:
            if json.load(answer)["state"] != "starting":
                return
        time.sleep(0.2)
    raise TimeoutError("the sheet was not read")


def _take(browser: Browser, url: str, shot: Shot, folder: Path, options: argparse.Namespace) -> None:
    """Take one screen in each language, theme and size; a page of its own per theme, as a person has one."""
    for language, theme in product(options.language or LANGUAGES, options.theme or THEMES):
        page = browser.new_page(
            color_scheme="dark" if theme == "dark" else "light", locale="nl-BE", reduced_motion="reduce"
        )
        page.set_viewport_size({"width": shot.sizes[0][0], "height": shot.sizes[0][1]})
        page.goto(f"{url}/{shot.path}?taal={language}&{shot.query}")
        wait_until_drawn(page)
        for width, height in shot.sizes:
            page.set_viewport_size({"width": width, "height": height})
            _settle(page)
            if options.tall and not shot.is_wall:  # twice: more room may make room for more
                for _ in range(2):
                    page.set_viewport_size({"width": width, "height": round(page.evaluate(CONTENT))})
                    _settle(page)
            page.screenshot(path=folder / f"{shot.name}-{width}x{height}-{language}-{theme}.png")
        page.close()
        print(f"{folder.name}/{shot.name} {language} {theme}", flush=True)


def _settle(page: Page) -> None:
    """Wait until two looks at the page in a row are the same."""
    before = None
    for _ in range(PATIENCE_SECONDS * 4):
        page.wait_for_timeout(250)
        now = page.evaluate(LOOK)
        if now is not None and now == before:
            return
        before = now


if __name__ == "__main__":
    main()
