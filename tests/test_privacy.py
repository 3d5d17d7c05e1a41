"""The paper for the data protection officer names every column, file, cookie and command there is."""

import re
from pathlib import Path

import pytest
from streamlit.web.server.starlette import starlette_server_config

from genkdash.access.links import LINK_COOKIE
from genkdash.commands.usage import COMMANDS
from genkdash.server import way_back
from genkdash.sheet.contract import CALENDAR, INFLUENCERS, POSTS, TIPS

ROOT = Path(__file__).parents[1]
PAPER = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
COOKIES = [LINK_COOKIE, way_back._COOKIE]  # noqa: SLF001  nobody else needs its name
COOKIES += [value for name, value in vars(starlette_server_config).items() if name.endswith("_COOKIE_NAME")]
HEADERS = sorted({column.header for tab in (POSTS, INFLUENCERS, CALENDAR, TIPS) for column in tab.columns})


def chapter(title: str) -> str:
    return re.split(r"\n##+ ", PAPER.split(f"\n## {title}\n")[1])[0]


@pytest.mark.parametrize("header", HEADERS)
def test_every_column_about_people_is_named_with_its_purpose(header: str) -> None:
    rows = [line for line in chapter("Welke gegevens, van wie").splitlines() if line.startswith("| ")]
    cells = [cell for line in rows for cell in line.split(" | ")]
    assert [cell for cell in cells if re.search(rf"(?<!\w){re.escape(header)}(?!\w)", cell)]


@pytest.mark.parametrize("cookie", COOKIES)
def test_every_cookie_is_named(cookie: str) -> None:
    assert f"| `{cookie}` |" in PAPER


def test_no_cookie_is_named_that_does_not_exist() -> None:
    assert sorted(re.findall(r"^\| `(\w+)` \|", PAPER, re.MULTILINE)) == sorted(COOKIES)


@pytest.mark.parametrize("name", ["last-good-", "outbox-", "links.json"])
def test_every_file_that_is_kept_is_named(name: str) -> None:
    assert f"`{name}" in chapter("Waar het staat, en hoe lang")


def test_every_command_it_tells_to_use_exists() -> None:
    told = set(re.findall(r"python -m genkdash (\w+)", PAPER))
    assert {"link", "purge"} <= told <= set(COMMANDS)


def test_every_paper_and_test_it_leads_to_exists() -> None:
    links = re.findall(r"\]\(([^)]+)\)", PAPER)
    assert [target for target in links if not (ROOT / "docs" / target).exists()] == []
    assert [path for path in re.findall(r"`(tests/[\w/.]+)`", PAPER) if not (ROOT / path).exists()] == []
