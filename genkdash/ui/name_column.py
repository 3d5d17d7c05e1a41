"""How wide is the column with the names of a table? As its longest name, up to what leaves a phone room for the rest.

Streamlit measures a column by its first rows, and shares the room among the others: a longer name further on would end
in the middle of a letter, beside columns that are half empty.
"""

from collections.abc import Iterable

_LETTER, _AIR = 7.4, 24  # pixels, of the cells' own font and their padding
_LEAST, _MOST = 90, 190


def name_width(names: Iterable[str]) -> int:
    """Return the width in pixels of a column that holds `names`."""
    longest = max((len(name) for name in names), default=0)
    return round(min(max(longest * _LETTER + _AIR, _LEAST), _MOST))
