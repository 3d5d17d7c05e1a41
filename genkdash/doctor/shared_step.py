"""Do the processes of the dashboard find the memory that they share, where the settings name one?"""

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from genkdash.doctor.findings import Finding, look, ok, wrong
from genkdash.live.shared_board import Board
from genkdash.live.shared_client import connect_to, place_of
from genkdash.settings import Settings
from genkdash.sheet.errors import SharedMemoryGoneError, SharedMemoryRefusedError


def look_at_shared(settings: Settings) -> Iterator[Finding]:
    """Yield whether the server answers to us; nothing where each process reads by itself. Nothing is written there."""
    if settings.shared.url is None:
        return
    address = settings.shared.url.get_secret_value()
    place = place_of(address)
    board = Board(connect_to(address), source=settings.source or "example")
    try:
        board.look()
    except SharedMemoryGoneError:
        yield wrong("shared", "gone", place=place)
    except SharedMemoryRefusedError:
        yield wrong("shared", "refused", place=place)
    else:
        yield ok("shared", place=place) if _is_private(address) else look("shared", "open", place=place)
    finally:
        board.close()


def _is_private(address: str) -> bool:
    """Tell whether nobody on the way can read along: a socket, this machine, or an encrypted connection."""
    parts = urlsplit(address)
    if parts.scheme in {"unix", "rediss"} or parts.hostname in {None, "localhost"}:
        return True
    try:
        return ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False
