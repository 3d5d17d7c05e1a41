"""Which sheet, and as whom? The address, the key of the sheet, and the service account, checked before use."""

import re
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from google.auth.exceptions import GoogleAuthError
from google.oauth2.service_account import Credentials

from genkdash.sheet.errors import (
    GoogleAddressError,
    GoogleKeyFileError,
    GoogleKeyMissingError,
    GoogleSheetAddressError,
)

SCOPES = ("https://www.googleapis.com/auth/spreadsheets.readonly",)
"""Enough for all but adding rows."""
WRITE_SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)
"""Asked for only where the form to log posts is switched on."""

_TOKEN_URI = "https://oauth2.googleapis.com/token"  # noqa: S105  an address, not a secret
_KEY = re.compile(r"[A-Za-z0-9_-]+")
# `/d/e/2PACX-…` is the address of a published copy, which the API does not know.
_KEY_IN_URL = re.compile(r"/d/(?!e/)([A-Za-z0-9_-]+)|[?&](?:id|key)=([A-Za-z0-9_-]+)")


def parse_sheet_key(sheet: str) -> str:
    """Return the key in a link to a Google sheet, or the key itself.

    Raises:
        GoogleSheetAddressError: it is neither.
    """
    sheet = sheet.strip()
    if _KEY.fullmatch(sheet):
        return sheet
    found = _KEY_IN_URL.search(sheet) if sheet.startswith(("https://", "http://")) else None
    if found is None:
        raise GoogleSheetAddressError
    return found[1] or found[2]


def parse_address(url: str) -> str:
    """Return an address without its last slash. It is https, or plain http to this machine.

    Raises:
        GoogleAddressError: a token would travel in the clear, or there is more in the address than a place.
    """
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))
    if not host or not is_safe or parts.username or parts.password or parts.query or parts.fragment:
        # The host only: what else stands there may be a password.
        raise GoogleAddressError(address=host or "?")
    return url.strip().rstrip("/")


def read_credentials(fields: Mapping[str, str], *, scopes: Sequence[str] = SCOPES) -> Credentials:
    """Return the service account of a key file's fields; it may only read unless `scopes` says more.

    It has signed once, as a test.

    Line breaks in the private key may be written as backslash-n, as they come out of an environment variable.

    Raises:
        GoogleKeyMissingError: nothing was given.
        GoogleKeyFileError: a field is missing or can't be used; the error names the field.
        GoogleAddressError: its token address is not safe.
    """
    if not fields:
        raise GoogleKeyMissingError
    if fields.get("type", "service_account") != "service_account":
        raise GoogleKeyFileError(field="type")
    for name in ("client_email", "private_key"):
        if not fields.get(name, "").strip():
            raise GoogleKeyFileError(field=name)
    token_uri = parse_address(fields.get("token_uri") or _TOKEN_URI)
    # Only what reading needs: a field such as `universe_domain` would change where the token comes from.
    known = {
        "client_email": fields["client_email"].strip(),
        "private_key": fields["private_key"].replace("\\n", "\n").strip() + "\n",
        "private_key_id": fields.get("private_key_id"),
        "token_uri": token_uri,
    }
    credentials = _signing(known, scopes)
    if credentials is None:
        raise GoogleKeyFileError(field="private_key")
    return credentials


def _signing(fields: Mapping[str, str | None], scopes: Sequence[str]) -> Credentials | None:
    """Return the credentials, or None when the private key is none; no error that may quote it leaves this place."""
    try:
        # google-auth has types for its results only.
        credentials: Credentials = Credentials.from_service_account_info(fields, scopes=scopes)  # type: ignore[no-untyped-call]
        credentials.sign_bytes(b"genkdash")
    except (ValueError, TypeError, AttributeError, UnsupportedAlgorithm, GoogleAuthError):
        return None
    return credentials


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
