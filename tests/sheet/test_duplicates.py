from datetime import date

from books import post, sheet

from genkdash.sheet.duplicates import in_common

LINK = "https://www.instagram.com/p/abc/"
LATER = date(2018, 5, 9)


def verdicts(*rows: list) -> list[tuple[bool, list[str]]]:
    """Return for each row whether it counts, and the codes of its issues."""
    result = sheet(rows)
    codes = {row: [issue.code for issue in result.issues if issue.row == row] for row in result.posts["row"]}
    return list(zip(result.posts["counted"], codes.values(), strict=True))


def test_the_first_of_two_rows_with_one_id_counts() -> None:
    row = post(**{"Bericht-ID": "p1"})
    again = post(**{"Bericht-ID": "p1", "Datum": LATER})

    assert verdicts(row, again, again) == [(True, []), (False, ["duplicate-id"]), (False, ["duplicate-id"])]


def test_the_issue_names_the_row_that_counts() -> None:
    result = sheet([post(Link=LINK), post(Link=LINK, Datum=LATER)])

    assert result.issues[0].detail == {"first_row": "2"}


def test_a_row_that_does_not_count_takes_nobodys_place() -> None:
    future = post(Datum=date(2018, 9, 1), Link=LINK)

    assert verdicts(future, post(Link=LINK)) == [(False, ["future-date"]), (True, [])]
    assert verdicts(post(Link=LINK), future) == [(True, []), (False, ["future-date", "duplicate-link"])]


def test_two_people_may_share_a_link() -> None:
    assert verdicts(post(Link=LINK), post(Link=LINK, Influencer="Bo")) == [(True, []), (True, [])]


def test_a_bad_link_is_nobodys_duplicate() -> None:
    row = post(Link="zie app")

    assert verdicts(row, row) == [(True, ["bad-link"]), (True, ["bad-link"])]


def test_two_rows_without_a_title_are_not_taken_for_duplicates() -> None:
    assert verdicts(post(), post()) == [(True, []), (True, [])]


def test_a_title_that_returns_on_another_day_or_for_another_person_is_no_duplicate() -> None:
    first = post(Titel="Foto van de week")

    assert verdicts(first, post(Titel="Foto van de week", Datum=LATER)) == [(True, []), (True, [])]
    assert verdicts(first, post(Titel="Foto van de week", Influencer="Bo")) == [(True, []), (True, [])]


def test_two_links_settle_that_one_title_is_two_posts() -> None:
    first, second = post(Titel="Foto", Link=LINK), post(Titel="Foto", Link="https://genk.be/2")

    assert verdicts(first, second) == [(True, []), (True, [])]


def test_a_row_with_a_link_is_held_against_an_earlier_one_without() -> None:
    linked, bare = post(Titel="Foto", Link=LINK), post(Titel="foto")

    assert verdicts(bare, linked) == [(True, []), (True, ["possible-duplicate"])]
    assert verdicts(linked, bare) == [(True, []), (True, ["possible-duplicate"])]
    assert verdicts(linked, bare, post(Titel="Foto", Link="https://genk.be/2")) == [
        (True, []),
        (True, ["possible-duplicate"]),
        (True, ["possible-duplicate"]),
    ]


def test_two_keys_that_share_a_hash_are_no_duplicates() -> None:
    class Alike(str):
        __slots__ = ()

        def __hash__(self) -> int:
            return 7

    ids = [Alike("p1"), Alike("p2"), Alike("p1"), None]
    assert in_common(ids.__getitem__, len(ids)) == {0: "p1", 2: "p1"}
