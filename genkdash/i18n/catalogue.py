"""How does a message id become a sentence?

Every area has a catalogue (`screens.po`, `issues.po`, ...) in each language; they are read and merged at the
first use, so there is nothing to compile. Ids are symbolic ("overview.title"): Dutch and English are equals.
"""

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

Language: TypeAlias = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_FOLDER = Path(__file__).parent / "locale"
_LOCALES = {"nl": "nl_BE", "en": "en_GB"}


class Translator:
    """The sentences of one language. `translate("overview.title", campaign="Genk vertelt")`."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.locale = Locale.parse(_LOCALES[language])
        self._messages = gettext.GNUTranslations(BytesIO(_compiled(language)))

    def __call__(self, message_id: str, **values: object) -> str:
        """Return the sentence of `message_id`, filled with `values`; the id itself where it is unknown."""
        return self._messages.gettext(message_id).format(**values)

    def plural(self, message_id: str, count: float, **values: object) -> str:
        """Return the form of `message_id` that goes with `count`, which fills `{count}` ("13.373") unless given."""
        message = self._messages.ngettext(message_id, message_id, 1 if count == 1 else 2)
        return message.format(**{"count": format_decimal(count, locale=self.locale), **values})

    def has(self, message_id: str) -> bool:
        """Tell whether this language has a sentence for `message_id`."""
        return self._messages.gettext(message_id) != message_id


@cache
def translator(language: Language) -> Translator:
    """Return the one translator of `language`."""
    return Translator(language)


def _compiled(language: Language) -> bytes:
    """Return all catalogues of `language` as one in gettext's binary form."""
    merged = Catalog(locale=language)
    for path in sorted((_FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    merged[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, merged)
    return compiled.getvalue()
