"""Who is staff now? The list in the settings, read again when its file changed: who is taken off it goes at once.

Everything else in the settings holds until the next start.
"""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from genkdash.settings import Settings, SettingsError, StaffMember, load_settings, settings_file

_LOG = logging.getLogger(__name__)
_Edition: TypeAlias = tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class _Seen:
    """What stood in the file at one read."""

    edition: _Edition
    staff: tuple[StaffMember, ...]


class StaffList:
    """The staff of this process, beginning with that of `settings`."""

    def __init__(self, settings: Settings) -> None:
        self._path = settings_file()
        # Replaced by one assignment: viewers of all threads read it.
        self._seen = _Seen(_edition_of(self._path), _staff_of(settings))

    def edition(self) -> tuple[int, ...] | None:
        """Return numbers that differ once the settings were written; None where there is no file."""
        return _edition_of(self._path)

    def current(self) -> tuple[StaffMember, ...]:
        """Return who is staff.

        A file that can't be understood, half written perhaps, changes nothing; one without a list leaves nobody.
        """
        edition = _edition_of(self._path)
        if edition != self._seen.edition:
            try:
                staff = _staff_of(load_settings())
            except SettingsError:
                _LOG.error("the settings changed and can't be used: the staff list stays as it was")
                staff = self._seen.staff
            self._seen = _Seen(edition, staff)
        return self._seen.staff


def _staff_of(settings: Settings) -> tuple[StaffMember, ...]:
    return () if settings.access is None else settings.access.staff


def _edition_of(path: Path) -> _Edition:
    """Return numbers that differ once the file was written; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
