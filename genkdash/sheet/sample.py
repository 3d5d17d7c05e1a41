"""What does the dashboard show when nobody has configured a sheet? An invented log of a summer in Genk.

`tools/make_example.py` makes the workbook; nobody in it exists.
"""

import dataclasses
from pathlib import Path

from genkdash.sheet.tables import RawBook, SourceKind
from genkdash.sheet.workbook import Workbook

EXAMPLE = Path(__file__).with_name("example.xlsx")


class Example:
    """The example workbook, marked as such so that no screen takes it for a real log."""

    def __init__(self) -> None:
        self._workbook = Workbook(EXAMPLE)

    @property
    def kind(self) -> SourceKind:
        """Say that this is the example."""
        return "example"

    def read(self) -> RawBook:
        """Return the example as it stands in the package.

        Raises:
            SourceError: the package is not whole.
        """
        return dataclasses.replace(self._workbook.read(), kind=self.kind)

    def fingerprint(self) -> object:
        """Return the stamp of the file."""
        return self._workbook.fingerprint()
