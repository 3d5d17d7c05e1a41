"""Systemd is told over a real socket, and hears nothing more once we are stuck."""

import asyncio
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from genkdash.server.systemd import telling_systemd, watchdog_seconds


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    # By a name within the folder: the address of such a socket is short.
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind("notify")
        heard.settimeout(30)
        yield heard


def all_told(heard: socket.socket) -> list[str]:
    """Return every line that was told, until the last."""
    lines: list[str] = []
    while "STOPPING=1" not in lines:
        lines += heard.recv(4096).decode().split("\n")
    return lines


async def live(answers: list[bool], environment: dict[str, str]) -> None:
    """Serve until it was asked whether we live as often as there are answers."""
    is_over = asyncio.Event()

    def is_alive() -> bool:
        if len(answers) == 1:
            is_over.set()
        return answers.pop(0) if answers else False

    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        address = (None, server.sockets[0].getsockname()[1])
        async with telling_systemd(address, is_alive=is_alive, status=lambda: "live", environment=environment):
            await asyncio.wait_for(is_over.wait(), 30)


def test_it_is_told_that_we_live_only_while_we_do(heard: socket.socket) -> None:
    asyncio.run(live([True, True, False, False, True, False], {"NOTIFY_SOCKET": "notify", "WATCHDOG_USEC": "10000"}))
    told = all_told(heard)
    assert told[0] == "READY=1"
    assert told[-1] == "STOPPING=1"
    assert told.count("WATCHDOG=1") == 3


def test_without_a_watchdog_it_is_told_that_we_serve_and_that_we_stop(heard: socket.socket) -> None:
    asyncio.run(live([True], {"NOTIFY_SOCKET": "notify"}))
    assert all_told(heard) == ["READY=1", "STATUS=live", "STATUS=live", "STOPPING=1"]


def test_a_socket_in_no_folder_is_found_too() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(f"\0genkdash-test-{os.getpid()}")
        heard.settimeout(30)
        asyncio.run(live([True], {"NOTIFY_SOCKET": f"@genkdash-test-{os.getpid()}"}))
        assert all_told(heard)[-1] == "STOPPING=1"


def test_a_socket_that_is_gone_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    asyncio.run(live([True], {"NOTIFY_SOCKET": "nowhere"}))
    assert set(caplog.messages) == {"systemd can't be told: FileNotFoundError"}


def test_who_was_not_started_by_systemd_tells_nobody() -> None:
    async def serve() -> str:
        async with telling_systemd((None, 1), is_alive=lambda: True, status=lambda: "live", environment={}):
            return "served"

    assert asyncio.run(serve()) == "served"


@pytest.mark.parametrize(
    ("environment", "seconds"),
    [
        ({"WATCHDOG_USEC": "60000000"}, 60),
        ({"WATCHDOG_USEC": "500000", "WATCHDOG_PID": str(os.getpid())}, 0.5),
        ({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "often"}, None),
        ({}, None),
    ],
)
def test_how_long_we_may_be_silent(environment: dict[str, str], seconds: float | None) -> None:
    assert watchdog_seconds(environment) == seconds
