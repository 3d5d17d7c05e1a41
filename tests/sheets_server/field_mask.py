"""Which part of an answer did the client ask for (`fields=`)?"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

Mask: TypeAlias = "dict[str, Mask]"
WORD = re.compile(r"[A-Za-z0-9_*@]+|[(),./]")


def parse_mask(text: str) -> Mask:
    """A mask such as `sheets.properties(sheetId,title)` as a tree; an empty branch means everything below.

    Raises:
        ValueError: The text is no mask.
    """
    words = WORD.findall(text)
    if "".join(words) != re.sub(r"\s", "", text) or not words:
        raise ValueError(text)
    mask, rest = _branches(words)
    if rest:
        raise ValueError(text)
    return mask


def _branches(words: list[str]) -> tuple[Mask, list[str]]:
    mask: Mask = {}
    while words and words[0] != ")":
        if words[0] == ",":
            words = words[1:]
            continue
        branch = mask.setdefault(words[0], {})
        words = words[1:]
        while words and words[0] in {".", "/"}:
            if len(words) < 2:
                raise ValueError("a path ends in a separator")
            branch, words = branch.setdefault(words[1], {}), words[2:]
        if words and words[0] == "(":
            below, words = _branches(words[1:])
            if not words:
                raise ValueError("a bracket stays open")
            branch.update(below)
            words = words[1:]
    return mask, words


def paths_of(mask: Mask, prefix: str = "") -> list[str]:
    """The dotted paths of a mask's leaves."""
    found: list[str] = []
    for name, below in mask.items():
        path = f"{prefix}.{name}" if prefix else name
        found += paths_of(below, path) if below else [path]
    return found


def chosen(value: Any, mask: Mask) -> Any:
    """The part of a JSON value that the mask keeps."""
    if not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [chosen(item, mask) for item in value]
    if isinstance(value, dict):
        return {name: chosen(part, mask[name]) for name, part in value.items() if name in mask}
    return value
