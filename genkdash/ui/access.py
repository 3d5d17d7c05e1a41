"""Who is looking, as whom, and may they?

Asked in every run and in every fragment, before anything else (docs/adr/0009). Where people sign in, the sign-in and
the link of this browser say who it is. Until access is configured the dashboard answers only the machine it runs on:
the connection comes from loopback, the address bar names loopback, and no proxy has forwarded anything.

Over the example, where everybody is invented, the address says as whom one looks (docs/adr/0008):
`?als=influencer&wie=Amina`, `?als=scherm`, or just `/me` and `/screen`. Over a sheet of one's own everybody who gets in
is staff.
"""

import ipaddress
from urllib.parse import urlsplit

import streamlit as st

from genkdash.access.audience import AUDIENCE, AUDIENCES, PERSON, chosen_viewer
from genkdash.access.current import current_access
from genkdash.access.links import LINK_COOKIE
from genkdash.access.roles import Identity
from genkdash.access.viewer import Role, Viewer
from genkdash.live.current import current_feed, invited, now

__all__ = [
    "AUDIENCE",
    "AUDIENCES",
    "PERSON",
    "Role",
    "Viewer",
    "audience_of",
    "current_viewer",
    "demo_influencers",
    "is_demo",
]

_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
_FORWARDING = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip")


def current_viewer() -> Viewer | None:
    """Return who looks in this run, or None for somebody who may not."""
    access = current_access()
    if not access.mode.is_local:
        return access.viewer(_identity(), st.context.cookies.get(LINK_COOKIE), invited(), now())
    headers = st.context.headers
    if any(name in headers for name in _FORWARDING):
        return None
    host = urlsplit(f"//{headers.get('Host') or 'localhost'}").hostname or ""
    if host not in _LOCAL_NAMES or not _is_loopback(st.context.ip_address):
        return None
    return _chosen_viewer() if is_demo() else Viewer("staff")


def is_demo() -> bool:
    """Tell whether this process shows nothing but the example, to this machine."""
    return current_access().mode.is_local and current_feed().kind == "example"


def audience_of(viewer: Viewer) -> str:
    """Return the code that stands in the address for this viewer's audience."""
    return next(code for code, role in AUDIENCES.items() if role == viewer.role)


def demo_influencers() -> tuple[str, ...]:
    """Return the names one may look as, in the order of the sheet; none before it was read."""
    snapshot = current_feed().snapshot
    return () if snapshot is None else tuple(one.name for one in snapshot.sheet(now()).influencers)


def _identity() -> Identity | None:
    """Return what the sign-in of this session vouches for; Streamlit has checked its signature and its origin."""
    claims = st.user.to_dict()
    provider = claims.get("provider")
    if claims.get("is_logged_in") is not True or not isinstance(provider, str):
        return None
    return Identity(provider, claims)


def _chosen_viewer() -> Viewer:
    """Return the viewer that the switch or the address asks for."""
    return chosen_viewer(
        st.session_state.get(AUDIENCE, st.query_params.get(AUDIENCE)),
        st.session_state.get(PERSON, st.query_params.get(PERSON)),
        page=urlsplit(st.context.url or "").path.rpartition("/")[2],
        names=demo_influencers(),
    )


def _is_loopback(address: str | None) -> bool:
    """Tell whether `address` is this machine's own; None is Streamlit's word for localhost."""
    if address is None:
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
