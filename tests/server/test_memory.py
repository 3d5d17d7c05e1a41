"""Memory goes back to the system, in an interpreter of its own: what is set there stays."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = """
from pathlib import Path
from genkdash.server.memory import give_memory_back

def resident_mib():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20

is_set = give_memory_back()
for size in range(1, 20):
    bytearray(size * 2**20)  # each one that is let go of would raise the limit
before = resident_mib()
blocks = [bytearray(2**20) for _ in range(64)]
between = [bytearray(2**10) for _ in range(64)]
del blocks
print(is_set, resident_mib() - before < 8)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the limits are glibc's")
def test_large_blocks_go_back_as_soon_as_they_are_free() -> None:
    ended = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603  our own lines
    assert ended.stdout.split() == ["True", "True"]
