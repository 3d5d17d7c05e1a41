"""How are numbers, dates and booleans written in this spreadsheet's locale?"""

from __future__ import annotations

from dataclasses import dataclass

ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ENGLISH_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DUTCH = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
DUTCH_SHORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
FRENCH = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
FRENCH_SHORT = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
NARROW_SPACE = "\u202f"


@dataclass(frozen=True)
class Locale:
    """The written forms of one locale; `date` is the pattern of a date that nobody formatted."""

    code: str
    decimal: str
    group: str
    date: str
    true: str
    false: str
    months: tuple[str, ...]
    months_short: tuple[str, ...]

    @property
    def is_day_first(self) -> bool:
        """Whether 3/4/2018 is in April."""
        return self.date.startswith("d")


LOCALES = {
    locale.code: locale
    for locale in (
        Locale("en_US", ".", ",", "M/d/yyyy", "TRUE", "FALSE", ENGLISH, ENGLISH_SHORT),
        Locale("en_GB", ".", ",", "dd/MM/yyyy", "TRUE", "FALSE", ENGLISH, ENGLISH_SHORT),
        Locale("nl_BE", ",", ".", "d/MM/yyyy", "WAAR", "ONWAAR", DUTCH, DUTCH_SHORT),
        Locale("nl_NL", ",", ".", "d-M-yyyy", "WAAR", "ONWAAR", DUTCH, DUTCH_SHORT),
        Locale("fr_FR", ",", NARROW_SPACE, "dd/MM/yyyy", "VRAI", "FAUX", FRENCH, FRENCH_SHORT),
        Locale("fr_BE", ",", NARROW_SPACE, "d/MM/yyyy", "VRAI", "FAUX", FRENCH, FRENCH_SHORT),
    )
}


def locale_of(code: str) -> Locale:
    """The written forms of a locale code.

    Raises:
        KeyError: The stand-in does not know the locale.
    """
    return LOCALES[code]
