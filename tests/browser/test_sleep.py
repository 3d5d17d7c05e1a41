"""A machine that slept over a dead connection: no old number looks new, and the page finds back by itself."""

import re

import pytest
from playwright.sync_api import Browser, WebSocketRoute, expect
from running import wait_until_drawn

pytestmark = pytest.mark.browser

AS_OF = re.compile(r"^Dit is de stand van \d+ \w+, \d\d:\d\d\.$")


@pytest.mark.parametrize("query", ["als=staff", "als=influencer&wie=Bram"])
def test_after_a_sleep_the_page_says_of_which_moment_it_is_until_the_server_speaks_again(
    browser: Browser, example: str, query: str
) -> None:
    lines: list[WebSocketRoute] = []

    def carry(line: WebSocketRoute) -> None:
        lines.append(line)
        server = line.connect_to_server()
        is_first = len(lines) == 1
        line.on_message(lambda message: None if is_first and is_dead else server.send(message))
        server.on_message(lambda message: None if is_first and is_dead else line.send(message))

    is_dead = False
    page = browser.new_context(locale="nl-BE").new_page()
    page.clock.install()
    page.route_web_socket(re.compile("/_stcore/stream"), carry)
    page.goto(f"{example}/?{query}")
    wait_until_drawn(page)
    page.clock.run_for(2000)
    age, as_of = page.locator(".st-key-age"), page.locator(".as-of")
    expect(age).to_be_visible()
    expect(as_of).to_be_hidden()

    is_dead = True
    page.clock.fast_forward("03:00:00")
    expect(as_of).to_be_visible()
    expect(as_of).to_have_text(AS_OF)
    expect(age).to_be_hidden()
    page.clock.fast_forward("00:15")
    expect(age).to_be_visible()
    expect(as_of).to_be_hidden()
    assert len(lines) == 2
