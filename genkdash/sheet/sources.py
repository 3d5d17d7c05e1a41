"""Where does the sheet come from? A URL or key, a workbook, a folder of CSV files, or the example."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from genkdash.sheet.csv_folder import CsvFolder
from genkdash.sheet.sample import Example
from genkdash.sheet.tables import Source
from genkdash.sheet.workbook import Workbook

_SHEET_KEY = re.compile(r"[A-Za-z0-9_-]{25,}")


def open_source(where: str | None, *, credentials: Callable[[], Mapping[str, str] | None], api_url: str) -> Source:
    """Return the source that `where` names; None is the example workbook.

    `credentials` is asked only when a Google sheet is meant.

    Raises:
        SourceError: the source can't be used at all, such as a Google sheet without a service account.
    """
    if where is None:
        return Example()
    if is_google(where):
        from genkdash.sheet.google import GoogleSheet  # noqa: PLC0415  15 MiB, for a Google sheet only

        return GoogleSheet(where, credentials=credentials() or {}, api_url=api_url)
    path = Path(where).expanduser()
    return CsvFolder(path) if path.is_dir() else Workbook(path)


def is_google(where: str) -> bool:
    """Tell whether `where` names a Google sheet: a link, or a key that is no file's name."""
    return where.startswith("https://") or bool(_SHEET_KEY.fullmatch(where) and not Path(where).expanduser().exists())
