"""Which columns of a tab are there to be written in? What has no column would be left out without a word."""

from genkdash.sheet.columns import find_layout
from genkdash.sheet.contract import find_tab
from genkdash.sheet.corrections import corrected_tab
from genkdash.sheet.tables import RawBook


def writable_columns(book: RawBook, tab_key: str) -> frozenset[str]:
    """Return the keys of the columns that a tab of this book has; none where there is no such tab, or no header."""
    raw = corrected_tab(book, tab_key)
    known = None if raw is None else find_tab(raw.title)
    if raw is None or known is None:
        return frozenset()
    layout = find_layout(known, raw.rows)
    return frozenset(layout.positions) if layout.header is not None else frozenset()
