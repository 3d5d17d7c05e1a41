"""What does one of Streamlit's scripts import and export? Read from its first and last statements, which are regular.

Vite writes every script in one way: `import{a as n}from"./x.js";` for each it needs, then what it does, and
`export{f as t};` at its end. Nothing of what it does is understood here.
"""

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

Names: TypeAlias = tuple[tuple[str, str], ...]
"""Pairs: what a script calls it to others, and what this script calls it."""

NAMED: Final = re.compile(r'(?P<quote>["`])\./(?P<file>[A-Za-z0-9_.-]+\.js)(?P=quote)')
"""How a script names another, whatever for."""

# What a script that is loaded later needs, in a list before everything else.
_LISTED: Final = re.compile(
    r"const __vite__mapDeps=\(i,m=__vite__mapDeps,d=\(m\.f\|\|\(m\.f=\[[^\]]*\]\)\)\)=>i\.map\(i=>d\[i\]\);\s*"
)
_IMPORT: Final = re.compile(r'import(?:\{(?P<names>[^{}"\']*)\}from)?"\./(?P<file>[A-Za-z0-9_.-]+\.js)";')
_EXPORT: Final = re.compile(r"export\{(?P<names>[^{}\"']*)\};?\s*\Z")
_LONGEST_EXPORT: Final = 50_000


@dataclass(frozen=True, slots=True)
class Import:
    """What a script needs of another; without names it needs it only to have run."""

    file: str
    names: Names


@dataclass(frozen=True, slots=True)
class Module:
    """A script, taken apart: `listed` comes first, `body` is what it does.

    `exports` is None where it ends in another way; what stands there is in `body`.
    """

    file: str
    listed: str
    imports: tuple[Import, ...]
    body: str
    exports: Names | None


def read_module(file: str, text: str) -> Module:
    """Return the script `file` taken apart."""
    found = _LISTED.match(text)
    listed = "" if found is None else found[0]
    position = len(listed)
    imports = []
    while (one := _IMPORT.match(text, position)) is not None:
        imports.append(Import(one["file"], _names(one["names"] or "")))
        position = one.end()
    end = _EXPORT.search(text, max(position, len(text) - _LONGEST_EXPORT))
    if end is None:
        return Module(file, listed, tuple(imports), text[position:], None)
    exports = tuple((public, inner) for inner, public in _names(end["names"]))
    return Module(file, listed, tuple(imports), text[position : end.start()], exports)


def import_of(names: Names, address: str) -> str:
    """Return the statement that imports `names` from `address`."""
    return f'import{_braced(names)}from"{address}";' if names else f'import"{address}";'


def export_of(names: Names) -> str:
    """Return the statement that exports `names`."""
    return f"export{_braced(tuple((inner, public) for public, inner in names))};"


def _braced(names: Names) -> str:
    return f"{{{','.join(first if first == second else f'{first} as {second}' for first, second in names)}}}"


def _names(written: str) -> Names:
    """Return the pairs of `a as n,b`, the first word first."""
    pairs = [one.strip().split(" as ") for one in written.split(",") if one.strip()]
    return tuple((pair[0], pair[-1]) for pair in pairs)
