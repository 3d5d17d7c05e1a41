"""How does real gspread get to the stand-in instead of to Google?

Through a transport that sends every https request to the stand-in's address, path and query untouched. It serves
the API, the token endpoint and the look-up of google-auth's background thread alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import gspread
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2.service_account import Credentials
from requests import Session
from requests.adapters import HTTPAdapter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from requests import PreparedRequest, Response

    from sheets_server.server import SheetsServer


class Detour(HTTPAdapter):
    """Sends a request to another host."""

    # google-auth copies its session for the background thread; without this the copy would lose the address.
    __attrs__ = [*HTTPAdapter.__attrs__, "url"]  # noqa: RUF012 - the base class has it so

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__()

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """Send the request to the stand-in."""
        there = urlsplit(self.url)
        request.url = urlunsplit((there.scheme, there.netloc, *urlsplit(str(request.url))[2:]))
        return super().send(request, *args, **kwargs)


def session_for(server: SheetsServer, credentials: dict[str, str], scopes: Sequence[str]) -> AuthorizedSession:
    """A session that signs in with the credentials and finds the stand-in wherever Google would be."""
    plain = Session()
    plain.mount("https://", Detour(server.url))
    # google-auth has types for its results only.
    signed_in = Credentials.from_service_account_info(credentials, scopes=list(scopes))  # type: ignore[no-untyped-call]
    session = AuthorizedSession(signed_in, auth_request=Request(plain))  # type: ignore[no-untyped-call]
    session.mount("https://", Detour(server.url))
    return session


def gspread_for(server: SheetsServer, credentials: dict[str, str], scopes: Sequence[str]) -> gspread.Client:
    """Real gspread on such a session; close `client.http_client.session` after use."""
    session = session_for(server, credentials, scopes)
    return gspread.Client(session.credentials, session=session)


def fetch_token(credentials: dict[str, str], scopes: Sequence[str]) -> str:
    """An access token, had from the token endpoint as google-auth does it."""
    signed_in = Credentials.from_service_account_info(credentials, scopes=list(scopes))  # type: ignore[no-untyped-call]
    with Session() as session:
        signed_in.refresh(Request(session))
    return str(signed_in.token)
