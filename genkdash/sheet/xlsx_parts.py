"""How far does a tab of an .xlsx reach, and which of its cells hold an error?"""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from genkdash.sheet.errors import TabTooLargeError, WorkbookDamagedError

MAX_CELLS = 10_000_000
"""The largest rectangle of one tab. A Google sheet holds no more cells than this either."""

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_ERROR = re.compile(rb"""\bt=["']e["']""")
# A cell in row 100 000 or beyond, or in column AAA or beyond; `[^>/]*>` leaves out those without a value.
_FAR_CELL = re.compile(rb"""\br=["']([A-Z]{3}\d{1,7}|[A-Z]{1,2}\d{6,7})["'][^>/]*>""")
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class XlsxParts:
    """The packed parts of an .xlsx."""

    def __init__(self, archive: zipfile.ZipFile, file: str) -> None:
        self._archive = archive
        self._file = file
        self._part_names = _part_names(archive)

    def check_extent(self, title: str) -> None:
        """Raise TabTooLargeError if the rectangle from A1 to the last filled cell is too large to open."""
        far = [_position(match[1].decode()) for match in _FAR_CELL.finditer(self._content(title))]
        height = max((row for row, _ in far), default=0) + 1
        width = max((column for _, column in far), default=0) + 1
        if height * width > MAX_CELLS:
            raise TabTooLargeError(tab=title, rows=str(height), columns=str(width))

    def error_cells(self, title: str) -> Iterator[tuple[int, int, str]]:
        """Give row and column (from 0) and text of each cell that holds an error."""
        if _ERROR.search(self._content(title)) is None:
            return
        row, column = -1, -1
        with self._archive.open(self._part_names[title]) as part:
            for event, element in ET.iterparse(part, events=("start", "end")):  # noqa: S314  expat since 2.4.1 stops entity bombs
                match event, _local(element.tag):
                    case "start", "row":
                        row, column = int(element.get("r", row + 2)) - 1, -1
                    case "end", "c":
                        address = element.get("r")
                        row, column = _position(address) if address else (row, column + 1)
                        if element.get("t") == "e":
                            yield row, column, _value(element)
                    case "end", "row":
                        element.clear()

    def _content(self, title: str) -> bytes:
        if title not in self._part_names:
            raise WorkbookDamagedError(file=self._file)
        return self._archive.read(self._part_names[title])


def _part_names(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """Return the part of each tab, by its title."""
    relations = ET.fromstring(archive.read(_RELATIONS))  # noqa: S314  expat since 2.4.1 stops entity bombs
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    workbook = ET.fromstring(archive.read(_WORKBOOK))  # noqa: S314  expat since 2.4.1 stops entity bombs
    names = {}
    for sheet in workbook.iter():
        if _local(sheet.tag) != "sheet":
            continue
        relation = next((value for key, value in sheet.items() if _local(key) == "id"), None)
        names[sheet.get("name", "")] = posixpath.normpath(posixpath.join("xl", targets.get(relation, ""))).lstrip("/")
    return names


def _position(address: str) -> tuple[int, int]:
    """Return row and column, from 0, of an address such as "C12".

    Raises:
        ValueError: it is no address.
    """
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise ValueError(address)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _value(cell: ET.Element) -> str:
    return next((part.text or "" for part in cell if _local(part.tag) == "v"), "#ERROR!")


def _local(name: str) -> str:
    return name.rpartition("}")[2]
