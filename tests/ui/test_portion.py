"""A long list is shown a part at a time, and says so: no row vanishes silently."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from books import CAMPAIGN, book, post
from builders import facts
from scripted_source import ScriptedSource
from streamlit.runtime import context
from streamlit.testing.v1 import AppTest

from genkdash.live.current import follow, now, stop
from genkdash.live.feed import Feed
from genkdash.live.memo import Memo
from genkdash.ui import view

SCRIPT = Path(view.__file__).parents[1] / "dashboard.py"
HERE = SimpleNamespace(headers=[("Host", "localhost:8501")], cookies={}, remote_ip="127.0.0.1")
PINNED = [*CAMPAIGN, ["Peildatum", date(2018, 8, 20)]]
BINNED = "Bij zoveel berichten staat een balkje voor alle berichten van een week."
PEOPLE = [f"Jongere {number:02}" for number in range(1, 51)]


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The dashboard over a sheet with fifty influencers and fourteen posts each."""
    monkeypatch.setattr(context, "_get_client_context", lambda: HERE)
    # Answers are kept for a revision and a day; the revisions of another feed begin at 1 too.
    monkeypatch.setattr(view, "SHARED", Memo())
    posts = [post(Datum=date(2018, 5, day), Influencer=name) for name in PEOPLE for day in range(1, 15)]
    people = [["Naam"], *([one] for one in PEOPLE)]
    feed = Feed(ScriptedSource(book(posts, Influencers=people, Campagne=PINNED)), store=None)
    follow(feed)
    assert feed.wait_for(lambda: feed.state(now()).kind != "starting", timeout_seconds=20)
    yield AppTest.from_file(SCRIPT, default_timeout=30)
    stop()


def said(app: AppTest) -> list[str]:
    return [str(caption.value) for caption in app.caption]


def shown(app: AppTest) -> list[str]:
    """Return who stands in the table of facts."""
    return facts(element.proto.body for element in app.get("html"))["Naam"]


def test_fifty_people_are_shown_in_parts_which_say_of_how_many_they_are(app: AppTest) -> None:
    app.run()
    assert "1 tot 24 van 50" in said(app)  # the strips
    assert "1 tot 40 van 50" in said(app)  # the table
    assert shown(app) == PEOPLE[:40]
    assert app.button(key="portion_people_previous").disabled

    app.button(key="portion_people_next").click().run()

    assert "41 tot 50 van 50" in said(app)
    assert shown(app) == PEOPLE[40:]
    assert app.button(key="portion_people_next").disabled
    assert "1 tot 24 van 50" in said(app)


def test_a_chart_of_very_many_posts_says_what_a_mark_stands_for_and_of_one_person_each_post_has_its_own(
    app: AppTest,
) -> None:
    app.switch_page("../pages/timeline.py").run()
    assert "1 tot 24 van 50" in said(app)
    assert any(text.startswith(BINNED) for text in said(app))
    alt = app.get("plotly_chart")[0].proto.alt
    assert alt.startswith("336 berichten in 24 banen")
    assert BINNED in alt

    app.toggle(key="lanes_table").set_value(True).run()
    rows = app.table[0].value
    assert len(rows) == 72  # three weeks of twenty-four people
    assert list(rows.columns) == ["Naam", "Berichten", "Het meest over"]
    assert [str(cell) for cell in rows.iloc[0]] == ["Jongere 01", "6 berichten", "Muziek"]
    assert rows.index[0] == "De week vanaf 30 apr"

    app.selectbox(key="influencer").select("Jongere 50").run()

    assert not any(text.startswith(BINNED) for text in said(app))
    assert app.get("plotly_chart")[0].proto.alt.startswith("14 berichten in 1 banen")


def test_how_much_every_two_tell_about_the_same_is_shown_in_parts_too(app: AppTest) -> None:
    app.switch_page("../pages/topics.py").run()
    app.toggle(key="overlap").set_value(True).run()
    assert app.dataframe[-1].value.shape == (40, 50)
