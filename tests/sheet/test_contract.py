import pytest

from genkdash.sheet.contract import CAMPAIGN, POSTS, SETTINGS, TABS, find_column, find_setting, find_tab


def test_the_contract_has_seven_tabs_of_which_one_is_required() -> None:
    assert [tab.title for tab in TABS] == [
        "Berichten",
        "Influencers",
        "Thema's",
        "Campagne",
        "Kalender",
        "Tips",
        "Vergaderingen",
    ]
    assert [tab.title for tab in TABS if tab.required] == ["Berichten"]


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Berichten", "posts"),
        (" POSTS ", "posts"),
        ("Thema’s", "topics"),
        ("themas", "topics"),
        ("Campaign", "campaign"),
        ("Calendar", "calendar"),
        ("Meetings", "meetings"),
    ],
)
def test_a_tab_is_known_by_its_name_and_its_alias(title: str, key: str) -> None:
    tab = find_tab(title)

    assert tab is not None
    assert tab.key == key


@pytest.mark.parametrize("title", ["", "Berichten 2", "Blad1", "Contactgegevens"])
def test_another_tab_is_not_ours(title: str) -> None:
    assert find_tab(title) is None


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Tijdstempel", "date"),
        ("Naam", "influencer"),
        ("Kanaal", "platform"),
        ("Thema´s", "topics"),
        ("Omschrijving", "title"),
        ("url", "link"),
        ("Vorm", "format"),
        ("Comments", "comments"),
        ("gemeten  op", "measured_on"),
        ("Post ID", "post_id"),
    ],
)
def test_a_column_is_known_by_its_name_and_its_aliases(header: str, key: str) -> None:
    column = find_column(POSTS, header)

    assert column is not None
    assert column.key == key


@pytest.mark.parametrize("header", ["Telefoon", "Datum van vandaag", "", None, 3, True])
def test_another_column_is_not_ours(header: object) -> None:
    assert find_column(POSTS, header) is None


@pytest.mark.parametrize(
    ("name", "key"), [("Einde", "end"), ("END", "end"), ("As of", "as_of"), ("Tijdzone", "timezone")]
)
def test_a_setting_is_known_by_its_name_and_its_alias(name: str, key: str) -> None:
    setting = find_setting(name)

    assert setting is not None
    assert setting.key == key


@pytest.mark.parametrize("columns", [*(tab.columns for tab in TABS), SETTINGS])
def test_no_two_columns_of_a_tab_share_a_name(columns: tuple) -> None:
    names = [name.casefold() for column in columns for name in (column.header, *column.aliases)]

    assert len(names) == len(set(names))


def test_a_column_can_be_asked_for_by_its_key() -> None:
    assert CAMPAIGN.column("value").header == "Waarde"
    assert CAMPAIGN.required_keys == {"key", "value"}
