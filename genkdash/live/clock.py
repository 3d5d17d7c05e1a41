"""What time is it? The one place of the running dashboard that reads the clock."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)
