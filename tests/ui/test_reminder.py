import itertools
import re
from datetime import date

import pytest
from builders import influencer, pause, post, sheet

from genkdash.insights.moment import own_standing
from genkdash.insights.nudges import nudges
from genkdash.insights.suggestion import Suggestion
from genkdash.sheet.model import Sheet, Topic
from genkdash.ui.reminder import reminder

UNWANTED = re.compile(r"\b(achter\w*|te laat|stil|moet|maar|slechts|jammer|helaas)\b", re.IGNORECASE)
IDEA = Suggestion(Topic("Natuur"), is_new_to_all=True)
LOGS = {
    "never": sheet(influencers=["Jonas Peeters"]),
    "silent": sheet(post("2018-05-01", "Jonas Peeters"), post("2018-05-09", "Jonas Peeters")),
    "one to go": sheet(post("2018-05-01", "Jonas Peeters"), influencers=[influencer("Jonas Peeters", target=2)]),
    "each day": sheet(
        post("2018-05-01", "Jonas Peeters"), influencers=[influencer("Jonas Peeters", target=40, end="2018-08-25")]
    ),
    "row": sheet(
        post("2018-08-19", "Jonas Peeters"),
        post(None, "Jonas Peeters", reason="bad-date"),
        influencers=[influencer("Jonas Peeters", target=1)],
    ),
    "row in a pause": sheet(
        post(None, "Jonas Peeters", reason="bad-date"),
        post(None, "Jonas Peeters", reason="bad-date"),
        calendar=[pause("2018-08-01", "2018-08-31")],
    ),
}


def message(log: Sheet, idea: Suggestion | None = None) -> str:
    today = date(2018, 8, 20)
    (nudge,) = nudges(log, today=today)
    return reminder(nudge, own_standing(log, nudge.name, today=today), idea)


def test_who_never_posted_is_asked_for_a_first_story() -> None:
    assert message(LOGS["never"]) == (
        "Dag Jonas! We zijn benieuwd naar je eerste verhaal over Genk. Een foto, een filmpje of een paar zinnen: het "
        "mag helemaal op jouw manier. Heb je een vraag? Stuur gerust iets terug."
    )


def test_who_posted_before_hears_what_is_next_and_about_how_often() -> None:
    assert message(LOGS["silent"], IDEA) == (
        "Dag Jonas! We zijn benieuwd naar je volgende verhaal over Genk. Je vertelde er al 2, leuk om te zien. Er zijn "
        "er nog 10 te gaan, ongeveer één om de 5 dagen. Een idee nodig? Over Natuur vertelde nog niemand iets. Heb je "
        "een vraag? Stuur gerust iets terug."
    )


def test_one_to_go_is_one_to_go() -> None:
    assert "Je vertelde er al één, leuk om te zien. Nog eentje te gaan, en je hebt nog 56 dagen." in message(
        LOGS["one to go"]
    )


def test_more_than_one_a_day_is_never_asked() -> None:
    assert "Er zijn er nog 39 te gaan. Heb je" in message(LOGS["each day"])


def test_a_row_to_look_at_is_all_that_is_asked_of_who_is_there_or_rests() -> None:
    assert message(LOGS["row"], IDEA) == (
        "Dag Jonas! In de sheet staat nog een rij van jou die niet meetelt. Kijken we daar samen even naar? Heb je een "
        "vraag? Stuur gerust iets terug."
    )
    assert "In de sheet staan nog 2 rijen van jou die niet meetellen." in message(LOGS["row in a pause"], IDEA)


def test_an_idea_that_others_told_about_already_is_no_news() -> None:
    assert "Natuur" not in message(LOGS["silent"], Suggestion(Topic("Natuur"), is_new_to_all=False))


@pytest.mark.parametrize(("log", "idea"), list(itertools.product(LOGS, [None, IDEA])))
def test_no_message_reproaches_anything_or_says_a_surname(log: str, idea: Suggestion | None) -> None:
    told = message(LOGS[log], idea)
    assert UNWANTED.findall(told) == []
    assert "Peeters" not in told
    assert "\n" not in told
