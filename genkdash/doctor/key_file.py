"""Whose key is this? The address of the service account in a key file; nothing else of it leaves this place."""

from pathlib import Path

from genkdash.settings import GoogleSettings, SettingsError
from genkdash.sheet.errors import FileMissingError, GoogleKeyFileError
from genkdash.sheet.google_key import read_credentials

MAX_BYTES = 64 * 2**10
"""The largest file that is opened. A key takes about 2 kB."""


def key_path(typed: str) -> Path:
    """Return the path that somebody typed, or copied with quotes around it, from the root of this machine.

    Raises:
        FileMissingError: no file stands there; a folder or a device is none.
    """
    plain = typed.strip().strip("\"'")
    try:
        path = Path(plain).expanduser().absolute()
    except RuntimeError:  # the home of somebody unknown
        raise FileMissingError(path=plain) from None
    if not path.is_file():
        raise FileMissingError(path=plain)
    return path


def account_of(path: Path) -> str:
    """Return the e-mail address of the service account whose key stands at `path`.

    Raises:
        SourceError: it is no usable key of a service account; the error names the part that is missing or wrong.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise GoogleKeyFileError(field="JSON")
        fields = GoogleSettings(service_account_file=path).credentials() or {}
    except (OSError, SettingsError):
        raise GoogleKeyFileError(field="JSON") from None
    # google-auth has types for its results only.
    return str(read_credentials(fields).service_account_email)
