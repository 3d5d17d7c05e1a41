"""Where do figures go? Kept as they were measured under build/bench/, and as a table in docs/performance.md."""

import json
import platform
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import TypeAlias

from bench.servers import BUILD, ROOT

PAGE = ROOT / "docs" / "performance.md"
Figures: TypeAlias = dict[str, list[float]]
"""What was measured, by name: a value per time."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A limit of what we promised. `value` None was not measured this time."""

    what: str
    limit: float
    value: float | None
    unit: str = "×"

    def row(self) -> list[str]:
        """Return it as a row: asked, measured, met or not."""
        if self.value is None:
            return [self.what, f"≤ {self.limit:g} {self.unit}", "not measured", ""]
        verdict = "met" if self.value <= self.limit else "**not met**"
        return [self.what, f"≤ {self.limit:g} {self.unit}", f"{self.value:.3g} {self.unit}", verdict]


def kept(section: str) -> Figures:
    """Return what was measured before of a section."""
    path = _path(section)
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def keep(section: str, figures: Figures) -> None:
    """Write down what was measured of a section."""
    BUILD.mkdir(parents=True, exist_ok=True)
    _path(section).write_text(json.dumps(figures, indent=1), encoding="utf-8")


def middle(figures: Figures, name: str) -> float | None:
    """Return the median of one figure; None where it was not measured."""
    return median(figures[name]) if figures.get(name) else None


def ratio(figures: Figures, name: str, beside: str) -> float | None:
    """Return one median divided by another; None where either is unknown."""
    ours, theirs = middle(figures, name), middle(figures, beside)
    return ours / theirs if ours is not None and theirs else None


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown; all but the first column to the right."""
    rule = ["---", *["---:"] * (len(headings) - 1)]
    return "\n".join("| " + " | ".join(row) + " |" for row in (headings, rule, *rows))


def asked_table(asked: Sequence[Asked]) -> str:
    """Return what was promised beside what was measured."""
    return table(["asked", "limit", "measured", ""], [one.row() for one in asked])


def write(section: str, text: str, *, today: date, page: Path = PAGE) -> None:
    """Put the text of a section between its marks in docs/performance.md, with the day, the commit and the machine.

    Raises:
        ValueError: the page has no such marks.
    """
    content = page.read_text(encoding="utf-8")
    begin, end = f"<!-- bench:{section} -->", f"<!-- /bench:{section} -->"
    marks = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not marks.search(content):
        raise ValueError(f"{page} lacks {begin} … {end}")
    inside = f"{begin}\n{_circumstances(today)}\n\n{text}\n{end}"
    page.write_text(marks.sub(lambda _: inside, content), encoding="utf-8")


def _circumstances(today: date) -> str:
    commit = _git("rev-parse", "--short", "HEAD")
    changed = " with changes" if _git("status", "--porcelain", "--", "genkdash", "pages", "app.py") else ""
    return f"*{today:%-d %B %Y}, commit {commit}{changed}, {_machine()}.*"


def _machine() -> str:
    models = re.findall(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    return f"{len(models)} cores of {models[0] if models else platform.machine()}, Python {platform.python_version()}"


def _git(*arguments: str) -> str:
    return subprocess.run(  # noqa: S603  our own arguments
        ["git", *arguments],  # noqa: S607  the git of whoever measures
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()


def _path(section: str) -> Path:
    return BUILD / f"{section}.json"
