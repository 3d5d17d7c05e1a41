"""How is a folder of CSV files read? One file per tab, named for it: `Berichten.csv`, `Thema's.csv`.

The names that Google and LibreOffice give, when they save tab by tab, are read too: "Genk vertelt - Berichten.csv",
"Genk vertelt-Berichten.csv".
"""

from pathlib import Path

from genkdash.sheet.columns import redact
from genkdash.sheet.contract import find_tab
from genkdash.sheet.csv_text import UnclosedQuoteError, decode_csv, split_csv
from genkdash.sheet.errors import CsvUnclosedQuoteError, FileBeingSavedError, FolderWithoutTabsError, SourceError
from genkdash.sheet.files import read_whole, stamp, unreadable
from genkdash.sheet.tables import RawBook, RawTab, SourceKind

_SUFFIXES = {".csv", ".tsv"}
_HIDDEN = ("~$", ".")
_TRIES = 2


class CsvFolder:
    """A sheet kept as files. It is read anew at every `read`: all files of one moment, or none."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)

    @property
    def kind(self) -> SourceKind:
        """Say that this is a folder of CSV files."""
        return "csv"

    def read(self) -> RawBook:
        """Return the tabs of the contract, in the order of their file names.

        Raises:
            SourceError: the folder or a file is missing, not ours to read, being saved, or not whole.
        """
        for _ in range(_TRIES):
            before = self.fingerprint()
            tabs = tuple(_read_tab(file, title) for file, title in self._files())
            if not tabs:
                raise FolderWithoutTabsError(folder=str(self.path))
            if self.fingerprint() == before:
                return RawBook(kind=self.kind, name=self.path.resolve().name, tabs=tabs)
        raise FileBeingSavedError(file=self.path.name)

    def fingerprint(self) -> object:
        """Return name, time, size and inode of each file that is a tab, or a word where there is no folder."""
        if not self.path.is_dir():
            return stamp(self.path)
        try:
            return tuple((file.name, stamp(file)) for file, _ in self._files())
        except SourceError:
            return "unreadable"

    def _files(self) -> list[tuple[Path, str]]:
        """Return each file that is a tab, with the tab's title."""
        try:
            found = sorted(self.path.iterdir())
        except OSError as error:
            raise unreadable(self.path, error) from error
        tabs = []
        for file in found:
            if file.suffix.lower() not in _SUFFIXES or file.name.startswith(_HIDDEN):
                continue
            for title in (file.stem, file.stem.rpartition("-")[2].strip()):
                if find_tab(title) is not None:
                    tabs.append((file, title))
                    break
        return tabs


def _read_tab(file: Path, title: str) -> RawTab:
    try:
        rows = split_csv(decode_csv(read_whole(file)))
    except UnclosedQuoteError as error:
        raise CsvUnclosedQuoteError(file=file.name, line=str(error.line)) from error
    return redact(RawTab(title=title, rows=rows))
