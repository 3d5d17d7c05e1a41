"""The charts and the page wear the same colours."""

import tomllib
from pathlib import Path

import pytest

from genkdash.charts.theme import INK

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_surface_colours_of_charts_are_those_of_the_page(theme: str) -> None:
    page = CONFIG["theme"][theme]
    assert INK[theme].background == page["backgroundColor"]
    assert INK[theme].panel == page["secondaryBackgroundColor"]
    assert INK[theme].text == page["textColor"]
    assert INK[theme].line == page["borderColor"]
    assert INK[theme].accent == page["primaryColor"]
    assert INK[theme].quiet_text == page["grayTextColor"]
