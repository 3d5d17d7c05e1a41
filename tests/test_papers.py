"""Do the papers say what the program does?"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from genkdash.commands.usage import COMMANDS
from genkdash.i18n.catalogue import translator
from genkdash.settings import GoogleSettings, LogSettings, MonitoringSettings, Settings, SharedSettings
from genkdash.sheet.contract import SETTINGS, TABS, Tab
from genkdash.sheet.issues import CODES

ROOT = Path(__file__).parents[1]
SHEET = (ROOT / "docs" / "sheet.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAPERS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.key)
def test_every_tab_has_its_chapter_with_every_column(tab: Tab) -> None:
    chapter = SHEET.split(f"\n## {tab.title}\n")[1].split("\n## ")[0]
    assert [column.header for column in tab.columns if column.header not in chapter] == []


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.key)
def test_every_other_name_of_a_column_is_in_the_english_table(tab: Tab) -> None:
    chapter = SHEET.split("\n## In English\n")[1].splitlines()
    line = next(line for line in chapter if re.match(rf"\| {tab.title}( = | \|)", line))
    names = [" = ".join([column.header, " / ".join(column.aliases)]) for column in tab.columns if column.aliases]
    assert [name for name in names if name not in line] == []


def test_every_key_of_the_campaign_is_in_its_chapter() -> None:
    chapter = SHEET.split("\n## Campagne\n")[1].split("\n## ")[0]
    assert [setting.header for setting in SETTINGS if f"| {setting.header} |" not in chapter] == []


def test_every_issue_is_explained_under_its_own_name() -> None:
    explained = dict(re.findall(r"^\| ([^|]+) \| `([a-z-]+)` \|", SHEET, re.MULTILINE))
    assert explained == {translator("nl")(f"issue.{code}.label"): code for code in CODES}


def test_an_issue_that_keeps_a_row_from_counting_is_explained_as_such() -> None:
    chapter = SHEET.split("**Telt niet mee**")[1].split("**Telt mee**")[0]
    assert re.findall(r"`([a-z-]+)`", chapter) == [code for code, kind in CODES.items() if not kind.is_counted]


def test_every_command_stands_in_the_readme() -> None:
    assert [name for name in COMMANDS if f"python -m genkdash {name}" not in README] == []


def test_every_setting_stands_in_the_readme_and_no_other_does() -> None:
    written = set(re.findall(r"^\| `([a-z_.]+)` \|", README, re.MULTILINE))
    tables = {"google": GoogleSettings, "log": LogSettings, "monitoring": MonitoringSettings, "shared": SharedSettings}
    nested = {f"{table}.{name}" for table, kind in tables.items() for name in kind.model_fields}
    # How sign-in is set up takes more than a row: it has a paper of its own.
    assert written == (set(Settings.model_fields) - {*tables, "access", "auth"}) | nested


def test_the_first_two_commands_of_the_readme_are_make_run_and_make_test() -> None:
    assert re.findall(r"^make (\w+)", README, re.MULTILINE)[:2] == ["run", "test"]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_links_between_the_papers_lead_somewhere(paper: Path) -> None:
    assert [target for target in links(paper) if not (paper.parent / target).exists()] == []


def links(paper: Path) -> Iterator[str]:
    for is_picture, target in re.findall(r"(!?)\[[^\]]*\]\(([^)#]+)", paper.read_text(encoding="utf-8")):
        if not is_picture and "://" not in target:
            yield target


def test_the_licence_is_the_whole_eupl() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [number for number in range(1, 16) if f"\n{number}." not in licence] == []
    assert licence.rstrip().endswith("require the production of a new EUPL version.")
