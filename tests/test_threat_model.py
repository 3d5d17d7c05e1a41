"""Every control and every test that the threat model names is there; every module that keeps others out is named."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAPER = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
ROWS = [line for line in PAPER.splitlines() if line.startswith("| ") and not line.startswith("| threat |")]
ASSETS = re.findall(r"^## (.+)$", PAPER, re.MULTILINE)
# What stands between somebody and what is another's. Each answers to a threat, or nobody knows why it is there.
KEEPERS = (
    "genkdash/server/gate.py",
    "genkdash/server/frames.py",
    "genkdash/server/headers.py",
    "genkdash/safe_text.py",
)
KEEPERS += ("genkdash/access/roles.py", "genkdash/access/links.py", "genkdash/access/mode.py", "genkdash/ui/access.py")
KEEPERS += (
    "genkdash/access/own_sheet.py",
    "genkdash/ui/screen_view.py",
    "genkdash/sheet/columns.py",
    "genkdash/live/store.py",
)


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def files_in(cell: str) -> list[str]:
    return [path for path in re.findall(r"`([^`]+)`", cell) if "/" in path or path.endswith(".txt")]


def names_in(cell: str) -> list[str]:
    return re.findall(r"`([^`]+::[^`]+)`", cell)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: cells(row)[0][:60])
def test_each_threat_has_a_control_that_is_there_and_a_test_that_runs(row: str) -> None:
    _, control, tests = cells(row)
    assert files_in(control)
    assert [path for path in files_in(control) if not (ROOT / path).is_file()] == []
    assert names_in(tests)
    assert [name for name in names_in(tests) if name not in named_tests(name.partition("::")[0])] == []


def named_tests(path: str) -> set[str]:
    """Return the names of the tests in a file, as pytest calls them; none for a file that is gone."""
    if not (ROOT / path).is_file():
        return set()
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {f"{path}::{node.name}" for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_the_paper_is_complete() -> None:
    assert len(ROWS) >= 50
    for word in ("sign-in", "Frames", "Text", "Links", "meeting screen", "disk", "Exports", "Logs", "Demo", "Supply"):
        assert any(word in asset for asset in ASSETS), word


@pytest.mark.parametrize("module", KEEPERS)
def test_each_module_that_keeps_others_out_answers_to_a_threat(module: str) -> None:
    assert any(module in row for row in ROWS)


def test_a_test_that_was_renamed_would_be_missed() -> None:
    assert "tests/test_threat_model.py::test_the_paper_is_complete" in named_tests("tests/test_threat_model.py")
    assert "tests/test_threat_model.py::test_of_nothing" not in named_tests("tests/test_threat_model.py")
    assert named_tests("tests/test_nowhere.py") == set()
