"""What holds for every test: nothing leaves this machine."""

from collections.abc import Iterator

import loopback_only
import pytest

# At once, not in a fixture: collecting a test imports what it tests.
loopback_only.install()


@pytest.fixture(autouse=True)
def _stay_on_this_machine() -> Iterator[None]:
    """Fail a test in which anything, in any thread, tried to leave this machine, even when the error was swallowed."""
    loopback_only.attempts.clear()
    yield
    assert not loopback_only.attempts
