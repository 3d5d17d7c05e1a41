"""Every issue code of the contract, once, with the exact cell it points at."""

from datetime import date
from typing import Any

import pytest
from books import CAMPAIGN, HEADERS, INFLUENCERS, TOPICS, URL, book, places, post, sheet

from genkdash.sheet.issues import CODES, column_letter
from genkdash.sheet.parse import parse
from genkdash.sheet.tables import RawBook

LINK = "https://www.instagram.com/p/abc/"


def other(**cells: Any) -> list[Any]:
    """Return a second post that repeats nothing of the first."""
    return post(**{"Datum": date(2018, 5, 9), **cells})


CASES: dict[str, tuple[list[list[Any]], dict[str, Any], tuple[str, int | None, str | None, str | None]]] = {
    "missing-influencer": ([post(Influencer=" ")], {}, ("missing-influencer", 2, "B", None)),
    "unknown-influencer": ([post(Influencer="Amnia")], {}, ("unknown-influencer", 2, "B", "Amnia")),
    "missing-date": ([post(), post(Datum=None)], {}, ("missing-date", 3, "A", None)),
    "bad-date": ([post(Datum="31/02/2018")], {}, ("bad-date", 2, "A", "31/02/2018")),
    "outside-campaign": ([post(Datum=43205)], {}, ("outside-campaign", 2, "A", "2018-04-15")),
    "future-date": ([post(Datum=date(2018, 8, 21))], {}, ("future-date", 2, "A", "2018-08-21")),
    "duplicate-id": (
        [post(**{"Bericht-ID": "p1"}), other(**{"Bericht-ID": "p1"})],
        {},
        ("duplicate-id", 3, "M", "p1"),
    ),
    "duplicate-link": (
        [post(Link=LINK), other(Link="http://instagram.com/p/abc?igsh=x")],
        {},
        ("duplicate-link", 3, "F", "http://instagram.com/p/abc?igsh=x"),
    ),
    "possible-duplicate": (
        [post(Titel="Mijn straat"), post(Titel="mijn  Straat", Link=LINK)],
        {},
        ("possible-duplicate", 3, "E", "mijn  Straat"),
    ),
    "missing-topic": ([post(Themas=None)], {}, ("missing-topic", 2, "D", None)),
    "similar-topic": (
        [other(Themas="Sport"), other(Themas="Sport", Titel="b"), post(Themas="Sprot")],
        {"Themas": None},
        ("similar-topic", 4, "D", "Sprot"),
    ),
    "new-topic": ([post(Themas="Erfgoed")], {}, ("new-topic", 2, "D", "Erfgoed")),
    "bad-link": ([post(Link="www.instagram.com/p/abc")], {}, ("bad-link", 2, "F", "www.instagram.com/p/abc")),
    "bad-number": ([post(Likes="veel")], {}, ("bad-number", 2, "H", "veel")),
    "text-date": ([post(Datum="3/5/2018")], {}, ("text-date", 2, "A", "3/5/2018")),
    "text-number": ([post(Likes="1,2k")], {}, ("text-number", 2, "H", "1,2k")),
    "error-cell": ([post(Bereik="#DIV/0! (Fout)")], {}, ("error-cell", 2, "K", "#DIV/0! (Fout)")),
    "duplicate-header": ([], {"Influencers": [["Naam", "naam"], ["Amina"]]}, ("duplicate-header", 1, "B", "naam")),
    "missing-column": ([], {"Tips": [["Datum", "Antwoord"]]}, ("missing-column", None, None, None)),
    "missing-tab": ([], {"Kalender": None}, ("missing-tab", None, None, None)),
    "title-row": ([], {"Vergaderingen": [["Onze vergaderingen"], ["Datum"]]}, ("title-row", 1, None, None)),
    "bad-setting": ([], {"Campagne": [*CAMPAIGN, ["Doel", "veel"]]}, ("bad-setting", 4, "B", "veel")),
    "repeated-influencer": ([], {"Influencers": [*INFLUENCERS, ["AMINA"]]}, ("repeated-influencer", 5, "A", "AMINA")),
}


@pytest.mark.parametrize("code", CODES)
def test_each_code_points_at_its_cell(code: str) -> None:
    posts, tabs, place = CASES[code]

    assert [found for found in places(sheet(posts, **tabs).issues) if found[0] == code] == [place]


@pytest.mark.parametrize("code", [code for code, (posts, _, _) in CASES.items() if posts])
def test_each_code_says_whether_the_row_counts(code: str) -> None:
    posts, tabs, place = CASES[code]
    frame = sheet(posts, **tabs).posts.set_index("row")

    assert frame.loc[place[1], "counted"] == CODES[code].is_counted
    assert frame.loc[place[1], "reason"] == (None if CODES[code].is_counted else code)


@pytest.mark.parametrize("code", CODES)
def test_each_code_gives_its_sentence_what_it_needs(code: str) -> None:
    posts, tabs, _ = CASES[code]

    for issue in sheet(posts, **tabs).issues:
        if issue.code == code:
            assert set(issue.detail) == set(CODES[code].detail)


def test_a_post_in_order_raises_no_issue() -> None:
    result = sheet([post(Link=LINK, Likes=12, **{"Gemeten op": date(2018, 5, 10), "Bericht-ID": "p1"})])

    assert result.issues == ()
    assert result.rows.read == result.rows.counted == 1


def test_the_first_code_of_the_contract_is_the_reason() -> None:
    result = sheet([post(Datum="ooit", Influencer=None, Likes="veel")])

    assert [issue.code for issue in result.issues] == ["missing-influencer", "bad-date", "bad-number"]
    assert result.posts["reason"].tolist() == ["missing-influencer"]


def test_a_failed_formula_in_a_required_column_keeps_the_row_from_counting() -> None:
    result = sheet([post(Datum="#REF!"), post(Influencer="Loading...")])

    assert [(issue.code, issue.severity, issue.column) for issue in result.issues] == [
        ("error-cell", "error", "A"),
        ("error-cell", "error", "B"),
    ]
    assert result.posts["reason"].tolist() == ["error-cell", "error-cell"]


def test_a_failed_formula_in_another_column_leaves_that_value_unknown() -> None:
    result = sheet([post(Likes="#REF!", Titel="#N/A", Themas="#NAME?")])

    assert [(issue.code, issue.severity, issue.field) for issue in result.issues] == [
        ("error-cell", "warning", "topics"),
        ("error-cell", "warning", "title"),
        ("error-cell", "warning", "likes"),
    ]
    row = result.posts.iloc[0]
    assert (row["counted"], row["topics"], row["title"]) == (True, (), None)


def test_an_unreadable_day_of_measuring_does_not_cost_the_post() -> None:
    result = sheet([post(**{"Gemeten op": "later"})])

    assert [(issue.code, issue.severity, issue.field) for issue in result.issues] == [
        ("bad-date", "warning", "measured_on")
    ]
    assert result.posts["counted"].tolist() == [True]


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2020, 8, 21), 36_525])
def test_an_implausible_day_is_a_bad_date(day: object) -> None:
    result = sheet([post(Datum=day)])

    assert [issue.code for issue in result.issues] == ["bad-date"]
    assert result.posts["date"].isna().all()


def test_a_day_after_today_and_after_the_end_is_outside_the_campaign_first() -> None:
    result = sheet([post(Datum=date(2018, 10, 16))])

    assert [issue.code for issue in result.issues] == ["outside-campaign", "future-date"]
    assert result.posts["reason"].tolist() == ["outside-campaign"]


def test_a_failed_formula_is_not_also_a_missing_value() -> None:
    result = sheet([post(Influencer="#N/A", Themas="#N/A", Datum="#N/A")])

    assert {issue.code for issue in result.issues} == {"error-cell"}


def test_an_issue_links_into_the_google_sheet() -> None:
    (issue,) = sheet([post(Likes="veel")]).issues

    assert issue.url == f"{URL}#gid=0&range=H2"
    assert (issue.tab, issue.field) == ("Berichten", "likes")


def test_an_issue_of_a_workbook_has_no_link() -> None:
    google = book([post(Likes="veel")])
    (issue,) = parse(RawBook("workbook", google.name, google.tabs), today=date(2018, 8, 20)).issues

    assert issue.url is None


def test_issues_stand_in_the_order_of_the_sheet() -> None:
    result = sheet([post(Themas=None, Datum="ooit"), post(Influencer=None)], Campagne=None, Tips=None)

    assert places(result.issues) == [
        ("bad-date", 2, "A", "ooit"),
        ("missing-topic", 2, "D", None),
        ("missing-influencer", 3, "B", None),
        ("missing-tab", None, None, None),
        ("missing-tab", None, None, None),
    ]


def test_a_long_value_is_cut_off() -> None:
    (issue,) = sheet([post(Link="x" * 500)]).issues

    assert issue.value == "x" * 199 + "…"


def test_every_required_column_that_is_missing_is_named() -> None:
    result = sheet(Berichten=[["Titel"], ["Mijn straat"]])

    assert [(issue.code, issue.field, issue.detail["header"]) for issue in result.issues] == [
        ("missing-column", "date", "Datum"),
        ("missing-column", "influencer", "Influencer"),
    ]
    assert result.rows.read == result.rows.blank == 0


def test_a_sheet_without_posts_says_so_as_an_error() -> None:
    (issue,) = sheet(Berichten=None).issues

    assert (issue.code, issue.severity, issue.tab) == ("missing-tab", "error", "Berichten")


def test_a_tab_that_can_not_be_read_leaves_the_others_alone() -> None:
    result = sheet([post()], Influencers=[["Bijnaam"], ["Amina"]])

    assert [issue.code for issue in result.issues] == ["missing-column"]
    assert (result.rows.counted, result.has_influencers) == (1, False)


def test_an_empty_list_of_people_or_themes_counts_as_missing() -> None:
    result = sheet([post()], Influencers=INFLUENCERS[:1], Themas=TOPICS[:1])

    assert [(issue.code, issue.severity, issue.tab) for issue in result.issues] == [
        ("missing-tab", "info", "Influencers"),
        ("missing-tab", "info", "Thema's"),
    ]
    assert (result.rows.counted, result.topics) == (1, None)


def test_of_two_tabs_of_one_name_the_dutch_one_is_read() -> None:
    result = sheet(Berichten=None, Posts=[HEADERS, post()], berichten=[HEADERS, post(), other()])

    assert [(issue.code, issue.tab, issue.value) for issue in result.issues] == [("duplicate-header", "Posts", "Posts")]
    assert result.rows.read == 2


@pytest.mark.parametrize(("position", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_lettered_as_the_sheet_does(position: int, letter: str) -> None:
    assert column_letter(position) == letter
