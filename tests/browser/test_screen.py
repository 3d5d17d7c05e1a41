"""The meeting screen on a wall: whole at 1080p and 4K, turned by keys, there again after a restart, ever as light."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from running import free_port, open_screen, running_dashboard
from workbooks import CAMPAIGN, HEADER, row, save

from genkdash.ui.screen_scenes import SCENES

pytestmark = pytest.mark.browser

LONG = "Een heel lang thema over de wijk en wat er zoal te beleven valt"
WORDY = "Deze tip is veel te lang voor een muur, want ze gaat maar door over hoe de stad met jongeren praat. " * 5

# For every element with text of its own: its font size, its box, and whether it stands outside the window.
TEXTS = """() => [...document.querySelectorAll('.screen *, .screen-foot *')]
    .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
    .filter(element => element.getClientRects().length > 0)
    .map(element => {
        const box = element.getBoundingClientRect();
        return {
            text: element.textContent.slice(0, 40), size: parseFloat(getComputedStyle(element).fontSize),
            left: box.left, top: box.top, right: box.right, bottom: box.bottom,
        };
    })"""
SCROLLS = """() => [document.documentElement, document.body, ...document.querySelectorAll('*')]
    .filter(element => ['auto', 'scroll'].includes(getComputedStyle(element).overflowY))
    .filter(element => element.scrollHeight > element.clientHeight || element.scrollWidth > element.clientWidth)
    .map(element => element.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard on a sheet with sixteen people, long names, long topics and long tips."""
    people = [f"Maximiliaan{number} Van den Broeck" for number in range(16)]
    posts = [
        row(date(2018, 8, 1 + number % 19), who, f"{LONG} {number % 12}", Platform="Een platform met een lange naam")
        for number, who in enumerate(people * 9)
    ]
    tips = [[date(2018, 8, 9), who, WORDY, "doorgevoerd", WORDY, date(2018, 8, 12)] for who in people[:5]]
    tabs = {
        "Berichten": [HEADER, *posts],
        "Influencers": [["Naam", "Toon op scherm"], *[[who, "ja"] for who in people]],
        "Campagne": CAMPAIGN,
        "Thema's": [["Thema"], *[[f"Nog niet verteld en {LONG} {number}"] for number in range(9)]],
        "Tips": [["Datum", "Influencer", "Tip", "Status", "Antwoord", "Beantwoord op"], *tips],
        "Vergaderingen": [["Datum"], [date(2018, 8, 8)]],
    }
    with running_dashboard(save(tmp_path_factory.mktemp("crowded") / "log.xlsx", tabs)) as url:
        yield url


def open_wall(browser: Browser, url: str, *, width: int = 1920, height: int = 1080) -> Page:
    """Open a screen and wait until it listens to its keys."""
    page = open_screen(browser, url, width=width, height=height)
    page.locator(".st-key-screen_next button").wait_for(state="attached")
    return page


def overlaps(texts: list[dict[str, float]]) -> list[tuple[object, object]]:
    """Return the pairs of texts whose boxes lie over each other by more than a line's own rounding."""
    return [
        (one["text"], other["text"])
        for place, one in enumerate(texts)
        for other in texts[place + 1 :]
        if min(one["right"], other["right"]) - max(one["left"], other["left"]) > 1
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 1
    ]


@pytest.mark.parametrize("kind", ["example", "crowded"])
@pytest.mark.parametrize("width", [1920, 3840])
def test_each_scene_fits_the_wall_with_letters_that_can_be_read_from_afar(
    browser: Browser, request: pytest.FixtureRequest, kind: str, width: int
) -> None:
    height = width * 9 // 16
    page = open_wall(browser, f"{request.getfixturevalue(kind)}/screen?seconds=3600", width=width, height=height)
    page.evaluate("document.fonts.ready")
    seen = set()
    for _ in SCENES:
        title = page.locator("h1").inner_text()
        seen.add(title)
        texts = page.evaluate(TEXTS)
        assert page.evaluate(SCROLLS) == [], title
        assert min(text["size"] for text in texts) >= 24 * width / 1920, title
        assert [text for text in texts if text["right"] > width or text["bottom"] > height] == [], title
        assert overlaps(texts) == [], title
        press_at_rest(page, "ArrowRight")
        expect(page.locator("h1")).not_to_have_text(title)
    assert len(seen) == len(SCENES)
    page.close()


def test_nothing_stands_around_the_scene(browser: Browser, example: str) -> None:
    page = open_screen(browser, f"{example}/screen?als=scherm", width=1920, height=1080)
    for part in ("stHeader", "stToolbar", "stSidebar", "stStatusWidget"):
        assert not any(one.is_visible() for one in page.get_by_test_id(part).all())
    expect(page.get_by_role("navigation")).to_have_count(0)
    page.close()


def test_the_address_sets_the_light_over_that_of_the_system(browser: Browser, example: str) -> None:
    for light, is_dark, colour in (("donker", False, "rgb(15, 21, 22)"), ("licht", True, "rgb(255, 255, 255)")):
        page = open_screen(browser, f"{example}/screen?licht={light}", width=1920, height=1080, dark=is_dark)
        expect(page.locator(".screen")).to_have_css("background-color", colour)
        page.close()


def press_at_rest(page: Page, key: str) -> None:
    """Press a key while no run is under way, as a person nearly always does."""
    page.locator('.stApp[data-test-script-state="notRunning"]').wait_for(state="attached")
    page.keyboard.press(key)


def press(page: Page, key: str, *, shows: str) -> None:
    """Press a key of the wall, and wait for what it is to show at the foot or as a title."""
    press_at_rest(page, key)
    expect(page.locator(".screen, .screen-foot").filter(has_text=shows).first).to_be_visible()


def test_space_pauses_and_resumes_and_the_arrow_goes_on(browser: Browser, example: str) -> None:
    page = open_wall(browser, f"{example}/screen?scenes=team,strip&seconds=3600")
    press(page, "Space", shows="Gepauzeerd")
    title = page.locator(".screen h1")
    for _ in range(3):
        other = "Elk verhaal een vakje" if title.inner_text() == "Waar staan we samen?" else "Waar staan we samen?"
        press(page, "ArrowRight", shows=other)
    expect(page.get_by_text("Gepauzeerd")).to_be_visible()
    press_at_rest(page, "Space")
    expect(page.get_by_text("Gepauzeerd")).to_have_count(0)
    page.close()


def test_the_scenes_come_by_the_clock(browser: Browser, example: str) -> None:
    page = open_screen(browser, f"{example}/screen?scenes=team,strip&seconds=2", width=1920, height=1080)
    for title in ("Elk verhaal een vakje", "Waar staan we samen?", "Elk verhaal een vakje"):
        expect(page.locator("h1")).to_have_text([title])
    page.close()


def test_the_buttons_show_themselves_to_who_tabs_to_them_and_lead_staff_back(browser: Browser, example: str) -> None:
    page = open_screen(browser, f"{example}/screen?als=scherm", width=1920, height=1080)
    pause = page.get_by_role("button", name="Pauze (spatie)")
    expect(page.locator(".st-key-screen_controls")).to_have_css("opacity", "0")
    pause.focus()
    expect(page.locator(".st-key-screen_controls")).to_have_css("opacity", "1")
    page.get_by_role("link", name="Sluiten").click()
    expect(page.get_by_role("navigation")).to_have_count(1)
    page.close()


def log_of(folder: Path, posts: int) -> str:
    """Save a log of Amina, who opted in, with a post a day, and return its path."""
    rows = [row(date(2018, 5, day), "Amina", "Muziek") for day in range(1, posts + 1)]
    people = [["Naam", "Toon op scherm"], ["Amina", "ja"]]
    return save(folder / "log.xlsx", {"Berichten": [HEADER, *rows], "Influencers": people, "Campagne": CAMPAIGN})


def test_after_a_restart_of_the_server_there_are_new_numbers_without_a_touch(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    age = re.compile(r"^Live · ")
    with running_dashboard(log_of(tmp_path, 3), port=port) as url:
        page = open_screen(browser, f"{url}/screen?scenes=team", width=1920, height=1080)
        expect(page.locator(".screen-sum strong")).to_have_text("3")
        expect(page.get_by_text(age)).to_be_visible()
    expect(page.get_by_text("Even geen verbinding. Dit is de stand van")).to_be_visible(timeout=30_000)
    expect(page.get_by_text(age)).to_be_hidden()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator(".screen-sum strong")).to_have_text("3")
    with running_dashboard(log_of(tmp_path, 4), port=port):
        expect(page.locator(".screen-sum strong")).to_have_text("4", timeout=60_000)
        expect(page.get_by_text(age)).to_be_visible()
        press(page, "Space", shows="Gepauzeerd")
        page.close()


def test_sixty_turns_leave_no_more_in_memory_than_thirty(browser: Browser, example: str) -> None:
    page = open_wall(browser, f"{example}/screen?seconds=3600")
    tools = page.context.new_cdp_session(page)
    press(page, "Space", shows="Gepauzeerd")

    def after(turns: int) -> tuple[int, int]:
        for _ in range(turns):
            before = page.locator("h1").inner_text()
            press_at_rest(page, "ArrowRight")
            expect(page.locator("h1")).not_to_have_text(before)
        tools.send("HeapProfiler.collectGarbage")
        heap = tools.send("Runtime.getHeapUsage")["usedSize"]
        return tools.send("Memory.getDOMCounters")["nodes"], heap

    after(12)
    nodes, heap = after(18)
    later_nodes, later_heap = after(30)
    assert later_nodes < nodes + 200
    assert later_heap < heap * 1.1
    page.close()


def test_a_twelfth_post_is_celebrated_on_the_open_screen_and_then_it_goes_on(browser: Browser, tmp_path: Path) -> None:
    with running_dashboard(log_of(tmp_path, 11)) as url:
        page = open_screen(browser, f"{url}/screen?scenes=team", width=1920, height=1080)
        expect(page.locator("h1")).to_have_text(["Waar staan we samen?"])
        log_of(tmp_path, 12)
        expect(page.get_by_text("Amina haalde 12!")).to_be_visible(timeout=20_000)
        expect(page.locator("h1")).to_have_text(["Waar staan we samen?"], timeout=30_000)
        page.close()


@pytest.mark.parametrize(("motion", "moves"), [("reduce", False), ("no-preference", True)])
def test_who_asked_for_less_motion_gets_none(browser: Browser, example: str, motion: str, *, moves: bool) -> None:
    page = browser.new_page(reduced_motion=motion)  # type: ignore[arg-type]
    page.goto(f"{example}/screen")
    scene = page.locator(".screen")
    expect(scene).to_be_visible()
    assert (scene.evaluate("element => getComputedStyle(element).animationName") != "none") is moves
    page.close()
