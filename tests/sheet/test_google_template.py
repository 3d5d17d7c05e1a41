"""The template in Google Sheets, made and completed with real gspread over real sockets from the stand-in.

The stand-in refuses every request that Google's discovery document does not describe.
"""

import copy
import dataclasses
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheets_server import Formula, SheetsServer, Spreadsheet, Tab
from sheets_server.cells import Cell

from genkdash.sheet.contract import TABS
from genkdash.sheet.errors import GoogleDownError, GoogleMayNotCreateError, GoogleReadOnlyError
from genkdash.sheet.google import GoogleSheet
from genkdash.sheet.google_template import Made, TemplateSheet
from genkdash.sheet.google_template_plan import Step, plan
from genkdash.sheet.google_template_state import BookState
from genkdash.sheet.template import note_keys, template

EMAIL = "genkdash@proef.iam.gserviceaccount.com"
# Few rows, so that the stand-in is quick about them.
FORMS = tuple(
    dataclasses.replace(form, rows=20) for form in template({key: f"uitleg bij {key}" for key in note_keys()})
)
PROTECTION = "Kolomnamen"
BELGIAN = {"locale": "nl_BE", "timezone": "Europe/Brussels"}


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        yield server


@pytest.fixture
def door(server: SheetsServer) -> Iterator[TemplateSheet]:
    door = TemplateSheet(credentials=server.service_account(EMAIL), api_url=server.url, may_share=True)
    yield door
    door.close()


def create(door: TemplateSheet) -> Made:
    return door.create("Genk vertelt", FORMS, PROTECTION, share_with=["griet@genk.be", "tom@genk.be"])


def only_book(server: SheetsServer) -> Spreadsheet:
    [book] = server.books.values()
    return book


def codes(made: Made) -> list[str]:
    return [step.code for step in made.steps]


def changes(server: SheetsServer) -> list[str]:
    """Return the requests that change something, apart from the token's."""
    return [request.path for request in server.log if request.method != "GET" and request.path != "/token"]


def check_of(tab: Tab, row: int, column: int) -> tuple[str, list[str], bool]:
    """Return kind, values and strictness of the rule on a cell."""
    rule = tab.dress.cell(row, column)["dataValidation"]
    values = [value["userEnteredValue"] for value in rule["condition"].get("values", [])]
    return rule["condition"]["type"], values, rule["strict"]


def test_a_new_sheet_has_all_tabs_is_belgian_and_is_shared(door: TemplateSheet, server: SheetsServer) -> None:
    made = create(door)
    book = only_book(server)
    assert [tab.title for tab in book.tabs] == [tab.title for tab in TABS]
    assert (book.title, book.locale, book.timezone) == ("Genk vertelt", "nl_BE", "Europe/Brussels")
    assert book.writers == {EMAIL, "griet@genk.be", "tom@genk.be"}
    assert made.url == f"https://docs.google.com/spreadsheets/d/{book.id}/edit"
    assert codes(made) == ["tab-added"] * 7 + ["shared"] * 2
    posts = book.tab("Berichten")
    assert posts.rows[0][:4] == ["Datum", "Influencer", "Platform", "Thema's"]
    assert posts.frozen_rows == 1


def test_dropdowns_checks_formats_notes_bands_and_protection_are_there(
    door: TemplateSheet, server: SheetsServer
) -> None:
    create(door)
    posts, people = only_book(server).tab("Berichten"), only_book(server).tab("Influencers")
    assert check_of(posts, 1, 0) == ("DATE_IS_VALID", [], True)
    assert check_of(posts, 20, 1) == ("ONE_OF_RANGE", ["='Influencers'!$A$2:$A"], True)
    assert check_of(posts, 1, 3) == ("ONE_OF_RANGE", ["='Thema''s'!$A$2:$A"], False)
    assert check_of(posts, 1, 5) == ("TEXT_IS_URL", [], False)
    assert check_of(posts, 1, 7) == ("NUMBER_GREATER_THAN_EQ", ["0"], True)
    assert check_of(people, 1, 8) == ("BOOLEAN", [], True)
    assert posts.dress.cell(1, 0)["dataValidation"]["inputMessage"] == "uitleg bij posts.date"
    assert "inputMessage" not in posts.dress.cell(1, 5)["dataValidation"]
    pattern = {"type": "DATE", "pattern": "yyyy-mm-dd"}
    assert posts.dress.cell(1, 0)["userEnteredFormat"]["numberFormat"] == pattern
    assert posts.dress.cell(0, 0)["note"] == "uitleg bij posts.date"
    assert [band["range"]["endColumnIndex"] for band in posts.dress.bandings] == [13]
    [protection] = posts.dress.protections
    assert (protection["warningOnly"], protection["range"]["endRowIndex"]) == (True, 1)


def test_a_second_run_sends_no_change_and_no_second_mail(door: TemplateSheet, server: SheetsServer) -> None:
    made = create(door)
    before = changes(server)
    again = door.complete(made.url, FORMS, PROTECTION, share_with=["Griet@genk.be"])
    assert changes(server) == before
    assert again.steps == ()


def test_a_new_sheet_is_read_by_the_dashboard(door: TemplateSheet, server: SheetsServer) -> None:
    made = create(door)
    sheet = GoogleSheet(made.url, credentials=server.service_account(EMAIL), api_url=server.url)
    assert [tab.title for tab in sheet.read().tabs] == [tab.title for tab in TABS]
    sheet.close()


def test_a_sheet_with_posts_and_columns_of_its_own_keeps_every_cell(door: TemplateSheet, server: SheetsServer) -> None:
    posts = [
        ["Ons logboek", None, None],
        ["Date", "Telefoon", "Naam"],
        [43206, "0470 12 34 56", "Amina"],
        ["gisteren", None, Formula("=UPPER(C3)", "AMINA")],
    ]
    tabs = {"Posts": posts, "Loonlijst": [["Geheim"], ["1 234 euro"]]}
    book = server.add_spreadsheet("Ons logboek", tabs, **BELGIAN, shared_with=[EMAIL])
    made = door.complete(book.id, FORMS, PROTECTION)

    tab = book.tab("Posts")
    assert [row[:3] for row in tab.rows[:4]] == posts
    assert tab.rows[1][3:6] == ["Platform", "Thema's", "Titel"]
    assert book.tab("Loonlijst").rows == tabs["Loonlijst"]
    assert book.tab("Loonlijst").dress.cells == {}
    assert tab.frozen_rows == 2
    # the values are shown as before, and the dropdown is fed from where the names stand
    assert "userEnteredFormat" not in tab.dress.cell(2, 0)
    assert check_of(tab, 2, 2) == ("ONE_OF_RANGE", ["='Influencers'!$A$2:$A"], True)
    assert tab.dress.cell(1, 0)["note"] == "uitleg bij posts.date"
    added = ("Platform", "Thema's", "Titel", "Link", "Vorm", "Likes", "Reacties", "Gedeeld", "Bereik")
    assert made.steps[0] == Step("columns-added", {"tab": "Posts"}, (*added, "Gemeten op", "Bericht-ID"))
    assert codes(made).count("tab-added") == 6
    assert door.complete(book.id, FORMS, PROTECTION).steps == ()


def test_what_somebody_made_already_stays(door: TemplateSheet, server: SheetsServer) -> None:
    made = create(door)
    book = only_book(server)
    tab = book.tab("Berichten")
    own = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "Roos"}]}, "strict": True}
    tab.dress.cells = {(0, 0): {"note": "Van Griet"}, (5, 1): {"dataValidation": own}}
    tab.dress.cells[1, 7] = {"userEnteredFormat": {"numberFormat": {"type": "NUMBER", "pattern": "0"}}}
    tab.frozen_rows = 3
    kept, protected = copy.deepcopy(tab.dress.cells), copy.deepcopy(tab.dress.protections)
    again = door.complete(made.url, FORMS, PROTECTION)
    assert {place: tab.dress.cell(*place) for place in kept} == kept | {
        (1, 7): {**kept[1, 7], "dataValidation": tab.dress.cell(1, 7)["dataValidation"]}
    }
    assert check_of(tab, 5, 1) == ("ONE_OF_LIST", ["Roos"], True)
    assert "dataValidation" not in tab.dress.cell(1, 1)
    assert (tab.frozen_rows, tab.dress.protections) == (3, protected)
    assert codes(again) == ["notes", "formats", "rules"]


def test_a_blank_sheet_becomes_belgian_and_another_one_is_only_told(door: TemplateSheet, server: SheetsServer) -> None:
    blank = server.add_spreadsheet("Naamloos", {"Blad1": []}, shared_with=[EMAIL])
    made = door.complete(blank.id, FORMS, PROTECTION)
    assert (blank.locale, blank.timezone) == ("nl_BE", "Europe/Brussels")
    assert blank.tabs[0].title == "Berichten"
    assert codes(made) == ["locale", "timezone", *["tab-added"] * 7, "blank-tab"]

    used = server.add_spreadsheet("Bezet", {"Blad1": [["iets"]]}, shared_with=[EMAIL])
    told = door.complete(used.id, FORMS, PROTECTION)
    assert (used.locale, used.timezone) == ("en_US", "Etc/GMT")
    assert [(step.code, step.is_left) for step in told.steps[:2]] == [
        ("other-locale", True),
        ("other-timezone", True),
    ]


def test_a_dry_run_tells_the_same_and_changes_nothing(door: TemplateSheet, server: SheetsServer) -> None:
    book = server.add_spreadsheet("Naamloos", {"Blad1": []}, shared_with=[EMAIL])
    dry = door.complete(book.id, FORMS, PROTECTION, share_with=["griet@genk.be"], is_dry=True)
    assert changes(server) == []
    assert [tab.title for tab in book.tabs] == ["Blad1"]
    assert door.complete(book.id, FORMS, PROTECTION, share_with=["griet@genk.be"]).steps == dry.steps


def test_missing_keys_of_campaign_come_below_what_is_there(door: TemplateSheet, server: SheetsServer) -> None:
    campaign = [["Sleutel", "Waarde", "Wie"], ["Start", 43206, "Griet"], ["Goal", 5, None]]
    book = server.add_spreadsheet("S", {"Campagne": campaign}, **BELGIAN, shared_with=[EMAIL])
    made = door.complete(book.id, FORMS, PROTECTION)
    rows = book.tab("Campagne").rows
    assert [row[:2] for row in rows[:3]] == [row[:2] for row in campaign]
    assert [row[0] for row in rows[3:]] == ["Naam", "Einde", "Doel", "Tijdzone", "Peildatum"]
    assert rows[5][1] == 12
    assert Step("settings-added", {"tab": "Campagne"}, ("Naam", "Einde", "Doel", "Tijdzone", "Peildatum")) in made.steps


def test_a_tab_without_its_column_names_is_left_alone(door: TemplateSheet, server: SheetsServer) -> None:
    posts = [["Wanneer", "Influencer"], [43206, "Amina"]]
    book = server.add_spreadsheet("S", {"Berichten": posts}, **BELGIAN, shared_with=[EMAIL])
    made = door.complete(book.id, FORMS, PROTECTION)
    assert book.tab("Berichten").rows == posts
    assert book.tab("Berichten").dress.cells == {}
    assert Step("no-header", {"tab": "Berichten"}, ("Datum",)) in made.steps


def test_checkboxes_never_hide_what_was_typed(door: TemplateSheet, server: SheetsServer) -> None:
    people = {"Influencers": [["Naam", "Toon op scherm"], ["Amina", "ja"]]}
    book = server.add_spreadsheet("S", people, **BELGIAN, shared_with=[EMAIL])
    door.complete(book.id, FORMS, PROTECTION)
    assert "dataValidation" not in book.tab("Influencers").dress.cell(1, 1)


def test_a_service_account_without_storage_is_told_the_other_way(door: TemplateSheet, server: SheetsServer) -> None:
    server.take_storage()
    with pytest.raises(GoogleMayNotCreateError) as refusal:
        create(door)
    assert refusal.value.detail == {"email": EMAIL}


def test_an_account_that_may_only_read_changes_nothing(door: TemplateSheet, server: SheetsServer) -> None:
    book = server.add_spreadsheet("S", {"Berichten": []}, **BELGIAN, read_by=[EMAIL])
    with pytest.raises(GoogleReadOnlyError):
        door.complete(book.id, FORMS, PROTECTION)


def test_a_new_sheet_that_could_not_be_filled_can_be_found_and_completed(
    door: TemplateSheet, server: SheetsServer
) -> None:
    server.fault("503", times=1, where=":batchUpdate")
    made = create(door)
    assert isinstance(made.failure, GoogleDownError)
    assert codes(made) == ["shared", "shared", "not-filled"]
    door.complete(made.url, FORMS, PROTECTION)
    assert only_book(server).tab("Tips").rows[0][:3] == ["Datum", "Influencer", "Tip"]


def test_with_the_drive_api_off_the_page_that_switches_it_on_is_named(
    door: TemplateSheet, server: SheetsServer
) -> None:
    book = server.add_spreadsheet("S", {"Blad1": []}, **BELGIAN, shared_with=[EMAIL])
    server.fault("drive-disabled")
    made = door.complete(book.id, FORMS, PROTECTION, share_with=["griet@genk.be"])
    assert made.steps[-1] == Step(
        "drive-off",
        {
            "email": "griet@genk.be",
            "project": "1234567890",
            "link": "https://console.cloud.google.com/apis/library/drive.googleapis.com?project=1234567890",
        },
    )


def test_a_tab_whose_name_a_chart_has_is_told() -> None:
    state = BookState("S", "nl_BE", "Europe/Brussels", {}, frozenset({7}), charts=frozenset({"tips"}))
    steps = plan(state, FORMS, PROTECTION).steps
    assert Step("not-a-grid", {"tab": "Tips"}) in steps
    assert len([step for step in steps if step.code == "tab-added"]) == 6


def test_an_address_that_can_not_be_shared_with_keeps_the_sheet_from_nothing(
    door: TemplateSheet, server: SheetsServer
) -> None:
    book = server.add_spreadsheet("S", {"Blad1": []}, **BELGIAN, shared_with=[EMAIL])
    server.fault("403", where="/permissions")
    made = door.complete(book.id, FORMS, PROTECTION, share_with=["griet@genk.be"])
    assert made.steps[-1] == Step("share-failed", {"email": "griet@genk.be"})
    assert book.tabs[0].title == "Berichten"


TITLES = st.sampled_from(["Berichten", "Posts", "Influencers", "Thema's", "THEMAS", "Campagne", "Tips", "Ons blad"])
HEADERS = st.sampled_from(
    ["Datum", "Naam", "Influencer", "Thema", "Tip", "Sleutel", "Waarde", "Start", "Gsm", "datum "]
)
CELLS = st.none() | HEADERS | st.booleans() | st.integers(0, 50_000) | st.text(max_size=5).filter(str.isprintable)
ROWS = st.lists(st.lists(CELLS, max_size=6), max_size=5)


@given(tabs=st.dictionaries(TITLES, ROWS, min_size=1, max_size=4))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_there_stays_and_a_second_run_finds_nothing(
    tabs: dict[str, list[list[Cell]]], door: TemplateSheet, server: SheetsServer
) -> None:
    book = server.add_spreadsheet("S", tabs, **BELGIAN, shared_with=[EMAIL])
    before = {tab.title: copy.deepcopy(tab.rows) for tab in book.tabs}
    first = door.complete(book.id, FORMS, PROTECTION)
    for title, rows in before.items():
        now = book.tab(title)
        assert {
            (row, column): now.cell(row, column) for row, line in enumerate(rows) for column, _ in enumerate(line)
        } == {
            (row, column): cell if not is_free(cell) else now.cell(row, column)
            for row, line in enumerate(rows)
            for column, cell in enumerate(line)
        }
    second = door.complete(book.id, FORMS, PROTECTION)
    assert [step for step in second.steps if not step.is_left] == []
    assert [step for step in first.steps if step.is_left and step.code != "blank-tab"] == list(second.steps)


def is_free(cell: Cell) -> bool:
    """Tell whether a header or a key may come in this cell."""
    return cell is None or cell is False or (isinstance(cell, str) and not cell.strip())
