"""How does a phone find its page from the wall? A QR code, drawn here: nobody else hears of it."""

from urllib.parse import urlsplit

import segno

from genkdash.access.mode import is_loopback


def phone_address(public_url: str | None) -> str | None:
    """Return the address for a phone: the root, where each finds the own page after signing in.

    None where nobody said under which address people come, and where that leads to the phone itself.
    """
    host = urlsplit(public_url or "").hostname
    if public_url is None or host is None or is_loopback(host):
        return None
    return public_url.rstrip("/") + "/"


def readable(address: str) -> str:
    """Return an address as a person types it: without the scheme."""
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}".rstrip("/")


def qr_source(address: str) -> str:
    """Return the code as a data address for an image: black on white in both themes, with its quiet border."""
    return segno.make(address, error="m", micro=False).svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True)
