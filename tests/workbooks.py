"""Workbooks for tests: a file that somebody could have saved, from plain lists.

    save(tmp_path / "log.xlsx", {"Berichten": [HEADER, row(date(2018, 5, 1), "Amina", "Muziek")], "Campagne": CAMPAIGN})

`"#REF!"` and its like become real error cells, as a failed formula leaves them.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

HEADER = ["Datum", "Influencer", "Platform", "Thema's", "Titel", "Link", "Vorm", "Likes", "Reacties", "Gedeeld"]
HEADER += ["Bereik", "Gemeten op", "Bericht-ID"]
CAMPAIGN = [
    ["Sleutel", "Waarde"],
    ["Naam", "Genk vertelt"],
    ["Start", date(2018, 4, 16)],
    ["Einde", date(2018, 10, 15)],
    ["Peildatum", date(2018, 8, 20)],
]


def row(day: Any = None, influencer: Any = None, topics: Any = None, **others: Any) -> list[Any]:
    """Return a row of Berichten below HEADER; other cells by header, where `Gemeten_op` and `Bericht_ID` have no space.

    `Extra=[...]` adds cells to the right of the contract's columns.
    """
    cells = dict.fromkeys(HEADER) | {"Datum": day, "Influencer": influencer, "Thema's": topics}
    extra = others.pop("Extra", [])
    plain = {name.replace(" ", "_").replace("-", "_"): name for name in HEADER}
    return [*(cells | {plain[name]: cell for name, cell in others.items()}).values(), *extra]


def save(path: Path, tabs: Mapping[str, Sequence[Sequence[Any]]]) -> str:
    """Write a workbook with these tabs, in their order, and return its path as text."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in tabs.items():
        tab = book.create_sheet(title)
        for number, cells in enumerate(rows, start=1):
            for position, cell in enumerate(cells, start=1):
                tab.cell(number, position, cell)
    book.save(path)
    return str(path)


class Log:
    """One person's workbook with a post a day from 1 May 2018 on, and who saves it. `others` are its other tabs."""

    def __init__(self, path: Path, first: str, others: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        self.path = path
        self.titles: list[str] = []
        self._others = others
        self.add(first)

    def add(self, title: str) -> None:
        """Type one more row and save as an office program does: written aside, then renamed."""
        self.titles.append(title)
        rows = [row(date(2018, 5, day), "Amina", "Muziek", Titel=one) for day, one in enumerate(self.titles, start=1)]
        aside = self.path.with_name("~log.tmp")
        save(aside, {"Berichten": [HEADER, *rows], **self._others})
        aside.rename(self.path)
