"""The scientific library comes in after the start, and before anybody asks."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPT = """
import sys
import genkdash.server.lifespan
from genkdash.server.early_imports import EARLY, begin_imports

had_it = "scipy" in sys.modules
begin_imports().join()
print(had_it, {"scipy.special", *EARLY} <= sys.modules.keys(), {"scipy.stats", "scipy.optimize"} & sys.modules.keys())
"""


def test_the_server_starts_without_the_scientific_library_and_gets_it_at_once() -> None:
    """In an interpreter of its own: here it was imported long ago."""
    command = [sys.executable, "-c", SCRIPT]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603  our own lines
    assert ended.stdout.split() == ["False", "True", "set()"]
