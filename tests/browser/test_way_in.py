"""An open page whose reader is no longer known leads to the sign-in page by itself, and back from there."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from running import free_port, note_violations, wait_until_drawn
from shared_mode import shared_dashboard
from workbooks import CAMPAIGN, HEADER, row, save

pytestmark = pytest.mark.browser


def test_after_a_sign_in_ended_an_open_page_leads_to_the_sign_in_and_not_to_a_lost_connection(
    browser: Browser, tmp_path: Path
) -> None:
    source = save(tmp_path / "log.xlsx", {"Berichten": [HEADER, row(date(2018, 5, 1), "Amina")], "Campagne": CAMPAIGN})
    port = free_port()
    context = browser.new_context(locale="nl-BE")
    page = context.new_page()
    note_violations(page)
    with shared_dashboard(source, tmp_path, port=port) as shared:
        name, _, value = shared.cookie().partition("=")
        context.add_cookies([{"name": name, "value": value, "url": shared.url}])
        page.goto(f"{shared.url}/topics?taal=en")
        wait_until_drawn(page)
    context.clear_cookies(name=name)
    with shared_dashboard(source, tmp_path, port=port) as shared:
        expect(page).to_have_url(f"{shared.url}/aanmelden?naar=/topics&taal=en", timeout=60_000)
        expect(page.locator("h1")).to_have_text(["Sign in"])
    context.close()
