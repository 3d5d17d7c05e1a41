"""An answer that Google's own documents do not describe is found out."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from sheets_server import READ_ONLY, SheetsServer, values
from sheets_server.client import fetch_token
from sheets_server.discovery import problems

EMAIL = "genkdash@proef.iam.gserviceaccount.com"
GOOD = {"range": "Blad1!A1", "majorDimension": "ROWS", "values": [["a", 1, True]]}


def test_a_value_range_of_the_published_shape_has_no_problems() -> None:
    assert problems("ValueRange", GOOD) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"extra": 1}, "ValueRange: Additional properties are not allowed ('extra' was unexpected)"),
        ({"values": "a"}, "ValueRange.values: 'a' is not of type 'array'"),
        ({"values": ["a"]}, "ValueRange.values[0]: 'a' is not of type 'array'"),
        ({"majorDimension": "DIAGONAL"}, "ValueRange.majorDimension: 'DIAGONAL' is not one of"),
        ({"range": 1}, "ValueRange.range: 1 is not of type 'string'"),
    ],
)
def test_another_shape_is_named_with_its_place(change: dict[str, Any], words: str) -> None:
    found = problems("ValueRange", GOOD | change)
    assert len(found) == 1
    assert found[0].startswith(words)


def test_schemas_of_drive_and_of_accounts_are_known_too() -> None:
    assert problems("File", {"id": "x", "name": "y"}) == []
    assert problems("File", {"naam": "y"}) != []
    assert problems("ServiceAccountAllowedLocations", {"encodedLocations": "0x0", "locations": []}) == []


def test_an_unknown_schema_is_told() -> None:
    with pytest.raises(LookupError, match="Onzin"):
        problems("Onzin", {})


def test_a_stand_in_that_makes_up_a_field_fails_its_test(monkeypatch: pytest.MonkeyPatch) -> None:
    true_answer = values.value_range

    def with_a_made_up_field(*arguments: Any) -> dict[str, Any]:
        return true_answer(*arguments) | {"kleur": "rood"}

    monkeypatch.setattr(values, "value_range", with_a_made_up_field)
    server = SheetsServer()
    server.start()
    book = server.add_spreadsheet("Genk vertelt", {"Blad1": []}, shared_with=[EMAIL])
    token = fetch_token(server.service_account(EMAIL), [READ_ONLY])
    address = f"{server.url}/v4/spreadsheets/{book.id}/values/A1"
    requests.get(address, headers={"Authorization": f"Bearer {token}"}, timeout=10)
    with pytest.raises(AssertionError, match="'kleur' was unexpected"):
        server.__exit__(None, None, None)


def test_a_failure_of_the_stand_in_itself_is_told_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumbles(*_: Any) -> None:
        raise RuntimeError("gestruikeld")

    monkeypatch.setattr(values, "read", stumbles)
    server = SheetsServer()
    server.start()
    book = server.add_spreadsheet("Genk vertelt", {"Blad1": []}, shared_with=[EMAIL])
    token = fetch_token(server.service_account(EMAIL), [READ_ONLY])
    address = f"{server.url}/v4/spreadsheets/{book.id}/values/A1"
    with pytest.raises(requests.exceptions.ConnectionError):
        requests.get(address, headers={"Authorization": f"Bearer {token}"}, timeout=10)
    with pytest.raises(AssertionError, match="gestruikeld"):
        server.__exit__(None, None, None)
