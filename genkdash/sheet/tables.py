"""What does a spreadsheet look like before anybody has judged it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol, TypeAlias

Cell: TypeAlias = str | int | float | bool | date | datetime | None
"""One value as its source gave it. A number in a date column is a serial: days since 1899-12-30."""

SourceKind: TypeAlias = Literal["google", "workbook", "csv", "example"]


@dataclass(frozen=True, slots=True)
class RawTab:
    """One tab: `rows[0]` is row 1 of the sheet; rows may differ in length.

    `gid` is Google's number of the tab, for links to a cell; `None` elsewhere.
    """

    title: str
    rows: Sequence[Sequence[Cell]]
    gid: int | None = None


@dataclass(frozen=True, slots=True)
class RawBook:
    """All tabs of one read, in the order of the sheet. `url` is set for a Google sheet only."""

    kind: SourceKind
    name: str
    tabs: tuple[RawTab, ...]
    url: str | None = None


class Source(Protocol):
    """A place a sheet is read from. It hands out only cells of columns in the contract."""

    @property
    def kind(self) -> SourceKind:
        """Which of the sources this is."""
        ...

    def read(self) -> RawBook:
        """Return the whole sheet as it is now.

        Raises:
            SourceError: it can't be read; the error says who does what.
        """
        ...

    def fingerprint(self) -> object | None:
        """Return a cheap token that changes when the content may have changed.

        `None` means that only a read can tell (Google). Raises nothing.
        """
        ...
