"""As whom does the browser behind this request look? Asked anew for each: a cookie is a claim, not an answer."""

import asyncio
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from genkdash.access.current import current_access
from genkdash.access.links import LINK_COOKIE
from genkdash.access.roles import Identity
from genkdash.access.viewer import Viewer
from genkdash.live.current import invited, now
from genkdash.server.language import Scope
from genkdash.server.private_streamlit import identity_claims


def public_origin() -> str | None:
    """Return the origin of the address that people type (`https://genkdash.example`).

    None where only this machine is served.
    """
    access = current_access()
    if access.mode.is_local:
        return None
    address = urlsplit(access.rules.public_url or "")
    return f"{address.scheme}://{address.netloc}".lower()


async def visitor_of(scope: Scope) -> Viewer | None:
    """Return as whom the browser behind a request looks at this moment, None for nobody."""
    # In a thread: it may have to read the register of links again, or wait for a sheet that is being parsed.
    return await asyncio.to_thread(_visitor_of, HTTPConnection(scope).cookies)


def identity_of(cookies: dict[str, str]) -> Identity | None:
    """Return what the cookie of a sign-in vouches for; None for none, or one that was not given out here."""
    claims = identity_claims(cookies, origin=public_origin() or "")
    provider = None if claims is None else claims.get("provider")
    return Identity(provider, claims) if claims is not None and isinstance(provider, str) else None


def mark_of(scope: Scope) -> str | None:
    """Return what tells the person behind a request from others, for a pseudonym only; None where nothing does."""
    cookies = HTTPConnection(scope).cookies
    identity = identity_of(cookies)
    return cookies.get(LINK_COOKIE) if identity is None else f"{identity.provider}:{identity.claims.get('sub')}"


def _visitor_of(cookies: dict[str, str]) -> Viewer | None:
    return current_access().viewer(identity_of(cookies), cookies.get(LINK_COOKIE), invited(), now())
