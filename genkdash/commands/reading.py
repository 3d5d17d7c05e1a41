"""Which sheet, on which day? One read of a source, understood once, for one command."""

from dataclasses import dataclass
from datetime import date, datetime

from genkdash.settings import Settings
from genkdash.sheet.model import Sheet
from genkdash.sheet.parse import campaign_day, parse
from genkdash.sheet.sources import open_source
from genkdash.sheet.tables import SourceKind


@dataclass(frozen=True, slots=True)
class Reading:
    """A sheet as read at `read_at` (UTC) and understood on `sheet.today`."""

    sheet: Sheet
    kind: SourceKind
    name: str
    read_at: datetime


def read_sheet(where: str | None, settings: Settings, *, as_of: date | None, now: datetime) -> Reading:
    """Return the sheet that `where` names, or the configured one, or the example.

    With `as_of`, posts after that day do not exist. Without, the day is the sheet's Peildatum, or that of `now` in
    the campaign's time zone.

    Raises:
        SourceError: it can't be read.
        SettingsError: the service account in the settings can't be used.
    """
    source = open_source(
        settings.source if where is None else where,
        credentials=settings.google.credentials,
        api_url=settings.google.api_url,
    )
    book = source.read()
    sheet = parse(book, today=as_of or campaign_day(book, now), cut_off=as_of)
    return Reading(sheet=sheet, kind=book.kind, name=book.name, read_at=now)
