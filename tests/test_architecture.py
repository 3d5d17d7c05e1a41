"""Does every import follow an arrow of docs/architecture.md, and does every module keep its size?"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Each room, and what it may import besides itself. A name stands for the module and all that is in it.
ARROWS: dict[str, tuple[str, ...]] = {
    "app": ("genkdash.access", "genkdash.server", "genkdash.live", "genkdash.settings", "genkdash.sheet.sources"),
    "pages": ("genkdash.ui", "genkdash.charts", "genkdash.insights", "genkdash.live"),
    "genkdash.__main__": ("genkdash.commands",),
    "genkdash.dashboard": ("genkdash.ui",),
    "genkdash.ui": (
        "genkdash.access",
        "genkdash.charts",
        "genkdash.doctor",
        "genkdash.exports",
        "genkdash.headlines",
        "genkdash.i18n",
        "genkdash.insights",
        "genkdash.live",
        "genkdash.outbox",
        "genkdash.safe_text",
        "genkdash.server.private_streamlit",
        "genkdash.settings",
        "genkdash.sheet",
    ),
    "genkdash.server": (
        "genkdash.access",
        "genkdash.charts",
        "genkdash.headlines",
        "genkdash.i18n",
        "genkdash.insights",
        "genkdash.live",
        "genkdash.outbox",
        "genkdash.safe_text",
        "genkdash.settings",
        "genkdash.sheet",
    ),
    "genkdash.access": ("genkdash.settings", "genkdash.sheet.contract", "genkdash.sheet.model"),
    "genkdash.commands": (
        "genkdash.access",
        "genkdash.charts.colours",
        "genkdash.doctor",
        "genkdash.exports",
        "genkdash.i18n",
        "genkdash.insights",
        "genkdash.live",
        "genkdash.outbox",
        "genkdash.safe_text",
        "genkdash.settings",
        "genkdash.sheet",
    ),
    "genkdash.doctor": (
        "genkdash.access",
        "genkdash.live.shared_board",
        "genkdash.live.shared_client",
        "genkdash.outbox.keys",
        "genkdash.settings",
        "genkdash.sheet",
    ),
    "genkdash.charts": ("genkdash.i18n", "genkdash.insights", "genkdash.safe_text", "genkdash.sheet.model"),
    "genkdash.exports": ("genkdash.i18n", "genkdash.insights", "genkdash.safe_text", "genkdash.sheet.model"),
    "genkdash.headlines": (
        "genkdash.charts.colours",
        "genkdash.charts.labels",
        "genkdash.i18n",
        "genkdash.insights",
        "genkdash.safe_text",
        "genkdash.sheet.model",
    ),
    "genkdash.insights": ("genkdash.sheet.model",),
    "genkdash.live": ("genkdash.sheet",),
    "genkdash.outbox": ("genkdash.live.schedule", "genkdash.sheet"),
    "genkdash.sheet": (),
    "genkdash.i18n": (),
    "genkdash.safe_text": (),
    "genkdash.settings": (),
    "genkdash": (),
}

# Packages of others that only these modules may import, by the beginning of their name.
KEEPERS: dict[str, tuple[str, ...]] = {
    "streamlit": ("app", "pages.", "genkdash.ui.", "genkdash.dashboard", "genkdash.server.private_streamlit"),
    "gspread": ("genkdash.sheet.google",),
    "redis": ("genkdash.live.shared_",),
    "python_calamine": ("genkdash.sheet.workbook",),
    "prometheus_client": ("genkdash.server.metrics",),
}

FORBIDDEN_NAMES = {"common", "data", "helper", "helpers", "info", "manager", "misc", "process", "util", "utils"}
MAX_PAGE_LINES = 60
MAX_MODULE_LINES = 200


def modules(root: Path) -> Iterator[tuple[str, Path]]:
    """Every module of ours with its dotted name; a package is named without `__init__`."""
    for path in [root / "app.py", *sorted(root.glob("pages/**/*.py")), *sorted(root.glob("genkdash/**/*.py"))]:
        if path.exists():
            yield ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"), path


def is_in(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def room_of(module: str) -> str | None:
    if module.startswith("genkdash."):
        rooms = [room for room in ARROWS if room != "genkdash" and is_in(module, room)]
    else:
        rooms = [room for room in ARROWS if module == room or (room == "pages" and is_in(module, room))]
    return max(rooms, key=len, default=None)


def imports(path: Path, ours: set[str]) -> Iterator[str]:
    """The full name of each module that is imported, wherever in the file the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(level=level) if level:
                yield "." * level
            case ast.ImportFrom(module=str(module), names=names):
                inner = [f"{module}.{name.name}" for name in names if f"{module}.{name.name}" in ours]
                yield from inner or [module]
            case ast.Call(func=ast.Name(id="__import__") | ast.Attribute(attr="import_module")):
                yield "?"


def broken_arrows(root: Path) -> list[str]:
    ours = {name for name, _ in modules(root)}
    broken = []
    for module, path in modules(root):
        room = room_of(module)
        if room is None:
            broken.append(f"{module} is in no room")
            continue
        allowed = (room, *ARROWS[room]) if room != "genkdash" else ()
        for target in imports(path, ours):
            top = target.partition(".")[0]
            if top in {"genkdash", "pages", "app", "", "?"}:
                is_broken = not any(is_in(target, arrow) for arrow in allowed)
            else:
                is_broken = top in KEEPERS and not module.startswith(KEEPERS[top])
            if is_broken:
                broken.append(f"{module} -> {target}")
    return broken


def lines_of_code(path: Path) -> int:
    """Lines that are neither blank nor only a comment; docstrings count."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return sum(1 for line in lines if line and not line.startswith("#"))


def test_every_import_follows_an_arrow() -> None:
    assert broken_arrows(ROOT) == []


def test_pages_are_under_60_lines() -> None:
    long = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in modules(ROOT) if "pages" in name}
    assert {name: lines for name, lines in long.items() if lines >= MAX_PAGE_LINES} == {}


def test_no_module_is_over_200_lines() -> None:
    lengths = {name: lines_of_code(path) for name, path in modules(ROOT)}
    assert {name: lines for name, lines in lengths.items() if lines > MAX_MODULE_LINES} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [name for name, _ in modules(ROOT) if FORBIDDEN_NAMES & set(name.split("."))] == []


def test_every_module_opens_with_a_docstring() -> None:
    silent = [
        name for name, path in modules(ROOT) if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_every_arrow_stands_in_the_papers() -> None:
    paper = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = [line for line in paper.splitlines() if line.startswith("| `")]
    written = {
        cells[1].strip(" `"): {arrow.strip(" `") for arrow in cells[2].split(",")} - {"–"}
        for cells in (line.split("|") for line in table)
    }
    short = {room: {arrow.removeprefix("genkdash.") for arrow in arrows} for room, arrows in ARROWS.items()}
    assert written == {room.removeprefix("genkdash."): arrows for room, arrows in short.items() if room != "genkdash"}


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("genkdash/insights/pace.py", "import streamlit as st", "genkdash.insights.pace -> streamlit"),
        ("genkdash/i18n/words.py", "from streamlit.testing import v1", "genkdash.i18n.words -> streamlit.testing"),
        ("genkdash/live/clock.py", "def f():\n    import gspread", "genkdash.live.clock -> gspread"),
        ("genkdash/sheet/door.py", "from genkdash.live import feed", "genkdash.sheet.door -> genkdash.live"),
        ("genkdash/sheet/door.py", "import genkdash.live.feed", "genkdash.sheet.door -> genkdash.live.feed"),
        ("genkdash/insights/pace.py", "from genkdash.sheet import parse", "genkdash.insights.pace -> genkdash.sheet"),
        ("genkdash/ui/cards.py", "from pages import overview", "genkdash.ui.cards -> pages"),
        ("genkdash/commands/line.py", "import app", "genkdash.commands.line -> app"),
        ("genkdash/charts/bars.py", "from . import theme", "genkdash.charts.bars -> ."),
        ("genkdash/charts/bars.py", "importlib.import_module(name)", "genkdash.charts.bars -> ?"),
        ("pages/start.py", "from genkdash.sheet import google", "pages.start -> genkdash.sheet"),
        ("app.py", "from genkdash.ui import access", "app -> genkdash.ui"),
        ("genkdash/attic.py", "", "genkdash.attic is in no room"),
        ("genkdash/settings.py", "import genkdash.sheet", "genkdash.settings -> genkdash.sheet"),
    ],
)
def test_a_planted_violation_is_caught(tmp_path: Path, module: str, line: str, broken: str) -> None:
    planted = tmp_path / module
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.write_text(f"{line}\n", encoding="utf-8")
    assert broken_arrows(tmp_path) == [broken]


def test_an_import_along_an_arrow_is_no_violation(tmp_path: Path) -> None:
    for module in ("genkdash/sheet/model.py", "genkdash/sheet/google_session.py", "genkdash/insights/pace.py"):
        (tmp_path / module).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / module).write_text("", encoding="utf-8")
    (tmp_path / "genkdash/insights/pace.py").write_text("from genkdash.sheet import model\n", encoding="utf-8")
    (tmp_path / "genkdash/sheet/google_session.py").write_text("import gspread\n", encoding="utf-8")
    assert broken_arrows(tmp_path) == []
