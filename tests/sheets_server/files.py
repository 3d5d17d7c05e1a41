"""Which Drive request is this, and what is the answer?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sheets_server import drive, errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from sheets_server.call import Call
    from sheets_server.spreadsheet import Spreadsheet

FILES = re.compile(r"/drive/v3/files(?:/([^/]+))?")
PERMISSIONS = re.compile(r"/drive/v3/files/([^/]+)/permissions(?:/([^/]+))?")


class Files:
    """The spreadsheets as files of Drive.

    Args:
        books: The spreadsheets by id; shared with the Sheets side.
        create: Makes a spreadsheet of a title for an owner.
    """

    def __init__(self, books: dict[str, Spreadsheet], create: Callable[[str, str], Spreadsheet]) -> None:
        self._books = books
        self._create = create

    def answer(self, call: Call) -> dict[str, Any] | None:
        """The body of a 200, or None for a 204.

        Raises:
            errors.Refusal: Any other answer.
        """
        if match := PERMISSIONS.fullmatch(call.path):
            return self._permissions(call, match)
        match = FILES.fullmatch(call.path)
        if match is None:
            raise errors.unknown_file(call.path)
        if match[1] is None:
            return self._files(call)
        book = self._file(call, match[1])
        if call.method == "DELETE":
            del self._books[book.id]
            return None
        call.schema = "File"
        return drive.file_resource(book, call.first("fields"))

    def _files(self, call: Call) -> dict[str, Any]:
        if call.method == "POST":
            call.schema = "File"
            return drive.file_resource(self._create(call.json().get("name", "Untitled"), call.user), None)
        call.schema = "FileList"
        shared = [book for book in list(self._books.values()) if book.may_read(call.user)]
        return drive.file_list(shared, call.first("q") or "", call.first("fields"))

    def _permissions(self, call: Call, match: re.Match[str]) -> dict[str, Any] | None:
        book = self._file(call, match[1])
        if call.method == "POST":
            call.schema = "Permission"
            body = call.json()
            email, role = str(body.get("emailAddress", "")), str(body.get("role", "reader"))
            (book.readers if role == "reader" else book.writers).add(email)
            return drive.permission(email, role)
        everybody = dict.fromkeys(book.readers, "reader") | dict.fromkeys(book.writers, "writer")
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
        book = self._books.get(file_id)
        # Drive does not tell a file that is not shared from one that does not exist.
        if book is None or not book.may_read(call.user):
            raise errors.unknown_file(file_id)
        return book
