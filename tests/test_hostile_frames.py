"""What somebody who may come in sends over the websocket can't be another's, and can't bring down what others see."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shared_mode import Shared, shared_dashboard
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from wire import Tab, has_text, open_tab
from workbooks import CAMPAIGN, HEADER, row, save

OWN, OTHER = "aminatitle3101", ["Boname3201", "botitle3202", "botopic3203", "boreply3204"]
STAFF_SEES, AMINA_SEES = "Waar staan we samen?", "Dag Amina!"
TABS: dict[str, Any] = {
    "Berichten": [
        HEADER,
        row(date(2018, 5, 1), "Amina", "Muziek", Titel=OWN),
        row(date(2018, 8, 19), OTHER[0], OTHER[2], Titel=OTHER[1]),
    ],
    "Influencers": [["Naam", "E-mail"], ["Amina", "amina@proef.example"], [OTHER[0], "bo@proef.example"]],
    "Campagne": CAMPAIGN,
    "Tips": [["Influencer", "Tip", "Antwoord"], [OTHER[0], "Korter", OTHER[3]]],
}
NAMES = (
    "als",
    "wie",
    "taal",
    "stand",
    "influencer",
    "soort",
    "reden",
    "antwoord",
    "maand",
    "screen_turns",
    "shown_edition",
    "__proto__",
)
# One forged value of each kind that a browser can send, small or absurd.
FORGED: dict[str, dict[str, Any]] = {
    "trigger": {"trigger_value": True},
    "yes": {"bool_value": True},
    "number": {"double_value": float("nan")},
    "whole": {"int_value": 2**62},
    "negative": {"int_value": -1},
    "text": {"string_value": "staff"},
    "name": {"string_value": OTHER[0]},
    "texts": {"string_array_value": {"data": ["staff", OTHER[0]] * 500}},
    "numbers": {"double_array_value": {"data": [float("inf"), -1.0]}},
    "wholes": {"int_array_value": {"data": [2**62, -1]}},
    "json": {"json_value": '{"selection": {"points": [' + "[" * 2000},
    "bytes": {"bytes_value": b"\x80\x04K\x01." * 100},
    "file": {"file_uploader_state_value": {"uploaded_file_info": [{"file_id": "1", "name": "../../x"}]}},
    "chat": {"chat_input_value": {"data": "staff"}},
    "day": {"string_value": "9999-99-99"},
}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    folder = tmp_path_factory.mktemp("shared")
    source = save(folder / "log.xlsx", TABS)
    with shared_dashboard(source, folder, log=folder / "server.log") as running:
        yield running


@pytest.fixture(scope="module")
def staff(shared: Shared) -> Iterator[Tab]:
    """The tab of a colleague who looks all the while."""
    with open_tab(shared.url, cookie=shared.cookie()) as tab:
        tab.run()
        yield tab


@pytest.fixture
def amina(shared: Shared) -> Iterator[Tab]:
    with open_tab(shared.url, cookie=amina_cookie(shared)) as tab:
        tab.run()
        yield tab


def amina_cookie(shared: Shared) -> str:
    return shared.cookie(email="amina@proef.example")


def still_sees_all(staff: Tab) -> None:
    """See that the colleague's next run is as every run was: whole, without an error."""
    messages = staff.run()
    sent = b"".join(message.SerializeToString() for message in messages)
    assert has_text(sent, STAFF_SEES)
    assert has_text(sent, OTHER[0])
    assert errors_in(messages) == []


def sees_only_the_own_part(amina: Tab) -> None:
    """See that nothing of anybody else came to this tab, ever, and that its next run is as the first."""
    messages = amina.run()
    assert has_text(b"".join(message.SerializeToString() for message in messages), AMINA_SEES)
    assert errors_in(messages) == []
    assert [text for text in OTHER if has_text(amina.received(), text)] == []


def errors_in(messages: list[ForwardMsg]) -> list[str]:
    elements = [message.delta.new_element for message in messages]
    return [one.exception.message for one in elements if one.WhichOneof("type") == "exception"]


def kind_of(frame: bytes) -> str | None:
    message = ForwardMsg()
    message.ParseFromString(frame)
    return message.WhichOneof("type")


def widgets_of(*tabs: Tab) -> list[str]:
    """Return the id of each widget that was ever drawn in these tabs."""
    received = b"".join(tab.received() for tab in tabs)
    return sorted({found.decode() for found in re.findall(rb"\$\$ID-[\w-]+", received)})


def test_forged_values_of_every_kind_for_every_widget_change_nothing_for_anybody(shared: Shared, staff: Tab) -> None:
    for value in FORGED.values():
        with open_tab(shared.url, cookie=amina_cookie(shared)) as forger:
            forger.run()
            names = [*NAMES, *widgets_of(staff, forger)]
            assert len(names) > len(NAMES) + 5
            forger.run(widgets=WidgetStates(widgets=[WidgetState(id=name, **value) for name in names]))
            assert [text for text in OTHER if has_text(forger.received(), text)] == []
    with open_tab(shared.url, cookie=amina_cookie(shared)) as amina:
        sees_only_the_own_part(amina)
    still_sees_all(staff)


def test_a_file_that_was_offered_to_another_is_not_made_for_somebody_else(staff: Tab, amina: Tab) -> None:
    """Asked for first, it would be there before the staff's own, which is made after it over the same server."""
    offered = re.findall(r'deferred_file_id: "(\w+)"', "".join(map(str, staff.run())))
    for session in (staff.session, amina.session, ""):
        for file in (offered[0], "0" * 32, "../secrets"):
            request = BackMsg()
            request.backend_operation_request.request_id = file
            request.backend_operation_request.session_id = session
            request.backend_operation_request.deferred_file.file_id = file
            amina.send(request.SerializeToString())
    sees_only_the_own_part(amina)
    assert staff.build_file(offered[0]).endswith(".csv")
    sees_only_the_own_part(amina)
    assert [frame for frame in amina.frames if kind_of(frame) == "backend_operation_response"] == []


def test_the_session_of_another_can_not_be_taken_over(shared: Shared, staff: Tab) -> None:
    with open_tab(shared.url, cookie=amina_cookie(shared), session=staff.session) as thief:
        sees_only_the_own_part(thief)
        assert thief.session != staff.session
    still_sees_all(staff)


def test_the_session_that_another_has_left_can_not_be_taken_over(shared: Shared) -> None:
    with open_tab(shared.url, cookie=shared.cookie()) as left:
        left.run()
    with open_tab(shared.url, cookie=amina_cookie(shared), session=left.session) as thief:
        sees_only_the_own_part(thief)
        assert thief.session != left.session


@pytest.mark.parametrize("session", ["0", "a" * 5000, "..%2f..%2fsecrets"])
def test_a_session_that_never_was_is_a_new_one(shared: Shared, session: str) -> None:
    with open_tab(shared.url, cookie=amina_cookie(shared), session=session) as tab:
        sees_only_the_own_part(tab)
        assert tab.session != session


def test_what_would_empty_caches_or_end_the_server_does_nothing_to_anybody(staff: Tab, amina: Tab) -> None:
    frames = (
        BackMsg(clear_cache=True),
        BackMsg(set_run_on_save=True),
        BackMsg(load_git_info=True),
        BackMsg(debug_disconnect_websocket=True),
        BackMsg(debug_shutdown_runtime=True),
    )
    for frame in frames:
        amina.send(frame.SerializeToString())
    sees_only_the_own_part(amina)
    still_sees_all(staff)


@pytest.mark.parametrize(
    ("frame", "codes"),
    [
        (b"\xff" * 64, {1002}),
        (b"\x00", {1002}),
        (b"GET / HTTP/1.1\r\n\r\n", {1002}),
        ("<script>", {1003}),
        (b"\x0a" + b"\xff" * 2**20, {1009}),
        (b"\x00" * 30 * 2**20, {1009}),
    ],
    ids=["garbage", "zero", "http", "text", "a megabyte", "thirty megabytes"],
)
def test_what_is_no_message_ends_the_websocket_it_came_over_and_no_other(
    shared: Shared, staff: Tab, frame: bytes | str, codes: set[int]
) -> None:
    with ExitStack() as opened:
        cookie = amina_cookie(shared)
        tabs = [opened.enter_context(open_tab(shared.url, cookie=cookie)) for _ in range(3)]
        for tab in tabs:
            tab.send(frame)
        assert {tab.end() for tab in tabs} <= codes
    still_sees_all(staff)


def test_after_all_that_the_log_holds_no_name_and_no_text_of_the_sheet(shared: Shared, staff: Tab) -> None:
    still_sees_all(staff)
    log = (Path(shared.folder) / "server.log").read_bytes()
    assert [text for text in (OWN, "Amina", "amina@", *OTHER) if has_text(log, text)] == []
