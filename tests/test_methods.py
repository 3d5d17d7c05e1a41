"""The explanation of the numbers prints the very sentences that the screens print."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
PAPER = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
DUTCH, _, ENGLISH = PAPER.partition("\n## In English\n")


def sentences(language: str) -> dict[str, str]:
    with (ROOT / "genkdash" / "i18n" / "locale" / language / "methods.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


@pytest.mark.parametrize(("language", "part"), [("nl", DUTCH), ("en", ENGLISH)])
def test_each_sentence_stands_once_in_the_explanation_of_its_language(language: str, part: str) -> None:
    found = sentences(language)
    assert len(found) > 20
    assert [key for key, sentence in found.items() if part.count(f"> {sentence}\n") != 1] == []
    assert [line for line in part.splitlines() if line.startswith("> ") and line[2:] not in found.values()] == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_sentence_can_be_said_aloud(language: str) -> None:
    # a screen prints it as it is, and nobody reads on after forty words
    found = sentences(language)
    assert [key for key in found if not key.startswith("method.")] == []
    assert [key for key, sentence in found.items() if "{" in sentence or not sentence.endswith(".")] == []
    assert [key for key, sentence in found.items() if len(sentence.split()) > 40] == []


def test_the_explanation_says_in_both_languages_what_is_refused() -> None:
    refused = [
        part.rpartition(title)[2].count("\n- ")
        for part, title in ((DUTCH, "niet uitrekenen\n"), (ENGLISH, "refuse to compute\n"))
    ]
    assert refused[0] == refused[1] >= 8
