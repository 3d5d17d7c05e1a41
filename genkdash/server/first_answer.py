"""What does the very first answer to somebody we know already show? Their numbers, before any script has run.

On a slow line Streamlit's page takes many seconds before it shows a number. Its own HTML arrives within two: what its
viewer came for stands in it, and is taken away when Streamlit has drawn the same (docs/adr/0014). Nobody else's answer
holds any of it: asked anew for each request, and never kept.
"""

import asyncio
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from genkdash.access.audience import AUDIENCE, PERSON, chosen_viewer
from genkdash.access.current import current_access
from genkdash.access.viewer import Viewer
from genkdash.charts.theme import INK
from genkdash.headlines.first import whereabouts
from genkdash.headlines.html import Html, element
from genkdash.i18n import Language, Translator, translator
from genkdash.i18n.formats import day_and_year, near_day, time_of_day
from genkdash.live.current import current_feed, now
from genkdash.live.snapshot import Snapshot
from genkdash.live.state import State
from genkdash.server.first_numbers import FirstScreen, first_numbers
from genkdash.server.language import Scope
from genkdash.server.paths import path_kind
from genkdash.server.private_streamlit import THEME_KEY
from genkdash.server.visitor import visitor_of

_STYLE = Path(__file__).with_suffix(".css")
# The first page of each role, by the last word of its address; every other page shows other numbers.
_SCREENS: dict[str, dict[str, FirstScreen]] = {
    "staff": {"": "team", "overview": "team", "screen": "wall"},
    "influencer": {"": "own", "me": "own"},
    "screen": {"": "wall", "screen": "wall"},
}
_REPLAY = "stand"
_LIGHTS = {"donker": "dark", "licht": "light"}
_OLD = frozenset({"late", "down"})

THEME_SCRIPT = (
    "try{let t=localStorage.getItem(`"
    + THEME_KEY.format("${location.pathname}")
    + "`);if(t=='\"Dark\"'||t=='\"Light\"')"
    'document.getElementById("first").style.colorScheme=JSON.parse(t).toLowerCase()}catch{}'
)
"""What the page runs by itself: the light or dark that was chosen here in Streamlit's menu. Let in by its hash."""


async def first_answer(scope: Scope, language: Language) -> bytes:
    """Return what goes before Streamlit's own page for who asks for it; nothing for everybody else."""
    if path_kind(scope["path"]) != "page" or current_feed().snapshot is None:
        return b""
    viewer = None if current_access().mode.is_local else await visitor_of(scope)
    # In a thread: somebody may be the first to ask for a new revision.
    return (await asyncio.to_thread(_answer, scope, viewer, language)).encode("utf-8", "replace")


def _answer(scope: Scope, visitor: Viewer | None, language: Language) -> str:
    """Return the answer as text; `visitor` is who signed in."""
    feed, moment, words = current_feed(), now(), translator(language)
    snapshot = feed.snapshot
    asked = {name: values[-1] for name, values in parse_qs(scope.get("query_string", b"").decode("latin-1")).items()}
    page = scope["path"].strip("/")
    viewer = _local_viewer(asked, page, snapshot, moment) if current_access().mode.is_local else visitor
    if viewer is None or snapshot is None:
        return ""
    screen = _SCREENS[viewer.role].get(page)
    # an earlier day has other numbers, on every screen but one's own
    if screen is None or (screen != "own" and _REPLAY in asked):
        return ""
    if screen == "wall" and "team" not in asked.get("scenes", "team").split(","):
        return ""
    numbers = first_numbers(snapshot, viewer, screen, words, moment)
    if numbers is None:
        return ""
    feed.watch()
    light = _LIGHTS.get(asked.get("licht", "")) if screen == "wall" else None
    return _page(words, screen, _bar(words, viewer, screen, snapshot, feed.state(moment), moment), numbers, light)


def _local_viewer(asked: dict[str, str], page: str, snapshot: Snapshot | None, moment: datetime) -> Viewer:
    """Return as whom one looks on this machine: over the example as whom the address says, else as staff."""
    if current_feed().kind != "example":
        return Viewer("staff")
    names = () if snapshot is None else [one.name for one in snapshot.sheet(moment).influencers]
    return chosen_viewer(asked.get(AUDIENCE), asked.get(PERSON), page=page, names=names)


def _bar(  # noqa: PLR0913, PLR0917  all that a line about the picture depends on
    words: Translator, viewer: Viewer, screen: FirstScreen, snapshot: Snapshot, state: State, moment: datetime
) -> Html:
    """Return the line with the age: as a time of day, which stays true however long the page stands there."""
    campaign = snapshot.sheet(moment).campaign
    age, trouble = "", None
    if state.read_at is not None:
        zone = ZoneInfo(campaign.timezone)
        day = near_day(state.read_at.astimezone(zone).date(), moment.astimezone(zone).date(), words)
        age = words("first.read", day=day, time=time_of_day(state.read_at, words, campaign.timezone))
    if viewer.role == "influencer":
        trouble = element("p", words("me.no_connection"), css="first-trouble") if state.kind in _OLD else None
    elif state.kind != "live":
        age = words("freshness.read", state=words(f"freshness.{state.kind}"), ago=age)
    is_example = current_access().mode.is_local and snapshot.book.kind == "example"
    where, today = None, snapshot.day(moment)
    if screen == "wall":  # no name of a campaign: somebody may be named in it
        where = element("p", words("screen.day", day=day_and_year(today, words)), css="first-age")
    elif viewer.role == "staff":
        where = whereabouts(words, campaign.name, today, is_example=is_example)
    bar = element("div", where, element("p", age, css="first-age"), css="first-bar")
    return bar if trouble is None else Html(trouble + bar)


def _page(words: Translator, screen: FirstScreen, bar: Html, numbers: Html, light: str | None) -> str:
    """Return the whole, with its style and its two scripts."""
    chosen = "" if light is None else f' style="color-scheme:{light}"'
    return (
        f"<style>{_style()}</style>"
        f'<main id="first" class="first-{screen}" aria-label="{words("first.label")}"{chosen}>'
        f'<div class="first-page">{bar}{numbers}'
        f"<noscript>{element('p', words('first.noscript'), css='first-trouble')}</noscript></div></main>"
        f"<script>{THEME_SCRIPT}</script>"
        '<script src="./app/static/first_answer.js" async></script>'
    )


@cache
def _style() -> str:
    """Return the style on one line, with the colours of both themes."""
    light, dark = INK["light"], INK["dark"]
    colours = {
        "ground": (light.background, dark.background),
        "panel": (light.panel, dark.panel),
        "text": (light.text, dark.text),
        "quiet": (light.quiet_text, dark.quiet_text),
        "line": (light.line, dark.line),
    }
    variables = "".join(f"--{name}:light-dark({one},{other});" for name, (one, other) in colours.items())
    rules = re.sub(r"/\*.*?\*/", "", _STYLE.read_text(encoding="utf-8"), flags=re.DOTALL)
    return f"#first{{{variables}}}" + re.sub(r"\s+", " ", rules).strip()
