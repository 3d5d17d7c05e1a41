"""The charts and the page wear the same colours."""

import tomllib
from pathlib import Path

import pytest

from genkdash.charts.theme import FONT, INK

STATIC = Path(__file__).parents[2] / "genkdash" / "static"
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


def test_charts_and_page_are_written_in_the_same_face_of_our_own() -> None:
    family = CONFIG["theme"]["font"].split(",")[0]
    assert FONT.split(",")[0].strip('"') == family
    assert {face["family"] for face in CONFIG["theme"]["fontFaces"]} == {family}


def test_every_font_file_is_there_with_its_licence_and_small_enough_for_a_phone() -> None:
    assert CONFIG["server"]["enableStaticServing"] is True
    files = [STATIC / face["url"].removeprefix("app/static/") for face in CONFIG["theme"]["fontFaces"]]
    assert all(file.read_bytes()[:4] == b"wOF2" for file in files)
    assert sum(file.stat().st_size for file in files) < 60_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (STATIC / "hanken-grotesk-OFL.txt").read_text(encoding="utf-8")
