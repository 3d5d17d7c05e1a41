import socket
import threading

import loopback_only
import pytest
import requests


@pytest.fixture
def refused() -> list[str]:
    """Return what was refused, and forgive it at the end of the test."""
    yield loopback_only.attempts
    loopback_only.attempts.clear()


@pytest.mark.parametrize("host", ["sheets.googleapis.com", "93.184.216.34", "::ffff:93.184.216.34", "10.0.0.1"])
def test_a_look_up_of_another_machine_is_refused(host: str, refused: list[str]) -> None:
    with pytest.raises(loopback_only.LeftTheMachineError):
        socket.getaddrinfo(host, 443)
    assert refused == [host]


@pytest.mark.parametrize("way", ["connect", "connect_ex"])
def test_a_connection_to_another_machine_is_refused(way: str, refused: list[str]) -> None:
    with socket.socket() as sock, pytest.raises(loopback_only.LeftTheMachineError):
        getattr(sock, way)(("93.184.216.34", 443))
    assert refused == ["93.184.216.34"]


def test_a_datagram_to_another_machine_is_refused(refused: list[str]) -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sock, pytest.raises(loopback_only.LeftTheMachineError):
        sock.sendto(b"hello", ("8.8.8.8", 53))
    assert refused == ["8.8.8.8"]


def test_a_library_that_goes_outside_in_a_thread_is_noticed_though_it_swallows_the_error(refused: list[str]) -> None:
    def call() -> None:
        with pytest.raises(loopback_only.LeftTheMachineError):
            requests.get("https://oauth2.googleapis.com/token", timeout=1)

    thread = threading.Thread(target=call)
    thread.start()
    thread.join()
    assert refused == ["oauth2.googleapis.com"]


def test_this_machine_may_be_reached_by_name_and_by_number() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        for host in ("localhost", "127.0.0.1"):
            socket.create_connection((host, port)).close()
    first, second = socket.socketpair()
    first.close()
    second.close()
