"""How does a name stand beside its row? Escaped, whole where it fits, shortened where it would eat the chart."""

from collections.abc import Sequence

from genkdash.safe_text import for_plotly

_LONGEST = 22  # letters; a longer name leaves a phone no room for the chart


def row_axis(names: Sequence[str]) -> dict[str, object]:
    """Return the settings of a category axis with a row for each of `names`, the first one on top.

    Every row has its label, however many there are; the values on the axis are the names, escaped.
    """
    values = [for_plotly(name) for name in names]
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": values[::-1],
        "tickmode": "array",
        "tickvals": values,
        "ticktext": [for_plotly(shortened(name)) for name in names],
        "ticklabelstandoff": 6,
    }


def shortened(name: str) -> str:
    """Return `name`, cut with an ellipsis where it is too long."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
