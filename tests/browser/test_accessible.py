"""Can everybody use it? axe-core on every page, and what axe can't see: keyboard, zoom, thumbs, motion, language."""

from collections.abc import Iterator

import pytest
from axe import violations
from playwright.sync_api import Browser, Locator, Page, expect
from running import open_screen, wait_until_drawn

pytestmark = pytest.mark.browser

SCREENS = [
    "",
    "topics",
    "timeline",
    "timeline?influencer=Bram",
    "reactions",
    "lessons",
    "sheet_check",
    "log_post",
    "methods",
    "accessible",
    "connect",
    "me",
    "screen",
    "timeline?stand=2018-07-01&taal=en",
]
EVERY_PAGE = [
    "",
    "topics",
    "timeline?influencer=Bram",
    "reactions",
    "lessons",
    "sheet_check",
    "log_post",
    "me",
    "methods",
]
EVERY_PAGE += ["accessible", "connect"]
SIZES = [(1440, 900), (360, 740)]
OURS = ":is(button, a, input, [role='slider'])"


def settle(page: Page) -> None:
    """Wait until charts and tables have come and nothing fades in any more."""
    page.wait_for_load_state("networkidle")
    wait_until_drawn(page)
    page.wait_for_function(
        """() => document.getAnimations().every(one => one.playState !== "running"
            || one.effect.getComputedTiming().iterations === Infinity)"""
    )


@pytest.fixture(scope="module", params=EVERY_PAGE)
def shown(request: pytest.FixtureRequest, browser: Browser, example: str) -> Iterator[Page]:
    """A page in light, for all that only looks at it; each looks at the size that it is about."""
    page = open_screen(browser, f"{example}/{request.param}")
    yield page
    page.close()


def resize(page: Page, width: int, height: int) -> None:
    """Make the window this large, and wait until the page has taken its place in it."""
    page.set_viewport_size({"width": width, "height": height})
    settle(page)


# Everything a mouse can press, numbered as it stands on the page. Of a group of choices one is enough: the arrow keys
# lead to the others.
PRESSABLE = """() => [...document.querySelectorAll(".stApp :is(a[href], button, input, [role=slider], [tabindex='0'])")]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex >= 0
        && !e.closest("[aria-hidden=true], [inert]")
        && !(e.matches("[type=radio], [role=radio]") && !(e.checked || e.ariaChecked === "true"))
        && !(e.closest("[data-testid=stButtonGroup]") && e.matches("button ~ button, * ~ * > button")))
    .map((e, number) => { e.dataset.number = number; return e.ariaLabel || e.innerText || e.outerHTML.slice(0, 80) })"""


def test_the_tab_key_comes_by_all_that_can_be_pressed_and_out_again(shown: Page) -> None:
    page = shown
    resize(page, 1440, 900)
    there: list[str] = page.evaluate(PRESSABLE)
    reached: set[int] = set()
    for _ in range(len(there) + 30):  # a table that sorts takes a press for each of its columns
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        number = page.evaluate("document.activeElement.dataset.number")
        reached |= set() if number is None else {int(number)}
    assert page.evaluate("document.activeElement === document.body")
    assert [name for number, name in enumerate(there) if number not in reached] == []


def test_axe_finds_nothing_on_a_desk_nor_on_a_phone(shown: Page) -> None:
    for width, height in SIZES:
        resize(shown, width, height)
        assert violations(shown) == []


@pytest.mark.parametrize(
    ("path", "dark"),
    [*((path, True) for path in SCREENS), *((path, False) for path in SCREENS if path not in EVERY_PAGE)],
)
def test_axe_finds_nothing_in_the_dark_nor_on_the_pages_of_few_controls(
    browser: Browser,
    example: str,
    path: str,
    dark: bool,  # noqa: FBT001 -- a theme is one of two
) -> None:
    page = open_screen(browser, f"{example}/{path}", dark=dark)
    for width, height in SIZES:
        resize(page, width, height)
        assert violations(page) == []
    page.close()


@pytest.mark.parametrize("path", ["", "topics", "timeline", "reactions", "me"])
def test_every_chart_has_a_table_behind_a_switch_that_axe_accepts(browser: Browser, example: str, path: str) -> None:
    page = open_screen(browser, f"{example}/{path}")
    settle(page)
    if path == "me":
        page.get_by_text("Toon dag na dag").click()
        settle(page)
    switches = page.get_by_test_id("stCheckbox").filter(has_text="Toon als tabel")
    charts = page.locator("[data-testid=stPlotlyChart], .strips, .month")
    expect(page.get_by_role("link", name="Toegankelijkheid")).to_be_visible()  # the foot: all above it has been drawn
    expect(switches).not_to_have_count(0)
    expect(charts).to_have_count(switches.count())
    always_there = page.get_by_test_id("stTable").count()
    for number in range(switches.count()):
        switches.nth(number).locator("label").click()
        expect(page.get_by_test_id("stTable")).to_have_count(always_there + number + 1)
    assert page.locator("[data-testid=stTable] th[scope=col]").count() > 0
    assert page.locator("[data-testid=stTable] th[scope=row]").count() > 0
    for width, height in SIZES:
        resize(page, width, height)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []
    page.close()


def test_a_table_stays_open_on_another_screen_and_in_the_other_language(browser: Browser, example: str) -> None:
    page = open_screen(browser, f"{example}/timeline")
    page.get_by_test_id("stCheckbox").filter(has_text="Toon als tabel").locator("label").click()
    expect(page.get_by_test_id("stTable")).to_contain_text("Bericht")
    page.get_by_text("EN", exact=True).click()
    expect(page.get_by_test_id("stTable")).to_contain_text("Post")
    page.close()


def stops(page: Page, presses: int) -> Iterator[str]:
    """What the Tab key reaches, one press after the other, by the name a screen reader says."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        yield page.evaluate(
            """() => { const e = document.activeElement;
                return (e.getAttribute("aria-label") || e.innerText || "").replaceAll("\\n", " ").trim() }"""
        )


def test_the_keyboard_reaches_everything_in_the_order_of_the_screen(browser: Browser, example: str) -> None:
    page = open_screen(browser, f"{example}/timeline")
    reached = list(stops(page, 24))
    wanted = ["Ga naar de inhoud", "Overzicht", "Zo rekenen we", "Menu", "Ververs nu", "NL", "Influencer"]
    places = [next((at for at, name in enumerate(reached) if want in name), None) for want in wanted]
    assert None not in places, list(zip(wanted, places, strict=True))
    assert places == sorted(place for place in places if place is not None)
    page.close()


def test_with_the_keyboard_alone_one_opens_a_screen_switches_the_language_and_filters(
    browser: Browser, example: str
) -> None:
    page = open_screen(browser, f"{example}/")
    link = page.get_by_test_id("stTopNavLink").filter(has_text="Tijdlijn")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(["Wanneer werd er verteld?"])
    page.get_by_role("radio", name="NL").or_(page.get_by_role("button", name="NL", exact=True)).first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(["When was it told?"])
    page.get_by_role("combobox").first.focus()
    page.keyboard.type("Bra")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Posts by Bram")).to_be_visible()
    page.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_where_the_keyboard_is_can_be_seen(browser: Browser, example: str, dark: bool) -> None:  # noqa: FBT001 -- a theme is one of two
    page = open_screen(browser, f"{example}/timeline", dark=dark)
    unseen = []
    for name in stops(page, 20):
        ring = page.evaluate(
            """() => { const e = document.activeElement;
                const style = getComputedStyle(e);
                return {tag: e.tagName, width: parseFloat(style.outlineWidth), style: style.outlineStyle} }"""
        )
        if ring["tag"] in {"A", "BUTTON"} and (ring["style"] == "none" or ring["width"] < 2):
            unseen.append(name)
    assert unseen == []
    switch = page.get_by_test_id("stCheckbox").locator("input").first
    switch.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert switch.evaluate("e => getComputedStyle(e.closest('label')).outlineStyle") == "solid"
    page.close()


def test_at_200_percent_nothing_is_lost(shown: Page) -> None:
    page = shown
    resize(page, 720, 450)  # what a window of 1440 by 900 has room for then
    assert page.evaluate("document.documentElement.scrollWidth") <= 720
    cut_off = page.evaluate(
        """() => [...document.querySelectorAll(".stApp *")]
            .filter(e => e.innerText && e.clientWidth > 30 && e.scrollWidth > e.clientWidth + 2
                && ["hidden", "clip"].includes(getComputedStyle(e).overflowX)
                && !e.closest(".js-plotly-plot, [data-testid=stDataFrame], [data-testid=stHeader]"))
            .map(e => e.innerText)"""
    )
    assert cut_off == []


def small_targets(page: Page) -> list[str]:
    """Every control of ours under 44 by 44 pixels; a link inside a sentence is as high as its line (WCAG 2.5.5)."""
    found: list[str] = page.evaluate(
        f"""() => [...document.querySelectorAll(".stApp {OURS}")]
            .filter(e => e.checkVisibility() && !e.matches("[data-testid=stSkipToContent]")
                && !e.closest("p a, li a, [data-testid=stHeaderActionElements]"))
            .map(e => {{
                const whole = e.matches("input, [data-testid=stSelectbox] button") && e.closest("[role=group]");
                const box = (whole || (e.closest("label") ?? e)).getBoundingClientRect();
                const around = getComputedStyle(e, "::after");
                const more = around.position === "absolute" ? -2 * parseFloat(around.top) : 0;
                return [box.width + more, box.height + more, e.innerText || e.getAttribute("aria-label")] }})
            .filter(([width, height]) => width < 44 || height < 44)
            .map(([width, height, name]) => `${{name}}: ${{width}} x ${{height}}`)"""
    )
    return found


def test_on_a_phone_every_target_has_room_for_a_thumb(shown: Page) -> None:
    resize(shown, 360, 740)
    assert small_targets(shown) == []


def longest_motion(page: Page) -> float:
    """The longest transition or animation of anything on the page, in seconds."""
    seconds: float = page.evaluate(
        """() => Math.max(...[...document.querySelectorAll("*")].flatMap(e => {
            const style = getComputedStyle(e);
            return `${style.transitionDuration},${style.animationDuration}`.split(",").map(parseFloat) }))"""
    )
    return seconds


def test_nothing_moves_for_who_asked_for_no_motion(browser: Browser, example: str) -> None:
    page = browser.new_page(reduced_motion="reduce", locale="nl-BE")
    page.goto(f"{example}/")
    wait_until_drawn(page)
    assert longest_motion(page) < 0.001
    page.emulate_media(reduced_motion="no-preference")
    assert longest_motion(page) > 0.05
    page.close()


def language(page: Page) -> str:
    found: str = page.evaluate("document.documentElement.lang")
    return found


def test_the_page_says_its_language_before_and_after_a_switch(browser: Browser, example: str) -> None:
    page = open_screen(browser, f"{example}/topics?taal=en")
    assert language(page) == "en"
    page.get_by_text("NL", exact=True).click()
    expect(page.locator("h1")).to_have_text(["Waarover gaat het?"])
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    page.get_by_text("EN", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_test_id("stTopNavLink").first.click()
    expect(page.locator("h1")).to_have_text(["Where do we stand together?"])
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.close()


def names(parts: Locator) -> list[str]:
    return [part.get_attribute("aria-label") or part.inner_text() for part in parts.all()]


def test_streamlits_own_words_speak_the_language_of_the_page(browser: Browser, example: str) -> None:
    page = open_screen(browser, f"{example}/")
    skip = page.get_by_test_id("stSkipToContent")
    menu = page.get_by_test_id("stMainMenuButton")
    expect(skip).to_have_text("Ga naar de inhoud")
    expect(menu).to_have_attribute("aria-label", "Menu")
    help_marks = page.get_by_test_id("stTooltipHoverTarget").locator("button[aria-label]")
    expect(help_marks.first).to_have_attribute("aria-label", "Uitleg bij Samen op weg")
    assert [name for name in names(help_marks) if name.startswith("Help")] == []
    menu.click()
    expect(page.get_by_test_id("stMainMenuPopover")).to_contain_text("Druk af")
    page.keyboard.press("Escape")
    page.get_by_text("EN", exact=True).click()
    expect(skip).to_have_text("Skip to main content")
    expect(menu).to_have_attribute("aria-label", "Main menu")
    page.close()


def test_our_own_face_is_on_the_screen_and_in_the_charts_and_comes_from_here(browser: Browser, example: str) -> None:
    page = browser.new_page(locale="nl-BE")
    asked: list[str] = []
    missing: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda answer: missing.append(answer.url) if answer.status == 404 else None)
    page.goto(f"{example}/topics")
    wait_until_drawn(page)
    settle(page)
    loaded = page.evaluate("[...document.fonts].filter(one => one.status === 'loaded').map(one => one.family)")
    assert "Hanken Grotesk" in loaded
    for part in ("h1", "p", ".js-plotly-plot text"):
        face = page.locator(part).first.evaluate("e => getComputedStyle(e).fontFamily")
        assert face.startswith('"Hanken Grotesk"'), part
    assert [url for url in asked if not url.startswith((example, "ws://127.0.0.1", "data:", "blob:"))] == []
    assert [url for url in missing if "/_stcore/" not in url] == []  # Streamlit tries where its own health check is
    page.close()


def test_every_page_leads_to_the_statement(shown: Page) -> None:
    statement = shown.get_by_role("heading", name="Toegankelijkheids", level=1)
    expect(shown.get_by_role("link", name="Toegankelijkheid").or_(statement)).to_be_visible()


def test_the_statement_is_one_click_away(browser: Browser, example: str) -> None:
    page = open_screen(browser, f"{example}/topics")
    page.get_by_role("link", name="Toegankelijkheid").click()
    expect(page.locator("h1")).to_have_text(["Toegankelijkheids\N{SOFT HYPHEN}verklaring"])
    page.close()
