"""No page does what our content security policy forbids, and every page works within it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect
from running import note_violations, open_screen, violations, wait_until_drawn
from shared_mode import Shared, shared_dashboard
from workbooks import CAMPAIGN, HEADER, row, save

pytestmark = pytest.mark.browser

SCREENS = (
    "",
    "topics",
    "timeline",
    "reactions",
    "lessons",
    "sheet_check",
    "log_post",
    "methods",
    "accessible",
    "connect",
    "me",
    "screen",
)
CHART, TABLE = ".js-plotly-plot .main-svg", '[data-testid="stDataFrame"] canvas'
DRAWN = {"": CHART, "topics": CHART, "timeline": CHART, "reactions": TABLE, "sheet_check": ".facts"}
PROBES = """async () => {
    const script = document.createElement('script');
    script.textContent = 'window.wasRun = true';
    document.body.append(script);
    document.body.insertAdjacentHTML('beforeend', '<img src="/static/x.png" onerror="window.wasRun = true">');
    const image = new Image();
    image.src = 'https://elsewhere.example/pixel.png';
    document.body.append(image);
    const frame = document.createElement('iframe');
    frame.src = 'https://elsewhere.example/';
    document.body.append(frame);
    await fetch('https://elsewhere.example/').catch(() => null);
    await new Promise(resolve => {
        addEventListener('securitypolicyviolation', event => event.blockedURI === 'eval' && resolve());
        setTimeout('window.wasRun = true', 0);
    });
    return window.wasRun ?? false;
}"""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    folder = tmp_path_factory.mktemp("shared")
    posts = [HEADER, row(date(2018, 5, 1), "Amina", "Muziek"), row(date(2018, 5, 2), "Bo", "Sport")]
    with shared_dashboard(save(folder / "log.xlsx", {"Berichten": posts, "Campagne": CAMPAIGN}), folder) as shared:
        yield shared


def test_every_screen_is_drawn_and_asks_for_nothing_that_is_forbidden(browser: Browser, example: str) -> None:
    page = browser.new_page(locale="nl-BE")
    note_violations(page)
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    for screen in SCREENS:
        page.goto(f"{example}/{screen}")
        wait_until_drawn(page)
        if screen in DRAWN:
            expect(page.locator(DRAWN[screen]).first).to_be_visible()
    page.close()
    assert (violations, broken) == ([], [])


def test_what_the_policy_forbids_does_not_happen_and_would_have_been_seen(browser: Browser, example: str) -> None:
    page = open_screen(browser, example)
    left: list[str] = []
    page.on("response", lambda response: left.append(response.url))
    assert page.evaluate(PROBES) is False
    expect(page.locator("iframe")).to_have_count(1)
    page.close()
    assert [url for url in left if urlsplit(url).hostname == "elsewhere.example"] == []
    seen = " ".join(violations)
    for directive in (
        "script-src-elem inline",
        "script-src-attr inline",
        "img-src",
        "frame-src",
        "connect-src",
        "eval",
    ):
        assert directive in seen, directive
    violations.clear()


def test_no_other_page_can_put_ours_in_a_frame(browser: Browser, example: str, tmp_path: Path) -> None:
    outer = tmp_path / "outer.html"
    outer.write_text(f'<iframe src="{example}"></iframe>', encoding="utf-8")
    page = browser.new_page()
    page.goto(outer.as_uri())
    frame = page.frames[1]
    frame.wait_for_load_state()
    assert frame.locator("#root").count() == 0
    page.close()


@pytest.mark.parametrize(
    "path", ["topics", "aanmelden", "aanmelden/nergens", "afmelden?klaar=1", "link/abc", "geen/pad"]
)
def test_the_pages_before_the_door_keep_within_the_policy_too(browser: Browser, shared: Shared, path: str) -> None:
    page = browser.new_page(locale="nl-BE")
    note_violations(page)
    page.goto(f"{shared.url}/{path}")
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 0
    page.close()


def test_staff_who_signed_in_works_within_the_policy_over_the_named_websocket(browser: Browser, shared: Shared) -> None:
    name, _, value = shared.cookie().partition("=")
    context = browser.new_context(locale="nl-BE")
    context.add_cookies([{"name": name, "value": value, "url": shared.url, "httpOnly": True, "sameSite": "Lax"}])
    page = context.new_page()
    note_violations(page)
    page.goto(f"{shared.url}/timeline")
    wait_until_drawn(page)
    expect(page.locator("h1")).to_have_text(["Wanneer werd er verteld?"])
    page.get_by_role("button", name="Download", exact=True).first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").first.click()
    assert "Amina" in Path(download.value.path()).read_text(encoding="utf-8-sig")
    context.close()
