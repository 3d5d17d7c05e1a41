"""Can posts and tips be added to the sheet, where people log them from their phone?"""

from collections.abc import Iterator, Mapping

from genkdash.doctor.findings import Finding, ok, refused
from genkdash.outbox.keys import NEEDED_COLUMNS, TAB_BY_KEY
from genkdash.settings import Settings
from genkdash.sheet.errors import SourceError
from genkdash.sheet.google_append import GoogleAppender


def look_at_logging(where: str, settings: Settings, credentials: Mapping[str, str], *, url: str) -> Iterator[Finding]:
    """Yield whether rows can be added to the Google sheet `where`, a line for each tab that keeps them out.

    Whether the account may write, only a row that is written can tell; so that is said and not tried.
    """
    appender = GoogleAppender(where, credentials=credentials, api_url=settings.google.api_url)
    found = []
    try:
        for key, needed in NEEDED_COLUMNS.items():
            try:
                appender.look(TAB_BY_KEY[key], needed=needed)
            except SourceError as error:
                found.append(refused("log", error, url=url))
    finally:
        appender.close()
    yield from found or [ok("log", email=appender.email)]
