import os
from pathlib import Path

import pytest

from genkdash.sheet.errors import FileBeingSavedError, FileMissingError, FileNoRightsError
from genkdash.sheet.files import read_whole, stamp


def test_a_file_saved_during_the_first_read_is_read_once_more(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_bytes(b"old")
    reads = []

    def read_while_somebody_saves_once(path: Path) -> bytes:
        reads.append(path.read_bytes())
        if len(reads) == 1:
            path.write_bytes(b"the new one")
        return reads[-1]

    assert read_whole(file, read_while_somebody_saves_once) == b"the new one"
    assert reads == [b"old", b"the new one"]


def test_a_file_that_keeps_changing_is_being_saved(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_bytes(b"")

    def read_while_somebody_types(path: Path) -> bytes:
        content = path.read_bytes()
        path.write_bytes(content + b"a")
        return content

    with pytest.raises(FileBeingSavedError):
        read_whole(file, read_while_somebody_types)


def test_a_file_replaced_by_another_of_the_same_size_has_another_stamp(tmp_path: Path) -> None:
    file, other = tmp_path / "log.csv", tmp_path / "log.new"
    file.write_bytes(b"one")
    before = stamp(file)
    other.write_bytes(b"two")
    other.replace(file)
    assert stamp(file) != before


def test_a_file_the_system_refuses_says_so_without_its_path(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_bytes(b"x")

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    with pytest.raises(FileNoRightsError) as caught:
        read_whole(file, refuse)
    assert caught.value.detail == {"file": "log.csv"}


def test_a_folder_that_is_a_file_is_missing(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(b"x")
    with pytest.raises(FileMissingError):
        read_whole(tmp_path / "log" / "Berichten.csv")


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    pipe = tmp_path / "log.xlsx"
    os.mkfifo(pipe)

    for place in (pipe, Path("/dev/zero"), tmp_path):
        with pytest.raises(FileNoRightsError):
            read_whole(place)
