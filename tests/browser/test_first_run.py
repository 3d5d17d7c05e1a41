"""From the example to a sheet of one's own, in the browser alone, on a phone: the key stays where it is."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import violations
from playwright.sync_api import Browser, expect
from running import open_screen, running_dashboard
from sheets_server import SheetsServer

pytestmark = pytest.mark.browser

EMAIL = "genkdash@proef.iam.gserviceaccount.com"
POSTS = [["Datum", "Influencer", "Titel"], [43206, "Amina", "Mijn straat"], [43207, "Bo", "Aan het water"]]


@pytest.fixture(scope="module")
def google() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        yield server


def test_a_clerk_goes_from_the_example_to_the_own_sheet(browser: Browser, google: SheetsServer, tmp_path: Path) -> None:
    key = google.service_account(EMAIL)
    secret = key["private_key"].splitlines()[1]
    key_file = tmp_path / "sleutel.json"
    key_file.write_text(json.dumps(key))
    sheet = google.add_spreadsheet(
        "Onze sheet", {"Berichten": POSTS}, locale="nl_BE", timezone="Europe/Brussels", shared_with=[]
    )
    api = {"GENKDASH_GOOGLE__API_URL": google.url}
    log, settings = tmp_path / "server.log", tmp_path / "secrets.toml"

    with running_dashboard(None, settings=api, log=log) as url:
        page = open_screen(browser, url, width=360, height=740)
        sent_back: list[bytes] = []
        page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: sent_back.append(bytes(frame))))
        page.reload()
        page.get_by_role("link", name="Verbind je eigen sheet").click()
        path, address = (page.get_by_label(name) for name in ("Plaats van het sleutelbestand", "Adres van de sheet"))
        path.fill(json.dumps(key))
        path.press("Enter")
        expect(page.get_by_text("Dat was een sleutel zelf.")).to_be_visible()
        expect(path).to_have_value("")

        path.fill(str(key_file))
        path.press("Enter")
        expect(page.get_by_text(EMAIL, exact=True)).to_be_visible()
        address.fill(f"https://docs.google.com/spreadsheets/d/{sheet.id}/edit#gid=0")
        address.press("Enter")
        look = page.get_by_role("button", name="Kijk alles na")
        look.click()
        expect(page.get_by_text("De sheet is niet gedeeld met het dashboard.")).to_be_visible()
        expect(page.get_by_text(EMAIL, exact=True)).to_have_count(2)
        assert violations(page) == []

        sheet.readers.add(EMAIL)
        expect(look).to_be_enabled()
        look.click()
        expect(page.get_by_text("Alles is in orde.")).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("button", name="Download secrets.toml").click()
        download.value.save_as(settings)
        page.close()

    assert sent_back
    assert not any(secret.encode() in frame for frame in sent_back)
    assert secret not in log.read_text()
    assert not re.search(r"PRIVATE|private_key", settings.read_text())
    with running_dashboard(None, settings={**api, "GENKDASH_SETTINGS": str(settings)}) as url:
        page = open_screen(browser, f"{url}/sheet_check")
        expect(page.get_by_test_id("stMetricValue")).to_have_text(["2", "0", "2"])
        expect(page.get_by_role("link", name="Verbind je eigen sheet")).to_have_count(0)
        page.close()
