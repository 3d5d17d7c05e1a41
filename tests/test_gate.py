"""A deep link meets the gate before any of that page's code runs, on a fresh process."""

import pytest
from running import running_dashboard
from wire import has_text, open_tab

PAGES = ["", "topics", "timeline", "sheet_check"]
TITLES = {
    "": "Waar staan we samen?",
    "topics": "Waarover gaat het?",
    "timeline": "Wanneer werd er verteld?",
    "sheet_check": "Klopt de sheet?",
}
REFUSAL = "Geen toegang langs deze weg"


@pytest.mark.parametrize("page", PAGES)
def test_a_first_visit_from_elsewhere_to_a_deep_link_gets_the_refusal_and_nothing_of_the_page(page: str) -> None:
    with running_dashboard(None) as url, open_tab(url, page, host="genkdash.example") as tab:
        tab.run()
        assert has_text(tab.received(), REFUSAL)
        assert not any(has_text(tab.received(), title) for title in TITLES.values())
        assert not has_text(tab.received(), "Amina")
        assert not tab.fragments


@pytest.fixture(scope="module")
def dashboard() -> str:
    with running_dashboard(None) as url:
        yield url


@pytest.mark.parametrize(
    "header", ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip"]
)
def test_a_visit_that_a_proxy_forwarded_is_refused(dashboard: str, header: str) -> None:
    with open_tab(dashboard, headers={header: "127.0.0.1"}) as tab:
        tab.run()
        assert has_text(tab.received(), REFUSAL)
        assert not has_text(tab.received(), "Amina")


@pytest.mark.parametrize("page", PAGES)
def test_a_visit_from_this_machine_gets_the_page(dashboard: str, page: str) -> None:
    with open_tab(dashboard, page, host="localhost") as tab:
        tab.run()
        assert has_text(tab.received(), TITLES[page])
        assert not has_text(tab.received(), REFUSAL)
        assert tab.fragments
