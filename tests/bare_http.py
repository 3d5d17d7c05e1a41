"""What does a server answer to bytes that no client library would send?"""

import socket
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class BareAnswer:
    """One answer: its status, its headers by their names in small letters, and all its bytes, headers included."""

    status: int
    headers: dict[str, str]
    whole: bytes


def ask_bare(url: str, target: str, *, method: str = "GET", host: str | None = None, **headers: str) -> BareAnswer:
    """Send one request for `target`, exactly as it is written, and read the answer to its end.

    `_` in the name of a header stands for `-`. `host` None is the one in `url`.
    """
    address = urlsplit(url)
    named = {"Host": host or address.netloc, "Connection": "close"} | headers
    lines = [f"{method} {target} HTTP/1.1", *(f"{name.replace('_', '-')}: {value}" for name, value in named.items())]
    request = "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")
    with socket.create_connection((address.hostname or "", address.port or 80), timeout=60) as connection:
        connection.sendall(request)
        whole = b"".join(iter(lambda: connection.recv(65536), b""))
    first, *lines = whole.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    pairs = (line.partition(": ") for line in lines)
    return BareAnswer(int(first.split()[1]), {name.lower(): value for name, _, value in pairs}, whole)
