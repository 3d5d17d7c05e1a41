"""What does Google mean by this answer, and who must act? Answers and broken connections become our own errors.

Every function returns an error instead of raising it: the caller raises it outside its `except`, so that neither
cause nor context can hold a token, a key or a page of cells. What Google wrote is never quoted (it has been seen
to repeat the assertion); only its codes are looked at.
"""

import json
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

import requests
from urllib3.exceptions import ReadTimeoutError

from genkdash.sheet.errors import (
    GoogleAccountGoneError,
    GoogleAnswerError,
    GoogleApiDisabledError,
    GoogleBusyError,
    GoogleClockError,
    GoogleDownError,
    GoogleDriveDisabledError,
    GoogleInterceptedError,
    GoogleKeyRevokedError,
    GoogleNotASheetError,
    GoogleNotFoundError,
    GoogleNotSharedError,
    GoogleProtectedError,
    GoogleScopeError,
    GoogleSlowError,
    GoogleTabGoneError,
    GoogleTimeoutError,
    GoogleTlsError,
    GoogleTruncatedError,
    GoogleUnreachableError,
    SourceError,
)

# Google counts reads by the minute; Sheets does not say how much of it is left.
_MINUTE_SECONDS = 60.0
_LONGEST_WAIT_SECONDS = 600.0

_CONSOLE = "https://console.cloud.google.com/apis/library/sheets.googleapis.com"
_DRIVE_CONSOLE = "https://console.cloud.google.com/apis/library/drive.googleapis.com"
_BUSY = frozenset({"RATE_LIMIT_EXCEEDED", "rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded"})
_DISABLED = frozenset({"SERVICE_DISABLED", "accessNotConfigured", "CONSUMER_INVALID", "BILLING_DISABLED"})
_SCOPE = frozenset({"ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientPermissions"})
_ACCOUNT = frozenset({"invalid_client", "deleted_client", "disabled_client"})
_UNAUTHORIZED = frozenset({"unauthorized_client", "invalid_scope", "access_denied"})


def connection_error(error: Exception, *, host: str, is_over: bool, whole_seconds: float) -> SourceError:
    """Return what a failed exchange means. `is_over`: the time for the whole answer was up."""
    if is_over:
        return GoogleSlowError(seconds=f"{whole_seconds:g}")
    if isinstance(error, requests.Timeout) or isinstance(error.args[0] if error.args else None, ReadTimeoutError):
        return GoogleTimeoutError(host=host)
    if isinstance(error, requests.exceptions.SSLError):
        return GoogleTlsError(host=host)
    if isinstance(error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError):
        return GoogleTruncatedError()
    # requests says so when the list of trusted certificates itself is not where the environment says.
    is_without_certificates = isinstance(error, OSError) and not isinstance(error, requests.RequestException)
    return GoogleTlsError(host=host) if is_without_certificates else GoogleUnreachableError(host=host)


def is_page(response: requests.Response) -> bool:
    """Tell whether a good-looking answer is a redirect or a page of HTML: something in between wrote it."""
    return 300 <= response.status_code < 400 or response.content[:64].lstrip().startswith(b"<")


def sheets_error(response: requests.Response, *, email: str) -> SourceError:
    """Return what an answer of 400 or higher of the Sheets API means."""
    status = response.status_code
    error = _json_object(response.content).get("error")
    passing = _passing_error(response)
    if passing is not None:
        return passing
    if not isinstance(error, dict):
        return GoogleInterceptedError(status=str(status))
    if _reasons(error) & _BUSY:
        return GoogleBusyError(retry_after=_retry_after(response.headers))
    if status == 403:
        return _forbidden_error(error, email)
    if status == 400:
        return _bad_request_error(error, email)
    known: dict[int, SourceError] = {401: GoogleKeyRevokedError(email=email), 404: GoogleNotFoundError()}
    return known.get(status) or GoogleAnswerError(status=str(status))


def token_error(response: requests.Response, *, email: str) -> SourceError:
    """Return what it means that Google gives no token."""
    passing = _passing_error(response)
    if passing is not None:
        return passing
    answer = _json_object(response.content)
    error, said = answer.get("error"), str(answer.get("error_description", "")).casefold()
    if isinstance(error, dict):
        return sheets_error(response, email=email)
    if not isinstance(error, str):
        return GoogleInterceptedError(status=str(response.status_code))
    return _grant_error(error, said, email)


def _forbidden_error(error: Mapping[str, Any], email: str) -> SourceError:
    reasons, message = _reasons(error), str(error.get("message", ""))
    if reasons & _DISABLED or "has not been used in project" in message:
        is_drive = "drive.googleapis.com" in f"{json.dumps(error.get('details'))} {message}"
        project, link = _project_and_link(error, message, _DRIVE_CONSOLE if is_drive else _CONSOLE)
        kind = GoogleDriveDisabledError if is_drive else GoogleApiDisabledError
        return kind(project=project, link=link)
    if reasons & _SCOPE or "insufficient authentication scopes" in message:
        return GoogleScopeError(email=email)
    return GoogleNotSharedError(email=email)


def _bad_request_error(error: Mapping[str, Any], email: str) -> SourceError:
    message = str(error.get("message", ""))
    if message.startswith("Unable to parse range"):
        return GoogleTabGoneError()
    if "edit a protected cell or object" in message:
        return GoogleProtectedError(email=email)
    # Google's words for an .xlsx on Drive: "This operation is not supported for this document".
    return GoogleNotASheetError() if error.get("status") == "FAILED_PRECONDITION" else GoogleAnswerError(status="400")


def _grant_error(error: str, said: str, email: str) -> SourceError:
    if error in _ACCOUNT or "account not found" in said or "disabled" in said:
        return GoogleAccountGoneError(email=email)
    if error in _UNAUTHORIZED:
        return GoogleScopeError(email=email)
    # Google says: Invalid JWT, "Token must be a short-lived token (60 minutes) and in a reasonable timeframe".
    if re.search(r"short-lived|timeframe|\biat\b|\bexp\b", said):
        return GoogleClockError()
    return GoogleKeyRevokedError(email=email)


def _passing_error(response: requests.Response) -> SourceError | None:
    """Return the error of an answer that says "later", whoever wrote it, or None."""
    status = response.status_code
    if status == 429:
        return GoogleBusyError(retry_after=_retry_after(response.headers))
    if status >= 500:
        return GoogleDownError(status=str(status))
    return GoogleTimeoutError(host="Google") if status == 408 else None


def _retry_after(headers: Mapping[str, str]) -> float:
    """Return the seconds that Google asks us to wait: Retry-After, or the minute that the quota is counted in."""
    asked = headers.get("Retry-After", "").strip()
    if asked.isdecimal():
        seconds = float(asked[:6])
    else:
        try:
            # Both times by Google's clock, so that ours does not matter.
            left = parsedate_to_datetime(asked) - parsedate_to_datetime(headers.get("Date", ""))
            seconds = left.total_seconds()
        except (ValueError, TypeError):
            seconds = _MINUTE_SECONDS
    return min(max(seconds, 1.0), _LONGEST_WAIT_SECONDS)


def _reasons(error: Mapping[str, Any]) -> set[str]:
    """Return the reasons in Google's new form (`details`) and in its old one (`errors`)."""
    found = [error.get("details"), error.get("errors")]
    entries = [entry for entries in found if isinstance(entries, list) for entry in entries if isinstance(entry, dict)]
    return {entry["reason"] for entry in entries if isinstance(entry.get("reason"), str)}


def _project_and_link(error: Mapping[str, Any], message: str, console: str) -> tuple[str, str]:
    """Return the project's number and the page that switches the API on, as far as Google says them."""
    number = re.search(r"\bprojects?[/ ](\d{3,20})\b", f"{json.dumps(error.get('details'))} {message}")
    return ("?", console) if number is None else (number[1], f"{console}?project={number[1]}")


def _json_object(content: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}
