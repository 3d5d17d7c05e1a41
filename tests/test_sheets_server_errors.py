"""The stand-in refuses in the words that were recorded from Google, and one that says it otherwise is found out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests
from sheets_server import READ_ONLY, SheetsServer, errors
from sheets_server.client import fetch_token

if TYPE_CHECKING:
    from collections.abc import Callable

FILE = Path(__file__).parents[2] / "shared" / "fixtures" / "google_errors.json"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason=f"Google's error bodies are not here: {FILE}")
EMAIL = "genkdash@proef.iam.gserviceaccount.com"

# The one that is left out, "sheets-spreadsheets-get-api-key-not-enabled_403", is an older wording of
# "service-disabled" for requests that bear an API key; ours never do.
PROVOKED = {
    "fitness-get-wrong-scope_403": "/drive/v3/files/{book}",
    "sheets-spreadsheets-get-bad-field-mask_400": "/v4/spreadsheets/{book}?fields=sheets.sheetProperties",
    "sheets-spreadsheets-get-nonexistent-range_400": "/v4/spreadsheets/{book}?ranges=NOPE!A5:F15",
    "sheets-spreadsheets-get-nonexistent-sheet-id_404": "/v4/spreadsheets/bestaat-niet",
    "sheets-spreadsheets-get-quota-exceeded-readgroup_429": "/v4/spreadsheets/{book}",
    "sheets-spreadsheets-get-service-disabled_403": "/v4/spreadsheets/{book}",
}


def differences() -> list[str]:
    """The recorded refusals that the stand-in words otherwise, or gives another status."""
    recorded = json.loads(FILE.read_text("utf-8"))
    found = []
    with SheetsServer() as server, requests.Session() as session:
        book = server.add_spreadsheet("Genk vertelt", {"Blad1": []}, shared_with=[EMAIL])
        session.headers["Authorization"] = f"Bearer {fetch_token(server.service_account(EMAIL), [READ_ONLY])}"
        for name, path in PROVOKED.items():
            if "quota" in name:
                server.quota_on(clock=lambda: 0.0)
                for _ in range(60):
                    server.quota.spend(EMAIL, "read")
            if "disabled" in name:
                server.fault("service-disabled")
            answer = session.get(server.url + path.format(book=book.id), timeout=10)
            if (str(answer.status_code), answer.json()) != (name.rpartition("_")[2], recorded[name]):
                found.append(name)
            server.quota_off()
            server.heal()
    return found


def test_every_recorded_refusal_is_given_with_its_status_and_body() -> None:
    assert differences() == []


def test_no_recorded_refusal_is_forgotten() -> None:
    recorded = set(json.loads(FILE.read_text("utf-8")))
    assert recorded - set(PROVOKED) == {"sheets-spreadsheets-get-api-key-not-enabled_403"}


def says_404_for_a_missing_range(text: str) -> errors.Refusal:
    return errors.refusal(404, f"Unable to parse range: {text}")


def says_what_it_could_not_read_otherwise(text: str) -> errors.Refusal:
    return errors.bad_request(f"No such range: {text}")


def says_400_for_an_unknown_spreadsheet() -> errors.Refusal:
    return errors.bad_request("Requested entity was not found.")


def says_503_for_too_many(*_: Any) -> errors.Refusal:
    return errors.unavailable()


def says_too_many_without_a_reason(*_: Any) -> errors.Refusal:
    return errors.refusal(429, "Too many requests.")


def forgets_the_details(*_: Any) -> errors.Refusal:
    return errors.refusal(403, "Google Sheets API is disabled.")


@pytest.mark.parametrize(
    ("name", "broken", "noticed"),
    [
        ("unparsable_range", says_404_for_a_missing_range, "sheets-spreadsheets-get-nonexistent-range_400"),
        ("unparsable_range", says_what_it_could_not_read_otherwise, "sheets-spreadsheets-get-nonexistent-range_400"),
        ("unknown_entity", says_400_for_an_unknown_spreadsheet, "sheets-spreadsheets-get-nonexistent-sheet-id_404"),
        ("quota_exceeded", says_503_for_too_many, "sheets-spreadsheets-get-quota-exceeded-readgroup_429"),
        ("quota_exceeded", says_too_many_without_a_reason, "sheets-spreadsheets-get-quota-exceeded-readgroup_429"),
        ("service_disabled", forgets_the_details, "sheets-spreadsheets-get-service-disabled_403"),
    ],
)
def test_a_server_that_refuses_otherwise_is_found_out(
    monkeypatch: pytest.MonkeyPatch, name: str, broken: Callable[..., errors.Refusal], noticed: str
) -> None:
    monkeypatch.setattr(errors, name, broken)
    assert differences() == [noticed]
