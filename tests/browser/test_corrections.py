"""Staff mend a cell of the Google sheet in one click, and are told when it could not be done."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from outbox_parts import EMAIL
from playwright.sync_api import Browser, Page, expect
from running import open_screen, running_dashboard
from sheets_server import SheetsServer, Spreadsheet

ROWS = [
    ["Datum", "Influencer", "Titel"],
    [43221, "Amnia", "Iftar met veertien"],
    [43222, "Kasai", "Veertien doelpunten"],
    [43223, "Amina", "Met de fiets naar school"],
]


@dataclass
class Desk:
    """The sheet check of a running dashboard, and the sheet behind it."""

    page: Page
    server: SheetsServer
    book: Spreadsheet

    def mend(self, line: str) -> None:
        """Click the button beside a line."""
        row = self.page.get_by_test_id("stHorizontalBlock").filter(has=self.page.get_by_text(line, exact=True))
        row.get_by_role("button", name="Verbeter").last.click()


@pytest.fixture(scope="module")
def desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    key_file = tmp_path_factory.mktemp("key") / "key.json"
    with SheetsServer() as server:
        tabs = {"Berichten": ROWS, "Influencers": [["Naam"], ["Amina"], ["Kasia"]]}
        book = server.add_spreadsheet("Genk vertelt", tabs, locale="nl_BE", shared_with=[EMAIL])
        key_file.write_text(json.dumps(server.service_account(EMAIL)), encoding="utf-8")
        settings = {
            "GENKDASH_GOOGLE__API_URL": server.url,
            "GENKDASH_GOOGLE__SERVICE_ACCOUNT_FILE": str(key_file),
            "GENKDASH_LOG__ENABLED": "true",
        }
        with running_dashboard(book.id, settings=settings) as url:
            page = open_screen(browser, f"{url}/sheet_check")
            yield Desk(page, server, book)
            page.close()


def test_one_click_mends_the_row_and_it_counts(desk: Desk) -> None:
    numbers = desk.page.get_by_test_id("stMetricValue")
    expect(numbers.first).to_have_text("1")
    desk.mend("Berichten B2: “Amnia” wordt “Amina”")
    expect(numbers.first).to_have_text("2")
    expect(desk.page.get_by_text("“Amnia” wordt")).to_have_count(0)
    assert desk.book.tab("Berichten").rows == [ROWS[0], [43221, "Amina", "Iftar met veertien"], *ROWS[2:]]


def test_a_cell_that_changed_meanwhile_is_left_alone_with_a_sentence(desk: Desk) -> None:
    # The screen keeps its picture, while the sender does see the sheet.
    desk.server.fault("503", where=":batchGet")
    desk.book.tab("Berichten").set("B3", "Kas")
    desk.mend("Berichten B3: “Kasai” wordt “Kasia”")
    refusal = desk.page.get_by_text("Niet verbeterd: de cel is intussen veranderd. Kijk ze na in de sheet.")
    expect(refusal).to_be_visible()
    assert desk.book.tab("Berichten").get("B3") == "Kas"
    desk.page.get_by_role("button", name="Begrepen").click()
    expect(refusal).to_have_count(0)
    desk.server.heal()
