"""One browser and one dashboard on the example for all browser tests; in CI a missing browser is a failure."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from running import chromium, find_chromium, running_dashboard, shared_context, violations


@pytest.fixture(scope="module")  # it keeps an event loop in this thread, which other tests want for themselves
def browser() -> Iterator[Browser]:
    if find_chromium() is None:
        if os.environ.get("CI"):
            pytest.fail("the browser tests need Chromium, and there is none")
        pytest.skip("no Chromium here: install it (sudo apt install chromium) to run the browser tests")
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def example() -> Iterator[str]:
    with running_dashboard(None) as url:
        yield url


@pytest.fixture(autouse=True)
def _within_our_policy() -> Iterator[None]:
    """Fail a test in which a page did what our content security policy forbids, whatever else the test was about."""
    violations.clear()
    yield
    assert not violations


@pytest.fixture(autouse=True)
def _pages_end_with_their_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Close what a test opened: a page that stays open asks its server for news every second, and slows the next."""
    if "browser" not in request.fixturenames:
        yield
        return
    browser: Browser = request.getfixturevalue("browser")
    shared = shared_context(browser)
    before, pages_before = list(browser.contexts), list(shared.pages)
    yield
    for page in shared.pages:
        if page not in pages_before:
            page.close()
    for context in browser.contexts:
        if context not in before:
            context.close()
