"""Which sheet and as whom: what is accepted in the settings, and what is refused before anything is sent."""

import traceback

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sheets_server.tokens import Accounts

from genkdash.sheet.errors import (
    GoogleAddressError,
    GoogleKeyFileError,
    GoogleKeyMissingError,
    GoogleSheetAddressError,
)
from genkdash.sheet.google import GoogleSheet
from genkdash.sheet.google_key import parse_address, parse_sheet_key, read_credentials

KEY = "1AbC-dEf_GhIjKlMnOpQrStUvWxYz0123456789abcdef"
TOKEN_URI = "https://oauth2.googleapis.com/token"


@pytest.fixture
def fields() -> dict[str, str]:
    return Accounts().issue("genkdash@proef.iam.gserviceaccount.com", TOKEN_URI)


@pytest.mark.parametrize(
    "sheet",
    [
        KEY,
        f"  {KEY}\n",
        f"https://docs.google.com/spreadsheets/d/{KEY}/edit#gid=0",
        f"https://docs.google.com/spreadsheets/d/{KEY}",
        f"https://docs.google.com/spreadsheets/u/1/d/{KEY}/edit?gid=5#gid=5",
        f"https://drive.google.com/open?id={KEY}",
        f"https://docs.google.com/spreadsheet/ccc?hl=nl&key={KEY}#gid=0",
    ],
)
def test_the_key_of_a_sheet_is_found(sheet: str) -> None:
    assert parse_sheet_key(sheet) == KEY


@pytest.mark.parametrize(
    "sheet",
    ["", "https://docs.google.com/spreadsheets/", "posts.xlsx", "../secret", "a/b", f"ftp://x/d/{KEY}",
     "https://docs.google.com/spreadsheets/d/e/2PACX-1vT/pubhtml"],
)  # fmt: skip
def test_what_is_no_sheet_is_refused(sheet: str) -> None:
    with pytest.raises(GoogleSheetAddressError):
        parse_sheet_key(sheet)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://sheets.googleapis.com/", "https://sheets.googleapis.com"),
        ("https://proxy.genk.be:8443/google", "https://proxy.genk.be:8443/google"),
        ("http://127.0.0.1:8099", "http://127.0.0.1:8099"),
        ("http://[::1]:8099", "http://[::1]:8099"),
        ("http://localhost:8099", "http://localhost:8099"),
    ],
)
def test_an_address_is_https_or_this_machine(url: str, address: str) -> None:
    assert parse_address(url) == address


@pytest.mark.parametrize(
    "url",
    ["http://sheets.googleapis.com", "http://127.0.0.1.elders.be", "http://localhost.elders.be", "http://10.0.0.1",
     "file:///etc/passwd", "ftp://localhost", "https://", "localhost:8099", "", "https://host:port",
     "https://naam:geheim@sheets.googleapis.com", "https://sheets.googleapis.com/?x=1", "https://[::1"],
)  # fmt: skip
def test_every_other_address_is_refused_without_showing_what_may_be_a_password(url: str) -> None:
    with pytest.raises(GoogleAddressError) as caught:
        parse_address(url)
    assert "geheim" not in str(caught.value)


def test_the_address_in_the_settings_and_the_one_in_the_key_are_both_checked(fields: dict[str, str]) -> None:
    with pytest.raises(GoogleAddressError):
        GoogleSheet(KEY, credentials=fields, api_url="http://sheets.elders.be")
    with pytest.raises(GoogleAddressError):
        GoogleSheet(KEY, credentials=fields | {"token_uri": "http://oauth2.elders.be/token"})


def test_a_key_file_becomes_an_account_that_may_only_read_sheets(fields: dict[str, str]) -> None:
    account = read_credentials(fields)
    assert account.service_account_email == "genkdash@proef.iam.gserviceaccount.com"
    assert account.scopes == ("https://www.googleapis.com/auth/spreadsheets.readonly",)


def test_line_breaks_of_a_key_may_be_written_as_backslash_n(fields: dict[str, str]) -> None:
    read_credentials(fields | {"private_key": fields["private_key"].replace("\n", "\\n")})


def test_another_universe_in_the_key_file_changes_nothing(fields: dict[str, str]) -> None:
    assert read_credentials(fields | {"universe_domain": "elders.be"}).universe_domain == "googleapis.com"


def test_no_key_file_at_all_is_told_apart() -> None:
    with pytest.raises(GoogleKeyMissingError):
        read_credentials({})


@pytest.mark.parametrize("missing", ["client_email", "private_key"])
@pytest.mark.parametrize("blank", [True, False])
def test_a_missing_field_is_named(fields: dict[str, str], missing: str, blank: bool) -> None:  # noqa: FBT001  one of two cases
    if blank:
        fields[missing] = "  "
    else:
        del fields[missing]
    with pytest.raises(GoogleKeyFileError) as caught:
        read_credentials(fields)
    assert caught.value.detail == {"field": missing}


def test_the_key_of_a_person_instead_of_a_service_account_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(GoogleKeyFileError) as caught:
        read_credentials(fields | {"type": "authorized_user"})
    assert caught.value.detail == {"field": "type"}


def elliptic_key() -> str:
    return (
        ec.generate_private_key(ec.SECP256R1())
        .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        .decode()
    )


@pytest.mark.parametrize(
    "key",
    [
        "geheim",
        "-----BEGIN PRIVATE KEY-----\nZ2VoZWlt\n-----END PRIVATE KEY-----\n",
        "-----BEGIN RSA PRIVATE KEY-----\nZ2VoZWlt\n-----END RSA PRIVATE KEY-----\n",
        elliptic_key(),
    ],
    ids=["text", "no-key", "no-rsa-key", "elliptic"],
)
def test_an_unusable_private_key_is_refused_and_not_shown(fields: dict[str, str], key: str) -> None:
    with pytest.raises(GoogleKeyFileError) as caught:
        read_credentials(fields | {"private_key": key})
    assert caught.value.detail == {"field": "private_key"}
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value.__context__)
    assert "Z2VoZWlt" not in shown
    assert not any(line in shown for line in key.splitlines()[1:-1])
