"""Which cells of an .ods hold an error? How far a tab reaches, calamine watches itself."""

import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET
from xml.parsers import expat

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_VALUE_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_MAX_COLUMNS = 16_384  # no spreadsheet program has more
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


class OdsParts:
    """The packed parts of an .ods.

    Raises:
        ExpatError: the content is no XML. calamine 0.9 never comes back from a content that stops halfway.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        expat.ParserCreate().Parse(archive.read("content.xml"), True)  # noqa: FBT003  expat takes no keywords

    def check_extent(self, title: str) -> None:
        """Raise nothing: calamine refuses an .ods of more than 100 million cells by itself."""

    def error_cells(self, title: str) -> Iterator[tuple[int, int, str]]:
        """Give row and column (from 0) and text of each cell that holds an error, downwards."""
        if b'value-type="error"' not in self._archive.read("content.xml"):
            return
        row, tab = 0, None
        with self._archive.open("content.xml") as part:
            for event, element in ET.iterparse(part, events=("start", "end")):  # noqa: S314  expat since 2.4.1 stops entity bombs
                if event == "start" and element.tag == f"{_TABLE}table":
                    row, tab = 0, element.get(f"{_TABLE}name")
                elif event == "end" and element.tag == f"{_TABLE}table-row":
                    repeated = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
                    errors = _errors_of(element) if tab == title else []
                    if errors:
                        yield from ((row + further, *error) for further in range(repeated) for error in errors)
                    row += repeated
                    element.clear()


def _errors_of(row: ET.Element) -> list[tuple[int, str]]:
    """Return column and text of each cell with an error in one row."""
    errors = []
    column = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        if cell.get(_VALUE_TYPE) == "error":
            text = "".join(part for line in cell.iterfind(f"{_TEXT}p") for part in line.itertext())
            errors += [(column + further, text or "#ERROR!") for further in range(min(repeated, _MAX_COLUMNS))]
        column += repeated
    return errors
