"""Do Firefox and WebKit, which Safari is made of, show what Chromium shows? `make browsers` opens every screen in both.

Each screen wide in Dutch and as on a phone in English: is it drawn, with its charts and tables, is every script there
once, does the console complain, does it scroll sideways? Then a choice, and the server away for three seconds. Ends
with 1 when something is not as it should be. Debian has what it needs: firefox-esr, webkit2gtk-driver, xvfb,
python3-gi, gir1.2-webkit2-4.1.
"""

import argparse
import sys
import time
from itertools import product
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from driven import Firefox, WebKit  # noqa: E402  after the path is set
from running import IS_DRAWN, free_port, running_dashboard  # noqa: E402  the same

KINDS: dict[str, type[Firefox | WebKit]] = {"firefox": Firefox, "webkit": WebKit}
STAFF = ("", "topics", "timeline", "reactions", "lessons", "sheet_check", "log_post", "screen", "methods", "accessible")
SCREENS = [f"{name}?als=staff" for name in STAFF] + ["?als=influencer&wie=Bram", "log_post?als=influencer&wie=Bram"]
WINDOWS = ((1440, 900, "nl"), (360, 740, "en"))
PATIENCE_SECONDS = 60
AWAY_SECONDS = 3
# WebKit ends the websocket of a page that one leaves, and reads no `rem` in a drawing of Streamlit's: both say so, and
# nobody sees anything of it.
HARMLESS = ("closed due to suspension", "for <svg> attribute")
FAULTS = """(() => {
    const asked = performance.getEntriesByType("resource");
    const scripts = asked.map(one => one.name).filter(name => name.includes("/static/") && name.includes(".js"));
    const main = document.querySelector("[data-testid=stMain]");
    return [
        ...asked.filter(one => one.responseStatus >= 400).map(one => `${one.responseStatus} ${one.name}`),
        ...scripts.filter((name, place) => scripts.indexOf(name) < place).map(name => `twice: ${name}`),
        ...scripts.filter(name => name.includes("/static/js/index")).map(name => `outside its pack: ${name}`),
        ...[...document.querySelectorAll("[data-testid=stException]")].map(one => one.innerText),
        ...(main.scrollWidth > innerWidth ? ["scrolls sideways"] : []),
    ];
})()"""
CONNECTED = """document.querySelector('.stApp[data-test-connection-state="CONNECTED"]') !== null"""
ONE_LANE = "document.querySelectorAll('.stPlotlyChart .ytick').length === 1"
PLACE = """(() => {
    const found = [...document.querySelectorAll(%r)].find(one => one.innerText.trim().endsWith(%r));
    const box = found?.getBoundingClientRect();
    return box ? [box.x + box.width / 2, box.y + box.height / 2] : null;
})()"""


def main() -> None:
    """Look at all of it in the browsers that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--browser", choices=list(KINDS), action="append")
    found = [fault for kind in parser.parse_args().browser or list(KINDS) for fault in _faults(KINDS[kind]())]
    sys.exit(1 if found else 0)


def _faults(browser: Firefox | WebKit) -> list[str]:
    """Look at all of it in one browser, print what is wrong and return it."""
    faults = []
    port = free_port()
    try:
        with running_dashboard(None, port=port) as url:
            for (width, height, language), screen in product(WINDOWS, SCREENS):
                browser.resize(width, height)
                browser.open(f"{url}/{screen}&taal={language}")
                is_drawn = _becomes(browser, f"document.querySelector('h1') !== null && ({IS_DRAWN})()")
                said = [line for line in browser.said() if not any(part in line for part in HARMLESS)]
                wrong = [*([] if is_drawn else ["not drawn"]), *(browser.ask(FAULTS) or ()), *said]
                faults += [f"{screen} {language} {width}: {one}" for one in wrong]
            browser.resize(*WINDOWS[0][:2])
            browser.open(f"{url}/timeline?als=staff")
            for what, text in (("[data-testid=stSelectbox] button", ""), ("[role=option]", "Bram")):
                browser.click(*(_becomes(browser, PLACE % (what, text)) or (0, 0)))
            faults += [] if _becomes(browser, ONE_LANE) else ["a choice does not change the chart"]
            browser.open(f"{url}/?als=staff")
            _becomes(browser, CONNECTED)
        time.sleep(AWAY_SECONDS)
        with running_dashboard(None, port=port):
            faults += [] if _becomes(browser, CONNECTED) else ["does not find back to the server"]
        name = browser.name
    finally:
        browser.close()
    print(f"{name}: {len(faults)} faults", *faults, sep="\n  ", flush=True)
    return faults


def _becomes(browser: Firefox | WebKit, expression: str) -> Any:
    """Return what an expression is once it is something, or None if that takes too long."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if found := browser.ask(expression):
            return found
        time.sleep(0.1)
    return None


if __name__ == "__main__":
    main()
