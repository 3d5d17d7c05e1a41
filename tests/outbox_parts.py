"""What do the tests of the outbox build on? A clock that stands still, a sheet to write in, a post to log."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sheets_server import SheetsServer, Spreadsheet

from genkdash.outbox import Draft, Outbox, draft_post, draft_tip, new_post_key
from genkdash.sheet.google_append import GoogleAppender
from genkdash.sheet.google_deadline import LIMITS, Limits

EMAIL = "genkdash@proef.iam.gserviceaccount.com"
HEADER = ["Datum", "Influencer", "Platform", "Thema's", "Titel", "Link", "Bericht-ID"]
TIPS_HEADER = ["Datum", "Influencer", "Tip"]
IMPATIENT = Limits(connect_seconds=2.0, read_seconds=1.0, whole_seconds=1.0)
"""For a test that waits for an answer that does not come; on a busy machine a real answer may take as long."""
LATE = timedelta(seconds=60)
SOURCE = "de sheet van de test"


class Clock:
    """A moment that only passes when a test says so; `seconds` is the same on a monotonic clock."""

    def __init__(self) -> None:
        self.moment = datetime(2018, 5, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def seconds(self) -> float:
        """Return the moment as seconds."""
        return self.moment.timestamp()

    def passes(self, seconds: float) -> None:
        """Let time pass."""
        self.moment += timedelta(seconds=seconds)


def some_post(title: str = "Iftar met veertien", **fields: Any) -> Draft:
    """Return a post that may be kept."""
    usual = {"key": new_post_key(), "who": "p-1", "day": date(2018, 5, 1), "influencer": "Amina", "title": title}
    return draft_post(**(usual | fields))


def some_tip(tip: str = "Antwoord ook in reacties", **fields: Any) -> Draft:
    """Return a tip that may be kept."""
    return draft_tip(**({"who": "p-1", "day": date(2018, 5, 1), "influencer": "Amina", "tip": tip} | fields))


def make_outbox(folder: Path, clock: Any, **fields: Any) -> Outbox:
    """Return the outbox of the one sheet of a test."""
    return Outbox(folder / "var", source=SOURCE, utc_now=clock, **fields)


def make_book(server: SheetsServer, **tabs: Any) -> Spreadsheet:
    """Return a sheet with both tabs, shared with us as an editor; `Tips=None` leaves one out."""
    chosen = {"Berichten": [HEADER], "Tips": [TIPS_HEADER], **tabs}
    kept = {title: rows for title, rows in chosen.items() if rows is not None}
    return server.add_spreadsheet("Genk vertelt", kept, locale="nl_BE", shared_with=[EMAIL])


def make_door(
    server: SheetsServer, book: Spreadsheet, *, url: str | None = None, limits: Limits = LIMITS
) -> GoogleAppender:
    """Return the way into that sheet, through `url` or straight."""
    return GoogleAppender(book.id, credentials=server.service_account(EMAIL), api_url=url or server.url, limits=limits)


def times_written(book: Spreadsheet, key: str, title: str = "Berichten") -> int:
    """Return how many rows of a tab hold this text in any cell."""
    return sum(key in row for row in book.tab(title).rows)
