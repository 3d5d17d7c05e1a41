"""What can be read before Streamlit has drawn anything? The few words and numbers that somebody came for, as HTML.

The same words and numbers as on the screen that follows, from the same functions, and nothing else.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from genkdash.headlines.html import Html, element
from genkdash.headlines.own import own_headline, own_line, own_numbers, pause_name
from genkdash.headlines.squares import own_squares
from genkdash.headlines.team import team_facts, team_numbers, team_sum, team_title
from genkdash.i18n import Translator
from genkdash.i18n.formats import day_and_year
from genkdash.insights.moment import OwnStanding
from genkdash.insights.progress import TeamProgress


def first_own(
    words: Translator,
    standing: OwnStanding,
    posts: pd.DataFrame,
    colours: Mapping[str, str],
    waiting: Sequence[str] = (),
) -> Html:
    """Return the top of an influencer's own page; `waiting` has the first topic of each post that is on its way."""
    return Html(
        element("p", words("me.title", name=standing.progress.name), css="first-title", level=1)
        + element(
            "div",
            element("p", own_headline(words, standing), css="first-headline", level=2),
            element("p", own_line(words, standing, pause=pause_name(standing)), css="first-line"),
            own_squares(words, standing, posts, colours, waiting),
            _figures(own_numbers(words, standing)),
            css="first-card",
        )
    )


def first_team(words: Translator, team: TeamProgress, *, today: date, end: date | None) -> Html:
    """Return the top of the overview: its title and its numbers, each on its card."""
    cards = (
        element(
            "div",
            element("dt", number.label),
            element("dd", number.value),
            element("dd", number.context, css="first-context"),
            css="first-card",
        )
        for number in team_numbers(words, team, today=today, end=end)
    )
    title = element("p", words("overview.title"), css="first-title", level=1)
    return Html(title + element("dl", *cards, css="first-cards"))


def first_wall(words: Translator, team: TeamProgress, *, today: date, end: date | None) -> Html:
    """Return the team's sum as it stands on the wall."""
    part, of = team_sum(words, team)
    facts = (element("li", fact) for fact in team_facts(words, team, today=today, end=end))
    return Html(
        element("p", team_title(words, today=today, end=end), css="first-title", level=1)
        + element("p", element("strong", part), " ", element("span", of), css="first-sum")
        + element("ul", *facts, css="first-facts")
    )


def whereabouts(words: Translator, campaign: str, today: date, *, is_example: bool) -> Html:
    """Return which campaign this is, on which day, and whether it is the example."""
    mark = element("b", words("audience.example"), css="first-mark") if is_example else None
    return element("p", element("strong", campaign), f" · {day_and_year(today, words)} ", mark)


def _figures(numbers: Sequence[tuple[str, str]]) -> Html:
    """Return labels with their values."""
    return element("dl", *(element("div", element("dt", label), element("dd", value)) for label, value in numbers))
