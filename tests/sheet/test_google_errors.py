"""What each of Google's refusals means, in the words that Google really uses."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
import requests

from genkdash.sheet.errors import (
    GoogleAccountGoneError,
    GoogleAnswerError,
    GoogleApiDisabledError,
    GoogleBusyError,
    GoogleClockError,
    GoogleDownError,
    GoogleInterceptedError,
    GoogleKeyRevokedError,
    GoogleNotASheetError,
    GoogleNotFoundError,
    GoogleNotSharedError,
    GoogleScopeError,
    GoogleTabGoneError,
    GoogleTimeoutError,
    GoogleTlsError,
    GoogleUnreachableError,
    SourceError,
)
from genkdash.sheet.google_errors import connection_error, sheets_error, token_error

EMAIL = "genkdash@proef.iam.gserviceaccount.com"
FIXTURES = Path(os.environ.get("GENKDASH_FIXTURES", Path(__file__).parents[3] / "shared" / "fixtures"))

RECORDED = {
    "fitness-get-wrong-scope_403": GoogleScopeError,
    "sheets-spreadsheets-get-api-key-not-enabled_403": GoogleApiDisabledError,
    "sheets-spreadsheets-get-bad-field-mask_400": GoogleAnswerError,
    "sheets-spreadsheets-get-nonexistent-range_400": GoogleTabGoneError,
    "sheets-spreadsheets-get-nonexistent-sheet-id_404": GoogleNotFoundError,
    "sheets-spreadsheets-get-quota-exceeded-readgroup_429": GoogleBusyError,
    "sheets-spreadsheets-get-service-disabled_403": GoogleApiDisabledError,
}


def answer(status: int, body: Any, **headers: str) -> requests.Response:
    response = requests.Response()
    response.status_code = status
    response._content = body.encode() if isinstance(body, str) else json.dumps(body).encode()  # noqa: SLF001  an answer is made by nothing else
    response.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return response


def refusal(code: int, message: str = "", **error: Any) -> requests.Response:
    return answer(code, {"error": {"code": code, "message": message, **error}})


def grant(error: str, description: str = "") -> requests.Response:
    return answer(400, {"error": error, "error_description": description})


@pytest.mark.parametrize("name", RECORDED)
def test_every_recorded_refusal_is_understood(name: str) -> None:
    path = FIXTURES / "google_errors.json"
    if not path.exists():
        pytest.skip(f"no recordings at {path}")
    error = sheets_error(answer(int(name[-3:]), json.loads(path.read_text())[name]), email=EMAIL)
    assert type(error) is RECORDED[name]


def test_every_recording_has_its_meaning_here() -> None:
    path = FIXTURES / "google_errors.json"
    if not path.exists():
        pytest.skip(f"no recordings at {path}")
    assert set(json.loads(path.read_text())) == set(RECORDED)


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        (refusal(401, status="UNAUTHENTICATED"), GoogleKeyRevokedError),
        (refusal(403, "The caller does not have permission", status="PERMISSION_DENIED"), GoogleNotSharedError),
        (refusal(403, errors=[{"reason": "accessNotConfigured"}]), GoogleApiDisabledError),
        (refusal(403, errors=[{"reason": "userRateLimitExceeded"}]), GoogleBusyError),
        (refusal(403, details=[{"reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]), GoogleScopeError),
        (refusal(403, details="?", errors=["?", {"reason": 5}]), GoogleNotSharedError),
        (
            refusal(400, "This operation is not supported for this document", status="FAILED_PRECONDITION"),
            GoogleNotASheetError,
        ),
        (refusal(400, "Invalid JSON payload received."), GoogleAnswerError),
        (refusal(408), GoogleTimeoutError),
        (refusal(418), GoogleAnswerError),
        (refusal(500, status="INTERNAL"), GoogleDownError),
        (refusal(503, status="UNAVAILABLE"), GoogleDownError),
        (answer(502, "<html>Bad gateway"), GoogleDownError),
        (answer(403, "<html>Blocked by the city's filter"), GoogleInterceptedError),
        (answer(404, "<html>Not Found"), GoogleInterceptedError),
        (answer(403, {"error": "text"}), GoogleInterceptedError),
        (answer(400, "[" * 100_000), GoogleInterceptedError),
    ],
)
def test_a_refusal_of_the_api_says_who_must_act(response: requests.Response, kind: type[SourceError]) -> None:
    assert type(sheets_error(response, email=EMAIL)) is kind


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        (grant("invalid_grant", "Invalid JWT Signature."), GoogleKeyRevokedError),
        (grant("invalid_grant", "Invalid grant: account not found"), GoogleAccountGoneError),
        (grant("disabled_client", "The OAuth client was disabled."), GoogleAccountGoneError),
        (grant("invalid_client", "The OAuth client was not found."), GoogleAccountGoneError),
        (
            grant(
                "invalid_grant",
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."
                " Check your iat and exp values in the JWT claim.",
            ),
            GoogleClockError,
        ),
        (grant("invalid_scope", "Invalid OAuth scope or ID token audience provided."), GoogleScopeError),
        (grant("unauthorized_client"), GoogleScopeError),
        (refusal(403, details=[{"reason": "SERVICE_DISABLED"}]), GoogleApiDisabledError),
        (answer(503, "<html>Try again in 30 seconds"), GoogleDownError),
        (answer(429, {}), GoogleBusyError),
        (answer(400, "<html>Proxy"), GoogleInterceptedError),
    ],
)
def test_a_refusal_of_the_token_says_who_must_act(response: requests.Response, kind: type[SourceError]) -> None:
    assert type(token_error(response, email=EMAIL)) is kind


def test_a_switched_off_api_names_the_project_and_the_page_to_open() -> None:
    message = "Google Sheets API has not been used in project 1234567890 before or it is disabled. Enable it by …"
    error = sheets_error(refusal(403, message), email=EMAIL)
    assert error.detail == {
        "project": "1234567890",
        "link": "https://console.cloud.google.com/apis/library/sheets.googleapis.com?project=1234567890",
    }


def test_a_link_in_googles_answer_is_never_passed_on() -> None:
    details = [{"reason": "SERVICE_DISABLED", "metadata": {"activationUrl": "https://elders.be/?project=1"}}]
    assert "elders" not in str(sheets_error(refusal(403, details=details), email=EMAIL))


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 60),
        ({"Retry_After": "17"}, 17),
        ({"Retry_After": "0"}, 1),
        ({"Retry_After": "99999999999999999999"}, 600),
        ({"Retry_After": "soon"}, 60),
        ({"Retry_After": "-5"}, 60),
        ({"Retry_After": "Mon, 20 Aug 2018 10:00:30 GMT", "Date": "Mon, 20 Aug 2018 10:00:00 GMT"}, 30),
        ({"Retry_After": "Mon, 20 Aug 2018 10:00:30 GMT"}, 60),
        ({"Retry_After": "Mon, 20 Aug 2018 10:00:30", "Date": "Mon, 20 Aug 2018 10:00:00 GMT"}, 60),
    ],
)
def test_too_many_reads_say_how_long_to_wait(headers: dict[str, str], seconds: float) -> None:
    assert sheets_error(answer(429, {}, **headers), email=EMAIL).retry_after == seconds


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (requests.exceptions.SSLError("CERTIFICATE_VERIFY_FAILED"), GoogleTlsError),
        (OSError("Could not find a suitable TLS CA certificate bundle"), GoogleTlsError),
        (requests.exceptions.ProxyError("Cannot connect to proxy."), GoogleUnreachableError),
        (requests.exceptions.ConnectTimeout(), GoogleTimeoutError),
        (requests.ConnectionError(), GoogleUnreachableError),
    ],
)
def test_a_broken_connection_says_what_broke(error: Exception, kind: type[SourceError]) -> None:
    found = connection_error(error, host="sheets.googleapis.com", is_over=False, whole_seconds=20)
    assert type(found) is kind
    assert found.detail == {"host": "sheets.googleapis.com"}
