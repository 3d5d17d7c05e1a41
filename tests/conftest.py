"""What holds for every test: nothing leaves this machine, and nobody else is served."""

from collections.abc import Iterator

import loopback_only
import pytest

from genkdash.access.current import Access, admit, dismiss
from genkdash.access.links import LinkRegister
from genkdash.access.mode import Mode
from genkdash.settings import Settings

# At once, not in a fixture: collecting a test imports what it tests.
loopback_only.install()


@pytest.fixture(autouse=True)
def _stay_on_this_machine() -> Iterator[None]:
    """Fail a test in which anything, in any thread, tried to leave this machine, even when the error was swallowed."""
    loopback_only.attempts.clear()
    yield
    assert not loopback_only.attempts


@pytest.fixture(autouse=True)
def _on_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Serve this machine only, as the launcher does without settings, for tests that run a screen in this process."""
    admit(Access(Mode("own"), Settings.model_construct(), LinkRegister(tmp_path_factory.getbasetemp())))
    yield
    dismiss()
