"""Which of Streamlit's scripts will a screen ask for? What it draws first, named before Streamlit could ask for it.

Streamlit loads the script of an element when the element arrives: after the page, its first scripts and the
connection. Named in the page itself, they come along with the first. A name that an upgrade moved is left out, and
tests/server/test_page_needs.py fails.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final
from urllib.parse import parse_qs

from genkdash.access.viewer import Role
from genkdash.server.language import Scope
from genkdash.server.streamlit_files import streamlit_files
from genkdash.server.visitor import public_origin, visitor_of

# The bar above every screen: language, menu, what one looks as.
_FRAME = ("ButtonGroup", "Button", "PageLink")
_HOMES: Final[Mapping[Role, str]] = {"staff": "overview", "influencer": "me", "screen": "screen"}
FIRST: Final[Mapping[str, tuple[str, ...]]] = {
    "overview": (*_FRAME, "Metric", "Html", "PlotlyChart"),
    "topics": (*_FRAME, "Metric", "PlotlyChart"),
    "timeline": (*_FRAME, "Selectbox", "PlotlyChart"),
    "reactions": (*_FRAME, "Metric", "PlotlyChart"),
    "lessons": (*_FRAME, "Metric"),
    "sheet_check": (*_FRAME, "Metric"),
    "log_post": (*_FRAME, "TextInput"),
    "methods": _FRAME,
    "me": ("ButtonGroup", "Button", "Metric", "Html", "Checkbox", "LinkButton", "PageLink", "TextArea"),
    "screen": ("Html",),
}
"""The elements that a screen draws at once, by what Streamlit's manifest calls their scripts."""

LATER: Final = ("ReadOnlyGrid", "Table", "Selectbox", "Slider", "Checkbox", "LinkButton", "DownloadButton", "TextArea")
"""Elements that screens draw further down, or when somebody asks: compressed well, and not named in any page."""

LARGE: Final = frozenset({"PlotlyChart"})
"""Scripts that would keep a slow line busy while what is read first waits: asked for after everything else."""

_ENTRY = "index.html"


async def screen_of(scope: Scope) -> str:
    """Return which screen this request will show, of `FIRST`; as the page decides it later, or near enough."""
    word = scope["path"].strip("/")
    role: Role
    if public_origin() is None:
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("als", [""])[-1]
        by_word: dict[str, Role] = {
            "me": "influencer",
            "influencer": "influencer",
            "screen": "screen",
            "scherm": "screen",
        }
        role = by_word.get(asked or word, "staff")
    else:
        visitor = await visitor_of(scope)
        role = "staff" if visitor is None else visitor.role
    own = {"influencer": {"me", "log_post", "methods"}, "screen": {"screen"}}.get(role, FIRST.keys() - {"me"})
    return word if word in own else _HOMES[role]


@cache
def scripts_of(screen: str) -> tuple[str, ...]:
    """Return the addresses of the scripts that `screen` needs besides those the page names itself, the large ones last.

    Nothing for a screen that we don't know, or where the manifest is not as it was.
    """
    manifest = _manifest()
    begun = set(_with_imports(manifest, [_ENTRY]))
    small = [key for name in FIRST.get(screen, ()) if name not in LARGE for key in _keys(manifest, name)]
    large = [key for name in FIRST.get(screen, ()) if name in LARGE for key in _keys(manifest, name)]
    keys = [key for key in _with_imports(manifest, [*small, *large]) if key not in begun]
    return tuple(_address(manifest, key) for key in sorted(keys, key=lambda key: key in large))


def entry_scripts() -> tuple[str, ...]:
    """Return the address of the script that the page begins with; none where the manifest is not as it was."""
    manifest = _manifest()
    return tuple(_address(manifest, key) for key in (_ENTRY,) if key in manifest)


def small_scripts() -> tuple[str, ...]:
    """Return the addresses of the scripts of all that any of our screens draws first, but for the large ones."""
    manifest = _manifest()
    names = dict.fromkeys(name for screen in FIRST.values() for name in screen if name not in LARGE)
    return tuple(_address(manifest, key) for name in names for key in _keys(manifest, name))


@cache
def needed_files() -> tuple[str, ...]:
    """Return the addresses of all scripts and styles that our screens ask for, the first ones first."""
    manifest = _manifest()
    names = dict.fromkeys([name for screen in FIRST.values() for name in screen] + list(LATER))
    keys = _with_imports(manifest, [_ENTRY, *(key for name in names for key in _keys(manifest, name))])
    styles = [f"/{css}" for key in keys for css in manifest[key].get("css", ())]
    return tuple(dict.fromkeys([*styles, *(_address(manifest, key) for key in keys)]))


@cache
def _manifest() -> Mapping[str, Any]:
    """Return what Streamlit's page is made of; nothing where it does not say so as it did."""
    try:
        read = json.loads((streamlit_files() / "manifest.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return {key: one for key, one in read.items() if isinstance(one, dict) and isinstance(one.get("file"), str)}


def _keys(manifest: Mapping[str, Any], name: str) -> list[str]:
    """Return the script of an element, as the manifest calls it."""
    return [key for key, one in manifest.items() if one.get("isDynamicEntry") and one.get("name") == name]


def _with_imports(manifest: Mapping[str, Any], keys: Iterable[str]) -> list[str]:
    """Return `keys` with everything that they import at once, each one time, what is imported first."""
    found: dict[str, None] = {}
    waiting = [key for key in keys if key in manifest]
    while waiting:
        key = waiting.pop(0)
        if key not in found:
            found[key] = None
            waiting.extend(one for one in manifest[key].get("imports", ()) if one in manifest)
    return list(found)


def _address(manifest: Mapping[str, Any], key: str) -> str:
    return f"/{manifest[key]['file']}"
