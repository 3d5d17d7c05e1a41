"""A Google sheet, read with real gspread over real sockets from the stand-in."""

from collections.abc import Iterator

import pytest
from sheets_server import SheetsServer, Spreadsheet

from genkdash.sheet.errors import (
    GoogleAnswerError,
    GoogleNotFoundError,
    GoogleNotSharedError,
    GoogleTabGoneError,
    GoogleTruncatedError,
)
from genkdash.sheet.google import GoogleSheet, Metadata
from genkdash.sheet.tables import RawTab

EMAIL = "genkdash@proef.iam.gserviceaccount.com"
TABS = {
    "Berichten": [["Datum", "Influencer", "Telefoon"], [43206, "Amina", "0470 12 34 56"]],
    "Influencers": [["Naam", "E-mail", "Adres"], ["Amina", "amina@voorbeeld.be", "Stationsstraat 1"]],
    "Thema's": [["Thema"], ["Muziek"]],
    "Campagne": [["Sleutel", "Waarde"], ["Doel", 12]],
    "Tips": [["Tip"], ["Kom eens langs"]],
    "Loonlijst": [["Geheim"], ["1 234 euro"]],
}


class Clock:
    """Monotonic seconds that only pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        yield server


@pytest.fixture
def book(server: SheetsServer) -> Spreadsheet:
    return server.add_spreadsheet("Genk vertelt", TABS, locale="nl_BE", timezone="Europe/Brussels", shared_with=[EMAIL])


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sheet(server: SheetsServer, book: Spreadsheet, clock: Clock) -> Iterator[GoogleSheet]:
    sheet = GoogleSheet(book.id, credentials=server.service_account(EMAIL), api_url=server.url, clock=clock)
    yield sheet
    sheet.close()


def test_five_tabs_are_read_with_one_values_request(server: SheetsServer, sheet: GoogleSheet) -> None:
    assert [tab.title for tab in sheet.read().tabs] == ["Berichten", "Influencers", "Thema's", "Campagne", "Tips"]
    assert len(server.requests("values")) == 1
    assert server.requests("values:batchGet")[0].query["valueRenderOption"] == ["UNFORMATTED_VALUE"]
    assert server.requests("values:batchGet")[0].query["dateTimeRenderOption"] == ["SERIAL_NUMBER"]


def test_a_second_read_asks_for_the_values_only(server: SheetsServer, sheet: GoogleSheet) -> None:
    sheet.read()
    before = len(server.log)
    sheet.read()
    assert [request.path.rpartition(":")[2] for request in server.log[before:]] == ["batchGet"]


def test_title_address_and_tab_numbers_come_with_the_values(sheet: GoogleSheet, book: Spreadsheet) -> None:
    read = sheet.read()
    assert (read.kind, read.name) == ("google", "Genk vertelt")
    assert read.url == f"https://docs.google.com/spreadsheets/d/{book.id}/edit"
    assert read.tabs[0].gid == book.tab("Berichten").sheet_id
    assert read.tabs[1].gid == book.tab("Influencers").sheet_id


def test_dates_are_serials_whatever_the_locale(sheet: GoogleSheet, book: Spreadsheet) -> None:
    book.tab("Berichten").append([43207, "Bilal"])
    assert sheet.read().tabs[0].rows[2][:2] == (43207, "Bilal")


def test_a_long_sheet_comes_whole_though_it_travels_packed(server: SheetsServer) -> None:
    posts = [[43206 + number % 180, f"Naam {number}"] for number in range(5000)]
    book = server.add_spreadsheet("Lang", {"Berichten": [["Datum", "Influencer"], *posts]}, shared_with=[EMAIL])
    sheet = GoogleSheet(book.id, credentials=server.service_account(EMAIL), api_url=server.url)
    rows = sheet.read().tabs[0].rows
    assert len(rows) == 5001
    assert rows[-1] == (43206 + 4999 % 180, "Naam 4999")
    sheet.close()


def test_columns_outside_the_contract_never_leave_the_source(sheet: GoogleSheet) -> None:
    read = sheet.read()
    assert read.tabs[0] == RawTab(
        "Berichten", (("Datum", "Influencer", None), (43206, "Amina", None)), read.tabs[0].gid
    )
    assert "Stationsstraat" not in repr(read)


def test_tabs_outside_the_contract_are_not_even_asked_for(server: SheetsServer, sheet: GoogleSheet) -> None:
    sheet.read()
    assert server.requests("values:batchGet")[0].query["ranges"] == [
        "'Berichten'",
        "'Influencers'",
        "'Thema''s'",
        "'Campagne'",
        "'Tips'",
    ]


def test_a_tab_renamed_to_its_other_name_is_read_in_the_same_read(sheet: GoogleSheet, book: Spreadsheet) -> None:
    sheet.read()
    book.rename("Berichten", "Posts")
    assert sheet.read().tabs[0].title == "Posts"


def test_a_tab_that_is_gone_does_not_fail_the_others(sheet: GoogleSheet, book: Spreadsheet) -> None:
    sheet.read()
    book.rename("Thema's", "Oude thema's")
    assert [tab.title for tab in sheet.read().tabs] == ["Berichten", "Influencers", "Campagne", "Tips"]


def test_a_tab_that_goes_while_it_is_read_twice_is_an_error(
    server: SheetsServer, sheet: GoogleSheet, book: Spreadsheet
) -> None:
    sheet.read()
    book.rename("Berichten", "Posts")
    server.edit_after_metadata(lambda: book.rename("Posts", "Berichten"))
    with pytest.raises(GoogleTabGoneError):
        sheet.read()
    assert sheet.read().tabs[0].title == "Berichten"


def test_a_new_tab_is_found_within_ten_minutes(sheet: GoogleSheet, book: Spreadsheet, clock: Clock) -> None:
    book.rename("Tips", "Kladblok")
    assert len(sheet.read().tabs) == 4
    book.rename("Kladblok", "Tips")
    clock.seconds += 599
    assert len(sheet.read().tabs) == 4
    clock.seconds += 1
    assert len(sheet.read().tabs) == 5


def test_a_missing_tab_of_posts_is_looked_for_at_every_read(sheet: GoogleSheet, book: Spreadsheet) -> None:
    book.rename("Berichten", "Blad1")
    assert "Berichten" not in [tab.title for tab in sheet.read().tabs]
    book.rename("Blad1", "Berichten")
    assert "Berichten" in [tab.title for tab in sheet.read().tabs]


def test_a_sheet_without_any_tab_of_ours_has_no_tabs(server: SheetsServer) -> None:
    book = server.add_spreadsheet("Leeg", {"Blad1": [["x"]]}, shared_with=[EMAIL])
    sheet = GoogleSheet(book.id, credentials=server.service_account(EMAIL), api_url=server.url)
    assert sheet.read().tabs == ()
    assert server.requests("values") == []
    sheet.close()


def test_a_read_only_share_is_enough(server: SheetsServer) -> None:
    book = server.add_spreadsheet("Gedeeld", TABS, read_by=[EMAIL])
    sheet = GoogleSheet(book.id, credentials=server.service_account(EMAIL), api_url=server.url)
    assert sheet.read().name == "Gedeeld"
    sheet.close()


def test_a_sheet_that_is_not_shared_names_the_address_to_share_it_with(server: SheetsServer) -> None:
    book = server.add_spreadsheet("Van een ander", TABS)
    sheet = GoogleSheet(book.id, credentials=server.service_account(EMAIL), api_url=server.url)
    with pytest.raises(GoogleNotSharedError) as caught:
        sheet.read()
    assert caught.value.detail == {"email": EMAIL}
    sheet.close()


def test_a_sheet_that_gets_shared_appears_by_itself(server: SheetsServer, sheet: GoogleSheet) -> None:
    server.fault("not-shared")
    with pytest.raises(GoogleNotSharedError):
        sheet.read()
    server.heal()
    assert sheet.read().name == "Genk vertelt"


def test_a_sheet_that_does_not_exist_is_not_found(server: SheetsServer) -> None:
    sheet = GoogleSheet("1" * 44, credentials=server.service_account(EMAIL), api_url=server.url)
    with pytest.raises(GoogleNotFoundError):
        sheet.read()
    sheet.close()


def test_a_400_that_does_not_go_away_is_told_after_two_tries(server: SheetsServer, sheet: GoogleSheet) -> None:
    server.fault("400", where="values")
    with pytest.raises(GoogleAnswerError) as caught:
        sheet.read()
    assert caught.value.detail == {"status": "400"}
    assert len(server.requests("values:batchGet")) == 2


@pytest.mark.parametrize(
    ("where", "fault"),
    [
        ("values", "wrong-type"),
        ("values", "wrong-type:valueRanges"),
        ("metadata", "wrong-type"),
        ("metadata", "wrong-type:sheets"),
        ("metadata", "wrong-type:properties"),
        ("token", "wrong-type"),
        ("token", "wrong-type:expires_in"),
    ],
)
def test_json_of_another_shape_is_an_error_and_not_a_crash(
    server: SheetsServer, sheet: GoogleSheet, where: str, fault: str
) -> None:
    server.fault(fault, where=where)
    with pytest.raises(GoogleAnswerError):
        sheet.read()
    server.heal()
    assert len(sheet.read().tabs) == 5


@pytest.mark.parametrize("fault", ["empty", "truncate"])
def test_an_answer_that_breaks_off_is_an_error(server: SheetsServer, sheet: GoogleSheet, fault: str) -> None:
    server.fault(fault, where="values")
    with pytest.raises(GoogleTruncatedError):
        sheet.read()


def test_only_a_read_tells_whether_a_google_sheet_changed(sheet: GoogleSheet) -> None:
    assert sheet.fingerprint() is None


def test_metadata_tells_title_locale_and_time_zone(sheet: GoogleSheet, book: Spreadsheet) -> None:
    metadata = sheet.read_metadata()
    assert metadata == Metadata(
        title="Genk vertelt",
        locale="nl_BE",
        timezone="Europe/Brussels",
        gids={title: book.tab(title).sheet_id for title in list(TABS)[:5]},
    )


def test_a_link_works_as_well_as_a_key(server: SheetsServer, book: Spreadsheet) -> None:
    link = f"https://docs.google.com/spreadsheets/d/{book.id}/edit?gid=0#gid=0"
    sheet = GoogleSheet(link, credentials=server.service_account(EMAIL), api_url=server.url)
    assert sheet.read().name == "Genk vertelt"
    sheet.close()
