"""Is this a link to open, and are two links the same post?"""

import re
from urllib.parse import urlsplit

from genkdash.sheet.cells import Reading, parse_text

# Browsers read a backslash as a slash and drop control characters, so that the host they open is another one.
_UNSAFE = re.compile(r"[\s\x00-\x1f\x7f\\<>\"]")
# Nearly every link is as plain as this, and need not be taken apart to know that it has a host.
_PLAIN = re.compile(r"https?://[a-zA-Z0-9.-]++(?:/[!#-;=?-\[\]-~]*+)?")
_TRACKING = frozenset({"igsh", "fbclid"})


def parse_link(cell: object) -> Reading[str]:
    """Return an http(s) address as typed, with `bad-link` or `error-cell` where that applies. Blank is None."""
    if isinstance(cell, str) and _PLAIN.fullmatch(cell):
        return Reading(cell)
    text = parse_text(cell)
    if text.value is None:
        return text
    return text if _is_web_address(text.value) else Reading(None, "bad-link")


def same_post_key(link: str) -> str:
    """Return what two links to one post share: no scheme, `www.`, closing slash or tracking in the query.

    `link` comes from `parse_link`.
    """
    address, _, fragment = link.partition("://")[2].partition("#")
    address, _, query = address.partition("?")
    host, _, path = address.partition("/")
    kept = "&".join([part for part in query.split("&") if not _is_tracking(part)]) if query else ""
    return "\n".join([host.casefold().removeprefix("www."), path.rstrip("/"), kept, fragment])


def _is_web_address(text: str) -> bool:
    if _UNSAFE.search(text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 0) >= 0
    except ValueError:
        return False  # an unfinished IPv6 address, a port that is no number


def _is_tracking(part: str) -> bool:
    name = part.partition("=")[0].casefold()
    return name.startswith("utm_") or name in _TRACKING
