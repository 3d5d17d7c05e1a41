"""Who is looking, and may they?

Until access is configured (docs/adr/0005) the dashboard answers only the machine it runs on: the connection comes
from loopback, the address bar names loopback, and no proxy has forwarded anything. Checked in every run and in
every fragment, before anything else.
"""

import ipaddress
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

import streamlit as st

_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
_FORWARDING = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip")


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who may look. Staff see everything; the other roles come with sign-in."""

    role: Literal["staff"]


def current_viewer() -> Viewer | None:
    """Return who looks in this run, or None for somebody who may not."""
    headers = st.context.headers
    if any(name in headers for name in _FORWARDING):
        return None
    host = urlsplit(f"//{headers.get('Host') or 'localhost'}").hostname or ""
    if host not in _LOCAL_NAMES or not _is_loopback(st.context.ip_address):
        return None
    return Viewer(role="staff")


def _is_loopback(address: str | None) -> bool:
    """Tell whether `address` is this machine's own; None is Streamlit's word for localhost."""
    if address is None:
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
