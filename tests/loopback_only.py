"""How do we know that no test leaves this machine? Sockets and name look-ups refuse every other address."""

import socket
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

attempts: list[str] = []
"""Every address that was refused, from any thread. A test that finds one here at its end has failed."""

_LOOKUPS = ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr")
_SENDERS = ("connect", "connect_ex", "sendto")


class LeftTheMachineError(RuntimeError):
    """A test tried to reach the outside. Not an OSError: what we test would take it for a network that is down."""


def is_loopback(host: object) -> bool:
    """Tell whether an address or a name means this machine, without looking anything up."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host is None or host in ("", "localhost"):
        return True
    try:
        return ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def install() -> None:
    """Guard this process, from now to its end."""
    for name in _LOOKUPS:
        setattr(socket, name, _guarded_lookup(getattr(socket, name)))
    for name in _SENDERS:
        setattr(socket.socket, name, _guarded_sender(getattr(socket.socket, name)))


def _refuse(host: object) -> None:
    if not is_loopback(host):
        attempts.append(str(host))
        raise LeftTheMachineError(f"a test tried to reach {host!r}")


def _guarded_lookup(look_up: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(host: object, *args: Any, **kwargs: Any) -> Any:
        _refuse(host)
        return look_up(host, *args, **kwargs)

    return guarded


def _guarded_sender(send: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, *args: Any) -> Any:
        # The address is the last argument: connect(address), sendto(data, flags, address).
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refuse(args[-1][0])
        return send(self, *args)

    return guarded
