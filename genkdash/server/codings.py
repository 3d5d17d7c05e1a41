"""In which coding does a browser want an answer? As `Accept-Encoding` says, by RFC 9110, section 12.5.3."""

import gzip
from collections.abc import Iterable, Sequence
from typing import Final, Literal, TypeAlias

import brotli  # type: ignore[import-untyped]  # ships no types

Coding: TypeAlias = Literal["br", "gzip"]
"""A coding as it is called on the line."""

CODINGS: Final[tuple[Coding, ...]] = ("br", "gzip")
"""What we have, the smallest first."""

_IDENTITY = "identity"
_ANY = "*"
_OTHER_NAMES = {"x-gzip": "gzip"}


def asked_codings(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """Return what stands in every `Accept-Encoding` of a request, the empty text where there is none."""
    return ",".join(value.decode("latin-1") for name, value in headers if name.lower() == b"accept-encoding")


def chosen_coding(asked: str, offered: Sequence[Coding] = CODINGS) -> Coding | None:
    """Return which of `offered` to send to who asked for `asked`; None to send it as it is.

    The highest weight wins, of equal ones the first that is offered. As it is goes what nobody asked for otherwise,
    what is wanted more, and, by the same section, what is refused while there is nothing else to send.
    """
    weights = _weights(asked)
    best = max(offered, key=lambda coding: weights.get(coding, weights.get(_ANY, 0.0)), default=None)
    if best is None:
        return None
    weight = weights.get(best, weights.get(_ANY, 0.0))
    return best if weight > 0 and weight >= weights.get(_IDENTITY, 0.0) else None


def with_brotli(body: bytes, *, quality: int) -> bytes:
    """Return text in the coding `br`; `quality` from 0 to 11, where 11 takes twenty times as long as 9."""
    return bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=quality))


def with_gzip(body: bytes, *, level: int) -> bytes:
    """Return text in the coding `gzip`, the same for the same text at any time."""
    return gzip.compress(body, compresslevel=level, mtime=0)


def _weights(asked: str) -> dict[str, float]:
    """Return the weight of each coding that is named; one that makes no sense weighs nothing."""
    weights: dict[str, float] = {}
    for part in asked.split(","):
        name, *parameters = (word.strip().lower() for word in part.split(";"))
        if name:
            weights.setdefault(_OTHER_NAMES.get(name, name), _weight(parameters))
    return weights


def _weight(parameters: Sequence[str]) -> float:
    given = [value.strip() for key, _, value in (one.partition("=") for one in parameters) if key.strip() == "q"]
    try:
        weight = float(given[0]) if given else 1.0
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
