"""How old is what is on the wall, and where are we among the scenes? The line at its foot."""

from dataclasses import dataclass
from datetime import date

from genkdash.headlines.html import Html, element
from genkdash.i18n import Translator
from genkdash.i18n.formats import ago, day_and_year, time_of_day
from genkdash.live.state import State


@dataclass(frozen=True, slots=True)
class Foot:
    """What the line says besides the age. `position` counts from 0; no `scenes` means no dots."""

    campaign: str = ""
    day: date | None = None
    is_earlier: bool = False
    is_example: bool = False
    timezone: str = "Europe/Brussels"
    position: int = 0
    scenes: int = 0
    is_paused: bool = False


def foot_line(words: Translator, state: State, foot: Foot) -> Html:
    """Return the line: state and age, dots for the scenes, the campaign and its day."""
    age, lost = words(f"freshness.{state.kind}"), None
    if state.age_seconds is not None and state.read_at is not None:
        age = words("freshness.read", state=age, ago=ago(state.age_seconds, words))
        lost = words("screen.lost", time=time_of_day(state.read_at, words, foot.timezone))
    earlier = "screen.earlier" if foot.is_earlier else "screen.day"
    return element(
        "div",
        element("span", age, css=f"state is-{state.kind}"),
        element("span", lost, css="lost") if lost else None,
        element("span", words("screen.paused")) if foot.is_paused else None,
        _dots(words, foot),
        element("span", words("screen.example"), css="example") if foot.is_example else None,
        element("span", foot.campaign) if foot.campaign else None,
        element("span", words(earlier, day=day_and_year(foot.day, words))) if foot.day else None,
        css="screen-foot",
    )


def _dots(words: Translator, foot: Foot) -> Html:
    """Return a dot for each scene, filled for the one that is shown."""
    if foot.scenes < 2:
        return element("span", css="dots")
    dots = (element("i", css="now" if place == foot.position else "") for place in range(foot.scenes))
    label = words("screen.position", number=foot.position + 1, count=foot.scenes)
    return element("span", *dots, css="dots", label=label)
