"""How does a damaged answer go over the wire?"""

from __future__ import annotations

import select
import socket
import time
from typing import TYPE_CHECKING

from sheets_server.connections import reset_on_close

if TYPE_CHECKING:
    from sheets_server.faults import Fault

LOOK_AGAIN_SECONDS = 0.02
MEGABYTE = 1 << 20
MISSING_BYTES = 100


def promised_length(kind: str, length: int) -> int | None:
    """The `Content-Length` that goes out with so many bytes of body; None for no such header."""
    if kind in {"truncate-chunked", "flood"}:
        return None
    return length + (MISSING_BYTES if kind == "truncate" else 0)


def send_damaged(connection: socket.socket, head: bytes, body: bytes, fault: Fault) -> None:
    """Send an answer as the fault has it; the caller closes the connection after it."""
    half = body[: max(1, len(body) // 2)]
    if fault.kind == "truncate":
        connection.sendall(head + half)
    elif fault.kind == "truncate-chunked":
        connection.sendall(head + f"{len(half):x}\r\n".encode() + half + b"\r\n")
    elif fault.kind == "drip":
        connection.sendall(head)
        _drip(connection, body, fault)
    elif fault.kind == "drip-head":
        _drip(connection, head + body, fault)
    elif fault.kind == "flood":
        connection.sendall(head)
        for _ in range(int(fault.argument)):
            if fault.released.is_set():
                return
            # Blanks are valid JSON in front of the body.
            connection.sendall(b" " * MEGABYTE)
        connection.sendall(body)
    elif fault.kind == "lost":
        reset_on_close(connection)


def keep_silent(connection: socket.socket, fault: Fault) -> None:
    """Reset the connection, or hold it without a word until the fault is healed or the client hangs up."""
    if fault.kind == "reset":
        reset_on_close(connection)
        return
    while not _waited(connection, 60.0, fault):
        pass


def _drip(connection: socket.socket, data: bytes, fault: Fault) -> None:
    """Send some bytes each second, until healed."""
    bytes_a_second = int(fault.argument)
    for start in range(0, len(data), bytes_a_second):
        connection.sendall(data[start : start + bytes_a_second])
        if _waited(connection, 1.0, fault):
            return


def _waited(connection: socket.socket, seconds: float, fault: Fault) -> bool:
    """Wait; True as soon as the fault is healed or the client hangs up."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if fault.released.wait(min(left, LOOK_AGAIN_SECONDS)):
            return True
        readable, _, _ = select.select([connection], [], [], 0)
        if readable and not connection.recv(1, socket.MSG_PEEK):
            return True
    return False
