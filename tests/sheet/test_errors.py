"""Every error of the tree has its sentence in both languages, which is filled by what the error holds."""

import string

import pytest

from genkdash.i18n.catalogue import LANGUAGES, Language, translator
from genkdash.sheet import errors
from genkdash.sheet.errors import SourceError

LEAVES = sorted(
    (kind for kind in vars(errors).values() if isinstance(kind, type) and "code" in vars(kind)),
    key=lambda kind: kind.__name__,
)


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def sentence(language: Language, message_id: str) -> str:
    return translator(language)._messages.gettext(message_id)  # noqa: SLF001  the sentence before it is filled


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.__name__)
def test_every_error_has_a_sentence(leaf: type[SourceError], language: Language) -> None:
    assert translator(language).has(f"error.{leaf.code}")


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.__name__)
def test_both_languages_are_filled_with_the_same_details(leaf: type[SourceError]) -> None:
    dutch, english = (placeholders(sentence(language, f"error.{leaf.code}")) for language in LANGUAGES)
    assert dutch == english
    assert all(f"`{name}`" in (leaf.__doc__ or "") for name in dutch)


def test_no_two_errors_share_a_code() -> None:
    codes = [leaf.code for leaf in LEAVES]
    assert len(codes) == len(set(codes))


def test_an_error_names_its_code_and_details_for_a_log() -> None:
    assert str(errors.GoogleDownError(status="503")) == "google-down status='503'"


def test_the_sentence_of_an_unshared_sheet_says_what_to_do() -> None:
    error = errors.GoogleNotSharedError(email="genkdash@proef.iam.gserviceaccount.com")
    assert translator("nl")(f"error.{error.code}", **error.detail) == (
        "De sheet is niet gedeeld met het dashboard. Deel de sheet met genkdash@proef.iam.gserviceaccount.com "
        "(Lezer is genoeg), dan verschijnt ze vanzelf."
    )
