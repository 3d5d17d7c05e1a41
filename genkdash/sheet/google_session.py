"""How do our requests reach Google and nothing else, in time, and with a token that nobody gets to see?"""

import io
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import google.auth.transport
import requests
from google.auth.exceptions import GoogleAuthError
from google.oauth2.service_account import Credentials
from urllib3.exceptions import ProtocolError

from genkdash.sheet.errors import GoogleAnswerError, GoogleInterceptedError, GoogleTooLargeError, SourceError
from genkdash.sheet.google_deadline import Deadline, DeadlineAdapter, Limits
from genkdash.sheet.google_errors import connection_error, is_page, sheets_error, token_error

_GOOGLE = "https://sheets.googleapis.com"
_DRIVE = "https://www.googleapis.com"
_CHUNK_BYTES = 64 * 2**10


class GoogleSession(requests.Session):
    """The session that gspread sends its requests with. For one thread.

    It asks for the token itself instead of leaving that to google-auth's session, which retries with sleeps and
    looks up "regional access boundaries" at a third address in a thread of its own. Errors leave as SourceError.
    """

    def __init__(
        self,
        credentials: Credentials,
        *,
        api_url: str,
        limits: Limits,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._credentials = credentials
        # Drive lives at another address; a stand-in for Google is one for both.
        self._places = {f"{_GOOGLE}/v4/": api_url, f"{_DRIVE}/drive/": _DRIVE if api_url == _GOOGLE else api_url}
        self._limits = limits
        self._deadline = Deadline(limits, clock)
        self.google_time: datetime | None = None
        """What Google's clock said (UTC, whole seconds) in its last answer; None before the first."""
        for scheme in ("https://", "http://"):
            self.mount(scheme, DeadlineAdapter(self._deadline))

    def request(self, method: str, url: str, **kwargs: Any) -> requests.Response:  # type: ignore[override]  # gspread names its arguments
        """Return Google's answer, in time and whole as far as HTTP can tell, with a status below 300.

        Raises:
            SourceError: anything else; the error says who does what.
        """
        place = next((place for base, place in self._places.items() if url.startswith(base)), None)
        if place is None:
            raise ValueError("this session is for the Sheets and Drive API only")
        # gspread passes its own timeout, None; ours stands in the limits.
        kwargs.pop("timeout", None)
        target = f"{place}{url.removeprefix(_GOOGLE).removeprefix(_DRIVE)}"
        self._deadline.begin()
        if not self._credentials.valid:
            self._renew_token()
        response = self._exchange(method, target, **kwargs)
        if response.status_code == 401:
            # A token may be withdrawn before its time.
            self._renew_token()
            response = self._exchange(method, target, **kwargs)
        if response.status_code >= 400:
            raise sheets_error(response, email=self._credentials.service_account_email)
        return response

    def sign_in(self) -> None:
        """Get a token if there is none that holds; nothing else is asked.

        Raises:
            SourceError: Google gives none; the error says who does what.
        """
        self._deadline.begin()
        if not self._credentials.valid:
            self._renew_token()

    def _renew_token(self) -> None:
        failure: SourceError | None = None
        try:
            # google-auth has types for its results only.
            self._credentials.refresh(_TokenDoor(self._fetch_token))  # type: ignore[no-untyped-call]
        except (GoogleAuthError, ValueError, TypeError, KeyError, AttributeError):
            failure = GoogleAnswerError(status="200")
        if failure is None and not isinstance(self._credentials.token, str):
            failure = GoogleAnswerError(status="200")
        if failure is not None:
            raise failure

    def _fetch_token(self, method: str, url: str, **kwargs: Any) -> requests.Response:
        response = self._exchange(method, url, with_token=False, **kwargs)
        if response.status_code >= 400:
            raise token_error(response, email=self._credentials.service_account_email)
        return response

    def _exchange(self, method: str, url: str, *, with_token: bool = True, **kwargs: Any) -> requests.Response:
        """Send one request and return the answer with its body read, whatever its status.

        Raises:
            SourceError: no answer, not in time, too large, or not from Google.
        """
        auth = _Bearer(str(self._credentials.token)) if with_token else _NoAuth()
        failure: SourceError | None = None
        for tries_left in (1, 0):
            try:
                with super().request(
                    method,
                    url,
                    auth=auth,
                    allow_redirects=False,
                    stream=True,
                    timeout=(self._limits.connect_seconds, self._limits.read_seconds),
                    # Plain http goes to this machine only, never through a proxy of the network.
                    proxies={"http": ""},
                    **kwargs,
                ) as streamed:
                    response = self._read(streamed)
                break
            except (requests.RequestException, OSError) as error:
                # A connection that was kept open may have been closed at the other end meanwhile.
                may_repeat = tries_left and method.upper() == "GET" and _is_broken_off(error)
                if may_repeat and not self._deadline.is_over:
                    continue
                failure = connection_error(
                    error,
                    host=urlsplit(url).hostname or "?",
                    is_over=self._deadline.is_over,
                    whole_seconds=self._limits.whole_seconds,
                )
                break
        if failure is None and response.status_code < 400 and is_page(response):
            failure = GoogleInterceptedError(status=str(response.status_code))
        if failure is not None:
            raise failure
        return response

    def _read(self, streamed: requests.Response) -> requests.Response:
        """Return a copy of the answer that holds its body and nothing of the request."""
        body = io.BytesIO()
        for chunk in streamed.iter_content(_CHUNK_BYTES):
            if body.tell() + len(chunk) > self._limits.max_bytes:
                raise GoogleTooLargeError(megabytes=f"{self._limits.max_bytes / 2**20:g}")
            body.write(chunk)
        body.seek(0)
        self.google_time = _moment_of(streamed.headers.get("Date")) or self.google_time
        response = requests.Response()
        response.status_code = streamed.status_code
        response.headers = streamed.headers
        response.encoding = "utf-8"
        response.raw = body
        return response


class _TokenDoor(google.auth.transport.Request):
    """What google-auth asks the token with. A refusal raises at once, so that it does not retry with sleeps."""

    def __init__(self, fetch: Callable[..., requests.Response]) -> None:
        self._fetch = fetch

    def __call__(
        self,
        url: str,
        method: str = "POST",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,  # noqa: ARG002  google-auth's signature; the session has its own limits
        **_: Any,
    ) -> google.auth.transport.Response:
        return _TokenAnswer(self._fetch(method, url, data=body, headers=headers))


class _TokenAnswer(google.auth.transport.Response):
    def __init__(self, response: requests.Response) -> None:
        self._response = response

    @property
    def status(self) -> int:
        return self._response.status_code

    @property
    def headers(self) -> Mapping[str, str]:
        return self._response.headers

    @property
    def data(self) -> bytes:
        return self._response.content


class _Bearer(requests.auth.AuthBase):
    """Puts the token on a request, so that requests does not look for another one in ~/.netrc."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class _NoAuth(requests.auth.AuthBase):
    """Leaves a request as it is, for the same reason."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


def _moment_of(header: str | None) -> datetime | None:
    """Return the time of a Date header, None when there is none that can be read."""
    try:
        moment = parsedate_to_datetime(header or "")
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo is not None else None


def _is_broken_off(error: Exception) -> bool:
    return isinstance(error, requests.ConnectionError) and bool(error.args) and isinstance(error.args[0], ProtocolError)
