"""Does every page fit: a phone, a laptop, a desk, a wall of 4K? No sideways scroll, and no text over another text."""

from itertools import combinations
from math import hypot
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from running import open_screen

pytestmark = pytest.mark.browser

SIZES = [(360, 740), (1440, 900), (1920, 1080), (3840, 2160)]
PATHS = [
    "",
    "topics",
    "timeline",
    "timeline?influencer=Bram",
    "reactions",
    "lessons",
    "sheet_check",
    "log_post",
    "log_post?als=influencer&wie=Bram",
    "methods",
    "accessible",
    "connect",
    "?als=influencer&wie=Bram",
]

# Charts follow the width of their place a moment after it changed, and parts fade in.
AT_REST = """() => [...document.querySelectorAll(".js-plotly-plot")].every(chart =>
        Math.abs(chart.querySelector(".main-svg").getBoundingClientRect().width - chart.clientWidth) < 2)
    && document.getAnimations().every(one => one.playState !== "running"
        || one.effect.getComputedTiming().iterations === Infinity)"""

# The lines of all text that is to be seen, as the corners of their boxes. Those on a slant in a chart lie in theirs;
# the others are cut by what scrolls or hides around them. A fifth of a line, above and below, is air.
LINES = """() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(), number = 0; node; node = walker.nextNode(), number++) {
        const around = node.parentElement;
        if (!node.textContent.trim() || around.closest("script, style, noscript, canvas")
            || !around.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
        const text = node.textContent.trim().slice(0, 40);
        const add = (left, top, right, bottom, place) => {
            const air = (bottom - top) / 5;
            if (right - left < 2 || bottom - top < 2) return;
            found.push({number, text, corners: [[left, top + air], [right, top + air], [right, bottom - air],
                [left, bottom - air]].map(place)});
        };
        if (around.closest("svg")) {
            const {x, y, width, height} = around.getBBox(), matrix = around.getScreenCTM();
            add(x, y, x + width, y + height, ([right, down]) => {
                const point = new DOMPoint(right, down).matrixTransform(matrix);
                return [point.x, point.y];
            });
            continue;
        }
        const range = document.createRange();
        range.selectNodeContents(node);
        for (let {left, top, right, bottom} of range.getClientRects()) {
            for (let outer = around; outer; outer = outer.parentElement) {
                if (getComputedStyle(outer).overflow === "visible") continue;
                const edge = outer.getBoundingClientRect();
                [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
                [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
            }
            add(left, top, right, bottom, corner => corner);
        }
    }
    return found;
}"""

TOO_WIDE = """() => [document.documentElement, ...document.querySelectorAll("[data-testid=stMain]")]
    .filter(part => part.scrollWidth > part.clientWidth)
    .map(part => `${part.tagName} ${part.scrollWidth} > ${part.clientWidth}`)"""


def lie_apart(one: list[list[float]], other: list[list[float]]) -> bool:
    """Tell whether a line can be drawn between two boxes, on a slant or not: along a side of one of them."""
    for box in (one, other):
        for (x, y), (to_x, to_y) in ((box[0], box[1]), (box[1], box[2])):
            spans = [[(to_x - x) * right + (to_y - y) * down for right, down in corners] for corners in (one, other)]
            a_pixel = hypot(to_x - x, to_y - y)
            if min(map(max, spans)) - max(map(min, spans)) < a_pixel:
                return True
    return False


def overlaps(lines: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return the pairs of lines of different texts that lie over each other by more than a pixel."""
    return [
        (one["text"], other["text"])
        for one, other in combinations(lines, 2)
        if one["number"] != other["number"] and not lie_apart(one["corners"], other["corners"])
    ]


def problems(page: Page) -> dict[str, list[Any]]:
    """What does not fit on the page as it stands."""
    page.wait_for_function(AT_REST)
    lines = page.evaluate(LINES)
    assert len(lines) > 10
    found = {"too wide": page.evaluate(TOO_WIDE), "over each other": overlaps(lines)}
    return {kind: things for kind, things in found.items() if things}


@pytest.mark.parametrize("path", PATHS)
def test_a_page_fits_every_screen_and_no_text_lies_over_another(browser: Browser, example: str, path: str) -> None:
    width, height = SIZES[0]
    page = open_screen(browser, f"{example}/{path}", width=width, height=height)
    page.wait_for_load_state("networkidle")
    found = {}
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        found[f"{width} x {height}"] = problems(page)
    page.close()
    assert {size: things for size, things in found.items() if things} == {}


def test_texts_over_each_other_would_be_found(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.set_content(
        """<style>p, div, svg { position: absolute; margin: 0 }</style>
        <p style="top:10px;left:10px">Genk</p>
        <p style="top:14px;left:20px">vertelt</p>
        <p style="top:14px;left:20px;opacity:0">niet te zien</p>
        <svg style="top:60px;left:0"><text x="0" y="20">een</text><text x="9" y="22">twee</text></svg>
        <svg style="top:99px;left:0;overflow:visible">
            <text transform="translate(20 80) rotate(-45)">op een schuine lijn</text>
            <text transform="translate(50 80) rotate(-45)">en ernaast een andere</text>
            <text transform="translate(58 80) rotate(-45)">te dicht</text>
        </svg>
        <div style="top:300px;width:90px;height:20px;overflow:hidden">een lange zin die wegvalt</div>
        <p style="top:322px;left:0">eronder</p>"""
    )
    assert overlaps(page.evaluate(LINES)) == [
        ("Genk", "vertelt"),
        ("een", "twee"),
        ("en ernaast een andere", "te dicht"),
    ]
    page.close()
