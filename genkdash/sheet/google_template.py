"""How is the template made in Google Sheets, or a sheet that is there completed, and shared with people?

The only place that asks for the right to change more than rows and, to share, for Drive.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gspread.http_client import HTTPClient
from gspread.urls import SPREADSHEETS_API_V4_BASE_URL

from genkdash.sheet.errors import (
    GoogleAnswerError,
    GoogleDriveDisabledError,
    GoogleMayNotCreateError,
    GoogleNotSharedError,
    GoogleReadOnlyError,
    GoogleTruncatedError,
    SourceError,
)
from genkdash.sheet.google_answers import json_object
from genkdash.sheet.google_deadline import Limits
from genkdash.sheet.google_key import WRITE_SCOPES, parse_address, parse_sheet_key, read_credentials
from genkdash.sheet.google_session import GoogleSession
from genkdash.sheet.google_template_plan import Plan, Step, plan
from genkdash.sheet.google_template_requests import Request
from genkdash.sheet.google_template_state import BookState, read_state
from genkdash.sheet.template import LOCALE, TIMEZONE, TabForm

# Somebody waits for this once, and a batch that ends halfway our patience may be done all the same.
_PATIENT = Limits(read_seconds=60.0, whole_seconds=120.0)
_DRIVE_SCOPE = "https://www.googleapis.com/auth/drive"
_MAY_EDIT = frozenset({"writer", "fileOrganizer", "organizer", "owner"})


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a sheet: its name and address, and what was added or is left to a person.

    `failure` says why a new sheet could be made, but not filled.
    """

    title: str
    url: str
    steps: tuple[Step, ...]
    failure: SourceError | None = None


class TemplateSheet:
    """The door to Google for the template. `may_share` asks for the right to Drive as well.

    Raises:
        SourceError: the key file or an address can't be used.
    """

    def __init__(
        self, *, credentials: Mapping[str, str], api_url: str, may_share: bool = False, limits: Limits = _PATIENT
    ) -> None:
        scopes = (*WRITE_SCOPES, _DRIVE_SCOPE) if may_share else WRITE_SCOPES
        account = read_credentials(credentials, scopes=scopes)
        self.email: str = account.service_account_email
        self._session = GoogleSession(account, api_url=parse_address(api_url), limits=limits)
        # gspread asks for None where a session of one's own is given, but its types do not know that.
        self._client = HTTPClient(auth=None, session=self._session)  # type: ignore[arg-type]

    def __repr__(self) -> str:
        return "TemplateSheet()"

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._session.close()

    def create(self, title: str, forms: Sequence[TabForm], protection: str, *, share_with: Sequence[str]) -> Made:
        """Make a new sheet with all tabs, share it first of all, then fill it: what fails halfway can be found.

        Raises:
            GoogleMayNotCreateError: Google gives this service account no storage.
            SourceError: Google can't be reached, or refuses.
        """
        whole = plan_new(title, forms, protection)
        tabs = [request["addSheet"] for request in whole.requests if "addSheet" in request]
        body = {"properties": {"title": title, "locale": LOCALE, "timeZone": TIMEZONE}, "sheets": tabs}
        key = self._create(body)
        shared = self._share(key, share_with)
        try:
            self._apply(key, [request for request in whole.requests if "addSheet" not in request])
        except SourceError as error:
            return Made(title, _url(key), (*shared, Step("not-filled", {"url": _url(key)})), failure=error)
        return Made(title, _url(key), (*whole.steps, *shared))

    def complete(
        self,
        sheet: str,
        forms: Sequence[TabForm],
        protection: str,
        *,
        share_with: Sequence[str] = (),
        is_dry: bool = False,
    ) -> Made:
        """Add to the sheet with this link or key what it lacks; with `is_dry`, only tell.

        Raises:
            GoogleReadOnlyError: the account may read the sheet, but not change it.
            SourceError: it can't be read or changed.
        """
        key = parse_sheet_key(sheet)
        state = read_state(self._client, key)
        whole = plan(state, forms, protection)
        if not is_dry:
            self._apply(key, whole.requests)
        return Made(state.title, _url(key), (*whole.steps, *self._share(key, share_with, is_dry=is_dry)))

    def _create(self, body: Mapping[str, Any]) -> str:
        failure: SourceError | None = None
        try:
            answer = json_object(lambda: self._client.request("post", SPREADSHEETS_API_V4_BASE_URL, json=body).json())
        except GoogleNotSharedError:
            # Google says "The caller does not have permission", to an account that may do all but own a file.
            failure = GoogleMayNotCreateError(email=self.email)
        if failure is not None:
            raise failure
        key = answer.get("spreadsheetId")
        if not isinstance(key, str):
            raise GoogleAnswerError(status="200")
        return key

    def _apply(self, key: str, requests: Sequence[Request]) -> None:
        """Send all changes as one: Google does them all or none."""
        if not requests:
            return
        failure: SourceError | None = None
        try:
            json_object(lambda: self._client.batch_update(key, {"requests": list(requests)}))
        except GoogleNotSharedError:
            failure = GoogleReadOnlyError(email=self.email)
        if failure is not None:
            raise failure

    def _share(self, key: str, emails: Sequence[str], *, is_dry: bool = False) -> tuple[Step, ...]:
        """Give each address the right to edit; whoever has it already gets no second mail."""
        steps = []
        known: frozenset[str] | None = None
        for email in emails:
            try:
                known = self._editors(key) if known is None else known
                if email.casefold() in known:
                    continue
                if not is_dry:
                    self._client.insert_permission(key, email, perm_type="user", role="writer")
                steps.append(Step("shared", {"email": email}))
            except GoogleDriveDisabledError as error:
                steps.append(Step("drive-off", {"email": email, **error.detail}))
            except SourceError:
                steps.append(Step("share-failed", {"email": email}))
        return tuple(steps)

    def _editors(self, key: str) -> frozenset[str]:
        try:
            found = self._client.list_permissions(key)
            return frozenset(
                str(one["emailAddress"]).casefold()
                for one in found
                if one.get("role") in _MAY_EDIT and "emailAddress" in one
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            raise GoogleTruncatedError from None


def plan_new(title: str, forms: Sequence[TabForm], protection: str) -> Plan:
    """Return what a new sheet is made of."""
    return plan(BookState(title, LOCALE, TIMEZONE, {}, frozenset()), forms, protection)


def _url(key: str) -> str:
    return f"https://docs.google.com/spreadsheets/d/{key}/edit"
