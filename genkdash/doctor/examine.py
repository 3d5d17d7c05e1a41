"""Is everything in order? Looks at all of the set-up, from the settings to the mode of access, and changes nothing."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime

from genkdash.doctor.findings import Finding, Step, look, ok, refused, skipped, wrong
from genkdash.doctor.google_steps import look_at_google
from genkdash.doctor.machine_steps import look_at_disk, look_at_mode
from genkdash.doctor.shared_step import look_at_shared
from genkdash.doctor.sheet_steps import look_at_shapes, look_at_tabs
from genkdash.settings import SETTINGS_FILE, Settings, SettingsError, load_settings
from genkdash.sheet.errors import SourceError
from genkdash.sheet.sources import is_google, open_source
from genkdash.sheet.workbook import Workbook
from genkdash.sheet.workbook_shape import read_shapes

_WITHOUT_SETTINGS: tuple[Step, ...] = ("credentials", "token", "access", "tabs", "disk", "mode")


def examine(where: str | None, *, clock: Callable[[], datetime]) -> tuple[Finding, ...]:
    """Return every finding about the source `where`, or the configured one, in the order in which things depend.

    `clock` gives the time of this machine, in UTC.
    """
    try:
        settings = load_settings()
    except SettingsError as error:
        return (wrong("settings", "unusable", setting=str(error), file=_file()), *skipped(*_WITHOUT_SETTINGS))
    return examine_settings(settings if where is None else settings.model_copy(update={"source": where}), clock=clock)


def examine_settings(settings: Settings, *, clock: Callable[[], datetime]) -> tuple[Finding, ...]:
    """Return every finding about `settings`, whether they stand in a file already or not."""
    return (
        *_look_at_source(settings.source, settings, clock),
        look_at_disk(settings.data_folder),
        *look_at_shared(settings),
        look_at_mode(settings),
    )


def _look_at_source(where: str | None, settings: Settings, clock: Callable[[], datetime]) -> Iterator[Finding]:
    if where is None:
        yield look("settings", "example", file=_file())
        yield from _look_at_file(None, settings, clock)
    elif is_google(where):
        shown = ok("settings", source=where)
        yield from look_at_google(where, settings, clock=clock, shown_source=shown)
    else:
        yield ok("settings", source=where)
        yield from _look_at_file(where, settings, clock)


def _look_at_file(where: str | None, settings: Settings, clock: Callable[[], datetime]) -> Iterator[Finding]:
    """Yield what is found about a workbook, a folder of CSV files or the example."""
    try:
        source = open_source(where, credentials=dict, api_url=settings.google.api_url)
        book = source.read()
    except SourceError as error:
        yield refused("access", error)
        yield from skipped("tabs", "shape")
        return
    yield Finding("access", "ok", "doctor.access.file", {"name": book.name})
    yield from look_at_tabs(book, now=clock())
    if isinstance(source, Workbook):
        yield from look_at_shapes(read_shapes(source.path, book), url=None)


def _file() -> str:
    """Return where the settings are looked for."""
    return os.environ.get("GENKDASH_SETTINGS", str(SETTINGS_FILE))
