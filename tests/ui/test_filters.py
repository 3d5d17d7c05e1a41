"""A filter keeps its value across pages, languages and visits, and stands in the address as a code."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

ONE_FILTER = """
import streamlit as st

from genkdash.ui.filters import choose_one

chosen = choose_one("influencer", "Influencer", ["Amina", "Bo", "Özge & Co"], placeholder="Iedereen")
st.text(str(chosen))
"""

WITH_STEPS = """
import streamlit as st

from genkdash.ui.filters import choose_one, step_through

names = ["Amina", "Bo", "Cas"]
chosen = choose_one("influencer", "Influencer", names, placeholder="Iedereen")
for step in (-1, 1):
    st.button(str(step), key=f"step_{step}", on_click=step_through, args=("influencer", names, step))
st.text(str(chosen))
"""

SEVERAL_KINDS = """
import streamlit as st

from genkdash.ui.filters import choose_many

label = {"bad-date": "Onleesbare datum", "bad-link": "Geen link", "text-date": "Datum als tekst"}
chosen = choose_many("soort", "Toon alleen", list(label), label.__getitem__)
st.text(" ".join(chosen))
"""

LANGUAGE = """
import streamlit as st

from genkdash.ui.language import current_words, show_language_switch

st.text(current_words().language)
show_language_switch()
"""

ON_ONE_OF_TWO_PAGES = """
import streamlit as st

from genkdash.ui.filters import choose_many, choose_one

if st.toggle("Tijdlijn", value=True, key="page"):
    st.text(str(choose_one("influencer", "Influencer", ["Amina", "Bo"], placeholder="Iedereen")))
    st.text(" ".join(choose_many("soort", "Toon alleen", ["bad-date", "bad-link"], str.upper)))
"""


def visit(script: str, **query: Any) -> AppTest:
    """Return the script as it was drawn on a first visit to an address."""
    app = AppTest.from_string(script, default_timeout=30)
    app.query_params = query
    return app.run()


def test_without_a_choice_nothing_is_chosen_and_nothing_stands_in_the_address() -> None:
    app = visit(ONE_FILTER)

    assert app.text[0].value == "None"
    assert app.query_params == {}


@pytest.mark.parametrize("name", ["Bo", "Özge & Co"])
def test_a_choice_stands_in_the_address_and_comes_back_from_it(name: str) -> None:
    app = visit(ONE_FILTER)
    app.selectbox(key="influencer").select(name).run()

    assert app.text[0].value == name
    assert app.query_params == {"influencer": name}
    assert visit(ONE_FILTER, **app.query_params).text[0].value == name


@pytest.mark.parametrize("foreign", ["Niemand", "", "amina", "Amina ", "<script>", ["Niemand", "Ook niet"]])
def test_what_is_not_a_choice_is_dropped_from_the_address(foreign: str | list[str]) -> None:
    app = visit(ONE_FILTER, influencer=foreign)

    assert app.text[0].value == "None"
    assert app.query_params == {}


def test_other_parts_of_the_address_are_left_alone() -> None:
    app = visit(ONE_FILTER, influencer="Niemand", taal="en", utm_source="brief")

    assert app.query_params == {"taal": "en", "utm_source": "brief"}


def test_taking_the_choice_back_takes_it_out_of_the_address() -> None:
    app = visit(ONE_FILTER, influencer="Bo")
    app.selectbox(key="influencer").set_value(None).run()

    assert app.text[0].value == "None"
    assert app.query_params == {}


@pytest.mark.parametrize(
    ("start", "step", "names"), [({}, 1, ["Amina", "Bo", "Cas", "Amina"]), ({}, -1, ["Cas", "Bo", "Amina", "Cas"])]
)
def test_one_steps_through_the_choices_in_their_order_and_round(
    start: dict[str, str], step: int, names: list[str]
) -> None:
    app = visit(WITH_STEPS, **start)
    for name in names:
        app.button(key=f"step_{step}").click().run()
        assert (app.text[0].value, app.query_params) == (name, {"influencer": name})


def test_several_choices_stand_in_the_address_as_codes_and_not_as_labels() -> None:
    app = visit(SEVERAL_KINDS)
    app.pills(key="soort").set_value(["bad-date", "text-date"]).run()

    assert app.text[0].value == "bad-date text-date"
    assert app.query_params == {"soort": ["bad-date", "text-date"]}
    assert visit(SEVERAL_KINDS, **app.query_params).text[0].value == "bad-date text-date"


def test_unknown_codes_are_dropped_and_known_ones_stay() -> None:
    app = visit(SEVERAL_KINDS, soort=["nonsense", "bad-link", "Geen link"])

    assert app.text[0].value == "bad-link"
    assert app.query_params == {"soort": "bad-link"}


def test_a_code_that_stands_twice_in_the_address_is_one_choice() -> None:
    app = visit(SEVERAL_KINDS, soort=["bad-link", "bad-link"])

    assert app.text[0].value == "bad-link"
    assert app.query_params == {"soort": "bad-link"}


def test_the_default_language_does_not_stand_in_the_address() -> None:
    app = visit(LANGUAGE, taal="nl")

    assert app.text[0].value == "nl"
    assert app.query_params == {}


def test_the_other_language_stands_in_the_address_until_it_is_switched_back() -> None:
    app = visit(LANGUAGE)
    app.segmented_control(key="taal").set_value("en").run()
    assert app.text[0].value == "en"
    assert app.query_params == {"taal": "en"}

    app.segmented_control(key="taal").set_value("nl").run()
    assert app.text[0].value == "nl"
    assert app.query_params == {}


@pytest.mark.parametrize("foreign", ["fr", "", "EN", ["fr", "de"]])
def test_a_language_we_do_not_speak_is_dutch(foreign: str | list[str]) -> None:
    app = visit(LANGUAGE, taal=foreign)

    assert app.text[0].value == "nl"
    assert app.query_params == {}


def test_a_choice_survives_a_visit_to_a_page_without_it() -> None:
    app = visit(ON_ONE_OF_TWO_PAGES, influencer="Bo", soort="bad-link")
    app.toggle(key="page").set_value(False).run()
    app.toggle(key="page").set_value(True).run()

    assert [text.value for text in app.text] == ["Bo", "bad-link"]
    assert app.query_params == {"influencer": "Bo", "soort": "bad-link"}
