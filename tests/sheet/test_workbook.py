import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from odf import table as ods
from odf.opendocument import OpenDocumentSpreadsheet
from odf.text import P

from genkdash.i18n.catalogue import LANGUAGES, translator
from genkdash.sheet.errors import (
    FileError,
    FileMissingError,
    FileTooLargeError,
    NotAWorkbookError,
    TabTooLargeError,
    WorkbookDamagedError,
    WorkbookProtectedError,
)
from genkdash.sheet.tables import Cell
from genkdash.sheet.workbook import Workbook

HEADER = ("Datum", "Influencer", "Titel", "Likes")


def save_xlsx(path: Path, **tabs: list[tuple[object, ...]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in tabs.items():
        tab = book.create_sheet(title)
        for row in rows:
            tab.append(row)
    book.save(path)
    return path


def change_part(path: Path, part: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def posts(path: Path) -> list[tuple[Cell, ...]]:
    return [tuple(row) for row in Workbook(path).read().tabs[0].rows]


def test_values_come_out_as_the_kinds_of_the_contract(tmp_path: Path) -> None:
    typed = [
        (date(2018, 4, 16), "Amina", "Eén", 3),
        (datetime(2018, 4, 16, 12, 30), "Amina", time(9, 5), 3.5),  # noqa: DTZ001  a sheet has no time zone
        (43206, "Amina", timedelta(hours=30), True),
        ("2018-04-16", " Amina ", None, 1e20),
    ]
    rows = posts(save_xlsx(tmp_path / "log.xlsx", Berichten=[HEADER, *typed]))
    assert rows[1:] == [
        (date(2018, 4, 16), "Amina", "Eén", 3),
        (datetime(2018, 4, 16, 12, 30), "Amina", "09:05:00", 3.5),  # noqa: DTZ001  the same
        (43206, "Amina", "30:00:00", True),
        ("2018-04-16", " Amina ", None, 1e20),
    ]
    assert [type(cell) for cell in rows[1]] == [date, str, str, int]


def test_leading_blank_rows_and_columns_are_kept(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    tab = book.active
    tab.title = "Berichten"
    tab["B3"], tab["C3"], tab["B4"], tab["C4"] = "Datum", "Influencer", date(2018, 5, 1), "Bram"
    book.save(tmp_path / "log.xlsx")
    assert posts(tmp_path / "log.xlsx") == [
        (None, None, None),
        (None, None, None),
        (None, "Datum", "Influencer"),
        (None, date(2018, 5, 1), "Bram"),
    ]


def test_hidden_rows_and_the_top_left_of_merged_cells_are_read(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "log.xlsx", Berichten=[HEADER, ("a", "b", "c", 1), ("d", "e", "f", 2)])
    book = openpyxl.load_workbook(path)
    book["Berichten"].row_dimensions[2].hidden = True
    book["Berichten"].merge_cells("A3:B3")
    book.save(path)
    assert posts(path)[1:] == [("a", "b", "c", 1), ("d", None, "f", 2)]


def test_cells_with_an_error_are_read_as_the_text_they_show(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(save_xlsx(tmp_path / "log.xlsx", Berichten=[HEADER, ("a", "b", "c", 1)]))
    for column, text in enumerate(["#REF!", "#N/A", "#DIV/0!", "#NAME?"], start=1):
        cell = book["Berichten"].cell(3, column, text)
        cell.data_type = "e"
    book.save(tmp_path / "log.xlsx")
    assert posts(tmp_path / "log.xlsx")[1:] == [("a", "b", "c", 1), ("#REF!", "#N/A", "#DIV/0!", "#NAME?")]


def test_dates_of_the_mac_calendar_are_the_same_days(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.title = "Berichten"
    book.active.append(HEADER)
    book.active.append((date(2018, 4, 16), "Amina"))
    book.save(tmp_path / "log.xlsx")
    assert posts(tmp_path / "log.xlsx")[1][0] == date(2018, 4, 16)


def test_only_tabs_and_columns_of_the_contract_are_handed_out(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(
        save_xlsx(
            tmp_path / "Genk vertelt.xlsx",
            Contacten=[("Naam", "Gsm"), ("Mama van Noor", "0400 11 11 11")],
            Posts=[("Date", "Gsm-nummer", "Name"), ("2018-05-01", "0400 22 22 22", "Noor")],
        )
    )
    book.create_chartsheet("Tips")
    book.save(tmp_path / "Genk vertelt.xlsx")
    read = Workbook(tmp_path / "Genk vertelt.xlsx").read()
    assert (read.kind, read.name, [tab.title for tab in read.tabs]) == ("workbook", "Genk vertelt", ["Posts"])
    assert [tuple(row) for row in read.tabs[0].rows] == [("Date", None, "Name"), ("2018-05-01", None, "Noor")]


def test_an_ods_is_read_like_an_xlsx(tmp_path: Path) -> None:
    path = save_ods(
        tmp_path / "log.ods",
        [[ods_text("Datum"), ods_text("Influencer"), ods_text("Titel"), ods_text("Likes")]],
        [
            [
                ods.TableCell(valuetype="date", datevalue="2018-04-16"),
                ods_text("Bram"),
                ods_text("één", "twee"),
                ods_number(7),
            ]
        ],
    )
    assert posts(path) == [HEADER, (date(2018, 4, 16), "Bram", "één\ntwee", 7)]


def test_errors_in_an_ods_are_read_as_text_at_their_place_also_where_cells_and_rows_are_repeated(
    tmp_path: Path,
) -> None:
    path = save_ods(
        tmp_path / "log.ods",
        [[ods_text(name) for name in HEADER]],
        [[ods_text("a"), ods_error("#N/A", numbercolumnsrepeated=2), ods_number(7)]],
        [[ods_text("b"), ods_text("c"), ods_text("d"), ods_error("#REF!")], 2],
        [[ods_text("e"), ods_text("f"), ods_text("g"), ods_number(9)]],
    )
    assert posts(path)[1:] == [
        ("a", "#N/A", "#N/A", 7),
        ("b", "c", "d", "#REF!"),
        ("b", "c", "d", "#REF!"),
        ("e", "f", "g", 9),
    ]


def test_a_workbook_that_is_not_there_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(FileMissingError) as caught:
        Workbook(tmp_path / "weg.xlsx").read()
    assert caught.value.detail == {"path": str(tmp_path / "weg.xlsx")}


def test_a_workbook_cut_off_anywhere_is_never_half_read(tmp_path: Path) -> None:
    whole = save_xlsx(tmp_path / "log.xlsx", Berichten=[HEADER, ("a", "b", "c", 1)]).read_bytes()
    for length in range(0, len(whole), 97):
        (tmp_path / "half.xlsx").write_bytes(whole[:length])
        with pytest.raises((WorkbookDamagedError, NotAWorkbookError)):
            Workbook(tmp_path / "half.xlsx").read()


def test_a_workbook_with_a_flipped_bit_is_damaged(tmp_path: Path) -> None:
    path = save_xlsx(
        tmp_path / "log.xlsx", Berichten=[HEADER, *[("2018-05-01", "Bram", f"post {n}", n) for n in range(99)]]
    )
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    content = bytearray(path.read_bytes())
    content[part.header_offset + 200] ^= 0x10
    path.write_bytes(content)
    with pytest.raises(WorkbookDamagedError):
        Workbook(path).read()


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"])
def test_a_workbook_with_broken_xml_is_damaged(tmp_path: Path, part: str) -> None:
    path = save_xlsx(tmp_path / "log.xlsx", Berichten=[HEADER, ("a", "b", "c", 1)])
    change_part(path, part, b">", b"><")
    with pytest.raises(WorkbookDamagedError):
        Workbook(path).read()


def test_an_ods_whose_content_stops_halfway_is_damaged(tmp_path: Path) -> None:
    path = save_ods(tmp_path / "log.ods", [[ods_text(name) for name in HEADER]])
    change_part(path, "content.xml", b"</table:table>", b"</table>")
    with pytest.raises(WorkbookDamagedError):
        Workbook(path).read()


@pytest.mark.parametrize(
    "content",
    [b"<html>Sign in</html>", b"Datum;Influencer\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)],
    ids=["a web page", "a CSV file", "an old .xls"],
)
def test_something_else_under_the_name_of_a_workbook_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "log.xlsx").write_bytes(content)
    with pytest.raises(NotAWorkbookError):
        Workbook(tmp_path / "log.xlsx").read()


def test_a_text_document_is_no_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "log.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<text/>")
    with pytest.raises(NotAWorkbookError):
        Workbook(tmp_path / "log.ods").read()


def test_an_xlsx_with_a_password_says_so(tmp_path: Path) -> None:
    stream = "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "log.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream + bytes(504))
    with pytest.raises(WorkbookProtectedError):
        Workbook(tmp_path / "log.xlsx").read()


@pytest.mark.parametrize(
    ("part", "content"),
    [("META-INF/manifest.xml", "<manifest:encryption-data/>"), ("encrypted-package", "")],
    ids=["part by part", "as a whole"],
)
def test_an_ods_with_a_password_says_so(tmp_path: Path, part: str, content: str) -> None:
    with zipfile.ZipFile(tmp_path / "log.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "sealed")
        archive.writestr(part, content)
    with pytest.raises(WorkbookProtectedError):
        Workbook(tmp_path / "log.ods").read()


def test_a_stray_value_in_the_last_cell_of_the_sheet_is_refused_instead_of_taking_all_memory(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "log.xlsx", Berichten=[HEADER])
    stray = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    change_part(path, "xl/worksheets/sheet1.xml", b"</sheetData>", stray)
    with pytest.raises(TabTooLargeError) as caught:
        Workbook(path).read()
    assert caught.value.detail == {"tab": "Berichten", "rows": "1048576", "columns": "16384"}


def test_a_blank_cell_with_a_border_far_away_does_no_harm(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "log.xlsx", Berichten=[HEADER])
    border = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    change_part(path, "xl/worksheets/sheet1.xml", b"</sheetData>", border)
    assert posts(path) == [HEADER]


def test_a_file_that_unpacks_to_gigabytes_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "log.xlsx", Berichten=[HEADER])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/photo.png", "w") as photo:
        for _ in range(600):
            photo.write(bytes(2**20))
    assert path.stat().st_size < 2**20
    with pytest.raises(FileTooLargeError) as caught:
        Workbook(path).read()
    assert caught.value.detail == {"file": "log.xlsx", "limit": "512"}


def test_a_file_of_more_than_64_mb_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "log.xlsx").open("wb") as file:
        file.truncate(64 * 2**20 + 1)
    with pytest.raises(FileTooLargeError) as caught:
        Workbook(tmp_path / "log.xlsx").read()
    assert caught.value.detail == {"file": "log.xlsx", "limit": "64"}


def test_the_fingerprint_changes_when_the_file_is_saved_again(tmp_path: Path) -> None:
    book = Workbook(save_xlsx(tmp_path / "log.xlsx", Berichten=[HEADER]))
    before = book.fingerprint()
    assert book.fingerprint() == before
    save_xlsx(tmp_path / "log.xlsx", Berichten=[HEADER, ("a", "b", "c", 1)])
    assert book.fingerprint() != before


def test_the_fingerprint_of_no_file_is_a_word(tmp_path: Path) -> None:
    assert Workbook(tmp_path / "weg.xlsx").fingerprint() == "absent"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", FileError.__subclasses__())
def test_every_error_of_a_file_is_a_sentence_in_both_languages(error: type[FileError], language: str) -> None:
    detail = {
        "file": "log.xlsx",
        "path": "/log.xlsx",
        "limit": "64",
        "tab": "Tips",
        "rows": "1",
        "columns": "2",
        "folder": "log",
        "line": "3",
    }
    sentence = translator(language)(f"error.{error.code}", **detail)
    assert sentence.endswith((".", "Berichten.csv.", "Posts.csv."))
    assert "{" not in sentence


def ods_text(*lines: str) -> ods.TableCell:
    cell = ods.TableCell(valuetype="string")
    for line in lines:
        cell.addElement(P(text=line))
    return cell


def ods_number(value: float) -> ods.TableCell:
    return ods.TableCell(valuetype="float", value=value)


def ods_error(text: str, **attributes: int) -> ods.TableCell:
    cell = ods.TableCell(valuetype="string", stringvalue="", **attributes)
    cell.setAttrNS("urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0", "value-type", "error")
    cell.addElement(P(text=text))
    return cell


def save_ods(path: Path, *rows: list[object]) -> Path:
    """Each of `rows` is [cells] or [cells, times the row is repeated]."""
    document = OpenDocumentSpreadsheet()
    tab = ods.Table(name="Berichten")
    for cells, *times in rows:
        row = ods.TableRow(numberrowsrepeated=times[0]) if times else ods.TableRow()
        for cell in cells:
            row.addElement(cell)
        tab.addElement(row)
    document.spreadsheet.addElement(tab)
    packed = BytesIO()
    document.write(packed)
    path.write_bytes(packed.getvalue())
    return path
