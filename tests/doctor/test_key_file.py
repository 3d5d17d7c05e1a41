"""Of a key file only the address of its account is read, and only of a file that can be one."""

import json
from pathlib import Path

import pytest
from sheets_server import SheetsServer

from genkdash.doctor.key_file import account_of, key_path
from genkdash.sheet.errors import FileMissingError, GoogleKeyFileError

EMAIL = "genkdash@proef.iam.gserviceaccount.com"


@pytest.fixture(scope="module")
def key() -> dict[str, str]:
    return SheetsServer().service_account(EMAIL)


def test_a_key_tells_the_address_to_share_the_sheet_with(tmp_path: Path, key: dict[str, str]) -> None:
    file = tmp_path / "sleutel.json"
    file.write_text(json.dumps(key))
    assert account_of(file) == EMAIL


@pytest.mark.parametrize("typed", ['"{}"', "'{}'", "  {}  "])
def test_a_path_may_be_copied_with_what_a_file_manager_puts_around_it(tmp_path: Path, typed: str) -> None:
    file = tmp_path / "mijn sleutel.json"
    file.touch()
    assert key_path(typed.format(file)) == file


def test_a_path_in_the_home_folder_may_be_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "sleutel.json").touch()
    assert key_path("~/sleutel.json") == tmp_path / "sleutel.json"


@pytest.mark.parametrize("typed", ["/dev/zero", "/dev", "/nergens/sleutel.json", "~niemand9/sleutel.json", "a\0b"])
def test_what_is_no_file_is_never_opened(typed: str) -> None:
    with pytest.raises(FileMissingError):
        key_path(typed)


@pytest.mark.parametrize("content", ["", "geen sleutel", "[]", "\udcff", "x" * 70_000])
def test_a_file_that_is_no_json_is_no_key(tmp_path: Path, content: str) -> None:
    file = tmp_path / "sleutel.json"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(GoogleKeyFileError):
        account_of(file)


@pytest.mark.parametrize(
    ("field", "value"), [("type", "authorized_user"), ("client_email", ""), ("private_key", "geheim")]
)
def test_an_unusable_key_is_told_by_its_field_and_not_by_its_content(
    tmp_path: Path, key: dict[str, str], field: str, value: str
) -> None:
    file = tmp_path / "sleutel.json"
    file.write_text(json.dumps({**key, field: value}))
    with pytest.raises(GoogleKeyFileError) as failed:
        account_of(file)
    assert failed.value.detail == {"field": field}
    assert "geheim" not in repr(failed.value)
