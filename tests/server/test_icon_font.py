"""Every icon that a screen of ours or a menu of Streamlit's names is in the small font, or it is a word."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

from icon_font import FONT, icons_of_ours, icons_of_streamlit, ligatures, original


def test_the_small_font_draws_every_icon_that_is_named() -> None:
    """`python tools/icon_font.py` makes it anew."""
    assert (icons_of_ours() | icons_of_streamlit(original())) - set(ligatures(FONT)) == set()
    assert {"groups", "person", "expand_more", "close", "content_copy"} <= set(ligatures(FONT))


def test_every_icon_that_we_name_exists() -> None:
    assert icons_of_ours() - set(ligatures(original())) == set()


def test_it_is_worth_it() -> None:
    assert FONT.stat().st_size * 10 < original().stat().st_size
