"""What does the Drive API say about spreadsheets as files?"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from sheets_server import errors
from sheets_server.field_mask import chosen, parse_mask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sheets_server.spreadsheet import Spreadsheet

SPREADSHEET_TYPE = "application/vnd.google-apps.spreadsheet"
DEFAULT_FIELDS = "kind,id,name,mimeType"
NAME_QUERY = re.compile(r"""name\s*=\s*(["'])(.*)\1""")


def file_resource(book: Spreadsheet, fields: str | None) -> dict[str, Any]:
    """The File resource of a spreadsheet: four fields unless others are asked for."""
    return _chosen(_file(book), fields or DEFAULT_FIELDS)


def file_list(books: Iterable[Spreadsheet], query: str, fields: str | None) -> dict[str, Any]:
    """The FileList of the spreadsheets that a `q` asks for, by name if it names one."""
    match = NAME_QUERY.search(query)
    files = [_file(book) for book in books if match is None or book.title == match[2]]
    found = {"kind": "drive#fileList", "incompleteSearch": False, "files": files}
    return _chosen(found, fields or f"kind,incompleteSearch,files({DEFAULT_FIELDS})")


def permission(email: str, role: str) -> dict[str, Any]:
    """The Permission resource of one person."""
    return {
        "kind": "drive#permission",
        "id": permission_id(email),
        "type": "user",
        "emailAddress": email,
        "role": role,
    }


def permission_id(email: str) -> str:
    """The id of a person's permission: the same for the same address, as with Google."""
    return str(int.from_bytes(email.encode()[-8:]))


def _file(book: Spreadsheet) -> dict[str, Any]:
    return {
        "kind": "drive#file",
        "id": book.id,
        "name": book.title,
        "mimeType": SPREADSHEET_TYPE,
        "createdTime": _written(book.created_at),
        "modifiedTime": _written(book.modified_at),
        "trashed": False,
        "webViewLink": f"https://docs.google.com/spreadsheets/d/{book.id}/edit?usp=drivesdk",
    }


def _written(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def _chosen(value: dict[str, Any], fields: str) -> dict[str, Any]:
    try:
        kept: dict[str, Any] = chosen(value, parse_mask(fields))
    except ValueError as error:
        message = f"Invalid field selection {fields}"
        reason = {"message": message, "domain": "global", "reason": "invalidParameter"}
        reason |= {"location": "fields", "locationType": "parameter"}
        raise errors.Refusal(400, {"error": {"code": 400, "message": message, "errors": [reason]}}) from error
    return kept
