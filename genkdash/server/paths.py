"""What does an address ask for? Ours are few and plain, so everything else asks for nothing.

The path is the one the server decoded: what is still encoded, doubled, dotted or not ASCII after that was sent to
deceive. Answered from a list of what is known, so a new route of Streamlit's is closed until it stands here.
"""

import re
from typing import Literal, TypeAlias

PathKind: TypeAlias = Literal["page", "asset", "health", "media", "plumbing", "identity", "door", "nothing"]
"""What stands behind an address.

page: a screen. asset: a file everybody may have. health: whether the server is up, and has something to show. media: a
download. plumbing: what Streamlit's page asks for before its websocket. identity: Streamlit's part of signing in. door:
our own pages before anybody is known, `DOORS`. nothing: no such address, for anybody.
"""

STREAM = "/_stcore/stream"
"""The one websocket."""

DOORS = frozenset({"aanmelden", "afmelden", "link"})
"""The first word of the addresses that our own pages answer, with at most one word after it."""

_LONGEST = 512
_PLAIN = re.compile(r"(?:/[A-Za-z0-9_.-]+)*/?")
_SCREEN = re.compile(r"/[a-z][a-z_]*/?")
_KNOWN: dict[str, PathKind] = {
    "/": "page",
    "/favicon.png": "asset",
    "/_stcore/health": "health",
    "/healthz": "health",
    "/readyz": "health",
    "/_stcore/host-config": "plumbing",
    "/auth/login": "identity",
    "/auth/logout": "identity",
    "/oauth2callback": "identity",
}
_FOLDERS: dict[str, PathKind] = {"/static/": "asset", "/app/static/": "asset", "/media/": "media"}
# A screen of such a name would be shadowed by what Streamlit serves below it.
_NO_SCREENS = frozenset({"app", "auth", "component", "media", "static"})


def path_kind(path: str) -> PathKind:
    """Return what the decoded `path` of a request asks for."""
    if len(path) > _LONGEST or not _PLAIN.fullmatch(path):
        return "nothing"
    words = path.strip("/").split("/")
    if "." in words or ".." in words:
        return "nothing"
    if words[0] in DOORS:
        return "door" if len(words) <= 2 and not path.endswith("/") else "nothing"
    for folder, kind in _FOLDERS.items():
        if path.startswith(folder) and not path.endswith("/"):
            return kind
    if words[0] in _NO_SCREENS and len(words) == 1:
        return "nothing"
    return _KNOWN.get(path) or ("page" if _SCREEN.fullmatch(path) else "nothing")
