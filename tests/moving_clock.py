"""What time is it for a feed in a test? What the test says: it moves only when the test moves it."""

from datetime import UTC, datetime, timedelta

START = datetime(2018, 8, 20, 10, 0, tzinfo=UTC)
_BEGAN = 500.0


class Clock:
    """One time for all clocks of all feeds; `seconds` is what the test moves."""

    def __init__(self) -> None:
        self.seconds = _BEGAN

    def __call__(self) -> float:
        return self.seconds

    def utc_now(self) -> datetime:
        return START + timedelta(seconds=self.seconds - _BEGAN)
