"""Which words does a person read? Gettext catalogues in Dutch and English; dates and numbers through Babel."""

from genkdash.i18n.catalogue import LANGUAGES, Language, Translator, translator

__all__ = ["LANGUAGES", "Language", "Translator", "translator"]
