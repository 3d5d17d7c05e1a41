"""How does staff take a table along? A small menu under it; nothing is built before somebody asks for it."""

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd
import streamlit as st

from genkdash.exports.csv_file import csv_bytes
from genkdash.exports.tables import TABLES, TableName
from genkdash.i18n import Translator
from genkdash.sheet.model import Sheet
from genkdash.ui.view import View

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_downloads(view: View, *names: TableName) -> None:
    """Draw the menu for tables of `exports`: the whole of each, whatever the screen filters."""
    # Not the sheet itself: what a button holds stays in memory for minutes after its page has gone.
    show_download_menu(view, {name: partial(_table, name, view.sheet_later(), view.words) for name in names})


def show_download_menu(view: View, tables: Mapping[str, Callable[[], pd.DataFrame]]) -> None:
    """Draw the menu: each table as CSV, and all of them in one workbook. For staff; nothing for anybody else.

    A key of `tables` has its title under `export.title.…` in the catalogue, and its file name under `export.file.…`.
    """
    if view.viewer.role != "staff":
        return
    words, key = view.words, "_".join(tables)
    with st.popover(words("export.menu"), icon=":material/download:", type="tertiary", key=f"downloads_{key}"):
        for name, table in tables.items():
            st.download_button(
                words("export.csv", title=words(f"export.title.{name}")),
                partial(_csv, table, words),
                file_name=f"{_file_name(view, name)}.csv",
                mime="text/csv",
                key=f"csv_{name}",
                on_click="ignore",
                width="stretch",
            )
        st.download_button(
            words("export.xlsx") if len(tables) == 1 else words("export.xlsx_all"),
            partial(_xlsx, tables, words),
            file_name=f"{_file_name(view, next(iter(tables)))}.xlsx",
            mime=_XLSX,
            key=f"xlsx_{key}",
            on_click="ignore",
            width="stretch",
        )


def _file_name(view: View, name: str) -> str:
    """Return the name of a file without its ending, with the day of the numbers."""
    return view.words(f"export.file.{name}", day=view.today.isoformat())


def _table(name: TableName, sheet: Callable[[], Sheet], words: Translator) -> pd.DataFrame:
    return TABLES[name](sheet(), words)


def _csv(table: Callable[[], pd.DataFrame], words: Translator) -> bytes:
    return csv_bytes(table(), words)


def _xlsx(tables: Mapping[str, Callable[[], pd.DataFrame]], words: Translator) -> bytes:
    from genkdash.exports.xlsx_file import xlsx_bytes  # noqa: PLC0415  8 MiB, for who takes a workbook along only

    return xlsx_bytes({words(f"export.title.{name}"): table() for name, table in tables.items()}, words)
