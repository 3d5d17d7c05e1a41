"""What a feed can say besides errors has a sentence in both languages."""

from typing import get_args, get_type_hints

import pytest

from genkdash.i18n.catalogue import LANGUAGES, Language, translator
from genkdash.live.store import KeepingTrouble
from genkdash.live.suspicion import Suspicion


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", get_args(get_type_hints(Suspicion)["code"]))
def test_a_held_read_says_what_is_gone_and_how_to_undo_it(code: str, language: Language) -> None:
    sentence = translator(language)(f"held.{code}", tab="Berichten", before=10, after=2)
    assert "Berichten" in sentence
    assert "Ctrl+Z" in sentence


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", get_args(KeepingTrouble))
def test_a_notice_on_the_kept_sheet_has_a_sentence(code: str, language: Language) -> None:
    assert translator(language).has(f"notice.{code}")
