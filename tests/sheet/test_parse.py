import copy
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
from books import HEADERS, places, post, sheet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genkdash.sheet.columns import redact
from genkdash.sheet.contract import SETTINGS, TABS
from genkdash.sheet.model import POST_COLUMNS
from genkdash.sheet.parse import campaign_day, parse
from genkdash.sheet.tables import RawBook, RawTab

TODAY = date(2018, 8, 20)
WORDS = """Amina|amina|Bo|Muziek|muziekk|Sport;Muziek|5/3/2018|2018-05-03|2018-05-03T10:00:00+99:99|5 mrt 18|1.234|1,2k
-|#REF!|Loading...|https://genk.be/a|http://www.genk.be/a/?utm_x=1|http://[|evenement|pauze|ja|#aabbcc|gehoord| |'
Europe|../x|Europe/Lisbon|p1""".replace("\n", "|").split("|")
NAMES = [name for tab in TABS for column in tab.columns for name in (column.header, *column.aliases)]
CELLS = st.one_of(
    st.none(),
    st.sampled_from([*WORDS, *NAMES, *(setting.header for setting in SETTINGS)]),
    st.sampled_from([43206, 43223.5, 10**400, -(10**5000), float("nan"), float("inf"), "\ud800", "9" * 5000, pd.NaT]),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.dates(),
    st.datetimes(timezones=st.none() | st.timezones()),
    st.times(),
    st.builds(object),
    st.lists(st.integers(), max_size=1),
)
ROWS = st.lists(st.lists(CELLS, max_size=14), max_size=6)
TODAYS = st.dates(date(2017, 1, 1), date(2020, 1, 1)) | st.dates()


@st.composite
def books(draw: st.DrawFn) -> RawBook:
    """Draw a book whose tabs mostly have a header, in any order, with anything above and below it."""
    tabs = []
    for gid, tab in enumerate(TABS):
        header = draw(st.permutations([column.header for column in tab.columns]))
        above = draw(st.lists(st.lists(CELLS, max_size=3), max_size=1))
        rows = draw(ROWS)
        tabs.append(RawTab(tab.title, [*above, header, *rows] if draw(st.integers(0, 4)) else rows, gid))
    return RawBook(
        "google", "Genk vertelt", tuple(draw(st.lists(st.sampled_from(tabs), max_size=9))) or tuple(tabs), "u"
    )


def identities(tab: RawTab) -> list[list[int]]:
    """Return which objects stand in the cells: NaN and other cells unlike themselves can't be compared."""
    return [[id(cell) for cell in row] for row in tab.rows]


thorough = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@thorough
@given(books(), TODAYS, st.none() | TODAYS)
def test_any_cells_give_posts_and_issues(book: RawBook, today: date, cut_off: date | None) -> None:
    result = parse(book, today=today, cut_off=cut_off)

    assert result.rows.read == result.rows.counted + result.rows.not_counted == len(result.posts)
    assert result.posts["counted"].sum() == result.rows.counted
    assert (result.posts["reason"].isna() == result.posts["counted"]).all()
    assert dict(result.posts.dtypes.astype(str)) == POST_COLUMNS
    for issue in result.issues:
        assert len((issue.value or "").encode()) <= 1000


@thorough
@given(books(), TODAYS, st.none() | TODAYS)
def test_a_redacted_book_says_the_same(book: RawBook, today: date, cut_off: date | None) -> None:
    redacted = RawBook(book.kind, book.name, tuple(map(redact, book.tabs)), book.url)
    once, again = (parse(each, today=today, cut_off=cut_off) for each in (book, redacted))

    for tab, kept in zip(book.tabs, redacted.tabs, strict=True):
        assert [len(row) for row in kept.rows] == [len(row) for row in tab.rows]
        assert identities(redact(kept)) == identities(kept)
    pd.testing.assert_frame_equal(once.posts, again.posts)
    for field in ("campaign", "influencers", "topics", "calendar", "tips", "meetings", "issues", "rows"):
        assert getattr(once, field) == getattr(again, field)


@thorough
@given(ROWS)
def test_every_row_below_the_header_is_read_or_blank(rows: list[list[Any]]) -> None:
    result = parse(RawBook("csv", "", (RawTab("Berichten", [HEADERS, *rows]),)), today=TODAY)

    assert result.rows.read + result.rows.blank == len(rows)


@thorough
@given(books())
def test_parsing_changes_nothing_in_the_book(book: RawBook) -> None:
    before = [identities(tab) for tab in book.tabs]
    parse(book, today=TODAY)
    campaign_day(book, datetime(2018, 8, 20, tzinfo=UTC))

    assert [identities(tab) for tab in book.tabs] == before


def test_a_book_without_tabs_is_an_empty_campaign() -> None:
    result = parse(RawBook("workbook", " Leeg ", ()), today=TODAY)

    assert (result.campaign.name, len(result.posts), result.influencers, result.topics) == ("Leeg", 0, (), None)
    assert [issue.tab for issue in result.issues] == [tab.title for tab in TABS]
    assert dict(result.posts.dtypes.astype(str)) == POST_COLUMNS


def test_the_sheet_is_read_whatever_the_order_of_its_columns_and_rows_above_them() -> None:
    result = sheet(
        Berichten=[["Berichten van 2018"], [], ["Likes", "Telefoon", "naam", "DATE"], [12, "0477", "Ami", 43223.9]]
    )

    assert places(result.issues)[0] == ("title-row", 1, None, None)
    post = result.posts.iloc[0]
    assert (post["row"], post["influencer"], post["likes"]) == (4, "Amina", 12.0)
    assert post["date"] == pd.Timestamp("2018-05-03")


def test_what_stands_under_another_header_is_nowhere_in_the_result() -> None:
    result = sheet(
        Berichten=[[*HEADERS, "Telefoon"], [*post(), "0477 12 34 56"]], Contact=[["Naam"], ["0477 12 34 56"]]
    )

    assert "0477" not in repr(result) + result.posts.to_csv()


def test_a_row_with_text_only_in_another_column_is_blank() -> None:
    result = sheet(Berichten=[[*HEADERS, "Nota"], [*[None] * 13, "nog invullen"], [" ", "\u00a0"], post()])

    assert (result.rows.read, result.rows.blank) == (1, 2)


def test_a_post_is_read_with_all_its_cells() -> None:
    row = [43223, "mina", "TikTok", "Muziek", " Mijn straat ", "https://genk.be/1", "video", 12, "1,2k", 0, None]
    frame = sheet([[*row, date(2018, 5, 10), 17.0]]).posts

    assert frame.drop(columns="reach").to_dict("records") == [
        {
            "row": 2,
            "date": pd.Timestamp("2018-05-03"),
            "influencer": "Amina",
            "platform": "TikTok",
            "topics": ("Muziek",),
            "title": "Mijn straat",
            "link": "https://genk.be/1",
            "format": "video",
            "likes": 12.0,
            "comments": 1200.0,
            "shares": 0.0,
            "measured_on": pd.Timestamp("2018-05-10"),
            "post_id": "17",
            "counted": True,
            "reason": None,
        }
    ]
    assert frame["reach"].isna().all()


def test_parsing_twice_gives_the_same() -> None:
    rows = [post(Likes="veel"), post(Datum="ooit")]
    first, second = sheet(copy.deepcopy(rows)), sheet(rows)

    assert first.issues == second.issues
    pd.testing.assert_frame_equal(first.posts, second.posts)
