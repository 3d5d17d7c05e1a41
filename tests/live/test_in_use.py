"""Who uses the data folder is seen from another process, as long as that one lives."""

import subprocess
import sys
from pathlib import Path

from running import ROOT

from genkdash.live.in_use import is_in_use, using

USE_UNTIL_TOLD = """
import sys
from pathlib import Path
from genkdash.live.in_use import using
with using(Path(sys.argv[1])):
    print("in use", flush=True)
    sys.stdin.read()
"""


def test_a_folder_is_in_use_while_somebody_uses_it(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    assert not is_in_use(folder)
    with using(folder), using(folder):
        assert is_in_use(folder)
    assert not is_in_use(folder)


def test_another_process_that_is_killed_uses_it_no_longer(tmp_path: Path) -> None:
    user = subprocess.Popen(  # noqa: S603  our own code in a process of its own
        [sys.executable, "-c", USE_UNTIL_TOLD, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with user:
        assert user.stdout
        assert user.stdout.readline() == b"in use\n"
        assert is_in_use(tmp_path)
        user.kill()
        user.wait()
        assert not is_in_use(tmp_path)


def test_a_folder_that_can_not_be_made_keeps_nobody_from_starting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with using(tmp_path / "file" / "var"):
        assert not (tmp_path / "file" / "var").exists()
