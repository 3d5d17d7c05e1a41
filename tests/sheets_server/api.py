"""Which request is this, may the caller make it, and what is the answer?

In the order in which Google decides: token, service switched on, scope, quota, spreadsheet, sharing, and only then
what was asked. Knows nothing of sockets.
"""

from __future__ import annotations

import json
import re
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote

from sheets_server import books, drive, edits, errors, tokens, values
from sheets_server.discovery import unknown_path
from sheets_server.field_mask import chosen, parse_mask
from sheets_server.grid import Spreadsheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from sheets_server.quota import Quota

SPREADSHEET = re.compile(r"/v4/spreadsheets/([^/:]+)(:batchUpdate)?")
VALUES = re.compile(r"/v4/spreadsheets/([^/:]+)/values/(.+?)(:append|:clear)?")
VALUES_BATCH = re.compile(r"/v4/spreadsheets/([^/:]+)/values:(batchGet|batchUpdate|batchClear)")
FILES = re.compile(r"/drive/v3/files(?:/([^/]+))?")
PERMISSIONS = re.compile(r"/drive/v3/files/([^/]+)/permissions(?:/([^/]+))?")
LOCATIONS = re.compile(r"/v1/projects/-/serviceAccounts/([^/]+)/allowedLocations")


@dataclass
class Call:
    """One request, taken apart.

    Attributes:
        path: As it was sent, still percent-encoded.
        kind: "read" or "write", which decides scope and bucket.
        schema: The name of the answer in Google's discovery documents, once that is known.
    """

    method: str
    path: str
    query: dict[str, list[str]] = field(default_factory=dict)
    authorization: str | None = None
    body: bytes = b""
    user: str = ""
    schema: str = ""

    @property
    def kind(self) -> str:
        """Whether the request only looks, or changes something."""
        return "read" if self.method == "GET" else "write"

    def first(self, name: str) -> str | None:
        """The first value of a query parameter."""
        return next(iter(self.query.get(name, [])), None)

    def json(self) -> dict[str, Any]:
        """The body as a JSON object.

        Raises:
            errors.Refusal: 400 when it is none.
        """
        try:
            parsed = json.loads(self.body or b"{}")
        except ValueError as error:
            raise errors.bad_request("Invalid JSON payload received. Unexpected token.") from error
        if not isinstance(parsed, dict):
            raise errors.bad_request('Invalid JSON payload received. Unknown name "": Root element must be a message.')
        return parsed


class Api:
    """The spreadsheets, and the answers about them.

    Attributes:
        books: By id.
        between_parts: Edits to be made in the middle of the next batchGet, once each.
        after_metadata: Edits to be made right after the next spreadsheets.get, once each.
    """

    def __init__(self, accounts: tokens.Accounts, quota: Quota) -> None:
        self.accounts = accounts
        self.quota = quota
        self.books: dict[str, Spreadsheet] = {}
        self.between_parts: list[Callable[[], None]] = []
        self.after_metadata: list[Callable[[], None]] = []
        self.lock = threading.RLock()

    def answer(self, call: Call) -> dict[str, Any] | None:
        """The body of a 200, or None for a 204.

        Raises:
            errors.Refusal: Any other answer.
        """
        if call.path.startswith("/v1/projects/"):
            return self._locations(call)
        if call.path.startswith("/drive/"):
            self._admit(call, tokens.MAY_READ_FILES, tokens.MAY_WRITE_FILES, is_drive=True)
            return self._drive(call)
        if not call.path.startswith("/v4/spreadsheets"):
            raise errors.unknown_entity()
        self._admit(call, tokens.MAY_READ_SHEETS, tokens.MAY_WRITE_SHEETS)
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
            properties = call.json().get("properties", {})
            return books.resource(self._created(properties.get("title", "Untitled spreadsheet"), call.user))
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
            return values.update(book, text, call.json(), call.query)
        if call.method == "POST" and match[3] == ":append":
            call.schema = "AppendValuesResponse"
            return values.append(book, text, call.json(), call.query)
        if call.method == "POST" and match[3] == ":clear":
            call.schema = "ClearValuesResponse"
            return {"spreadsheetId": book.id, "clearedRange": values.clear(book, text)}
        return None

    def _values_batch(self, call: Call, book: Spreadsheet, match: re.Match[str]) -> dict[str, Any] | None:
        if match[2] == "batchGet" and call.method == "GET":
            call.schema = "BatchGetValuesResponse"
            pending = _taken(self.between_parts) if len(call.query.get("ranges", [])) > 1 else []
            return values.batch_read(
                book, call.query.get("ranges", []), call.query, between=lambda: [edit() for edit in pending]
            )
        if match[2] == "batchUpdate" and call.method == "POST":
            call.schema = "BatchUpdateValuesResponse"
            return values.batch_update(book, call.json())
        if match[2] == "batchClear" and call.method == "POST":
            call.schema = "BatchClearValuesResponse"
            cleared = [values.clear(book, str(text)) for text in call.json().get("ranges", [])]
            return {"spreadsheetId": book.id, "clearedRanges": cleared}
        return None

    def _drive(self, call: Call) -> dict[str, Any] | None:
        if match := PERMISSIONS.fullmatch(call.path):
            return self._permissions(call, match)
        match = FILES.fullmatch(call.path)
        if match is None:
            raise errors.unknown_file(call.path)
        if match[1] is None:
            return self._files(call)
        book = self._file(call, match[1])
        if call.method == "DELETE":
            del self.books[book.id]
            return None
        call.schema = "File"
        return drive.file_resource(book, call.first("fields"))

    def _files(self, call: Call) -> dict[str, Any]:
        if call.method == "POST":
            call.schema = "File"
            return drive.file_resource(self._created(call.json().get("name", "Untitled"), call.user), None)
        call.schema = "FileList"
        shared = [book for book in list(self.books.values()) if book.may_read(call.user)]
        return drive.file_list(shared, call.first("q") or "", call.first("fields"))

    def _permissions(self, call: Call, match: re.Match[str]) -> dict[str, Any] | None:
        book = self._file(call, match[1])
        if call.method == "POST":
            call.schema = "Permission"
            body = call.json()
            email, role = str(body.get("emailAddress", "")), str(body.get("role", "reader"))
            (book.readers if role == "reader" else book.writers).add(email)
            return drive.permission(email, role)
        everybody = {email: "reader" for email in book.readers} | {email: "writer" for email in book.writers}
        if call.method == "DELETE":
            for email in everybody:
                if drive.permission_id(email) == match[2]:
                    book.readers.discard(email)
                    book.writers.discard(email)
            return None
        call.schema = "PermissionList"
        people = [drive.permission(email, role) for email, role in sorted(everybody.items())]
        return {"kind": "drive#permissionList", "permissions": people}

    def _file(self, call: Call, file_id: str) -> Spreadsheet:
        book = self.books.get(file_id)
        # Drive does not tell a file that is not shared from one that does not exist.
        if book is None or not book.may_read(call.user):
            raise errors.unknown_file(file_id)
        return book

    def _created(self, title: str, owner: str) -> Spreadsheet:
        book = Spreadsheet(title, {"Sheet1": []}, writers=[owner])
        with self.lock:
            self.books[book.id] = book
        return book

    def _locations(self, call: Call) -> dict[str, Any]:
        """google-auth asks, in the background, in which regions an account may be used; here: everywhere."""
        call.user = self.accounts.holder(call.authorization).email
        match = LOCATIONS.fullmatch(call.path)
        if match is None or call.method != "GET" or not self.accounts.is_known(unquote(match[1])):
            raise errors.unknown_entity()
        call.schema = "ServiceAccountAllowedLocations"
        return {"encodedLocations": "0x0", "locations": []}


def parsed_query(text: str) -> dict[str, list[str]]:
    """The query of a URL; blank values count."""
    return parse_qs(text, keep_blank_values=True)


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
