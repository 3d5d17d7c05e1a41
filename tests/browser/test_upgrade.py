"""A page that was open while the server was upgraded goes on with what is served now, without a touch."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect
from running import ROOT, free_port, open_screen, running_dashboard, wait_until_drawn

pytestmark = pytest.mark.browser

PIECE = "**/static/*/PlotlyChart.*.js"


def test_a_page_left_open_over_an_upgrade_takes_the_new_styles_by_itself(browser: Browser, tmp_path: Path) -> None:
    root = tmp_path / "app"
    root.mkdir()
    for name in ("genkdash", "pages", ".streamlit"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "app.py", root)
    port = free_port()
    with running_dashboard(None, port=port, root=root) as url:
        page = open_screen(browser, f"{url}/lessons?als=staff")
        page.evaluate("window.isOfBefore = true")
    with (root / "genkdash" / "static" / "comfort.css").open("a") as styles:
        styles.write("h1 { color: rgb(1, 2, 3) !important; }")
    with running_dashboard(None, port=port, root=root):
        expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
        wait_until_drawn(page)
        assert page.evaluate("window.isOfBefore === undefined")


def test_a_page_that_needs_a_piece_of_before_the_upgrade_asks_for_itself_anew(browser: Browser, example: str) -> None:
    gone: list[str] = []

    def is_gone_once(route: Route) -> None:
        gone.append(route.request.url)
        if len(gone) > 1:
            route.fallback()
        else:
            route.fulfill(status=404, body="gone")

    context = browser.new_context(locale="nl-BE")
    page = context.new_page()
    page.route(PIECE, is_gone_once)
    page.goto(f"{example}/timeline?als=staff")
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    assert len(gone) > 1
