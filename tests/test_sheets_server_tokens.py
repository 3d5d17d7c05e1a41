"""The token endpoint and the API let in whom Google lets in, and refuse the rest in Google's words."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests
from google.auth import crypt, jwt
from google.auth.exceptions import RefreshError
from sheets_server import READ_ONLY, READ_WRITE, SheetsServer
from sheets_server.client import fetch_token, session_for
from sheets_server.tokens import GOOGLE_AUDIENCE, JWT_BEARER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheets_server import Spreadsheet

ERRORS = Path(__file__).parents[2] / "shared" / "fixtures" / "google_errors.json"
EMAIL = "genkdash@proef.iam.gserviceaccount.com"
DRIVE = "https://www.googleapis.com/auth/drive"


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        yield server


@pytest.fixture
def book(server: SheetsServer) -> Spreadsheet:
    return server.add_spreadsheet("Genk vertelt", {"Berichten": [["Datum"], [43206]]}, shared_with=[EMAIL])


def google_error(name: str) -> Any:
    if not ERRORS.exists():
        pytest.skip(f"Google's error bodies are not here: {ERRORS}")
    return json.loads(ERRORS.read_text("utf-8"))[name]


def assertion(credentials: dict[str, str], **claims: Any) -> str:
    now = int(time.time())
    standard = {
        "iss": credentials["client_email"],
        "scope": READ_ONLY,
        "aud": GOOGLE_AUDIENCE,
        "iat": now,
        "exp": now + 3600,
    }
    signer = crypt.RSASigner.from_string(credentials["private_key"], credentials["private_key_id"])
    return jwt.encode(signer, standard | claims).decode()


def asked(server: SheetsServer, assertion: str, grant_type: str = JWT_BEARER) -> tuple[int, dict[str, Any]]:
    form = {"grant_type": grant_type, "assertion": assertion}
    answer = requests.post(server.url + "/token", data=form, timeout=10)
    return answer.status_code, answer.json()


def got(server: SheetsServer, path: str, token: str = "") -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = requests.get(server.url + path, headers=headers, timeout=10)
    return answer.status_code, answer.json()


def refused(description: str) -> tuple[int, dict[str, str]]:
    return 400, {"error": "invalid_grant", "error_description": description}


UNTIMELY = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
    "Check your iat and exp values in the JWT claim."
)


def test_a_well_signed_assertion_gets_a_token_for_an_hour(server: SheetsServer) -> None:
    status, body = asked(server, assertion(server.service_account(EMAIL)))
    assert (status, body["token_type"], body["expires_in"]) == (200, "Bearer", 3599)


def test_the_token_uri_of_the_credential_is_an_audience_too(server: SheetsServer) -> None:
    credentials = server.service_account(EMAIL)
    assert asked(server, assertion(credentials, aud=credentials["token_uri"]))[0] == 200


def test_an_assertion_signed_with_another_key_is_refused(server: SheetsServer) -> None:
    mine, other = server.service_account(EMAIL), server.service_account("ander@proef.iam.gserviceaccount.com")
    forged = mine | {"private_key": other["private_key"]}
    assert asked(server, assertion(forged)) == refused("Invalid JWT Signature.")


def test_an_assertion_that_was_changed_after_signing_is_refused(server: SheetsServer) -> None:
    credentials = server.service_account(EMAIL)
    header, _, signature = assertion(credentials).split(".")
    _, claims, _ = assertion(credentials, scope=READ_WRITE).split(".")
    assert asked(server, f"{header}.{claims}.{signature}") == refused("Invalid JWT Signature.")


def test_an_unknown_key_id_is_refused(server: SheetsServer) -> None:
    credentials = server.service_account(EMAIL) | {"private_key_id": "0" * 40}
    assert asked(server, assertion(credentials)) == refused("Invalid JWT Signature.")


def test_an_unknown_account_is_refused(server: SheetsServer) -> None:
    nobody = assertion(server.service_account(EMAIL), iss="niemand@proef.iam.gserviceaccount.com")
    assert asked(server, nobody) == refused("Invalid grant: account not found")


@pytest.mark.parametrize(("begins", "ends"), [(-7200, -3600), (7200, 10800), (0, 7200), (0, 0)])
def test_an_assertion_that_is_expired_too_early_or_too_long_is_refused(
    server: SheetsServer, begins: int, ends: int
) -> None:
    now = int(time.time())
    stale = assertion(server.service_account(EMAIL), iat=now + begins, exp=now + ends)
    assert asked(server, stale) == refused(UNTIMELY)


def test_times_that_are_no_numbers_are_refused(server: SheetsServer) -> None:
    assert asked(server, assertion(server.service_account(EMAIL), exp="morgen")) == refused(UNTIMELY)


def test_another_audience_is_refused(server: SheetsServer) -> None:
    elsewhere = assertion(server.service_account(EMAIL), aud="https://example.com/token")
    assert asked(server, elsewhere) == refused(
        f"Invalid JWT: Failed audience check. The right audience is {GOOGLE_AUDIENCE}"
    )


@pytest.mark.parametrize("scope", ["", "https://www.googleapis.com/auth/onzin"])
def test_a_missing_or_unknown_scope_is_refused(server: SheetsServer, scope: str) -> None:
    status, body = asked(server, assertion(server.service_account(EMAIL), scope=scope))
    assert (status, body["error"]) == (400, "invalid_scope")


@pytest.mark.parametrize("nonsense", ["", "a.b", "a.b.c", "!.!.!", "W10.W10.W10"])
def test_what_is_no_assertion_is_refused(server: SheetsServer, nonsense: str) -> None:
    assert asked(server, nonsense) == refused("Bad Request")


def test_another_grant_is_refused(server: SheetsServer) -> None:
    status, body = asked(server, "", grant_type="password")
    assert (status, body) == (
        400,
        {"error": "unsupported_grant_type", "error_description": "Invalid grant_type: password"},
    )


def test_a_request_without_a_token_is_unauthenticated(server: SheetsServer, book: Spreadsheet) -> None:
    status, body = got(server, f"/v4/spreadsheets/{book.id}")
    assert (status, body["error"]["status"]) == (401, "UNAUTHENTICATED")
    assert body["error"]["message"].startswith("Request is missing required authentication credential.")


def test_a_made_up_token_is_unauthenticated(server: SheetsServer, book: Spreadsheet) -> None:
    status, body = got(server, f"/v4/spreadsheets/{book.id}", "ya29.verzonnen")
    assert (status, body["error"]["status"]) == (401, "UNAUTHENTICATED")
    assert body["error"]["message"].startswith("Request had invalid authentication credentials.")


def test_a_token_dies_after_an_hour() -> None:
    now = [time.time()]
    with SheetsServer(clock=lambda: now[0]) as server:
        credentials = server.service_account(EMAIL)
        book = server.add_spreadsheet("Genk vertelt", {"Berichten": []}, shared_with=[EMAIL])
        token = fetch_token(credentials, [READ_ONLY])
        assert got(server, f"/v4/spreadsheets/{book.id}", token)[0] == 200
        now[0] += 3600
        assert got(server, f"/v4/spreadsheets/{book.id}", token)[0] == 401


def test_a_token_for_reading_may_not_write(server: SheetsServer, book: Spreadsheet) -> None:
    with session_for(server, server.service_account(EMAIL), [READ_ONLY]) as session:
        address = f"{server.url}/v4/spreadsheets/{book.id}/values/A1?valueInputOption=RAW"
        answer = session.put(address, json={"values": [["weg"]]})
    assert answer.status_code == 403
    assert answer.json()["error"]["message"] == "Request had insufficient authentication scopes."
    assert answer.json()["error"]["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
    assert book.tab("Berichten").rows == [["Datum"], [43206]]


def test_a_token_for_sheets_may_not_look_into_drive(server: SheetsServer, book: Spreadsheet) -> None:
    token = fetch_token(server.service_account(EMAIL), [READ_ONLY])
    assert got(server, f"/drive/v3/files/{book.id}", token) == (403, google_error("fitness-get-wrong-scope_403"))


def test_a_spreadsheet_that_is_not_shared_is_forbidden(server: SheetsServer) -> None:
    token = fetch_token(server.service_account(EMAIL), [READ_ONLY])
    book = server.add_spreadsheet("Van een ander", {"Blad1": []})
    assert got(server, f"/v4/spreadsheets/{book.id}", token) == (
        403,
        {"error": {"code": 403, "message": "The caller does not have permission", "status": "PERMISSION_DENIED"}},
    )


def test_sharing_it_helps_at_once(server: SheetsServer) -> None:
    token = fetch_token(server.service_account(EMAIL), [READ_ONLY])
    book = server.add_spreadsheet("Van een ander", {"Blad1": []})
    book.readers.add(EMAIL)
    assert got(server, f"/v4/spreadsheets/{book.id}", token)[0] == 200


def test_a_reader_may_not_write(server: SheetsServer) -> None:
    book = server.add_spreadsheet("Genk vertelt", {"Berichten": []}, read_by=[EMAIL])
    with session_for(server, server.service_account(EMAIL), [READ_WRITE]) as session:
        answer = session.post(f"{server.url}/v4/spreadsheets/{book.id}/values/A1:clear")
    assert answer.json()["error"]["message"] == "The caller does not have permission"


def test_an_unknown_spreadsheet_is_not_found(server: SheetsServer) -> None:
    token = fetch_token(server.service_account(EMAIL), [READ_ONLY])
    expected = google_error("sheets-spreadsheets-get-nonexistent-sheet-id_404")
    assert got(server, "/v4/spreadsheets/bestaat-niet", token) == (404, expected)


def test_drive_does_not_tell_unshared_from_unknown(server: SheetsServer) -> None:
    token = fetch_token(server.service_account(EMAIL), [DRIVE])
    book = server.add_spreadsheet("Van een ander", {"Blad1": []})
    status, body = got(server, f"/drive/v3/files/{book.id}", token)
    assert (status, body["error"]["message"]) == (404, f"File not found: {book.id}.")


def test_a_deleted_key_is_worth_nothing(server: SheetsServer, book: Spreadsheet) -> None:
    credentials = server.service_account(EMAIL)
    token = fetch_token(credentials, [READ_ONLY])
    server.accounts.delete_key(EMAIL)
    assert got(server, f"/v4/spreadsheets/{book.id}", token)[0] == 401
    with pytest.raises(RefreshError, match=r"invalid_grant: Invalid JWT Signature\."):
        fetch_token(credentials, [READ_ONLY])


def test_a_deleted_account_is_not_found(server: SheetsServer) -> None:
    credentials = server.service_account(EMAIL)
    server.accounts.delete_account(EMAIL)
    with pytest.raises(RefreshError, match="invalid_grant: Invalid grant: account not found"):
        fetch_token(credentials, [READ_ONLY])


def test_the_same_account_has_the_same_key_in_a_process(server: SheetsServer) -> None:
    assert server.service_account(EMAIL) == server.service_account(EMAIL)
