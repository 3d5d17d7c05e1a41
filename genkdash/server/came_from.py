"""Did a request come the way it should? From this machine itself, or to the address that people were given.

A web page elsewhere may point a name of its own at our address, or open our websocket with its visitor's cookies.
Both say so: in `Host`, which names the address bar, and in `Origin`, which names the page.
"""

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

from genkdash.server.language import Scope

_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_FORWARDING = (b"forwarded", b"x-forwarded-", b"x-real-ip", b"via")


def is_from_this_machine(scope: Scope) -> bool:
    """Tell whether a request came from this machine, to a name of it, with nothing in between."""
    headers = headers_of(scope)
    host = _host(headers)
    return (
        host is not None
        and is_local_name(host)
        and not any(name.startswith(_FORWARDING) for name in headers)
        and _is_loopback(scope.get("client"))
        and _is_of_origin(headers, f"{_scheme(scope)}://{host}")
    )


def is_local_name(host: str) -> bool:
    """Tell whether `host`, as a `Host` header says it, is a name of this machine."""
    return _name(host.lower()) in _LOCAL_NAMES


def is_addressed_to(scope: Scope, origin: str) -> bool:
    """Tell whether a request was sent to the host of `origin` (`https://genkdash.example`)."""
    return _host(headers_of(scope)) == urlsplit(origin).netloc


def is_from_page_of(scope: Scope, origin: str) -> bool:
    """Tell whether a request says that it comes from a page of `origin`, or from none: a program's, a first visit."""
    return _is_of_origin(headers_of(scope), origin)


def is_from_page_of_its_host(scope: Scope) -> bool:
    """Tell whether a request says that it comes from a page of the host it was sent to, whichever that is, or none."""
    headers = headers_of(scope)
    host = _host(headers)
    return any(_is_of_origin(headers, f"{scheme}://{host}") for scheme in ("http", "https"))


def headers_of(scope: Scope) -> Mapping[bytes, list[bytes]]:
    """Return all values of each header, by its name in small letters."""
    headers: dict[bytes, list[bytes]] = {}
    for name, value in scope["headers"]:
        headers.setdefault(name.lower(), []).append(value)
    return headers


def _host(headers: Mapping[bytes, list[bytes]]) -> str | None:
    """Return the address bar's host in small letters; None where there is none, or more than one."""
    match headers.get(b"host"):
        case [host]:
            return host.decode("latin-1").lower()
        case _:
            return None


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_of_origin(headers: Mapping[bytes, list[bytes]], origin: str) -> bool:
    """Tell whether every `Origin` of a request is `origin`; there may be none."""
    return all(value.decode("latin-1").lower() == origin for value in headers.get(b"origin", []))


def _scheme(scope: Scope) -> str:
    """Return how a page of the server itself was asked for, also when this is its websocket."""
    return "https" if scope["scheme"] in {"https", "wss"} else "http"


def _is_loopback(client: tuple[str, int] | None) -> bool:
    """Tell whether the other end of the connection is this machine; an unnamed one is not."""
    try:
        return client is not None and ipaddress.ip_address(client[0]).is_loopback
    except ValueError:
        return False
