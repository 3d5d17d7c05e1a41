"""Which of Material's four thousand icons do our screens show? Writes a font of those alone: 13 kB for 375.

    python tools/icon_font.py

Streamlit's page asks for its icon font first of all, and most of it is never drawn. What is written holds the icons
that our own files name and all that Streamlit's own code names, so no icon of its menus or tables turns into a word;
`tests/server/test_icon_font.py` says when it has to be made anew.
"""

import re
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from genkdash.server.streamlit_files import streamlit_files  # noqa: E402  after the path is set

FONT = ROOT / "genkdash" / "static" / "icons.woff2"
_NAMED = re.compile(r":material/([a-z0-9_]+):")
_NAMED_THERE = re.compile(r"material/([a-z0-9_]+)")


def icons_of_ours() -> set[str]:
    """Return the icons that our own files name."""
    files = [*(ROOT / "genkdash").rglob("*.py"), *(ROOT / "pages").glob("*.py")]
    return {name for path in files for name in _NAMED.findall(path.read_text(encoding="utf-8"))}


def icons_of_streamlit(font: Path) -> set[str]:
    """Return the icons of `font` that Streamlit's own code names, in whatever way."""
    known = set(ligatures(font))
    scripts = [path.read_text(encoding="utf-8") for path in (streamlit_files() / "static" / "js").glob("*.js")]
    named = {name for script in scripts for name in _NAMED_THERE.findall(script)}
    return known & named


def original() -> Path:
    """Return the icon font of the installed Streamlit."""
    (found,) = (streamlit_files() / "static" / "media").glob("MaterialSymbols-Rounded.*.woff2")
    return found


def ligatures(path: Path) -> dict[str, str]:
    """Return each icon's name in the font at `path`, and the glyph it becomes."""
    font = TTFont(path)
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    found = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            inner = getattr(table, "ExtSubTable", table)
            for first, rest in getattr(inner, "ligatures", {}).items():
                for one in rest:
                    found["".join(letters.get(glyph, "?") for glyph in (first, *one.Component))] = one.LigGlyph
    return found


def write(path: Path) -> None:
    """Write the small font to `path`."""
    font, names = TTFont(original()), ligatures(original())
    wanted = sorted(icons_of_ours() | icons_of_streamlit(original()))
    options = subset.Options(flavor="woff2", layout_features=["*"], hinting=False, name_IDs=["*"], notdef_outline=True)
    maker = subset.Subsetter(options)
    # The letters, without which no name becomes an icon, and the icons; of the icons that the same letters spell
    # besides these, none: the closure is told not to follow.
    options.layout_closure = False
    letters = {ord(letter) for name in wanted for letter in name}
    maker.populate(unicodes=letters, glyphs=[names[name] for name in wanted])
    maker.subset(font)
    subset.save_font(font, path, options)


if __name__ == "__main__":
    write(FONT)
    print(f"{FONT.relative_to(ROOT)}: {FONT.stat().st_size / 1000:.1f} kB of {original().stat().st_size / 1000:.1f}")
