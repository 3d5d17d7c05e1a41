from genkdash.sheet.columns import find_layout, redact
from genkdash.sheet.contract import POSTS
from genkdash.sheet.tables import RawTab


def test_the_header_is_the_first_row_that_holds_the_required_columns() -> None:
    layout = find_layout(POSTS, [["Onze berichten"], ["Datum", "Titel"], ["Titel", "Naam", "Date"], ["Datum", "Naam"]])

    assert (layout.header, dict(layout.positions)) == (2, {"title": 0, "influencer": 1, "date": 2})


def test_the_header_is_not_looked_for_below_the_tenth_row() -> None:
    header = ["Datum", "Influencer"]

    assert find_layout(POSTS, [[]] * 9 + [header]).is_complete
    assert not find_layout(POSTS, [[]] * 10 + [header]).is_complete


def test_without_a_header_the_row_that_resembles_one_most_tells_what_is_missing() -> None:
    layout = find_layout(POSTS, [["Titel"], ["Datum", "Titel"], ["Datum"]])

    assert layout.header == 1
    assert [column.key for column in layout.missing] == ["influencer"]


def test_the_second_column_of_a_name_or_of_its_alias_is_set_apart() -> None:
    layout = find_layout(POSTS, [["Tijdstempel", "Influencer", "Datum", "Telefoon"]])

    assert layout.positions["date"] == 0
    assert [(position, column.key) for position, column in layout.duplicates.items()] == [(2, "date")]


def test_redacting_keeps_only_the_cells_under_headers_of_the_contract() -> None:
    tab = RawTab(
        "Berichten",
        [
            ["Bel Amina: 0477", None],
            ["Datum", "Telefoon", "Influencer", "Datum"],
            [43206, "0477 12 34 56", "Amina", "geheim", "ook geheim"],
            [43207],
        ],
        7,
    )

    assert redact(tab) == RawTab(
        "Berichten",
        (
            (None, None),
            ("Datum", None, "Influencer", "Datum"),
            (43206, None, "Amina", None, None),
            (43207,),
        ),
        7,
    )


def test_redacting_a_tab_that_is_not_ours_leaves_nothing() -> None:
    assert redact(RawTab("Contactgegevens", [["Naam", "Datum"], [1, 2]])).rows == ((None, None), (None, None))


def test_redacting_a_tab_without_a_header_leaves_only_the_names_of_columns() -> None:
    tab = RawTab("Berichten", [["Datum", "Telefoon"], ["2018-05-03", "0477"]])

    assert redact(tab).rows == (("Datum", None), (None, None))


def test_redacting_the_campaign_keeps_only_the_settings_of_the_contract() -> None:
    tab = RawTab("Campagne", [["Sleutel", "Waarde"], ["Doel", 12], ["Wachtwoord", "geheim"], [None, "los"]])

    assert redact(tab).rows == (("Sleutel", "Waarde"), ("Doel", 12), (None, None), (None, None))


def test_redacting_does_not_change_what_it_was_given() -> None:
    rows = [["Datum", "Influencer", "Telefoon"], [43206, "Amina", "0477"]]
    redact(RawTab("Berichten", rows))

    assert rows == [["Datum", "Influencer", "Telefoon"], [43206, "Amina", "0477"]]
