"""What is one headline number? A label, a value that is ready to show, and a line that puts it in its place."""

from dataclasses import dataclass

UNKNOWN = "–"
"""What stands for a value that nobody knows."""


@dataclass(frozen=True, slots=True)
class Number:
    """One card. `value` is ready to show; `context` stands under it."""

    label: str
    value: str
    context: str
    explanation: str | None = None
