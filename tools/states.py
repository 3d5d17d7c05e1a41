"""How does the dashboard look when all is not as it is now? Examples in the states that a campaign goes through.

Over an example everybody may look as each audience, so each state is an example of its own: the dashboard's files in
another folder, with another workbook in the place of the example.
"""

import shutil
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = Path("genkdash") / "sheet" / "example.xlsx"
START, END = date(2018, 4, 16), date(2018, 10, 15)
_TOPICS = ("Muziek", "Sport", "Eten", "Natuur", "School", "Evenementen")


def made(state: str, folder: Path) -> Path:
    """Put a dashboard whose example is in `state` into `folder`, and return where `app.py` is to be run."""
    for name in ("genkdash", "pages", ".streamlit", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "secrets.toml"))
    shutil.copy(ROOT / "app.py", folder)
    example = folder / EXAMPLE
    if state == "unreadable":
        example.write_bytes(b"not a workbook")
        return folder
    book = openpyxl.load_workbook(example)
    STATES[state](book)
    book.save(example)
    return folder


def _normal(_book: Workbook) -> None:
    """Leave the example as it is: halfway, with mistakes in it."""


def _empty(book: Workbook) -> None:
    """Leave the people and the campaign, without a post, a tip or a meeting: a sheet on its first day."""
    _on(book, START)
    for title in ("Berichten", "Tips", "Vergaderingen", "Kalender"):
        _keep_rows(book, title, 0)


def _broken(book: Workbook) -> None:
    """Rename a column without which no post can be read."""
    book["Berichten"]["A1"] = "Wanneer het was"


def _unreadable(_book: Workbook) -> None:
    """Nothing is read at all; `made` writes a file that is no workbook."""


def _before_the_start(book: Workbook) -> None:
    """Six days before it begins; somebody could not wait."""
    _on(book, START - timedelta(days=6))
    for title in ("Berichten", "Tips"):
        _keep_rows(book, title, 0)
    book["Berichten"].append([START - timedelta(days=7), "Bram", "Instagram", "Sport", "Even proberen"])


def _after_the_end(book: Workbook) -> None:
    """Ten days after the end: some went beyond the target, some met it, one did not."""
    _on(book, END + timedelta(days=10))
    posts = book["Berichten"]
    people = [row[0].value for row in book["Influencers"].iter_rows(min_row=2)]
    for place, name in enumerate(people):
        for number in range(place % 4 * 3):
            day = date(2018, 8, 24) + timedelta(days=(number * 7 + place) % 50)
            posts.append([day, name, ("Instagram", "TikTok")[number % 2], _TOPICS[(number + place) % len(_TOPICS)]])


STATES: Mapping[str, Callable[[Workbook], None]] = {
    "normal": _normal,
    "empty": _empty,
    "broken": _broken,
    "unreadable": _unreadable,
    "before": _before_the_start,
    "after": _after_the_end,
}
"""The states by name, each with what it does to the example's workbook."""


def _on(book: Workbook, day: date) -> None:
    """Let the numbers be those of `day`."""
    for key, value in book["Campagne"].iter_rows(min_row=2, max_col=2):
        if key.value == "Peildatum":
            value.value = day


def _keep_rows(book: Workbook, title: str, rows: int) -> None:
    """Keep the header and the first `rows` rows of a tab."""
    tab = book[title]
    tab.delete_rows(2 + rows, tab.max_row)
