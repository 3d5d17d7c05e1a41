"""What are all scenes of the meeting screen made of? A title with its content, squares, and the way to a phone."""

from collections.abc import Mapping
from dataclasses import dataclass

from genkdash.charts.colours import NO_TOPIC
from genkdash.headlines.html import Html, element, picture
from genkdash.i18n import Translator
from genkdash.ui.screen_qr import qr_source, readable
from genkdash.ui.screen_view import ScreenView

OPEN = element("i", css="open")
"""A post that is still to be told."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What a scene has to work with. `lap` counts how often all scenes have passed."""

    view: ScreenView
    words: Translator
    colours: Mapping[str, str]
    lap: int
    phone_address: str | None


def sentence_scene(name: str, title: str, body: str) -> Html:
    """Return a scene that only says something."""
    return whole_scene(name, title, element("p", body, css="screen-sentence"))


def whole_scene(name: str, title: str, *content: Html | None) -> Html:
    """Return a whole scene under its title."""
    body = element("div", *content, css="screen-body")
    return element("section", element("h1", title), body, css=f"screen is-{name}")


def phone(stage: Stage) -> Html | None:
    """Return the way to one's own page on a phone."""
    if stage.phone_address is None:
        return None
    words, address = stage.words, readable(stage.phone_address)
    return element(
        "aside",
        element("h2", words("screen.qr.title")),
        picture(qr_source(stage.phone_address), words("screen.qr.alt", address=address), css="screen-qr"),
        element("p", address, css="screen-quiet"),
        css="screen-aside",
    )


def square(stage: Stage, topic: str | None) -> Html:
    """Return a square in the colour of its topic."""
    return element("i", style=f"background:{colour(stage, topic)}")


def colour(stage: Stage, topic: str | None) -> str:
    """Return a topic's colour, a neutral one for a post without."""
    return NO_TOPIC if topic is None else stage.colours.get(topic, NO_TOPIC)


def in_one_line(names: tuple[str, ...]) -> str:
    """Return topics or people as they stand in one line."""
    return ", ".join(names)
