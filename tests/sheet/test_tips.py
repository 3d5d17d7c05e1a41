from datetime import date
from typing import Any

import pytest
from books import places, post, sheet

from genkdash.sheet.model import Tip

HEADER = ["Datum", "Influencer", "Tip", "Link", "Bericht-ID", "Status", "Antwoord", "Beantwoord op"]
DAY = date(2018, 6, 1)
LINK = "https://www.instagram.com/p/abc/"


def tips(*rows: tuple[Any, ...], **tabs: Any) -> Any:
    """Return the sheet with these rows in Tips and one post with a link and an id."""
    return sheet([post(Link=LINK, **{"Bericht-ID": "p1"})], Tips=[HEADER, *rows], **tabs)


def test_a_tip_is_read_with_what_became_of_it() -> None:
    row = (DAY, "ami", "Zeg gewoon je", LINK, None, "Doorgevoerd", "Doen we!", date(2018, 6, 8))

    assert tips(row).tips == (Tip(2, "Zeg gewoon je", DAY, "Amina", LINK, "adopted", "Doen we!", date(2018, 6, 8)),)


@pytest.mark.parametrize(
    ("link", "post_id", "expected"),
    [(None, "p1", LINK), ("p1", None, LINK), (None, "p2", None), (LINK + "2", "p1", LINK + "2")],
)
def test_a_tip_shows_its_post_by_link_or_by_id(link: str | None, post_id: str | None, expected: str | None) -> None:
    result = tips((DAY, "Bo", "Kort", link, post_id))

    assert (result.tips[0].link, result.issues) == (expected, ())


@pytest.mark.parametrize(
    ("row", "place", "tip"),
    [
        (("ooit", "Bo", "Kort"), ("bad-date", 2, "A", "ooit"), Tip(2, "Kort", None, "Bo")),
        ((DAY, "Pol", "Kort"), ("unknown-influencer", 2, "B", "Pol"), Tip(2, "Kort", DAY)),
        ((DAY, "Bo", "Kort", "zie app"), ("bad-link", 2, "D", "zie app"), Tip(2, "Kort", DAY, "Bo")),
        ((DAY, "Bo", "Kort", None, None, "goed"), ("bad-setting", 2, "F", "goed"), Tip(2, "Kort", DAY, "Bo")),
        ((DAY, "Bo", None), ("bad-setting", 2, "C", None), None),
        ((DAY, "Bo", "#REF!"), ("error-cell", 2, "C", "#REF!"), None),
    ],
)
def test_what_can_not_be_read_of_a_tip_is_noted(row: tuple[Any, ...], place: tuple[Any, ...], tip: Tip | None) -> None:
    result = tips(row)

    assert places(result.issues) == [place]
    assert result.tips == (() if tip is None else (tip,))
