"""Who has just met the target, while the screen was looking? Once, short, and without a race.

Streamlit's own balloons fly for everybody, also for who asked the system for less motion; these squares do not.
"""

from collections.abc import Mapping

from genkdash.charts.colours import NO_TOPIC
from genkdash.headlines.html import Html, element
from genkdash.i18n import Translator
from genkdash.ui.screen_view import Strip

SECONDS = 12
_MOST_NAMES = 3
_MOST_SQUARES = 24


def just_reached(before: Mapping[str, Strip], after: Mapping[str, Strip]) -> tuple[Strip, ...]:
    """Return the strips that met their target by a new post since `before`; both are by the name in the sheet.

    Who was not there before is not celebrated, nor who was only given a lower target.
    """
    return tuple(
        strip
        for name, strip in after.items()
        if strip.has_reached
        and name in before
        and not before[name].has_reached
        and len(strip.topics) > len(before[name].topics)
    )


def celebration_scene(reached: tuple[Strip, ...], words: Translator, colours: Mapping[str, str]) -> Html:
    """Return the scene for those who met their target: by first name where that may be shown."""
    named = [strip for strip in reached if strip.first_name][:_MOST_NAMES]
    nameless = len(reached) - len(named)
    lines = [words("screen.celebration.named", name=strip.first_name, target=strip.target) for strip in named]
    if nameless:
        lines.append(words.plural("screen.celebration.nameless", nameless))
    squares = [
        element("i", style=f"background:{colours.get(topic or '', NO_TOPIC)};--place:{place}")
        for place, topic in enumerate(reached[0].topics[: min(reached[0].target, _MOST_SQUARES)])
    ]
    return element(
        "section",
        element("h1", words("screen.celebration.title")),
        element("div", *squares, css="screen-confetti"),
        *(element("p", line) for line in lines),
        css="screen is-celebration",
    )
