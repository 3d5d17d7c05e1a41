"""Dutch and English say the same, and every sentence the code asks for is there."""

import ast
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from genkdash.i18n import LANGUAGES, translator

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "genkdash" / "i18n" / "locale"
AREAS = sorted(path.name for path in (LOCALE / "nl").glob("*.po"))


def messages(language: str, area: str) -> dict[str, list[str]]:
    with (LOCALE / language / area).open("rb") as file:
        catalogue = read_po(file, locale=language)
    return {
        message.id[0] if isinstance(message.id, tuple) else message.id: (
            list(message.string) if isinstance(message.string, tuple) else [message.string]
        )
        for message in catalogue
        if message.id
    }


def placeholders(sentences: list[str]) -> set[str]:
    return {name for sentence in sentences for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("area", AREAS)
def test_dutch_and_english_have_the_same_sentences_with_the_same_placeholders(area: str) -> None:
    dutch, english = messages("nl", area), messages("en", area)
    assert dutch.keys() == english.keys()
    for message_id, sentences in dutch.items():
        assert placeholders(sentences) == placeholders(english[message_id]), message_id


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("area", AREAS)
def test_no_sentence_is_empty(area: str, language: str) -> None:
    for message_id, sentences in messages(language, area).items():
        assert all(sentence.strip() for sentence in sentences), message_id


def test_both_languages_have_the_same_areas() -> None:
    assert sorted(path.name for path in (LOCALE / "en").glob("*.po")) == AREAS


def asked_for() -> list[tuple[str, str]]:
    """Every literal id in a call of a translator, with the file it stands in."""
    found = []
    for path in [*ROOT.glob("pages/*.py"), *ROOT.glob("genkdash/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = ast.unparse(node.func)
            argument = node.args[0]
            is_translator = called.removesuffix(".plural").split(".")[-1] in {"words", "translate", "say"}
            if is_translator and isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                found.append((argument.value, path.name))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_the_code_asks_for_is_in_the_catalogue(language: str) -> None:
    asked = asked_for()
    assert len(asked) > 80
    assert [(message_id, name) for message_id, name in asked if not translator(language).has(message_id)] == []


def test_the_plural_follows_the_count() -> None:
    assert translator("nl").plural("news.count", 1) == "1 bericht in de laatste zeven dagen"
    assert translator("nl").plural("news.count", 19) == "19 berichten in de laatste zeven dagen"
    assert translator("en").plural("news.count", 1) == "1 post in the last seven days"
    assert translator("en").plural("news.count", 0) == "0 posts in the last seven days"


def test_braces_in_a_value_stay_as_they_are() -> None:
    assert translator("en")("timeline.posts_of", name="{0.__class__}") == "Posts by {0.__class__}"
