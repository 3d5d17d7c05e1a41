"""Which request is this, may the caller make it, and what is the answer?

In the order in which Google decides: token, service switched on, scope, quota, spreadsheet, sharing, and only then
what was asked. Knows nothing of sockets.
"""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from sheets_server import books, edits, errors, scopes, values, writes
from sheets_server.discovery import problems, unknown_path
from sheets_server.field_mask import chosen, parse_mask
from sheets_server.files import Files
from sheets_server.spreadsheet import Spreadsheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from sheets_server.call import Call
    from sheets_server.quota import Quota
    from sheets_server.tokens import Accounts

SPREADSHEET = re.compile(r"/v4/spreadsheets/([^/:]+)(:batchUpdate)?")
VALUES = re.compile(r"/v4/spreadsheets/([^/:]+)/values/(.+?)(:append|:clear)?")
VALUES_BATCH = re.compile(r"/v4/spreadsheets/([^/:]+)/values:(batchGet|batchUpdate|batchClear)")
LOCATIONS = re.compile(r"/v1/projects/-/serviceAccounts/([^/]+)/allowedLocations")


class Api:
    """The spreadsheets, and the answers about them.

    Attributes:
        books: By id.
        between_parts: Edits to be made in the middle of the next batchGet, once each.
        after_metadata: Edits to be made right after the next spreadsheets.get, once each.
        has_storage: Whether a service account may own files; since 2025 Google gives it no storage.
    """

    def __init__(self, accounts: Accounts, quota: Quota) -> None:
        self.accounts = accounts
        self.quota = quota
        self.books: dict[str, Spreadsheet] = {}
        self._files = Files(self.books, self.create)
        self.between_parts: list[Callable[[], None]] = []
        self.after_metadata: list[Callable[[], None]] = []
        self.has_storage = True
        self.lock = threading.RLock()

    def answer(self, call: Call) -> dict[str, Any] | None:
        """The body of a 200, or None for a 204.

        Raises:
            errors.Refusal: Any other answer.
        """
        if call.path.startswith("/v1/projects/"):
            return self._locations(call)
        if call.path.startswith("/drive/"):
            self._admit(call, scopes.MAY_READ_FILES, scopes.MAY_WRITE_FILES, is_drive=True)
            return self._files.answer(call)
        if not call.path.startswith("/v4/spreadsheets"):
            raise errors.unknown_entity()
        self._admit(call, scopes.MAY_READ_SHEETS, scopes.MAY_WRITE_SHEETS)
        self.quota.spend(call.user, call.kind)
        return _with_fields(call, self._sheets(call))

    def _admit(self, call: Call, reading: frozenset[str], writing: frozenset[str], *, is_drive: bool = False) -> None:
        token = self.accounts.holder(call.authorization)
        call.user = token.email
        if not token.scopes & (reading if call.kind == "read" else writing):
            raise errors.insufficient_scope(drive=is_drive)

    def _sheets(self, call: Call) -> dict[str, Any]:
        if call.path == "/v4/spreadsheets" and call.method == "POST":
            call.schema = "Spreadsheet"
            return books.resource(self._create(call.json(), call.user))
        for pattern, action in (
            (VALUES_BATCH, self._values_batch),
            (VALUES, self._values),
            (SPREADSHEET, self._spreadsheet),
        ):
            match = pattern.fullmatch(call.path)
            if match:
                book = self._book(call, match[1])
                with book.lock:
                    found = action(call, book, match)
                if found is not None:
                    return found
        raise errors.unknown_entity()

    def _book(self, call: Call, book_id: str) -> Spreadsheet:
        book = self.books.get(book_id)
        if book is None:
            raise errors.unknown_entity()
        if not (book.may_read(call.user) if call.kind == "read" else book.may_write(call.user)):
            raise errors.not_shared()
        return book

    def _spreadsheet(self, call: Call, book: Spreadsheet, match: re.Match[str]) -> dict[str, Any] | None:
        if match[2] and call.method == "POST":
            call.schema = "BatchUpdateSpreadsheetResponse"
            return edits.batch_update(book, call.json())
        if match[2] or call.method != "GET":
            return None
        call.schema = "Spreadsheet"
        fields = call.first("fields") or ""
        with_cells = str(call.first("includeGridData")).lower() == "true" if not fields else "data" in fields
        found = books.resource(book, texts=call.query.get("ranges", []), with_cells=with_cells)
        for edit in _taken(self.after_metadata):
            edit()
        return found

    def _values(self, call: Call, book: Spreadsheet, match: re.Match[str]) -> dict[str, Any] | None:
        text = unquote(match[2])
        if call.method == "GET" and not match[3]:
            call.schema = "ValueRange"
            return values.read(book, text, call.query)
        if call.method == "PUT" and not match[3]:
            call.schema = "UpdateValuesResponse"
            return writes.update(book, text, call.json(), call.query)
        if call.method == "POST" and match[3] == ":append":
            call.schema = "AppendValuesResponse"
            return writes.append(book, text, call.json(), call.query)
        if call.method == "POST" and match[3] == ":clear":
            call.schema = "ClearValuesResponse"
            return {"spreadsheetId": book.id, "clearedRange": writes.clear(book, text)}
        return None

    def _edit_between_parts(self) -> None:
        for edit in _taken(self.between_parts):
            edit()

    def _values_batch(self, call: Call, book: Spreadsheet, match: re.Match[str]) -> dict[str, Any] | None:
        if match[2] == "batchGet" and call.method == "GET":
            call.schema = "BatchGetValuesResponse"
            return values.batch_read(book, call.query.get("ranges", []), call.query, between=self._edit_between_parts)
        if match[2] == "batchUpdate" and call.method == "POST":
            call.schema = "BatchUpdateValuesResponse"
            return writes.batch_update(book, call.json())
        if match[2] == "batchClear" and call.method == "POST":
            call.schema = "BatchClearValuesResponse"
            cleared = [writes.clear(book, str(text)) for text in call.json().get("ranges", [])]
            return {"spreadsheetId": book.id, "clearedRanges": cleared}
        return None

    def create(self, title: str, owner: str) -> Spreadsheet:
        """Make a spreadsheet with one blank tab, as Google does, shared with the one who asked for it.

        Raises:
            errors.Refusal: 403, when the owner has no storage.
        """
        if not self.has_storage:
            raise errors.no_storage()
        book = Spreadsheet(title, {"Sheet1": []}, writers=[owner])
        with self.lock:
            self.books[book.id] = book
        return book

    def _create(self, body: dict[str, Any], owner: str) -> Spreadsheet:
        """Make a spreadsheet with the properties and the tabs of a Spreadsheet resource."""
        wrong = problems("Spreadsheet", body)
        if wrong:
            raise errors.bad_request(f"Invalid JSON payload received. {wrong[0]}")
        if not self.has_storage:
            # The Sheets API does not give Drive's reason.
            raise errors.not_shared()
        properties = body.get("properties", {})
        book = self.create(properties.get("title", "Untitled spreadsheet"), owner)
        book.locale = properties.get("locale", book.locale)
        book.timezone = properties.get("timeZone", book.timezone)
        requests = [{"addSheet": {"properties": sheet["properties"]}} for sheet in body.get("sheets", [])]
        if requests:
            edits.batch_update(book, {"requests": [*requests, {"deleteSheet": {"sheetId": 0}}]})
        return book

    def _locations(self, call: Call) -> dict[str, Any]:
        """google-auth asks, in the background, in which regions an account may be used; here: everywhere."""
        call.user = self.accounts.holder(call.authorization).email
        match = LOCATIONS.fullmatch(call.path)
        if match is None or call.method != "GET" or not self.accounts.is_known(unquote(match[1])):
            raise errors.unknown_entity()
        call.schema = "ServiceAccountAllowedLocations"
        return {"encodedLocations": "0x0", "locations": []}


def _taken(waiting: list[Callable[[], None]]) -> list[Callable[[], None]]:
    taken = list(waiting)
    waiting.clear()
    return taken


def _with_fields(call: Call, found: dict[str, Any]) -> dict[str, Any]:
    fields = call.first("fields")
    if not fields:
        return found
    try:
        mask = parse_mask(fields)
    except ValueError as error:
        raise errors.bad_field_mask(fields) from error
    wrong = unknown_path(call.schema, mask)
    if wrong is not None:
        raise errors.bad_field_mask(wrong)
    kept: dict[str, Any] = chosen(found, mask)
    return kept
