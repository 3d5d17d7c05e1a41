"""What can a look at the set-up find? One finding a line: in order, or what to do and which page to open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from genkdash.sheet.errors import SourceError

Step: TypeAlias = Literal[
    "settings",
    "credentials",
    "token",
    "access",
    "tabs",
    "locale",
    "shape",
    "log",
    "quota",
    "clock",
    "disk",
    "shared",
    "mode",
]
Status: TypeAlias = Literal["ok", "look", "wrong", "skipped"]

ACCOUNTS_PAGE = "https://console.cloud.google.com/iam-admin/serviceaccounts"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line. `message` is the id of its sentence, `detail` fills it, `url` is the page to open.

    `look` asks for attention, but the dashboard works; `wrong` must be mended; `skipped` could not be looked at yet.
    No finding holds a secret.
    """

    step: Step
    status: Status
    message: str
    detail: Mapping[str, str] = field(default_factory=dict)
    url: str | None = None


def ok(step: Step, **detail: str) -> Finding:
    """Return the finding that a step is in order."""
    return Finding(step, "ok", f"doctor.{step}.ok", detail)


def look(step: Step, code: str, *, url: str | None = None, **detail: str) -> Finding:
    """Return a finding that deserves a look; its sentence is `doctor.<step>.<code>`."""
    return Finding(step, "look", f"doctor.{step}.{code}", detail, url)


def wrong(step: Step, code: str, *, url: str | None = None, **detail: str) -> Finding:
    """Return a finding that must be mended; its sentence is `doctor.<step>.<code>`."""
    return Finding(step, "wrong", f"doctor.{step}.{code}", detail, url)


def refused(step: Step, error: SourceError, *, url: str | None = None) -> Finding:
    """Return the finding of an error, which has a sentence of its own."""
    return Finding(step, "wrong", f"error.{error.code}", error.detail, url)


def skipped(*steps: Step) -> tuple[Finding, ...]:
    """Return that these steps wait for what goes before them."""
    return tuple(Finding(step, "skipped", "doctor.skipped") for step in steps)
