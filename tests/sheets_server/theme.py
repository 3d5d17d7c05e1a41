"""What does a fresh spreadsheet look like, as `spreadsheets.get` tells it at length?"""

from __future__ import annotations

from typing import Any


def _rgb(*shares: float) -> dict[str, float]:
    """A colour as the API writes it: shares of red, green and blue, zeros left out."""
    return {name: share for name, share in zip(("red", "green", "blue"), shares, strict=True) if share}


WHITE = _rgb(1, 1, 1)
BLACK = _rgb(0, 0, 0)
THEME_COLOURS = {
    "TEXT": BLACK,
    "BACKGROUND": WHITE,
    "ACCENT1": _rgb(0.25882354, 0.52156866, 0.95686275),
    "ACCENT2": _rgb(0.91764706, 0.2627451, 0.20784314),
    "ACCENT3": _rgb(0.9843137, 0.7372549, 0.015686275),
    "ACCENT4": _rgb(0.20392157, 0.65882355, 0.3254902),
    "ACCENT5": _rgb(1, 0.42745098, 0.003921569),
    "ACCENT6": _rgb(0.27450982, 0.7411765, 0.7764706),
    "LINK": _rgb(0.06666667, 0.33333334, 0.8),
}


def default_format() -> dict[str, Any]:
    """The CellFormat of a cell that nobody formatted."""
    return {
        "backgroundColor": WHITE,
        "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
        "verticalAlignment": "BOTTOM",
        "wrapStrategy": "OVERFLOW_CELL",
        "textFormat": {
            "foregroundColor": BLACK,
            "fontFamily": "arial,sans,sans-serif",
            "fontSize": 10,
            "bold": False,
            "italic": False,
            "strikethrough": False,
            "underline": False,
            "foregroundColorStyle": {"rgbColor": BLACK},
        },
        "backgroundColorStyle": {"rgbColor": WHITE},
    }


def spreadsheet_theme() -> dict[str, Any]:
    """The SpreadsheetTheme of a spreadsheet whose theme nobody changed."""
    colours = [{"colorType": name, "color": {"rgbColor": colour}} for name, colour in THEME_COLOURS.items()]
    return {"primaryFontFamily": "Arial", "themeColors": colours}
