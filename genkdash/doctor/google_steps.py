"""Does Google let us in, and is the sheet set up as we need it? From the key to the clock, a step at a time."""

from collections.abc import Callable, Generator, Iterator, Mapping
from datetime import datetime
from typing import TypeAlias

from genkdash.doctor.findings import ACCOUNTS_PAGE, Finding, Step, look, ok, refused, skipped, wrong
from genkdash.doctor.log_steps import look_at_logging
from genkdash.doctor.sheet_steps import look_at_shapes, look_at_tabs
from genkdash.settings import Settings, SettingsError
from genkdash.sheet.errors import (
    GoogleAccountGoneError,
    GoogleAddressError,
    GoogleBusyError,
    GoogleClockError,
    GoogleKeyRevokedError,
    GoogleScopeError,
    GoogleSheetAddressError,
    SharingError,
    SourceError,
)
from genkdash.sheet.google import GoogleSheet, Metadata
from genkdash.sheet.template import LOCALE, TIMEZONE

_Looking: TypeAlias = Generator[Finding, None, SourceError | None]

_AFTER_SETTINGS: tuple[Step, ...] = ("credentials", "token", "access", "tabs", "locale", "shape", "quota", "clock")
# Sheets API, "Read requests per minute per user per project".
_READS_PER_MINUTE = 60
_METADATA_READS_PER_MINUTE = 0.1
# A token asks for a clock within five minutes of Google's; a minute and a half tells of a clock that nobody keeps.
_WORRYING_SECONDS = 90
_REFUSED_SECONDS = 300
_AT_THE_CONSOLE = (GoogleKeyRevokedError, GoogleAccountGoneError, GoogleScopeError)


def look_at_google(
    where: str, settings: Settings, *, clock: Callable[[], datetime], shown_source: Finding
) -> Iterator[Finding]:
    """Yield what is found about the Google sheet `where`; `shown_source` is the finding of settings that are in order.

    `clock` gives the time of this machine.
    """
    fields: Mapping[str, str] = {}
    unreadable: SettingsError | None = None
    try:
        fields = settings.google.credentials() or {}
        sheet = GoogleSheet(where, credentials=fields, api_url=settings.google.api_url)
    except SettingsError as error:
        unreadable = error
    except (GoogleSheetAddressError, GoogleAddressError) as error:
        yield refused("settings", error)
        yield from skipped(*_AFTER_SETTINGS)
        return
    except SourceError as error:
        yield shown_source
        yield refused("credentials", error, url=ACCOUNTS_PAGE)
        yield from skipped(*_AFTER_SETTINGS[1:])
        return
    yield shown_source
    if unreadable is not None:
        yield wrong("credentials", "unreadable", setting=str(unreadable))
        yield from skipped(*_AFTER_SETTINGS[1:])
        return
    yield ok("credentials", email=sheet.email)
    try:
        yield from _ask(sheet, where, settings, fields, clock)
    finally:
        sheet.close()


def _ask(
    sheet: GoogleSheet, where: str, settings: Settings, credentials: Mapping[str, str], clock: Callable[[], datetime]
) -> Iterator[Finding]:
    """Yield what Google answers, from the token on."""
    step: Step = "token"
    failure: SourceError | None = None
    metadata: Metadata | None = None
    try:
        sheet.sign_in()
        yield ok("token")
        step = "access"
        metadata = sheet.read_metadata()
        yield ok("access", title=metadata.title, email=sheet.email)
    except SourceError as error:
        failure = error
    here = clock()
    if failure is not None:
        yield _told(step, failure, sheet)
        yield from skipped(*_AFTER_SETTINGS[_AFTER_SETTINGS.index(step) + 1 : _AFTER_SETTINGS.index("quota")])
    if metadata is not None:
        failure = yield from _look_inside(sheet, metadata, clock)
        if settings.log.enabled:
            yield from look_at_logging(where, settings, credentials, url=sheet.url)
    yield _quota(settings, failure)
    yield _clock(sheet.google_time, here, failure)


def _look_inside(sheet: GoogleSheet, metadata: Metadata, clock: Callable[[], datetime]) -> _Looking:
    """Yield what is found in the sheet; return what went wrong on the way."""
    step: Step = "tabs"
    try:
        book = sheet.read()
        yield from look_at_tabs(book, now=clock())
        yield from _locale(metadata, sheet.url)
        step = "shape"
        yield from look_at_shapes(sheet.read_shapes(book), url=sheet.url)
    except SourceError as error:
        yield _told(step, error, sheet)
        yield from skipped(*(("locale", "shape") if step == "tabs" else ()))
        return error
    return None


def _locale(metadata: Metadata, url: str) -> Iterator[Finding]:
    if metadata.locale != LOCALE:
        yield look("locale", "other", value=metadata.locale, url=url)
    if metadata.timezone != TIMEZONE:
        yield look("locale", "zone", value=metadata.timezone, url=url)
    if (metadata.locale, metadata.timezone) == (LOCALE, TIMEZONE):
        yield ok("locale")


def _quota(settings: Settings, failure: SourceError | None) -> Finding:
    reads = 60 / settings.watched_seconds + _METADATA_READS_PER_MINUTE
    if reads > _READS_PER_MINUTE:
        return wrong("quota", "too-often", seconds=f"{settings.watched_seconds:g}", limit=str(_READS_PER_MINUTE))
    if isinstance(failure, GoogleBusyError):
        return refused("quota", failure)
    return ok("quota", reads=f"{reads:.0f}", limit=str(_READS_PER_MINUTE))


def _clock(there: datetime | None, here: datetime, failure: SourceError | None) -> Finding:
    """Return how far our clock is from Google's, which counts in whole seconds."""
    seconds = 0 if there is None else round((here - there).total_seconds())
    minutes = str(round(abs(seconds) / 60))
    if isinstance(failure, GoogleClockError) or abs(seconds) >= _REFUSED_SECONDS:
        return wrong("clock", "far", minutes=minutes)
    if there is None:
        return skipped("clock")[0]
    if abs(seconds) >= _WORRYING_SECONDS:
        return look("clock", "off", minutes=minutes)
    return ok("clock")


def _told(step: Step, error: SourceError, sheet: GoogleSheet) -> Finding:
    """Return what an error means for a step; what is wrong with clock or quota is told there."""
    if isinstance(error, GoogleClockError | GoogleBusyError):
        return skipped(step)[0]
    if isinstance(error, _AT_THE_CONSOLE):
        return refused(step, error, url=ACCOUNTS_PAGE)
    return refused(step, error, url=sheet.url if isinstance(error, SharingError) else None)
