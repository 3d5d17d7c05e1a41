"""A source that a test plays by hand: what it holds, when it fails, what its fingerprint is."""

from collections.abc import Sequence

from genkdash.sheet.tables import Cell, RawBook, RawTab, SourceKind

HEADER = ("Datum", "Influencer")


def book_of(posts: int, name: str = "Genk vertelt", *, more: Sequence[RawTab] = ()) -> RawBook:
    """Return a book with this many posts of Amina, one a day from 2018-04-16."""
    rows = tuple((43206 + row, "Amina") for row in range(posts))
    return RawBook("workbook", name, (RawTab("Berichten", (HEADER, *rows)), *more))


class ScriptedSource:
    """Holds `book`, unless it is to raise `trouble`. `fingerprint_now` None makes it like Google."""

    kind: SourceKind = "workbook"

    def __init__(self, book: RawBook | None = None) -> None:
        self.book = book or book_of(3)
        self.trouble: Exception | None = None
        self.fingerprint_now: object | None = None
        self.reads = 0

    def read(self) -> RawBook:
        self.reads += 1
        if self.trouble is not None:
            raise self.trouble
        return self.book

    def fingerprint(self) -> object | None:
        return self.fingerprint_now


class BrokenRows(Sequence[Sequence[Cell]]):
    """Rows that break whoever looks at them, as a mistake of ours would; the message holds a name."""

    def __len__(self) -> int:
        return 1

    def __getitem__(self, _: object) -> Sequence[Cell]:  # type: ignore[override]  # a slice breaks as well
        raise LookupError("Amina, 0470 12 34 56")
