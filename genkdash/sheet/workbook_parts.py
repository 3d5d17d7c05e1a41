"""Is this file a workbook, is it whole, and what does its reader not tell us?

python-calamine 0.9 gives a cell with an error (#REF!) as a blank, or in an .ods as 0; and it asks memory for the
whole rectangle up to the last cell: one stray value in XFD1048576 asks 512 GB, which ends the process.
So the packed parts are looked at before calamine is.
"""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Protocol
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from genkdash.sheet.errors import FileTooLargeError, NotAWorkbookError, WorkbookDamagedError, WorkbookProtectedError
from genkdash.sheet.ods_parts import OdsParts
from genkdash.sheet.xlsx_parts import XlsxParts

MAX_UNPACKED_BYTES = 512 * 2**20
"""A hundred thousand posts unpack to about 90 MB; what goes far beyond is a bomb."""

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    ParseError,
    ExpatError,
    LookupError,
    ValueError,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Parts(Protocol):
    """What the packed parts of a workbook say about one tab."""

    def check_extent(self, title: str) -> None:
        """Raise TabTooLargeError if the rectangle of this tab is too large to open."""
        ...

    def error_cells(self, title: str) -> Iterator[tuple[int, int, str]]:
        """Give row and column (from 0) and text of each cell that holds an error."""
        ...


def open_parts(content: bytes, file: str) -> Parts:
    """Return the parts of a workbook, once its checksums and its size were found in order.

    Raises:
        SourceError: it is no workbook, protected with a password, damaged, or unpacks to too much.
    """
    if content.startswith(_OLE):
        raise WorkbookProtectedError(file=file) if _OLE_ENCRYPTED in content else NotAWorkbookError(file=file)
    if content and not content.startswith(b"PK"):
        raise NotAWorkbookError(file=file)
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED_BYTES:
            raise FileTooLargeError(file=file, limit=str(MAX_UNPACKED_BYTES // 2**20))
        if any(part.flag_bits & 1 for part in archive.infolist()) or _is_encrypted_ods(archive):
            raise WorkbookProtectedError(file=file)
        if archive.testzip() is not None:
            raise WorkbookDamagedError(file=file)
        return _parts(archive, file)
    except _DAMAGE as error:
        raise WorkbookDamagedError(file=file) from error


def _parts(archive: zipfile.ZipFile, file: str) -> Parts:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return XlsxParts(archive, file)
    if "content.xml" in names and b"opendocument.spreadsheet" in archive.read("mimetype"):
        return OdsParts(archive)
    raise NotAWorkbookError(file=file)


def _is_encrypted_ods(archive: zipfile.ZipFile) -> bool:
    names = set(archive.namelist())
    if "encrypted-package" in names:
        return True
    return "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml")
