"""No English on a Dutch page: what is read, what a screen reader says, what stands along axes and under a pointer."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from running import wait_until_drawn

from genkdash.sheet.platforms import USUAL_FORMS

pytestmark = pytest.mark.browser

# Words that no Dutch sentence holds and no text of the example; Dutch borrows "live", "download", "likes" and "post".
ENGLISH = """
    the and with from this that your you not are has have been it
    show hide search select choose choice option close clear settings rerun print copy help view fullscreen sort menu_
    loading running connecting connection please error warning empty none unknown results columns column rows row
    posts day days date month months year years ago yesterday today tomorrow now since until between about
    total target done expected average mean median count number share shares comments reach topic topics story stories
    meeting break silence influence page pages link_ icon heading chart table_ legend sidebar main
    january february march may june july august october mon tue wed thu fri sat sun mar oct
"""
STOPPED = re.compile(rf"\b({'|'.join(word for word in ENGLISH.split() if not word.endswith('_'))})\b", re.IGNORECASE)
SCREENS = [
    "",
    "topics",
    "timeline",
    "timeline?influencer=Bram",
    "reactions",
    "lessons",
    "sheet_check",
    "log_post",
    "accessible",
]
SCREENS += ["connect", "me?als=influencer&wie=Amina", "me?als=influencer&wie=Yannis"]
SCREENS += [f"screen?scenes={scene}" for scene in ("team", "strip", "topics", "since", "lessons", "latest")]

# Each text on its own: of an element, of its attributes, of a chart's axes, and of what it says under a pointer.
SAID = """() => {
    const said = [document.title];
    for (const element of document.querySelectorAll("body *:not(script, style, noscript)")) {
        if (element.closest("[data-testid=stIconMaterial], [aria-hidden=true]")) continue;  // a drawing, in letters
        for (const name of ["aria-label", "aria-description", "placeholder", "title", "alt", "data-title"]) {
            if (element.getAttribute(name)) said.push(element.getAttribute(name));
        }
        for (const node of element.childNodes) {
            if (node.nodeType === Node.TEXT_NODE && node.data.trim()) said.push(node.data);
        }
    }
    for (const chart of document.querySelectorAll(".js-plotly-plot")) {
        const {layout, data} = chart;
        for (const trace of data) {
            said.push(...[trace.name, trace.hovertemplate, trace.hovertext, trace.text].flat().filter(Boolean));
        }
        for (const axis of Object.keys(layout).filter(name => /^[xy]axis/.test(name))) {
            said.push(layout[axis].title?.text ?? "");
        }
    }
    return said.map(text => String(text).replace(/<[^>]*>|%\\{[^}]*\\}/g, " "));
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="nl-BE")
    yield page
    page.close()


def open_on(page: Page, address: str) -> None:
    """Open another address in the same tab."""
    page.goto(address)
    wait_until_drawn(page)


def english_on(page: Page) -> list[str]:
    """What is said in English on a page that has been drawn, as it stands there."""
    page.wait_for_load_state("networkidle")
    said: list[str] = page.evaluate(SAID)
    assert len(said) > 5
    # What stands in the sheet stays as it is: an address, and the forms that the contract names.
    texts = (re.sub(r"https?:\S+", "", text) for text in said if text not in USUAL_FORMS)
    return [text for text in texts if STOPPED.search(text)]


@pytest.mark.parametrize("path", SCREENS)
def test_nothing_is_said_in_english_on_a_dutch_page(page: Page, example: str, path: str) -> None:
    open_on(page, f"{example}/{path}")
    assert english_on(page) == []


def test_nothing_is_said_in_english_in_what_opens_on_a_click(page: Page, example: str) -> None:
    open_on(page, f"{example}/timeline")
    page.get_by_test_id("stMainMenuButton").click()
    expect(page.get_by_test_id("stMainMenuPopover")).to_be_visible()
    assert english_on(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("combobox").first.fill("niemand met deze naam")
    expect(page.get_by_text("Niets gevonden")).to_be_visible()
    assert english_on(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Kijk als").click()
    expect(page.get_by_text("Iedereen in dit voorbeeld is verzonnen")).to_be_visible()
    assert english_on(page) == []


def test_on_an_english_page_the_list_does_find_it(page: Page, example: str) -> None:
    open_on(page, f"{example}/?taal=en")
    assert len(english_on(page)) > 20


# A table of Streamlit's is a drawing: its numbers are what was written on it.
WRITTEN = """window.written = []; const write = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...where) {
        window.written.push(text);
        return write.call(this, text, ...where);
    }"""


@pytest.mark.parametrize(("language", "point", "other"), [("nl", ",", "."), ("en", ".", ",")])
def test_numbers_in_a_table_are_written_in_the_language_of_the_page_whatever_that_of_the_browser_is(
    browser: Browser, example: str, language: str, point: str, other: str
) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 3000}, locale="en-US" if language == "nl" else "nl-BE")
    page.add_init_script(WRITTEN)
    open_on(page, f"{example}/topics?taal={language}")
    page.locator(".st-key-overlap label").click()
    page.wait_for_function("point => window.written.some(text => text.startsWith(`0${point}`))", arg=point)
    assert [text for text in page.evaluate("window.written") if text.startswith(f"0{other}")] == []
