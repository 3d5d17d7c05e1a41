"""What may be kept, and by what it is recognised again."""

from datetime import UTC, date, datetime

import pytest
from books import book
from outbox_parts import some_post, some_tip

from genkdash.outbox import DraftError, new_post_key
from genkdash.outbox.drafts import MAX_LETTERS
from genkdash.outbox.keys import Seen, row_keys, seen_in, tip_key
from genkdash.sheet.columns import find_layout
from genkdash.sheet.contract import POSTS
from genkdash.sheet.numbers import parse_count

NOW = datetime(2018, 5, 2, tzinfo=UTC)
DAY = date(2018, 5, 1)


def test_a_post_holds_what_was_typed_by_column_and_no_blanks() -> None:
    draft = some_post(key="gd-1", title=" Iftar ", topics=["Geloof", " Eten ", ""], platform="Instagram", likes=0)
    assert draft.values == {
        "date": DAY,
        "influencer": "Amina",
        "platform": "Instagram",
        "topics": "Geloof; Eten",
        "title": "Iftar",
        "likes": 0,
        "post_id": "gd-1",
    }


@pytest.mark.parametrize(
    ("fields", "header"),
    [
        ({"influencer": "  "}, "Influencer"),
        ({"title": "x" * (MAX_LETTERS + 1)}, "Titel"),
        ({"link": "javascript:alert(1)"}, "Link"),
        ({"link": "www.instagram.com/p/1"}, "Link"),
        ({"likes": -1}, "Likes"),
        ({"likes": 10**15}, "Likes"),
        ({"topics": ["x" * MAX_LETTERS, "y"]}, "Thema's"),
    ],
)
def test_a_value_that_the_sheet_could_not_read_back_is_refused_by_its_header(
    fields: dict[str, object], header: str
) -> None:
    with pytest.raises(DraftError) as caught:
        some_post(**fields)
    assert caught.value.detail == {"field": header}


def test_a_tip_without_text_is_refused() -> None:
    with pytest.raises(DraftError):
        some_tip("\u200b ")


def test_a_draft_does_not_show_what_was_typed() -> None:
    assert "Iftar" not in repr(some_post("Iftar"))


def test_keys_of_posts_differ_and_are_text_to_any_spreadsheet() -> None:
    keys = {new_post_key() for _ in range(1000)}
    assert len(keys) == 1000
    assert all(key.startswith("gd-") and len(key) == 19 and parse_count(key).value is None for key in keys)


@pytest.mark.parametrize("tip", ["antwoord ook in  REACTIES", "Antwoord ook in reacties\n", "Antwoord óók in reacties"])
def test_the_same_tip_in_another_spelling_is_the_same_tip(tip: str) -> None:
    assert some_tip(tip).key == some_tip("Antwoord ook in reacties").key


@pytest.mark.parametrize(
    "fields", [{"day": date(2018, 5, 2)}, {"influencer": "Bo"}, {"tip": "Antwoord ook in stories"}]
)
def test_another_day_person_or_text_is_another_tip(fields: dict[str, object]) -> None:
    assert some_tip(**fields).key != some_tip().key


def test_posts_are_recognised_in_the_sheet_by_their_bericht_id() -> None:
    rows = [["Bericht-ID", "Datum", "Naam"], ["gd-1", 43221, "Amina"], ["", 43221, "Bo"], [], ["gd-2"]]
    assert row_keys("posts", find_layout(POSTS, rows), rows[1:]) == {"gd-1", "gd-2"}


def test_tips_are_recognised_in_the_sheet_by_what_they_say() -> None:
    tips = [["Tip", "Datum", "Influencer"], ["Kom langs", 43221, "amina"], ["Zonder dag", "", "Amina"], ["", 1, "x"]]
    seen = seen_in(book(Tips=tips), NOW)
    assert seen.keys["tips"] == {tip_key(DAY, "Amina", "Kom langs")}


def test_of_a_tab_that_can_not_be_read_nothing_is_known() -> None:
    assert seen_in(book(Berichten=[["Datum", "Influencer"]], Tips=None), NOW) == Seen({}, NOW)


def test_of_two_tabs_the_dutch_one_is_looked_at() -> None:
    posts = [["Datum", "Influencer", "Bericht-ID"], [43221, "Amina", "gd-9"]]
    assert seen_in(book(Posts=posts), NOW).keys["posts"] == frozenset()
