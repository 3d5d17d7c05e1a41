"""Where do the packs lie, and of which scripts are they? In a folder that is named after what is in it.

Made once for each Streamlit, and only for one whose scripts were read (`tools/late_names.py`): what we know of them is
true of those alone. Of any other, every script goes out by itself, as Streamlit has it (docs/adr/0015).
"""

import hashlib
import json
import logging
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from genkdash.server import module_text, page_needs, start_packs
from genkdash.server.asset_making import alone
from genkdash.server.module_text import read_module
from genkdash.server.start_packs import StartPacks, UnpackableError
from genkdash.server.streamlit_files import streamlit_files

READ_SCRIPTS: Final = "fa7ccce40736fe37f4a831631544015e9e7952643e16f4dce11f6965add6ecda"
"""The digest of the manifest of the Streamlit whose scripts were read: it names each with a digest of its content."""

LATE_NAMES: Final[Mapping[str, frozenset[str]]] = {"space-separated-tokens.tMK6mh18.js": frozenset("ilo")}
"""What gets a value after its script has run, in that Streamlit."""

_LOG = logging.getLogger(__name__)
_FOLDER: Final = "packed."
_NEW: Final = "new-packed."
_LOCK: Final = "packs.lock"
_PLACES: Final = "places.json"
_SCRIPTS: Final = "/static/js/"


@dataclass(frozen=True, slots=True)
class Packs:
    """The packs: the folder that they lie in, its address, and by its old address where each script is now."""

    folder: Path
    address: str
    places: Mapping[str, str]

    def place(self, address: str) -> str:
        """Return where the file at `address` is now: there, unless it is a script that moved."""
        return self.places.get(address, address)


def scripts_digest() -> str:
    """Return the digest of the manifest of the installed Streamlit.

    Raises:
        OSError: it can't be read.
    """
    return hashlib.sha256((streamlit_files() / "manifest.json").read_bytes()).hexdigest()


def packs_in(parent: Path) -> Packs | None:
    """Return the packs that lie whole in `parent`, or make them there; None where that fails, which is logged."""
    try:
        if scripts_digest() != READ_SCRIPTS:
            _LOG.warning("nobody has read the scripts of this Streamlit, so each is sent by itself")
            return None
        return _kept(parent) or _made_once(parent)
    except UnpackableError as error:
        _LOG.warning("Streamlit's scripts can't be packed, so each is sent by itself: %s", error)
    except OSError as error:
        _LOG.warning("no packs can be kept, so each script is sent by itself: %s", type(error).__name__)
    return None


def _kept(parent: Path) -> Packs | None:
    """Return the packs that this code made of these scripts, None where none are whole."""
    for folder in parent.glob(f"{_FOLDER}*"):
        try:
            kept = json.loads((folder / _PLACES).read_bytes())
            if kept["made_by"] == _made_by() and folder.name == _FOLDER + _digest(folder / "js"):
                return _packs(folder, kept["places"])
        except (OSError, ValueError, KeyError, TypeError):
            continue  # torn by a crash, or by a disk: made anew
    return None


def _made_once(parent: Path) -> Packs:
    """Make the packs, or take those that another server made meanwhile.

    Raises:
        OSError: a script can't be read, or the folder can't be written.
        UnpackableError: the scripts are not written as they were.
    """
    with alone(parent / _LOCK):
        return _kept(parent) or _made(parent)


def _made(parent: Path) -> Packs:
    """Make the packs, in place of any that lie in `parent`.

    Raises:
        OSError: a script can't be read, or the folder can't be written.
        UnpackableError: the scripts are not written as they were.
    """
    files = (streamlit_files() / "static" / "js").glob("*.js")
    # As Latin-1 every byte is a character and comes out as it went in: a third of the memory that UTF-8 would take.
    modules = {path.name: read_module(path.name, path.read_bytes().decode("latin-1")) for path in files}
    groups = {"start": page_needs.entry_scripts(), "drawn": page_needs.small_scripts()}
    packs = StartPacks(modules, {name: map(_name, addresses) for name, addresses in groups.items()}, LATE_NAMES)
    aside = parent / f"{_NEW}{os.getpid()}"
    try:
        (aside / "js").mkdir(mode=0o700, parents=True)
        for name, text in packs.texts():
            (aside / "js" / name).write_bytes(text.encode("latin-1"))
        kept = {"made_by": _made_by(), "places": packs.places()}
        (aside / _PLACES).write_text(json.dumps(kept), encoding="utf-8")
        folder = parent / f"{_FOLDER}{_digest(aside / 'js')}"
        for other in _others(parent, aside):
            shutil.rmtree(other, ignore_errors=True)
        aside.replace(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return _packs(folder, packs.places())


def _others(parent: Path, aside: Path) -> Iterable[Path]:
    """Return what lies beside the packs that are new: older ones, of an older Streamlit, and what a crash left."""
    found = (path for start in (_FOLDER, _NEW) for path in parent.parent.glob(f"streamlit-*/{start}*"))
    return [path for path in found if path != aside]


def _packs(folder: Path, places: Mapping[str, str]) -> Packs:
    address = f"/static/{folder.name}/"
    return Packs(folder / "js", address, {f"{_SCRIPTS}{file}": f"{address}{name}" for file, name in places.items()})


def _made_by() -> str:
    """Return what tells these scripts and this code from any other."""
    code = (Path(path).read_bytes() for path in (__file__, module_text.__file__, start_packs.__file__))
    groups = [*page_needs.entry_scripts(), "", *page_needs.small_scripts()]
    return hashlib.sha256(b"\0".join([scripts_digest().encode(), *code, "\n".join(groups).encode()])).hexdigest()


def _digest(folder: Path) -> str:
    """Return a digest of the files in `folder`, with their names."""
    whole = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        whole.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:12]


def _name(address: str) -> str:
    return address.removeprefix(_SCRIPTS)
