"""How does a phone find its page from the wall? A QR code, drawn here: nobody else hears of it."""

from urllib.parse import urljoin, urlsplit

import segno

_PHONE_PAGE = "me"


def phone_address(screen_address: str | None) -> str | None:
    """Return the address of the phone page beside the screen's own, None where that is unknown."""
    return urljoin(screen_address, _PHONE_PAGE) if screen_address else None


def readable(address: str) -> str:
    """Return an address as a person types it: without the scheme."""
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}"


def qr_source(address: str) -> str:
    """Return the code as a data address for an image: black on white in both themes, with its quiet border."""
    return segno.make(address, error="m", micro=False).svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True)
