"""The way to Google and back: in time, not too much, nowhere else, and with a token that stays hidden."""

import gzip
import logging
import socket
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from raw_server import Answer, dripping, raw_server, sending
from sheets_server import READ_ONLY, SheetsServer, Spreadsheet

from genkdash.sheet.errors import (
    GoogleAccountGoneError,
    GoogleBusyError,
    GoogleInterceptedError,
    GoogleKeyRevokedError,
    GoogleSlowError,
    GoogleTimeoutError,
    GoogleTooLargeError,
    GoogleTruncatedError,
    GoogleUnreachableError,
    SourceError,
)
from genkdash.sheet.google import GoogleSheet
from genkdash.sheet.google_deadline import LIMITS, Limits

EMAIL = "genkdash@proef.iam.gserviceaccount.com"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
IMPATIENT = Limits(connect_seconds=1.0, read_seconds=5.0, whole_seconds=0.3)
SHORT = Limits(connect_seconds=1.0, read_seconds=0.2, whole_seconds=5.0)
SMALL = Limits(max_bytes=2**20)

FAULTS = [
    "429", "500", "503", "500-html", "502-html", "503-html", "html-200", "empty", "wrong-type", "truncate", "reset",
    "400", "401", "403", "404", "token-revoked", "account-deleted", "service-disabled", "not-shared",
    "insufficient-scope",
]  # fmt: skip  # one to a line would hide the list

Open = Callable[..., GoogleSheet]


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        yield server


@pytest.fixture
def book(server: SheetsServer) -> Spreadsheet:
    return server.add_spreadsheet(
        "Genk vertelt", {"Berichten": [["Datum", "Influencer"], [43206, "Amina"]]}, shared_with=[EMAIL]
    )


@pytest.fixture
def open_sheet(server: SheetsServer, book: Spreadsheet) -> Iterator[Open]:
    opened: list[GoogleSheet] = []

    def open_it(api_url: str | None = None, limits: Limits = LIMITS, token_uri: str | None = None) -> GoogleSheet:
        credentials = server.service_account(EMAIL)
        sheet = GoogleSheet(
            book.id,
            credentials=credentials | ({"token_uri": token_uri} if token_uri else {}),
            api_url=api_url or server.url,
            limits=limits,
        )
        opened.append(sheet)
        return sheet

    yield open_it
    for sheet in opened:
        sheet.close()


def failure_of(sheet: GoogleSheet) -> SourceError:
    with pytest.raises(SourceError) as caught:
        sheet.read()
    return caught.value


@pytest.mark.parametrize("where", ["values", "metadata", "token"])
def test_a_server_that_drips_does_not_hold_the_reader(server: SheetsServer, open_sheet: Open, where: str) -> None:
    server.fault("drip:2", where=where)
    assert isinstance(failure_of(open_sheet(limits=IMPATIENT)), GoogleSlowError)


@pytest.mark.parametrize("start", [b"", HEAD, HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n"])
def test_dripping_a_status_line_headers_or_a_chunk_is_too_slow_as_well(open_sheet: Open, start: bytes) -> None:
    with raw_server(dripping(start, b"H")) as url:
        assert isinstance(failure_of(open_sheet(api_url=url, limits=IMPATIENT)), GoogleSlowError)


def test_a_slow_token_and_a_slow_answer_share_one_deadline(server: SheetsServer, open_sheet: Open) -> None:
    with raw_server(dripping(b"", b"H")) as url:
        error = failure_of(open_sheet(token_uri=f"{url}/token", limits=IMPATIENT))
    assert isinstance(error, GoogleSlowError)
    assert error.detail == {"seconds": "0.3"}
    assert server.log == []


@pytest.mark.parametrize("where", ["values", "metadata", "token"])
def test_a_server_that_says_nothing_is_not_waited_for(server: SheetsServer, open_sheet: Open, where: str) -> None:
    server.fault("blackhole", where=where)
    assert isinstance(failure_of(open_sheet(limits=SHORT)), GoogleTimeoutError)


def test_an_answer_above_the_cap_is_not_read_to_its_end(server: SheetsServer, open_sheet: Open) -> None:
    server.fault("flood:3")
    error = failure_of(open_sheet(limits=SMALL))
    assert isinstance(error, GoogleTooLargeError)
    assert error.detail == {"megabytes": "1"}


def test_a_small_answer_that_unpacks_above_the_cap_is_refused(open_sheet: Open) -> None:
    packed = gzip.compress(b" " * (3 * 2**20))
    head = HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    with raw_server(sending(head, packed)) as url:
        assert isinstance(failure_of(open_sheet(api_url=url, limits=SMALL)), GoogleTooLargeError)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/login\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html>Sign in",
        b"HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html>Blocked",
    ],
)
@pytest.mark.parametrize("is_token", [False, True])
def test_a_sign_in_page_or_a_redirect_is_not_google(open_sheet: Open, answer: bytes, is_token: bool) -> None:  # noqa: FBT001  one of two cases
    with raw_server(sending(answer)) as url:
        sheet = open_sheet(token_uri=f"{url}/token") if is_token else open_sheet(api_url=url)
        assert isinstance(failure_of(sheet), GoogleInterceptedError)


@pytest.mark.parametrize("answer", [b"not http at all\r\n\r\n", b"", HEAD + b"Content-Length: 99\r\n\r\n{"])
def test_bytes_that_are_no_whole_answer_are_an_error(open_sheet: Open, answer: bytes) -> None:
    with raw_server(sending(answer)) as url:
        assert isinstance(failure_of(open_sheet(api_url=url)), GoogleUnreachableError | GoogleTruncatedError)


def test_a_broken_off_read_is_tried_once_more(server: SheetsServer, open_sheet: Open) -> None:
    server.fault("reset", times=1)
    assert open_sheet().read().name == "Genk vertelt"


def test_a_connection_that_the_server_closed_meanwhile_is_opened_again(server: SheetsServer, open_sheet: Open) -> None:
    sheet = open_sheet()
    sheet.read()
    server.stop()
    server.start()
    assert sheet.read().name == "Genk vertelt"


def test_a_server_that_is_away_is_unreachable_and_found_again(server: SheetsServer, open_sheet: Open) -> None:
    sheet = open_sheet()
    sheet.read()
    server.stop()
    error = failure_of(sheet)
    assert isinstance(error, GoogleUnreachableError)
    assert error.detail == {"host": "127.0.0.1"}
    server.start()
    assert sheet.read().name == "Genk vertelt"


def test_a_token_lasts_for_many_reads(server: SheetsServer, open_sheet: Open) -> None:
    sheet = open_sheet()
    for _ in range(3):
        sheet.read()
    assert len(server.requests("/token")) == 1


def test_a_token_withdrawn_before_its_time_is_renewed_within_the_read(server: SheetsServer, open_sheet: Open) -> None:
    sheet = open_sheet()
    sheet.read()
    server.fault("token-expired")
    assert sheet.read().name == "Genk vertelt"
    assert len(server.requests("/token")) == 2


@pytest.mark.parametrize(
    ("fault", "kind"), [("token-revoked", GoogleKeyRevokedError), ("account-deleted", GoogleAccountGoneError)]
)
def test_a_key_that_is_withdrawn_says_whose(
    server: SheetsServer, open_sheet: Open, fault: str, kind: type[SourceError]
) -> None:
    sheet = open_sheet()
    sheet.read()
    server.fault(fault)
    error = failure_of(sheet)
    assert isinstance(error, kind)
    assert error.detail == {"email": EMAIL}


@pytest.mark.parametrize(("where", "fault"), [("token", "503"), ("token", "429"), ("token", "500-html")])
def test_a_refused_token_is_not_asked_for_again_at_once(
    server: SheetsServer, open_sheet: Open, where: str, fault: str
) -> None:
    server.fault(fault, where=where)
    failure_of(open_sheet())
    assert len(server.log) == 1


def test_too_many_reads_wait_for_the_minute(server: SheetsServer, open_sheet: Open) -> None:
    server.quota_on(2)
    sheet = open_sheet()
    sheet.read()
    error = failure_of(sheet)
    assert isinstance(error, GoogleBusyError)
    assert error.retry_after == 60


def test_the_token_may_only_read_sheets(server: SheetsServer, open_sheet: Open) -> None:
    open_sheet().read()
    assert {frozenset(token.scopes) for token in server.accounts._tokens.values()} == {frozenset({READ_ONLY})}  # noqa: SLF001  the stand-in has no other way to tell


def test_only_the_two_addresses_of_the_settings_are_spoken_to(server: SheetsServer, open_sheet: Open) -> None:
    # google-auth's own session would ask iamcredentials.googleapis.com as well; conftest's guard would see it.
    open_sheet().read()
    assert [request.path.rpartition("/")[0] for request in server.log] == ["", "/v4/spreadsheets", server.log[1].path]


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_requests_to_this_machine_go_through_no_proxy(
    open_sheet: Open, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert open_sheet().read().name == "Genk vertelt"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (sending(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"), GoogleUnreachableError),
        (dripping(b"HTTP/1.1 200 OK\r\n", b"H"), GoogleSlowError),
    ],
    ids=["refusing", "dripping"],
)
def test_google_is_reached_through_the_proxy_of_the_network(
    open_sheet: Open, monkeypatch: pytest.MonkeyPatch, answer: Answer, kind: type[SourceError]
) -> None:
    # Without the proxy the name would be looked up here, which conftest refuses.
    with raw_server(answer) as url:
        monkeypatch.setenv("HTTPS_PROXY", url)
        sheet = open_sheet(api_url="https://sheets.googleapis.com", limits=IMPATIENT)
        sheet._session._credentials.token = "known"  # noqa: SLF001  the token endpoint is on this machine
        assert isinstance(failure_of(sheet), kind)


def test_a_netrc_of_the_machine_does_not_replace_the_token(
    open_sheet: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password something")
    monkeypatch.setenv("NETRC", str(netrc))
    assert open_sheet().read().name == "Genk vertelt"


@pytest.mark.parametrize("fault", FAULTS)
def test_no_error_shows_key_token_or_cells(
    server: SheetsServer, open_sheet: Open, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    caplog.set_level(logging.DEBUG)
    sheet = open_sheet()
    sheet.read()
    server.fault(fault, where=None if fault in ("token-revoked", "account-deleted", "service-disabled") else "values")
    error = failure_of(sheet)
    shown = "".join([
        str(error), repr(error), repr(error.__dict__), repr(sheet), caplog.text,
        *traceback.format_exception(error),
        *(repr(each) for each in (error.__context__, error.__cause__)),
    ])  # fmt: skip
    key = server.service_account(EMAIL)["private_key"].splitlines()
    for secret in (*key[1:-1], *server.accounts._tokens, "Amina", "assertion"):  # noqa: SLF001  the same
        assert secret not in shown


def test_a_name_that_does_not_exist_is_unreachable(open_sheet: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_such_name(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    sheet = open_sheet(api_url="https://sheets.googleapis.com")
    sheet._session._credentials.token = "known"  # noqa: SLF001  so that no name but Google's is looked up
    monkeypatch.setattr(socket, "getaddrinfo", no_such_name)
    error = failure_of(sheet)
    assert isinstance(error, GoogleUnreachableError)
    assert error.detail == {"host": "sheets.googleapis.com"}
