"""What is installed is what was meant: one version of each package, known by its hashes."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PINS = ("requirements.txt", "requirements-dev.txt", "tools/audit-requirements.txt", "bench/peers/requirements.txt")


def requirements(path: str) -> list[str]:
    """Return each requirement of a file with what belongs to it, on one line, without remarks."""
    text = re.sub(r"^\s*#.*$", "", (ROOT / path).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]


def pinned(path: str) -> set[str]:
    return {plain(re.split(r"[=\[ ]", line)[0]) for line in requirements(path)}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("path", PINS)
def test_every_package_is_one_version_with_its_hashes(path: str) -> None:
    odd = [
        line
        for line in requirements(path)
        if not re.match(r"[\w.-]+(\[[\w,.-]+\])?==[\w.!+-]+(\s*;[^#]*?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*$", line)
    ]
    assert len(requirements(path)) >= 20
    assert odd == []


def test_every_package_that_we_ask_for_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {plain(re.split(r"[^\w.-]", one)[0]) for one in project["project"]["dependencies"]}
    for_developers = {plain(re.split(r"[^\w.-]", one)[0]) for one in project["dependency-groups"]["dev"]}
    assert asked - pinned("requirements.txt") == set()
    assert for_developers - pinned("requirements-dev.txt") == set()


def test_nothing_is_installed_without_its_hash() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    audit = (ROOT / "tools" / "audit.sh").read_text(encoding="utf-8")
    installs = [line for line in (makefile + audit).splitlines() if "pip install" in line]
    # uv makes the pins; what it makes is looked at before it is committed
    assert [line for line in installs if "--require-hashes" not in line and "-q uv" not in line] == []


def test_an_audit_that_could_not_look_a_package_up_fails() -> None:
    """Without --strict pip-audit says "no known vulnerabilities" of packages that it could not ask about."""
    audits = [
        line
        for line in (ROOT / "tools" / "audit.sh").read_text(encoding="utf-8").splitlines()
        if "bin/pip-audit" in line
    ]
    assert audits
    assert all("--strict" in line and "--require-hashes" in line for line in audits)
