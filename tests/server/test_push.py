"""An open page hears of news from the server, and of nothing else, and loses nothing that somebody is doing on it."""

import time
from collections.abc import Iterator

import pytest
from running import running_dashboard
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from wire import Tab, open_tab
from workbooks import CAMPAIGN, Log

PATIENCE_SECONDS = 60.0


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Log:
    others = {"Influencers": [["Naam"], ["Amina"]], "Campagne": CAMPAIGN}
    return Log(tmp_path_factory.mktemp("sheet") / "log.xlsx", "Het eerste", others)


@pytest.fixture(scope="module")
def url(log: Log) -> Iterator[str]:
    with running_dashboard(str(log.path)) as url:
        yield url


def soon() -> float:
    return time.monotonic() + PATIENCE_SECONDS


def is_quiet_for(tab: Tab, *, seconds: float) -> bool:
    """Stay open for so long, and tell whether nothing came."""
    before = len(tab.frames)
    tab.stay_until(time.monotonic() + seconds)
    return len(tab.frames) == before


def runs_of_the_page(frames: list[bytes]) -> int:
    """Return how often the page was drawn to its end, its fragments alone not counted."""
    messages = [ForwardMsg.FromString(frame) for frame in frames]
    return [one.script_finished for one in messages if one.HasField("script_finished")].count(
        ForwardMsg.FINISHED_SUCCESSFULLY
    )


def test_a_page_that_asks_for_nothing_gets_a_new_row_and_after_that_not_one_byte(log: Log, url: str) -> None:
    with open_tab(url) as tab:
        tab.run()
        assert list(tab.fragments.values()) == [55.0]

        log.add("Vanzelf op het scherm")

        assert tab.gets("Vanzelf op het scherm", until=soon())
        assert any(is_quiet_for(tab, seconds=2) for _ in range(10))


def test_what_was_chosen_stays_chosen_when_the_server_draws_the_page_again(log: Log, url: str) -> None:
    with open_tab(url, "timeline") as tab:
        lists = [one for one in tab.run() if one.delta.new_element.WhichOneof("type") == "selectbox"]
        choice = WidgetStates()
        choice.widgets.add(id=lists[0].delta.new_element.selectbox.id, string_value="Amina")
        tab.run(widgets=choice)
        before = len(tab.frames)

        log.add("Bij wie gekozen is")

        # only with somebody chosen there are cards of posts
        assert tab.gets("Bij wie gekozen is", until=soon())
        tab.run(next(iter(tab.fragments)))
        drawn = [ForwardMsg.FromString(frame).delta.new_element for frame in tab.frames[before:]]
        assert any(element.markdown.body == "Bij wie gekozen is" for element in drawn)


def test_choosing_somebody_runs_the_part_that_shows_it_and_the_page_around_it_stays(url: str) -> None:
    with open_tab(url, "timeline") as one, open_tab(url, "timeline") as two:
        drawn, again = drawn_by_choosing(one, "Amina"), drawn_by_choosing(two, "Amina")

        assert {delta.fragment_id for delta in drawn} == {drawn[0].fragment_id} != {""}
        assert drawn[0].fragment_id not in one.fragments  # nothing asks for it but a touch
        kinds = [delta.new_element.WhichOneof("type") for delta in drawn]
        assert kinds.count("plotly_chart") == 1
        assert kinds.index("plotly_chart") < kinds.index("html")  # a card has the tags of its topics
        # drawn for one, and sent to the other as it was
        place = kinds.index("plotly_chart")
        assert again[place] == drawn[place]


def drawn_by_choosing(tab: Tab, name: str) -> list[Delta]:
    """Return all that a tab on the timeline is sent to draw when somebody chooses `name` there."""
    [chooser] = [one.delta for one in tab.run() if one.delta.new_element.HasField("selectbox")]
    choice = WidgetStates()
    choice.widgets.add(id=chooser.new_element.selectbox.id, string_value=name)
    tab.ask(chooser.fragment_id, widgets=choice)
    return [one.delta for one in tab.take(chooser.fragment_id) if one.WhichOneof("type") == "delta"]


def test_every_open_page_is_woken_and_each_is_drawn_once(log: Log, url: str) -> None:
    with open_tab(url) as one, open_tab(url) as two, open_tab(url) as three:
        tabs = (one, two, three)
        for tab in tabs:
            tab.run()
        before = [len(tab.frames) for tab in tabs]

        log.add("Voor iedereen")

        for tab, seen in zip(tabs, before, strict=True):
            assert tab.gets("Voor iedereen", until=soon())
            assert any(is_quiet_for(tab, seconds=0.5) for _ in range(20))
            assert runs_of_the_page(tab.frames[seen:]) == 1
