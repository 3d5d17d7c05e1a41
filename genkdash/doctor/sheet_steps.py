"""Are the tabs and headers there, and is all in them as it looks? For a sheet of any source, once it was read."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from genkdash.doctor.findings import Finding, Status, look, ok
from genkdash.sheet.contract import TABS
from genkdash.sheet.issues import sentence_values
from genkdash.sheet.model import Issue
from genkdash.sheet.parse import campaign_day, parse
from genkdash.sheet.shape import TabShape, first_few
from genkdash.sheet.tables import RawBook

_ABOUT_TABS = frozenset({"missing-tab", "missing-column", "duplicate-header"})


def look_at_tabs(book: RawBook, *, now: datetime) -> Iterator[Finding]:
    """Yield what is missing or double among tabs and headers; a tab that may be missing is none of it."""
    sheet = parse(book, today=campaign_day(book, now))
    found = [issue for issue in sheet.issues if issue.code in _ABOUT_TABS and issue.severity != "info"]
    yield from (_finding(issue, book.url) for issue in found)
    if not found:
        yield ok("tabs", count=str(len(book.tabs)), of=str(len(TABS)), rows=str(sheet.rows.read))


def look_at_shapes(shapes: Sequence[TabShape], *, url: str | None) -> Iterator[Finding]:
    """Yield what is not as it looks, a line for each kind of thing in each tab."""
    found = [finding for shape in shapes for finding in _of(shape, url)]
    yield from found or [ok("shape")]


def _of(shape: TabShape, url: str | None) -> Iterator[Finding]:
    kinds = {
        "hidden": shape.hidden_rows,
        "filtered": shape.filtered_rows,
        "merged": shape.merged,
        "formulas": shape.formulas,
    }
    for code, places in kinds.items():
        if places:
            yield look("shape", code, tab=shape.title, places=first_few(places), url=url)


def _finding(issue: Issue, url: str | None) -> Finding:
    status: Status = "wrong" if issue.severity == "error" else "look"
    values = {name: str(value) for name, value in sentence_values(issue).items()}
    return Finding("tabs", status, f"issue.{issue.code}", values, issue.url or url)
