"""A look-up that never ends does not hold the reader, and leaves one thread behind at most."""

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from sheets_server import SheetsServer

from genkdash.sheet.errors import GoogleTimeoutError, GoogleUnreachableError, SourceError
from genkdash.sheet.google import GoogleSheet
from genkdash.sheet.google_connect import Connector
from genkdash.sheet.google_deadline import Limits

EMAIL = "genkdash@proef.iam.gserviceaccount.com"
ADDRESS = ("sheets.example", 443)


class Resolver:
    """The system's look-up of names, silent or without an answer when a test says so."""

    def __init__(self) -> None:
        self.asked = 0
        self.is_silent = False
        self.is_gone = False
        self.speaks = threading.Event()
        self._real = socket.getaddrinfo

    def __call__(self, *given: Any, **named: Any) -> Any:
        self.asked += 1
        if self.is_silent:
            self.speaks.wait()
        if self.is_gone:
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return self._real(*given, **named)


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Resolver]:
    resolver = Resolver()
    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    yield resolver
    resolver.speaks.set()
    for thread in threading.enumerate():
        if thread.name == "genkdash-connect":
            thread.join()


@pytest.fixture
def sheet() -> Iterator[GoogleSheet]:
    limits = Limits(connect_seconds=1.0, read_seconds=0.1, whole_seconds=5.0)
    with SheetsServer() as server:
        book = server.add_spreadsheet("Genk vertelt", {"Berichten": [["Datum"]]}, shared_with=[EMAIL])
        sheet = GoogleSheet(book.id, credentials=server.service_account(EMAIL), api_url=server.url, limits=limits)
        yield sheet
        sheet.close()


def failure_of(sheet: GoogleSheet) -> SourceError:
    with pytest.raises(SourceError) as caught:
        sheet.read()
    return caught.value


def test_name_servers_that_say_nothing_are_not_waited_for(resolver: Resolver, sheet: GoogleSheet) -> None:
    resolver.is_silent = True
    assert isinstance(failure_of(sheet), GoogleTimeoutError)


def test_three_tries_at_silent_name_servers_ask_them_once_and_the_one_after_reads(
    resolver: Resolver, sheet: GoogleSheet
) -> None:
    resolver.is_silent = True
    for _ in range(3):
        failure_of(sheet)
    assert resolver.asked == 1
    resolver.is_silent = False
    resolver.speaks.set()
    assert sheet.read().name == "Genk vertelt"


def test_a_name_that_is_gone_is_no_connection(resolver: Resolver, sheet: GoogleSheet) -> None:
    resolver.is_gone = True
    assert isinstance(failure_of(sheet), GoogleUnreachableError)


def test_a_connection_that_comes_too_late_is_closed() -> None:
    connector, may_connect = Connector(), threading.Event()
    ours, theirs = socket.socketpair()

    def connect() -> socket.socket:
        may_connect.wait()
        return ours

    with theirs, pytest.raises(TimeoutError):
        connector.connected(ADDRESS, connect, seconds=0.01)
    may_connect.set()
    for thread in threading.enumerate():
        if thread.name == "genkdash-connect":
            thread.join()
    assert ours.fileno() == -1
