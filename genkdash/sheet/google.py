"""What stands in the Google sheet right now? One request reads all tabs of the contract."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gspread.http_client import HTTPClient
from gspread.utils import absolute_range_name

from genkdash.sheet.columns import redact
from genkdash.sheet.contract import POSTS, find_tab
from genkdash.sheet.errors import GoogleAnswerError, GoogleTabGoneError
from genkdash.sheet.google_answers import AS_STORED, json_object, rows_of
from genkdash.sheet.google_deadline import LIMITS, Limits
from genkdash.sheet.google_key import parse_address, parse_sheet_key, read_credentials
from genkdash.sheet.google_session import GoogleSession
from genkdash.sheet.google_shape import fetch_shapes
from genkdash.sheet.shape import TabShape
from genkdash.sheet.tables import RawBook, RawTab, SourceKind

_METADATA_SECONDS = 600.0
_METADATA_FIELDS = "properties(title,locale,timeZone),sheets(properties(sheetId,title,sheetType))"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What Google says about the sheet. `gids` has the tabs of the contract by title, in the order of the sheet."""

    title: str
    locale: str
    timezone: str
    gids: Mapping[str, int]

    @property
    def has_posts(self) -> bool:
        """Whether the one required tab is there."""
        return any(find_tab(title) is POSTS for title in self.gids)


class GoogleSheet:
    """A Google sheet, read as a service account that may only read.

    `sheet` is its link or its key; `credentials` are the fields of a service account's key file.

    Raises:
        SourceError: the link, the key file or an address can't be used.
    """

    kind: SourceKind = "google"

    def __init__(
        self,
        sheet: str,
        *,
        credentials: Mapping[str, str],
        api_url: str = "https://sheets.googleapis.com",
        limits: Limits = LIMITS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.key = parse_sheet_key(sheet)
        self.url = f"https://docs.google.com/spreadsheets/d/{self.key}/edit"
        account = read_credentials(credentials)
        self.email: str = account.service_account_email
        self._session = GoogleSession(account, api_url=parse_address(api_url), limits=limits, clock=clock)
        # gspread asks for None where a session of one's own is given, but its types do not know that.
        self._client = HTTPClient(auth=None, session=self._session)  # type: ignore[arg-type]
        self._clock = clock
        self._lock = threading.Lock()
        self._metadata: Metadata | None = None
        self._metadata_at = 0.0

    def __repr__(self) -> str:
        return f"GoogleSheet({self.key!r})"

    def fingerprint(self) -> object | None:
        """Return None: only a read can tell whether a Google sheet changed."""
        return None

    def read(self) -> RawBook:
        """Return the contract's tabs as they are now, without the cells of other columns.

        Raises:
            SourceError: it can't be read; the error says who does what.
        """
        with self._lock:
            metadata = self._current_metadata()
            try:
                tabs = self._read_tabs(metadata)
            except (GoogleTabGoneError, GoogleAnswerError) as error:
                if not isinstance(error, GoogleTabGoneError) and error.detail.get("status") != "400":
                    raise
                tabs = None
            if tabs is None:
                # A tab was renamed or removed since the last look: look again, and read what is there now.
                metadata = self._read_metadata()
                tabs = self._read_tabs(metadata)
            return RawBook(kind=self.kind, name=metadata.title, tabs=tabs, url=self.url)

    def read_metadata(self) -> Metadata:
        """Return what Google says about the sheet, asked now.

        Raises:
            SourceError: it can't be read.
        """
        with self._lock:
            return self._read_metadata()

    def sign_in(self) -> None:
        """Get a token, and ask nothing about the sheet yet.

        Raises:
            SourceError: Google does not know the account, its key, or its right.
        """
        with self._lock:
            self._session.sign_in()

    def read_shapes(self, book: RawBook) -> tuple[TabShape, ...]:
        """Return what stands in the way of reading the tabs of `book`, which was just read.

        Raises:
            SourceError: it can't be read.
        """
        with self._lock:
            return fetch_shapes(self._client, self.key, book)

    @property
    def google_time(self) -> datetime | None:
        """What Google's clock said in its last answer (UTC); None before the first."""
        return self._session.google_time

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._session.close()

    def _current_metadata(self) -> Metadata:
        known = self._metadata
        # Without the tab of the posts somebody is about to make or rename it: look at every read.
        if known is None or not known.has_posts or self._clock() - self._metadata_at >= _METADATA_SECONDS:
            return self._read_metadata()
        return known

    def _read_metadata(self) -> Metadata:
        answer = json_object(lambda: self._client.fetch_sheet_metadata(self.key, params={"fields": _METADATA_FIELDS}))
        self._metadata = _metadata_of(answer)
        self._metadata_at = self._clock()
        return self._metadata

    def _read_tabs(self, metadata: Metadata) -> tuple[RawTab, ...]:
        if not metadata.gids:
            return ()
        ranges = [absolute_range_name(title) for title in metadata.gids]
        answer = json_object(lambda: self._client.values_batch_get(self.key, ranges, params=dict(AS_STORED)))
        found = answer.get("valueRanges")
        if not isinstance(found, list) or len(found) != len(ranges):
            raise GoogleAnswerError(status="200")
        return tuple(
            redact(RawTab(title, rows_of(values), gid))
            for (title, gid), values in zip(metadata.gids.items(), found, strict=True)
        )


def _metadata_of(answer: Mapping[str, Any]) -> Metadata:
    try:
        properties = answer["properties"]
        tabs = [sheet["properties"] for sheet in answer["sheets"]]
        return Metadata(
            title=str(properties["title"]),
            locale=str(properties["locale"]),
            timezone=str(properties["timeZone"]),
            # A tab with one big chart has no cells, and asking for them is a 400 for all.
            gids={
                str(tab["title"]): int(tab["sheetId"])
                for tab in tabs
                if tab.get("sheetType", "GRID") == "GRID" and find_tab(str(tab["title"]))
            },
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise GoogleAnswerError(status="200") from None
