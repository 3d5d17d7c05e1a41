"""Which fields does a form have, and what is said when nothing can be kept? Drawn by Streamlit, without a browser."""

import dataclasses
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from books import CAMPAIGN, book, post
from outbox_parts import SOURCE, some_tip
from scripted_source import ScriptedSource
from streamlit.runtime import context
from streamlit.testing.v1 import AppTest

from genkdash.live.current import follow, now, stop
from genkdash.live.feed import Feed
from genkdash.live.memo import Memo
from genkdash.outbox import Outbox
from genkdash.sheet.errors import TabToWriteMissingError
from genkdash.ui import answer_keep, tip_answers, tip_waiting, view

ROOT = Path(view.__file__).parents[2]
HERE = SimpleNamespace(headers=[("Host", "localhost:8501")], cookies={}, remote_ip="127.0.0.1")
TIPS = ["Datum", "Influencer", "Tip", "Status", "Antwoord", "Beantwoord op"]
GIVEN = (date(2018, 6, 1), "Amina", "Zeg gewoon je", None, None, None)

Open = Callable[..., AppTest]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Return a function that draws a page over a sheet with these tips; `kind` example is the demo."""
    feeds: list[Feed] = []

    def draw(*tips: Any, page: str = "me", kind: Any = "example", posts: Any = None, **query: str) -> AppTest:
        monkeypatch.setattr(context, "_get_client_context", lambda: HERE)
        monkeypatch.setattr(view, "SHARED", Memo())
        tabs = {"Campagne": [*CAMPAIGN, ["Peildatum", date(2018, 8, 20)]], "Tips": [*tips] if tips else None}
        tabs |= {"Berichten": posts} if posts else {}
        scripted = ScriptedSource(dataclasses.replace(book([post()], **tabs), kind=kind))
        scripted.kind = kind
        feed = Feed(scripted, store=None)
        feeds.append(feed)
        follow(feed)
        assert feed.wait_for(lambda: feed.state(now()).kind != "starting", timeout_seconds=20)
        app = AppTest.from_file(ROOT / "genkdash" / "dashboard.py", default_timeout=30)
        app.query_params = query or {"als": "influencer", "wie": "Amina"}
        app.run()
        return app if page == "me" else app.switch_page(f"../pages/{page}.py").run()

    yield draw
    stop()
    for feed in feeds:
        feed.stop(timeout_seconds=20)


@pytest.fixture
def outbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outbox]:
    """Let answers be kept here; nobody sends them."""
    kept = Outbox(tmp_path, source=SOURCE, utc_now=now)
    for module in (answer_keep, tip_answers, tip_waiting):
        monkeypatch.setattr(module, "current_outbox", lambda: kept)
    monkeypatch.setattr(tip_answers, "may_log", lambda: True)
    yield kept
    kept.close()


def said(app: AppTest) -> list[str]:
    kinds = (app.warning, app.info, app.success, app.markdown, app.caption, app.subheader)
    return [str(element.value) for kind in kinds for element in kind]


def test_the_own_page_asks_for_a_tip_and_the_example_keeps_none(open_page: Open) -> None:
    app = open_page(TIPS, GIVEN)
    app.button(key="tip_send").click().run()
    assert any("Schrijf eerst je tip; één zin is genoeg." in one for one in said(app))
    app.text_area(key="tip_text").set_value("Antwoord op stories")
    app.button(key="tip_send").click().run()

    assert [one for one in said(app) if one.startswith("Dit is het voorbeeld")] != []
    assert app.text_area(key="tip_text").value == "Antwoord op stories"
    assert app.exception.values == []


@pytest.mark.parametrize("tips", [(), ([["Tip", "Antwoord"]])], ids=["no tab", "no column for the name"])
def test_where_a_tip_could_not_be_written_none_is_asked_for(open_page: Open, tips: Any) -> None:
    app = open_page(*tips)

    assert "Heb je een tip voor de stad?" not in said(app)
    assert app.text_area.values == []


def test_staff_answer_and_the_answer_waits_with_what_was_seen(open_page: Open, outbox: Outbox) -> None:
    app = open_page(TIPS, GIVEN, page="lessons", kind="google")
    app.button[-1].click().run()
    app.button(key="answer_send").click().run()
    assert "Kies wat jullie ermee deden, of schrijf een antwoord." in said(app)
    app.pills(key="answer_status").set_value("adopted")
    app.text_area(key="answer_reply").set_value(" Doen we! ")
    app.button(key="answer_send").click().run()

    [entry] = outbox.corrections.entries()
    assert entry.correction.new == {"status": "doorgevoerd", "reply": "Doen we!", "replied_on": date(2018, 8, 20)}
    assert (entry.correction.row, entry.correction.seen["reply"]) == (2, None)
    assert "De stad: Doen we\\!" in said(app)
    assert app.exception.values == []


def test_the_day_of_the_first_answer_stays_when_more_comes_of_it(open_page: Open, outbox: Outbox) -> None:
    app = open_page(TIPS, (*GIVEN[:3], "Gehoord", "Klopt", date(2018, 6, 3)), page="lessons", kind="google")
    app.button[-1].click().run()
    assert (app.pills(key="answer_status").value, app.text_area(key="answer_reply").value) == ("heard", "Klopt")
    app.pills(key="answer_status").set_value("tried")
    app.button(key="answer_send").click().run()

    assert [entry.correction.new for entry in outbox.corrections.entries()] == [{"status": "geprobeerd"}]


def test_an_answer_that_was_refused_says_why_and_may_be_given_again(open_page: Open, outbox: Outbox) -> None:
    app = open_page(TIPS, GIVEN, page="lessons", kind="google")
    app.button[-1].click().run()
    app.text_area(key="answer_reply").set_value("Doen we!")
    app.button(key="answer_send").click().run()
    outbox.corrections.mark_refused(outbox.corrections.entries()[0].correction.key, "changed")
    app.run()

    assert [one for one in said(app) if one.startswith("Je laatste antwoord staat er niet")] != []
    assert app.button[-1].label == "Antwoord"


def test_nobody_answers_where_nothing_may_be_written(open_page: Open) -> None:
    app = open_page(TIPS, GIVEN, page="lessons", kind="google")

    assert [button.label for button in app.button if "ntwoord" in button.label] == []


@pytest.mark.parametrize(
    ("columns", "fields"),
    [
        (["Datum", "Influencer", "Titel"], ["Titel, in je eigen woorden"]),
        (["Datum", "Influencer", "Link", "Likes"], ["Link", "Likes tot nu toe"]),
        (
            ["Datum", "Influencer", "Thema's", "Platform", "Vorm"],
            ["Thema's", "Een ander thema", "Platform", "Vorm"],
        ),
    ],
)
def test_a_post_has_a_field_for_each_column_of_the_sheet_and_no_other(
    open_page: Open, columns: list[str], fields: list[str]
) -> None:
    app = open_page(page="log_post", posts=[columns, [date(2018, 5, 1), "Amina", *("" for _ in columns[2:])]])

    drawn = [*app.text_input, *app.number_input, *app.pills]
    assert {element.label for element in drawn} == set(fields)
    assert app.exception.values == []


def test_a_tip_that_is_stuck_is_told_to_staff_with_what_to_do_and_gently_to_who_gave_it(
    open_page: Open, outbox: Outbox
) -> None:
    outbox.put(some_tip("Antwoord ook op stories"))
    outbox.mark_failed(outbox.entries(), TabToWriteMissingError(tab="Tips"))
    own = said(open_page(TIPS, GIVEN))
    staff = said(open_page(TIPS, GIVEN, page="lessons", kind="google"))

    assert "**Antwoord ook op stories**" in own
    assert "**Antwoord ook op stories**" in staff
    assert [one for one in own if one.endswith("Het team kijkt het na; jij hoeft niets te doen.")] != []
    assert [one for one in staff if "Amina · 1 mei" in one and "Zet het terug of geef het zijn naam terug" in one] != []
