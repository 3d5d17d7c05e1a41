"""The packs of the installed Streamlit are whole, are made once, and are left out where they can't be trusted."""

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from genkdash.server import pack_folder
from genkdash.server.pack_folder import LATE_NAMES, READ_SCRIPTS, Packs, packs_in, scripts_digest
from genkdash.server.page_assets import with_places, with_scripts
from genkdash.server.page_needs import FIRST, scripts_of
from genkdash.server.streamlit_files import streamlit_files

NAMED = re.compile(r'["`](\.\.?/[A-Za-z0-9_./-]+\.js)["`]')


@pytest.fixture(scope="module")
def parent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("packs") / "streamlit-0"


@pytest.fixture(scope="module")
def packs(parent: Path) -> Packs:
    packs = packs_in(parent)
    assert packs is not None
    return packs


def page_with(packs: Packs, screen: str) -> str:
    """Return Streamlit's page as it goes out for a screen."""
    page = with_places((streamlit_files() / "index.html").read_bytes(), packs.place)
    return with_scripts(page, dict.fromkeys(map(packs.place, scripts_of(screen)))).decode()


def test_somebody_read_the_scripts_of_this_streamlit() -> None:
    """After an upgrade: run `tools/late_names.py`, and put what it prints in `pack_folder.py`."""
    assert scripts_digest() == READ_SCRIPTS
    assert all((streamlit_files() / "static" / "js" / file).is_file() for file in LATE_NAMES)


def test_a_page_begins_with_a_handful_of_scripts(packs: Packs) -> None:
    before = (streamlit_files() / "index.html").read_text(encoding="utf-8").count("/static/js/")
    names = re.findall(rf'"\.{packs.address}([a-z0-9-]+)[^"]*\.js"', page_with(packs, "me"), re.IGNORECASE)
    assert before == 59
    assert sorted(names) == ["StreamlitMarkdown", "drawn-0", "space-separated-tokens", "start-0", "start-2"]


@pytest.mark.parametrize("screen", FIRST)
def test_a_page_names_no_script_in_two_places(packs: Packs, screen: str) -> None:
    named = re.findall(r'(?:src|href)="\.(/static/[^"]+\.js)"', page_with(packs, screen))
    assert len(named) == len(set(named))
    assert set(named).isdisjoint(packs.places)


def test_every_script_that_a_packed_one_names_is_there_and_none_where_it_was(packs: Packs) -> None:
    js = streamlit_files() / "static" / "js"
    moved = {Path(address).name for address in packs.places}
    for path in packs.folder.glob("*.js"):
        for name in set(NAMED.findall(path.read_text(encoding="utf-8"))):
            beside, plain = packs.folder / name, js / Path(name).name
            if name.startswith("../js/"):
                assert plain.is_file(), (path.name, name)
                assert Path(name).name not in moved, (path.name, name)
            elif plain.is_file():
                assert beside.is_file(), (path.name, name)


def test_they_are_made_once(parent: Path, packs: Packs) -> None:
    made = (packs.folder / "start-0.js").stat().st_mtime_ns
    again = packs_in(parent)
    assert again == packs
    assert (packs.folder / "start-0.js").stat().st_mtime_ns == made


def test_a_torn_one_is_made_anew(parent: Path, packs: Packs) -> None:
    script = packs.folder / "start-0.js"
    whole = script.read_bytes()
    script.write_bytes(whole[:-1])
    assert packs_in(parent) == packs
    assert script.read_bytes() == whole


def test_servers_that_start_together_make_them_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as servers:
        first, *others = servers.map(packs_in, [tmp_path] * 3)
    assert first is not None
    assert others == [first, first]
    assert {path.name for path in tmp_path.iterdir()} == {first.folder.parent.name, "packs.lock"}


def test_of_a_streamlit_that_nobody_read_each_script_goes_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pack_folder, "READ_SCRIPTS", "of another")
    with caplog.at_level(logging.WARNING):
        assert packs_in(tmp_path) is None
    assert "nobody has read the scripts of this Streamlit" in caplog.text
    assert not any(tmp_path.iterdir())


def test_where_nothing_can_be_kept_each_script_goes_by_itself(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_bytes(b"")
    with caplog.at_level(logging.WARNING):
        assert packs_in(tmp_path / "file" / "folder") is None
    assert "no packs can be kept" in caplog.text
