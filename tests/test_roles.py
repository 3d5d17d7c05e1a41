"""Each role has its own pages and no others, and an influencer is sent nothing of anybody else."""

import dataclasses
import re
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from books import book, post
from running import running_dashboard
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import context
from streamlit.testing.v1 import AppTest
from wire import Tab, has_text, open_tab
from workbooks import CAMPAIGN as WORKBOOK_CAMPAIGN
from workbooks import HEADER, row, save

from genkdash.access.own_sheet import own_colours, own_sheet
from genkdash.live.current import follow, now, stop
from genkdash.live.feed import Feed
from genkdash.sheet.model import Sheet
from genkdash.sheet.parse import parse
from genkdash.sheet.sample import Example
from genkdash.ui import view
from genkdash.ui.access import Viewer

ROOT = Path(view.__file__).parents[2]
STAFF = ("overview", "topics", "timeline", "reactions", "lessons", "sheet_check", "log_post", "screen", "methods")
PAGES_OF = {"staff": STAFF, "influencer": ("me", "log_post", "methods"), "scherm": ("screen",)}
PAGES = (*STAFF, "me")
TITLES = {
    "overview": "Waar staan we samen?",
    "topics": "Waarover gaat het?",
    "timeline": "Wanneer werd er verteld?",
    "reactions": "Hoe wordt er gereageerd?",
    "lessons": "Wat leren de jongeren ons?",
    "sheet_check": "Klopt de sheet?",
    "log_post": "Wat heb je verteld?",
    "me": "Dag Amina!",
}
NOT_YOURS = "Deze pagina hoort niet bij hoe je nu kijkt."
HERE = SimpleNamespace(headers=[("Host", "localhost:8501")], cookies={}, remote_ip="127.0.0.1")


def example_sheet() -> Sheet:
    """Return the example on its own day."""
    return parse(Example().read(), today=date(2018, 8, 20))


PEOPLE = [influencer.name for influencer in example_sheet().influencers]


@pytest.fixture(scope="module")
def example() -> Iterator[str]:
    with running_dashboard(None) as url:
        yield url


def kinds(messages: list[ForwardMsg]) -> list[str]:
    """Return what each message is: the kind of element for one that draws."""
    return [
        message.delta.new_element.WhichOneof("type") or "block"
        if message.WhichOneof("type") == "delta"
        else str(message.WhichOneof("type"))
        for message in messages
    ]


def drawn(messages: list[ForwardMsg]) -> dict[tuple[int, ...], bytes]:
    """Return what stands where on the page in the end, without what differs between two tabs: files and fragments."""
    found = {}
    for message in messages:
        if message.WhichOneof("type") == "delta" and not message.delta.fragment_id:
            text = message.delta.SerializeToString(deterministic=True)
            kind = message.delta.new_element.WhichOneof("type")
            # a place that a fragment fills; a file to download, which is of one session; a fragment's own outside
            if kind not in {"empty", "download_button"} and b"fragment" not in text:
                found[tuple(message.metadata.delta_path)] = text
    return found


@pytest.mark.parametrize("query", ["als=staff", "als=influencer&wie=Amina"])
def test_who_comes_second_is_sent_the_same_at_the_same_place(example: str, query: str) -> None:
    with open_tab(example, query=query) as first, open_tab(example, query=query) as second:
        before, after = drawn(first.run()), drawn(second.run())
    assert len(before) > 20
    assert after == before


def test_who_comes_after_somebody_else_is_sent_nothing_of_theirs(example: str) -> None:
    with open_tab(example, query="als=influencer&wie=Amina") as amina:
        amina.run()
    with open_tab(example, query="als=influencer&wie=Bram") as bram:
        bram.run()
        received = bram.received()
    assert has_text(received, "Dag Bram!")
    assert not has_text(received, "Amina")


@pytest.mark.parametrize(("audience", "page"), list(product(PAGES_OF, PAGES)))
def test_a_role_reaches_its_own_pages_by_link_and_no_other(example: str, audience: str, page: str) -> None:
    # a scene of the wall that has no title in common with a page, whatever the time
    with open_tab(example, page, query=f"als={audience}&scenes=strip") as tab:
        messages = tab.run()
        titles = {name for name, title in TITLES.items() if has_text(tab.received(), title)}
        menu = {one.page_name for sent in messages for one in sent.navigation.app_pages if not one.is_hidden}

    home = PAGES_OF[audience][0]
    is_own = page in PAGES_OF[audience]
    assert "page_not_found" not in kinds(messages)
    assert titles <= {page if is_own else home}
    assert len(menu) == len(PAGES_OF[audience])


@pytest.mark.parametrize(("page", "title"), [("overview", "Waar staan we samen?"), ("topics", "Waarover gaat het?")])
def test_over_a_sheet_of_ones_own_everybody_is_staff_whatever_the_address_says(
    own_workbook: str, page: str, title: str
) -> None:
    with open_tab(own_workbook, page, query="als=influencer&wie=Amina") as tab:
        tab.run()
        assert has_text(tab.received(), title)
        assert not has_text(tab.received(), "Kijk als")


def test_over_a_sheet_of_ones_own_there_is_no_page_of_an_influencer(own_workbook: str) -> None:
    with open_tab(own_workbook, "me", query="als=influencer&wie=Amina") as tab:
        messages = tab.run()
        assert "page_not_found" not in kinds(messages)
        assert has_text(tab.received(), "Waar staan we samen?")
        assert not has_text(tab.received(), "Mijn pagina")


@pytest.fixture(scope="module")
def own_workbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    rows = [HEADER, row(date(2018, 5, 1), "Amina", "Muziek"), row(date(2018, 5, 2), "Bo", "Sport")]
    source = save(tmp_path_factory.mktemp("sheet") / "log.xlsx", {"Berichten": rows, "Campagne": WORKBOOK_CAMPAIGN})
    with running_dashboard(source) as url:
        yield url


def everything_sent(tab: Tab) -> bytes:
    """Return what a tab receives: the page, each fragment twice, and the page once more."""
    tab.run()
    assert tab.fragments
    for fragment in [*tab.fragments, *tab.fragments]:
        tab.run(fragment)
    tab.run()
    return tab.received()


def of_others(sheet: Sheet, name: str) -> set[str]:
    """Return all texts in the sheet that stand with somebody else and not with `name`, nor with everybody."""
    posts = sheet.posts
    own = posts[posts["influencer"] == name]
    theirs = posts[posts["influencer"] != name]
    listed = {topic.name for topic in sheet.topics or ()}
    texts: set[str | None] = {*theirs["title"], *theirs["link"]} - {*own["title"], *own["link"]}
    texts |= (
        {topic for topics in theirs["topics"] for topic in topics}
        - listed
        - {topic for topics in own["topics"] for topic in topics}
    )
    for other in sheet.influencers:
        if other.name != name:
            texts |= {other.account, other.interests, *other.aliases}
    texts |= {entry.name for entry in sheet.calendar if entry.influencer not in {None, name}}
    texts |= {text for tip in sheet.tips if tip.influencer != name for text in (tip.text, tip.reply)}
    return {text for text in texts if text} - {"Taal"}  # that topic is also the label of the language switch


@pytest.mark.parametrize(("name", "page"), [*((name, "me") for name in PEOPLE), ("Bram", ""), ("Bram", "methods")])
def test_not_one_byte_of_another_influencer_is_sent_to_an_influencer(example: str, name: str, page: str) -> None:
    with open_tab(example, page, query=f"als=influencer&wie={name}") as tab:
        sent = everything_sent(tab)

    assert page == "methods" or has_text(sent, f"Dag {name}!")
    others = [other for other in PEOPLE if other != name]
    assert [other for other in others if re.search(rb"(?<![A-Za-z])%b(?![a-z])" % other.encode(), sent)] == []
    foreign = of_others(example_sheet(), name)
    assert len(foreign) > 150
    assert [text for text in foreign if has_text(sent, text)] == []


def test_the_texts_of_others_would_be_found(example: str) -> None:
    with open_tab(example, "timeline") as tab:
        sent = everything_sent(tab)

    assert sum(has_text(sent, text) for text in of_others(example_sheet(), "Bram")) > 50
    assert re.search(rb"(?<![A-Za-z])Cem(?![a-z])", sent)


def test_the_page_of_a_phone_comes_with_its_numbers_and_without_a_chart(example: str) -> None:
    with open_tab(example, "me", query="als=influencer&wie=Bram") as tab:
        sent = kinds(tab.run())

    assert sent.count("metric") == 3
    assert "plotly_chart" not in sent


@pytest.mark.parametrize("query", ["als=influencer&wie=Niemand", "als=influencer"])
def test_an_unknown_name_is_the_first_influencer(example: str, query: str) -> None:
    with open_tab(example, "me", query=query) as tab:
        tab.run()
        assert has_text(tab.received(), "Dag Amina!")


def test_an_unknown_audience_is_staff(example: str) -> None:
    with open_tab(example, "", query="als=burgemeester") as tab:
        tab.run()
        assert has_text(tab.received(), TITLES["overview"])


def test_an_influencer_does_not_look_back_at_an_earlier_day(example: str) -> None:
    with open_tab(example, "me", query="als=influencer&wie=Bram&stand=2018-05-01") as tab:
        tab.run()
        assert has_text(tab.received(), "Nog 3, ongeveer 1 per 18 dagen")
        assert not has_text(tab.received(), "Terugblik")


@pytest.fixture
def _over_the_example(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(context, "_get_client_context", lambda: HERE)
    feed = Feed(Example(), store=None)
    follow(feed)
    assert feed.wait_for(lambda: feed.state(now()).kind != "starting", timeout_seconds=20)
    yield
    stop()
    feed.stop(timeout_seconds=20)


@pytest.mark.usefixtures("_over_the_example")
@pytest.mark.parametrize(
    ("audience", "page"),
    [
        (audience, page)
        for audience, page in product(PAGES_OF, PAGES)
        if page not in PAGES_OF[audience] and page != "screen"
    ],
)
def test_a_page_that_runs_for_a_wrong_role_after_all_says_one_plain_sentence(audience: str, page: str) -> None:
    app = AppTest.from_file(ROOT / "pages" / f"{page}.py", default_timeout=30)
    app.query_params = {"als": audience}
    app.run()

    assert [info.value.startswith(NOT_YOURS) for info in app.info] == [True]
    assert len(app.main) == 1


@pytest.mark.usefixtures("_over_the_example")
def test_asking_for_a_page_of_another_role_within_a_session_gives_ones_own() -> None:
    app = AppTest.from_file(ROOT / "genkdash" / "dashboard.py", default_timeout=30)
    app.query_params = {"als": "influencer", "wie": "Bram"}
    app.switch_page("../pages/sheet_check.py").run()

    assert [title.value for title in app.title] == ["Dag Bram!"]


@pytest.mark.usefixtures("_over_the_example")
def test_the_switch_changes_the_pages_and_the_address_and_steps_to_the_next_person() -> None:
    app = AppTest.from_file(ROOT / "genkdash" / "dashboard.py", default_timeout=30).run()
    assert "als" not in app.query_params

    app.radio(key="als").set_value("influencer").run()
    assert (app.title[0].value, app.query_params["als"], app.query_params["wie"]) == (
        "Dag Amina!",
        "influencer",
        "Amina",
    )
    app.button(key="audience_step_1").click().run()
    assert (app.title[0].value, app.query_params["wie"]) == ("Dag Bram!", "Bram")
    app.button(key="audience_step_-1").click().run().button(key="audience_step_-1").click().run()
    assert app.title[0].value == "Dag Yannis!"
    app.radio(key="als").set_value("staff").run()
    assert app.title[0].value == TITLES["overview"]
    assert not {"als", "wie"} & set(app.query_params)


def canary_sheet() -> Sheet:
    """Return a sheet in which every text of Bo, and of nobody, is a canary."""
    bo = {"Influencer": "CANARY Bo", "Titel": "CANARY", "Link": "https://canary.example/CANARY", "Platform": "CANARY"}
    mine = post(Titel="Mijn straat", Themas="Muziek")
    posts: list[Any] = [
        mine,
        post(**bo, Themas="CANARY thema"),
        post(**bo | {"Link": "geen CANARY"}, Datum="CANARY"),
        post(Influencer="CANARY niemand", Titel="CANARY"),
        post(Themas="CANARY thena", Influencer="CANARY Bo"),
    ]
    tip_headers = ["Datum", "Influencer", "Tip", "Link", "Bericht-ID", "Status", "Antwoord", "Beantwoord op"]
    return parse(
        book(
            posts,
            Influencers=[
                ["Naam", "E-mail", "Account", "Alias", "Interesses"],
                ["Amina", "amina@genk.example", "@amina", "Mina", "eten"],
                ["CANARY Bo", "CANARY@genk.example", "@CANARY", "CANARY alias", "CANARY"],
            ],
            Tips=[
                tip_headers,
                [date(2018, 6, 1), "Amina", "Film rechtop", None, None, None, None, None],
                [date(2018, 6, 1), "CANARY Bo", "CANARY tip", None, None, "gehoord", "CANARY antwoord", None],
                [date(2018, 6, 1), None, "CANARY tip", None, None, None, None, None],
            ],
            Kalender=[
                ["Van", "Tot", "Soort", "Naam", "Influencer", "Gewicht"],
                [date(2018, 7, 1), date(2018, 7, 8), "pauze", "CANARY", "CANARY Bo", None],
                [date(2018, 6, 1), date(2018, 6, 8), "pauze", "Examens", None, None],
            ],
        ),
        today=date(2018, 8, 20),
    )


def test_the_own_sheet_holds_nothing_of_anybody_else() -> None:
    whole = canary_sheet()
    own = own_sheet(whole, "Amina")

    assert "CANARY" in said(whole)
    assert "CANARY" not in said(own)
    assert "Mijn straat" in said(own)
    assert [tip.text for tip in own.tips] == ["Film rechtop"]
    assert [entry.name for entry in own.calendar] == ["Examens"]
    assert (own.rows.read, own.rows.counted, own.rows.not_counted) == (1, 1, 0)


def test_the_own_sheet_of_nobody_is_empty() -> None:
    own = own_sheet(canary_sheet(), None)

    assert (own.influencers, own.tips, len(own.posts), own.issues) == ((), (), 0, ())
    assert "CANARY" not in said(own)


def test_the_whole_sheet_is_left_as_it_was() -> None:
    whole = canary_sheet()
    before = said(whole)
    own_sheet(whole, "Amina")

    assert said(whole) == before


def test_colours_are_those_of_everybody_for_the_topics_one_may_know() -> None:
    colours = {"Muziek": "#111111", "Sport": "#222222", "CANARY thema": "#333333"}

    assert own_colours(colours, own_sheet(canary_sheet(), "Amina")) == {"Muziek": "#111111", "Sport": "#222222"}


def test_no_repr_of_a_viewer_holds_a_name() -> None:
    assert "Amina" not in repr(Viewer("influencer", "Amina"))


def said(sheet: Sheet) -> str:
    """Return every text in a sheet."""
    parts = {field.name: getattr(sheet, field.name) for field in dataclasses.fields(sheet)}
    return sheet.posts.to_json(date_format="iso") + repr({**parts, "posts": None})
