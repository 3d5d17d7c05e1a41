"""Over TLS, as with Google itself: a certificate that nobody vouches for is refused, and the deadline holds too."""

import contextlib
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from raw_server import dripping, raw_server, sending
from sheets_server.tokens import Accounts

from genkdash.sheet.errors import GoogleSlowError, GoogleTlsError
from genkdash.sheet.google import GoogleSheet
from genkdash.sheet.google_deadline import Limits

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
IMPATIENT = Limits(connect_seconds=2.0, read_seconds=5.0, whole_seconds=0.5)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a key and a certificate for 127.0.0.1 that vouches for itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@contextlib.contextmanager
def token_server(certificate: Path, start: bytes) -> Iterator[str]:
    """Yield the address of a token endpoint that begins well, over TLS, and then drips."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with raw_server(dripping(start, b"H"), context) as url:
        yield f"{url.replace('http:', 'https:')}/token"


def sheet_with(token_uri: str) -> GoogleSheet:
    credentials = Accounts().issue("genkdash@proef.iam.gserviceaccount.com", token_uri)
    return GoogleSheet("1" * 44, credentials=credentials, api_url="http://127.0.0.1:9", limits=IMPATIENT)


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: Path) -> None:
    with token_server(certificate, HEAD) as url:
        sheet = sheet_with(url)
        with pytest.raises(GoogleTlsError):
            sheet.read()
        sheet.close()


@pytest.mark.parametrize("start", [b"", HEAD, HEAD + b"Content-Length: 9999\r\n\r\n{"])
def test_dripping_over_tls_does_not_hold_the_reader(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, start: bytes
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    with token_server(certificate, start) as url:
        sheet = sheet_with(url)
        with pytest.raises(GoogleSlowError):
            sheet.read()
        sheet.close()


def test_a_server_that_speaks_no_tls_is_refused() -> None:
    with raw_server(sending(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as url:
        sheet = sheet_with(f"{url.replace('http:', 'https:')}/token")
        with pytest.raises(GoogleTlsError):
            sheet.read()
        sheet.close()


def test_a_list_of_trusted_certificates_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nergens/ca.pem")
    sheet = sheet_with("https://127.0.0.1:9/token")
    with pytest.raises(GoogleTlsError):
        sheet.read()
    sheet.close()
