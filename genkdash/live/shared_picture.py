"""How is a picture, and how its reading goes, written down for other processes, so that nothing else is taken for it?

A line that names us and the version, a digest of all that follows, then what follows. What does not agree is refused,
whatever it is: half a value, a newer version's, somebody else's. The cells are the redacted ones that the store keeps.
"""

import gzip
import hashlib
import io
import json
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast, get_args

from genkdash.live.archive import content_hash, decode_book, encode_book
from genkdash.live.poller import Standing
from genkdash.live.snapshot import Snapshot
from genkdash.live.store import KeepingTrouble
from genkdash.live.suspicion import Suspicion
from genkdash.sheet.errors import KIND_OF_CODE, SourceError

_PICTURE = b"genkdash-picture-1"
_TOLD = b"genkdash-told-1"
# As much as the store of the last good sheet takes.
_MAX_UNPACKED = 256 * 2**20


@dataclass(frozen=True, slots=True)
class Told:
    """How the reading goes, as the reader tells it: its standing without the picture, which it names.

    `revision` is 0 and `content_hash` is empty as long as there is no picture.
    """

    revision: int
    content_hash: str
    good_at: datetime | None
    error: SourceError | None
    held: Suspicion | None
    is_from_disk: bool
    notice: KeepingTrouble | None


def encode_told(standing: Standing) -> bytes:
    """Return what a process tells about its standing."""
    snapshot, error, held = standing.snapshot, standing.error, standing.held
    document = {
        "revision": snapshot.revision if snapshot else 0,
        "hash": snapshot.content_hash if snapshot else "",
        "good_at": standing.good_at.isoformat() if standing.good_at else None,
        "error": {"code": error.code, "detail": error.detail, "retry_after": error.retry_after} if error else None,
        "held": {"code": held.code, "tab": held.tab, "before": held.before, "after": held.after} if held else None,
        "from_disk": standing.is_from_disk,
        "notice": standing.notice,
    }
    return _sealed(_TOLD, json.dumps(document).encode())


def decode_told(value: bytes) -> Told:
    """Return what `encode_told` wrote.

    Raises:
        ValueError: it is something else.
    """
    try:
        document = json.loads(_opened(_TOLD, value))
        told = Told(
            revision=_is(int, document["revision"]),
            content_hash=_is(str, document["hash"]),
            good_at=None if document["good_at"] is None else _moment(document["good_at"]),
            error=None if document["error"] is None else _error(document["error"]),
            held=None if document["held"] is None else _suspicion(document["held"]),
            is_from_disk=_is(bool, document["from_disk"]),
            notice=_one_of(KeepingTrouble, document["notice"]),
        )
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"nothing of ours: {type(error).__name__}") from None
    if (told.revision > 0) != bool(told.content_hash) or told.revision < 0:
        raise ValueError("a picture has a number and a digest, or neither")
    return told


def encode_picture(snapshot: Snapshot) -> bytes:
    """Return a picture as bytes, packed."""
    head = f"{snapshot.revision}\n{snapshot.read_at.isoformat()}\n".encode()
    # Fast rather than small: it travels to the next process, while people wait for it.
    return _sealed(_PICTURE, gzip.compress(head + encode_book(snapshot.book), compresslevel=1, mtime=0))


def decode_picture(value: bytes) -> Snapshot:
    """Return the picture that `encode_picture` wrote.

    Raises:
        ValueError: it is something else, or unpacks to more than a sheet of ours takes.
    """
    packed = _opened(_PICTURE, value)
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as file:
            content = file.read(_MAX_UNPACKED + 1)
    except (OSError, EOFError, zlib.error):
        raise ValueError("no picture of ours") from None
    parts = content.split(b"\n", 2)
    if len(parts) != 3 or len(content) > _MAX_UNPACKED or not parts[0].isdigit() or len(parts[0]) > 15:
        raise ValueError("no picture of ours")
    return Snapshot(int(parts[0]), decode_book(parts[2]), content_hash(parts[2]), _moment(parts[1].decode()))


def _sealed(name: bytes, content: bytes) -> bytes:
    return b"\n".join((name, hashlib.sha256(content).hexdigest().encode(), content))


def _opened(name: bytes, value: bytes) -> bytes:
    parts = value.split(b"\n", 2)
    if len(parts) != 3 or parts[0] != name or parts[1] != hashlib.sha256(parts[2]).hexdigest().encode():
        raise ValueError("nothing of ours")
    return parts[2]


def _error(document: dict[str, Any]) -> SourceError:
    """Return the error that another process met, of its own class: who must act follows from that."""
    kind = KIND_OF_CODE.get(_is(str, document["code"]))
    if kind is None:
        raise ValueError("an error that we do not know")
    detail = {_is(str, name): _is(str, text) for name, text in _is(dict, document["detail"]).items()}
    wait = document["retry_after"]
    if wait is not None and not (0 <= float(_is((int, float), wait)) < float("inf")):
        raise ValueError("no time to wait")
    return kind(retry_after=wait, **detail)


def _suspicion(document: dict[str, Any]) -> Suspicion:
    code = document["code"]
    if code not in {"posts-gone", "tab-gone", "rows-gone"}:
        raise ValueError("a suspicion that we do not know")
    return Suspicion(
        code, tab=_is(str, document["tab"]), before=_is(int, document["before"]), after=_is(int, document["after"])
    )


def _moment(text: Any) -> datetime:
    moment = datetime.fromisoformat(_is(str, text))
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment


def _is(kind: type | tuple[type, ...], value: Any) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise TypeError("another type expected")
    return value


def _one_of(kinds: Any, value: Any) -> KeepingTrouble | None:
    if value is not None and value not in get_args(kinds):
        raise ValueError("a notice that we do not know")
    return cast("KeepingTrouble | None", value)
