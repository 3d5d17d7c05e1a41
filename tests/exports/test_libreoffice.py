"""LibreOffice opens what staff takes along, set to Flanders as at the city, and gives back the same cells."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from genkdash.exports.cells import DECIMALS, Cell, rows_of
from genkdash.exports.csv_file import csv_bytes
from genkdash.exports.tables import TABLES, TableName
from genkdash.exports.xlsx_file import xlsx_bytes
from genkdash.i18n import translator
from genkdash.safe_text import for_spreadsheet
from genkdash.sheet.parse import parse
from genkdash.sheet.sample import Example

WORDS = translator("nl")
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
# semicolons, double quotes, UTF-8, from the first row, as in Flanders (0x0813), quotes are only quotes, days are days
AS_CSV = "--infilter=Text - txt - csv (StarCalc):59,34,76,1,,2067,false,true"
STUBBORN = pd.DataFrame(
    {
        "Tekst": [
            "=1+1",
            "+32 89 65 00 00",
            "-2",
            "@SUM(A1)",
            "|calc",
            "Jan; Piet",
            'Zeg "ja"',
            "Zoë 🎸",
            "een\ntwee",
        ],
        "Getal": [8.25, 1 / 3, -6.5, 0.0, 1234567.0, 12.0, 0.0004, 99.9999, 3.0],
        "Dag": [date(2018, 8, 5), date(2018, 12, 31), None, date(2020, 2, 29), *[date(2018, 1, 1)] * 5],
    },
    dtype="object",
)

pytestmark = pytest.mark.skipif(OFFICE is None, reason="no LibreOffice here: sudo apt install libreoffice-calc")

Row = list[Cell]


@pytest.fixture(scope="module")
def tables() -> Mapping[str, pd.DataFrame]:
    """All that can be taken along of the example, and a table of what goes wrong elsewhere."""
    sheet = parse(Example().read(), today=date(2018, 8, 20))
    return {**{name: TABLES[name](sheet, WORDS) for name in get_args(TableName)}, "stubborn": STUBBORN}


def opened(files: list[Path], folder: Path, *options: str) -> list[CalamineWorkbook]:
    """Open each file in LibreOffice, save it in LibreOffice's own format, and read that."""
    into = folder / "ods"
    command = [str(OFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", *options]
    command += ["--convert-to", "ods", "--outdir", str(into), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "HOME": str(folder)})  # noqa: S603  our own files
    return [CalamineWorkbook.from_path(into / f"{file.stem}.ods") for file in files]


def cells(book: CalamineWorkbook, number: int) -> list[Row]:
    """Return the rows of one sheet of a book; what is empty is None, at the end of a row too."""
    rows = book.get_sheet_by_index(number).to_python(skip_empty_area=False)
    return [[None if cell == "" else cell for cell in row] for row in rows]


def expected(table: pd.DataFrame, *, as_csv: bool) -> list[Row]:
    """Return the cells of a table as LibreOffice should hold them: numbers to the last decimal that is written."""

    def cell(value: Cell) -> object:
        if isinstance(value, str):
            return (for_spreadsheet(value) if as_csv else value) or None
        if isinstance(value, int | float):
            return pytest.approx(value, abs=0.51 * 10**-DECIMALS)
        return value

    return [[cell(value) for value in row] for row in [list(table.columns), *rows_of(table, WORDS)]]  # type: ignore[misc]


def test_every_csv_file_gives_back_its_numbers_days_and_texts(
    tables: Mapping[str, pd.DataFrame], tmp_path: Path
) -> None:
    files = [tmp_path / f"{name}.csv" for name in tables]
    for file, table in zip(files, tables.values(), strict=True):
        file.write_bytes(csv_bytes(table, WORDS))
    for book, (name, table) in zip(opened(files, tmp_path, AS_CSV), tables.items(), strict=True):
        assert cells(book, 0) == expected(table, as_csv=True), name


def test_every_sheet_of_the_workbook_gives_back_its_numbers_days_and_texts(
    tables: Mapping[str, pd.DataFrame], tmp_path: Path
) -> None:
    file = tmp_path / "alles.xlsx"
    file.write_bytes(xlsx_bytes(tables, WORDS))
    (book,) = opened([file], tmp_path)
    assert book.sheet_names == list(tables)
    for number, (name, table) in enumerate(tables.items()):
        assert cells(book, number) == expected(table, as_csv=False), name
