"""What is compressed is compressed once, is never sent when it is not whole, and never for another file."""

import gzip
import logging
import os
import threading
from pathlib import Path

import brotli
import pytest

from genkdash.server.asset_making import make_all, making
from genkdash.server.asset_shelf import Shelf

SCRIPT = b"export const numbers = [1, 2, 3];\n" * 40
SCRIPT_ADDRESS, PICTURE_ADDRESS = "/static/js/numbers.aaaaaaaa.js", "/static/media/flake.bbbbbbbb.png"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    (folder / "js").mkdir(parents=True)
    (folder / "media").mkdir()
    (folder / "js" / "numbers.aaaaaaaa.js").write_bytes(SCRIPT)
    (folder / "js" / "tiny.cccccccc.js").write_bytes(b"export{}")
    (folder / "media" / "flake.bbbbbbbb.png").write_bytes(SCRIPT)
    return folder


def shelf_of(files: Path, *, edition: str = "streamlit-1.67.0") -> Shelf:
    return Shelf(files.parent / "kept", {"/static/": files}, edition=edition)


def made(files: Path) -> Shelf:
    shelf = shelf_of(files)
    make_all(shelf, [SCRIPT_ADDRESS], threading.Event())
    return shelf


def test_a_file_of_our_pages_is_made_in_both_codings_and_the_better_brotli_is_sent(files: Path) -> None:
    shelf = made(files)
    # Of the tiny file both, empty: known to be not worth it.
    assert sorted(path.suffix for path in shelf.folder.iterdir()) == [".br11", ".br9", ".br9", ".gz", ".gz", ".lock"]
    small, plain = shelf.variant(SCRIPT_ADDRESS, "br"), shelf.variant(SCRIPT_ADDRESS, "gzip")
    assert small is not None
    assert plain is not None
    assert brotli.decompress(small.body) == gzip.decompress(plain.body) == SCRIPT
    assert small.mark != plain.mark
    assert shelf.at_hand(SCRIPT_ADDRESS, "br") is small


def test_pictures_and_what_compressing_does_not_make_smaller_are_left_as_they_are(files: Path) -> None:
    shelf = made(files)
    assert shelf.variant(PICTURE_ADDRESS, "br") is None
    assert shelf.variant("/static/js/tiny.cccccccc.js", "gzip") is None
    assert shelf.has(PICTURE_ADDRESS)
    assert not shelf.has("/static/../files/js/numbers.aaaaaaaa.js")


def test_what_is_made_is_not_made_again_by_the_next_start(files: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in made(files).folder.iterdir()}
    assert {path: path.stat().st_mtime_ns for path in made(files).folder.iterdir()} == before


@pytest.mark.parametrize("left", [0, 1, 31, 32, 33, 80])
def test_a_variant_that_was_torn_is_not_sent_and_is_made_again(files: Path, left: int) -> None:
    path = made(files).path(SCRIPT_ADDRESS, "gz")
    whole = path.read_bytes()
    path.write_bytes(whole[:left])
    assert shelf_of(files).variant(SCRIPT_ADDRESS, "gzip") is None
    made(files)
    assert path.read_bytes() == whole


def test_a_variant_with_one_bit_turned_is_not_sent(files: Path) -> None:
    shelf = made(files)
    for path in shelf.folder.glob("*.br*"):
        content = bytearray(path.read_bytes())
        content[-1] ^= 1
        path.write_bytes(content)
    assert shelf_of(files).variant(SCRIPT_ADDRESS, "br") is None


def test_a_file_that_changed_is_sent_as_it_is_until_it_is_made_anew_and_the_old_one_is_swept(files: Path) -> None:
    shelf = made(files)
    number, version = len(list(shelf.folder.iterdir())), shelf.version(SCRIPT_ADDRESS)
    (files / "js" / "numbers.aaaaaaaa.js").write_bytes(SCRIPT * 2)
    assert shelf.variant(SCRIPT_ADDRESS, "br") is None
    assert shelf.at_hand(SCRIPT_ADDRESS, "br") is None
    assert shelf.version(SCRIPT_ADDRESS) != version
    new = made(files).variant(SCRIPT_ADDRESS, "br")
    assert new is not None
    assert brotli.decompress(new.body) == SCRIPT * 2
    assert len(list(shelf.folder.iterdir())) == number


def test_another_streamlit_finds_nothing_of_this_one_and_clears_it_away(files: Path) -> None:
    old, new = made(files), shelf_of(files, edition="streamlit-1.68.0")
    assert new.variant(SCRIPT_ADDRESS, "br") is None
    make_all(new, [], threading.Event())
    assert [path.name for path in old.folder.iterdir()] == ["making.lock"]


def test_a_file_that_is_gone_has_no_variant_and_stops_nobody(files: Path) -> None:
    shelf = shelf_of(files)
    (files / "js" / "numbers.aaaaaaaa.js").unlink()
    assert shelf.variant(SCRIPT_ADDRESS, "br") is None
    assert shelf.version(SCRIPT_ADDRESS) is None
    make_all(shelf, [SCRIPT_ADDRESS], threading.Event())


def test_a_folder_that_cant_be_written_is_said_once_and_everything_is_sent_as_it_is(
    files: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (files.parent / "kept").write_bytes(b"a file where the folder should be")
    shelf = shelf_of(files)
    with caplog.at_level(logging.WARNING), making(shelf, [SCRIPT_ADDRESS]) as maker:
        maker.join()
    assert [record.getMessage() for record in caplog.records] == [
        "compressed files can't be kept, so all are sent as they are: NotADirectoryError"
    ]
    assert shelf.variant(SCRIPT_ADDRESS, "br") is None


def test_a_full_disk_leaves_nothing_behind(files: Path) -> None:
    shelf = made(files)
    before = set(shelf.folder.iterdir())
    with pytest.raises(OSError, match="No space"):
        _keep_on_a_full_disk(shelf)
    assert set(shelf.folder.iterdir()) == before


def _keep_on_a_full_disk(shelf: Shelf) -> None:
    aside = shelf.path(SCRIPT_ADDRESS, "gz")
    # Linux's own full disk: every write to it fails.
    aside.with_name(f"{aside.name}.{os.getpid()}.new").symlink_to("/dev/full")
    shelf.keep(SCRIPT_ADDRESS, "gz", b"x" * 10_000)


def test_a_stop_in_the_middle_leaves_the_rest_for_the_next_start(files: Path) -> None:
    stopped = threading.Event()
    stopped.set()
    shelf = shelf_of(files)
    make_all(shelf, [SCRIPT_ADDRESS], stopped)
    assert shelf.variant(SCRIPT_ADDRESS, "gzip") is None
    assert made(files).variant(SCRIPT_ADDRESS, "gzip") is not None
