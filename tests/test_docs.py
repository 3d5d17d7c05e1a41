"""The manual for staff and the catalogues keep up with the code."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from pictures import LARGEST_BYTES, PICTURES

from genkdash.sheet.contract import SETTINGS, TABS
from genkdash.sheet.issues import CODES, sentence_values
from genkdash.sheet.model import Issue

ROOT = Path(__file__).parents[1]
MANUAL = ROOT / "docs" / "sheet.md"
LANGUAGES = ("nl", "en")


def sentences(language: str) -> dict[str, str]:
    """Return the sentences of the catalogue of issues."""
    with (ROOT / "genkdash" / "i18n" / "locale" / language / "issues.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


@pytest.mark.parametrize("code", CODES)
def test_the_manual_explains_each_code(code: str) -> None:
    assert f"`{code}`" in MANUAL.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", [*(tab.title for tab in TABS), *(column.header for tab in TABS for column in tab.columns)]
)
def test_the_manual_names_each_tab_and_column(name: str) -> None:
    assert name in MANUAL.read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_the_manual_names_each_setting(setting: object) -> None:
    assert setting.header in MANUAL.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_each_code_has_a_sentence_and_a_label(code: str, language: str) -> None:
    catalogue = sentences(language)

    assert catalogue[f"issue.{code}"].endswith(".")
    assert 0 < len(catalogue[f"issue.{code}.label"]) <= 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_no_sentence_of_a_code_that_is_gone(language: str) -> None:
    expected = {f"issue.{code}{end}" for code in CODES for end in ("", ".label")}

    assert set(sentences(language)) == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_a_sentence_names_only_what_its_issue_knows(code: str, language: str) -> None:
    detail = dict.fromkeys(CODES[code].detail, "dit")
    issue = Issue(code, CODES[code].severity, "Berichten", 2, "A", "date", "ooit", detail)

    assert "{" not in sentences(language)[f"issue.{code}"].format(**sentence_values(issue))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["missing-influencer", "missing-date", "missing-topic", "missing-tab", "bad-setting"])
def test_a_sentence_about_an_empty_cell_does_not_quote_it(code: str, language: str) -> None:
    assert "{value}" not in sentences(language)[f"issue.{code}"]


def test_each_picture_of_the_manuals_is_there_says_what_it_shows_and_is_small() -> None:
    shown = [
        (page.parent / path, alt)
        for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
        for alt, path in re.findall(r"!\[(.*?)\]\((.+?)\)", page.read_text(encoding="utf-8"))
    ]

    assert {path.stem for path, _ in shown} == set(PICTURES)
    assert {path.name for path, alt in shown if not alt or path.stat().st_size > LARGEST_BYTES} == set()
