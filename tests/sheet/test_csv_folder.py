import contextlib
import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genkdash.sheet.csv_folder import CsvFolder
from genkdash.sheet.csv_text import UnclosedQuoteError, decode_csv, split_csv
from genkdash.sheet.errors import CsvUnclosedQuoteError, FileMissingError, FolderWithoutTabsError


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_delimiter_is_the_one_that_cuts_rows_alike(delimiter: str) -> None:
    rows = [("Datum", "Influencer", "Tip"), ("5 mei", "Cem", "Kort, luid; en rechtop, a, b, c"), ("6 mei", "Noor", "x")]
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    assert split_csv(text.getvalue()) == rows


def test_commas_in_the_text_do_not_win_from_semicolons_between_the_cells() -> None:
    assert split_csv("Datum;Tip\n5 mei;a, b, c, d, e\n6 mei;f, g\n")[1] == ("5 mei", "a, b, c, d, e")


def test_a_file_of_one_column_needs_no_delimiter() -> None:
    assert split_csv("Datum\n2018-04-18\n") == [("Datum",), (date(2018, 4, 18),)]


def test_the_line_in_which_excel_names_the_delimiter_is_no_row() -> None:
    assert split_csv("sep=|\r\nDatum|Naam\r\n") == [("Datum", "Naam")]


def test_whole_numbers_and_iso_days_get_their_kind_and_all_else_stays_text() -> None:
    typed = "120;-3;0;007;1.234;1,2k;2018-04-16;2018-02-31;16/04/2018; ;;WAAR"
    assert split_csv(typed) == [
        (120, -3, 0, "007", "1.234", "1,2k", date(2018, 4, 16), "2018-02-31", "16/04/2018", " ", None, "WAAR")
    ]


def test_blank_lines_and_ragged_rows_keep_their_place() -> None:
    assert split_csv("a;b;c\n\nd\ne;f;g;h\n") == [("a", "b", "c"), (), ("d",), ("e", "f", "g", "h")]


def test_a_line_break_in_quotes_does_not_begin_a_row() -> None:
    assert split_csv('a;b\r\n"één\r\ntwee";c\r\nd;e\r\n') == [("a", "b"), ("één\r\ntwee", "c"), ("d", "e")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_is_read_in_the_encodings_that_excel_and_google_write(encoding: str) -> None:
    assert decode_csv("Café ‘Zoë’ €5".encode(encoding)) == "Café ‘Zoë’ €5"


def test_a_quote_that_is_never_closed_is_an_error_and_swallows_nothing() -> None:
    with pytest.raises(UnclosedQuoteError) as caught:
        split_csv('a;b\nc;d\n"e;f\ng;h\n')
    assert caught.value.line == 3


def test_a_quote_left_open_before_a_long_text_is_an_error_as_well() -> None:
    with pytest.raises(UnclosedQuoteError):
        split_csv('a;b\n"' + "x" * 200_000)


@given(
    rows=st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=2, max_size=5),
        min_size=1,
        max_size=9,
    ),
    delimiter=st.sampled_from(";,\t"),
)
def test_whatever_a_program_writes_with_quotes_is_read_back(rows: list[list[str]], delimiter: str) -> None:
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    read = split_csv(f"sep={delimiter}\n{text.getvalue()}")
    shown = [["" if cell is None else str(cell) for cell in row] for row in read]
    assert shown == rows


@given(st.binary())
def test_any_bytes_are_rows_or_an_unclosed_quote(content: bytes) -> None:
    with contextlib.suppress(UnclosedQuoteError):
        assert all(isinstance(row, tuple) for row in split_csv(decode_csv(content)))


def test_a_file_is_the_tab_it_is_named_for(tmp_path: Path) -> None:
    (tmp_path / "berichten.CSV").write_text("Datum;Naam\n", encoding="utf-8")
    (tmp_path / "Genk vertelt - Thema's.csv").write_text("Thema\nMuziek\n", encoding="utf-8")
    (tmp_path / "Genk vertelt-Vergaderingen.csv").write_text("Datum\n", encoding="utf-8")
    (tmp_path / "Contacten.csv").write_text("Naam;Gsm\nNoor;0400 00 00 00\n", encoding="utf-8")
    (tmp_path / "~$Tips.csv").write_text("x", encoding="utf-8")
    (tmp_path / ".~lock.Tips.csv#").write_text("x", encoding="utf-8")
    (tmp_path / "Tips.docx").write_text("x", encoding="utf-8")
    book = CsvFolder(tmp_path).read()
    assert (book.kind, book.name) == ("csv", tmp_path.name)
    assert [(tab.title, [tuple(row) for row in tab.rows]) for tab in book.tabs] == [
        ("Thema's", [("Thema",), ("Muziek",)]),
        ("Vergaderingen", [("Datum",)]),
        ("berichten", [("Datum", "Naam")]),
    ]


def test_a_private_column_is_not_handed_out(tmp_path: Path) -> None:
    (tmp_path / "Influencers.csv").write_text("Naam;Gsm\nNoor;0400 00 00 00\n", encoding="utf-8")
    assert [tuple(row) for row in CsvFolder(tmp_path).read().tabs[0].rows] == [("Naam", None), ("Noor", None)]


def test_a_folder_without_a_file_named_for_a_tab_says_so(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("Datum;Naam\n", encoding="utf-8")
    with pytest.raises(FolderWithoutTabsError):
        CsvFolder(tmp_path).read()


def test_a_folder_that_is_not_there_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(FileMissingError):
        CsvFolder(tmp_path / "weg").read()


def test_an_unclosed_quote_names_the_file_and_the_line(tmp_path: Path) -> None:
    (tmp_path / "Tips.csv").write_text('Tip\n"half\n', encoding="utf-8")
    with pytest.raises(CsvUnclosedQuoteError) as caught:
        CsvFolder(tmp_path).read()
    assert caught.value.detail == {"file": "Tips.csv", "line": "2"}


def test_the_fingerprint_follows_the_files_that_are_tabs_and_no_others(tmp_path: Path) -> None:
    folder = CsvFolder(tmp_path)
    (tmp_path / "Tips.csv").write_text("Tip\n", encoding="utf-8")
    before = folder.fingerprint()
    (tmp_path / "Contacten.csv").write_text("x", encoding="utf-8")
    assert folder.fingerprint() == before
    (tmp_path / "Berichten.csv").write_text("Datum;Naam\n", encoding="utf-8")
    assert folder.fingerprint() != before


def test_the_fingerprint_of_no_folder_is_a_word(tmp_path: Path) -> None:
    assert CsvFolder(tmp_path / "weg").fingerprint() == "absent"
