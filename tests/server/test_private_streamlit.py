"""What we need of the installed Streamlit, and it does not promise, is still there and still works as we read it."""

import inspect
import json
from dataclasses import fields

import pytest
from streamlit.auth_util import decode_provider_token
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.scriptrunner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.runtime.scriptrunner_utils.script_run_context import FragmentThreadState, ScriptRunContext
from streamlit.runtime.secrets import secrets_singleton
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from genkdash.server.private_streamlit import (
    IDENTITY_COOKIES,
    RUNS_ON_TOUCH,
    GarbageFrameError,
    connected_pages,
    fragments_to_wake,
    frame_kind,
    identity_claims,
    provider_token,
    streamlit_page,
)

ORIGIN = "https://genkdash.example"
SECRET = "a-secret-of-tests-that-is-long-enough-0123456789"
CLAIMS = {"iss": "https://idp.example", "sub": "1", "origin": ORIGIN, "is_logged_in": True, "provider": "google"}


@pytest.fixture(autouse=True)
def _sign_in_table() -> object:
    secrets_singleton.merge_programmatic_secrets({"auth": {"cookie_secret": SECRET}})
    yield
    secrets_singleton.merge_programmatic_secrets({"auth": {}})


def signed(payload: str, *, secret: str = SECRET, name: str = "_streamlit_user") -> str:
    return create_signed_value(secret, name, payload).decode()


def test_a_cookie_that_was_signed_here_gives_its_claims_without_those_of_streamlits_own() -> None:
    claims = identity_claims({"_streamlit_user": signed(json.dumps(CLAIMS))}, origin=ORIGIN)
    assert claims == {"iss": "https://idp.example", "sub": "1", "is_logged_in": True, "provider": "google"}


def test_a_long_cookie_is_put_together_again() -> None:
    whole = json.dumps({**CLAIMS, "email": "a" * 100})
    cookies = {
        "_streamlit_user": signed("chunks-2"),
        "_streamlit_user_1": signed(whole[:60], name="_streamlit_user_1"),
        "_streamlit_user_2": signed(whole[60:], name="_streamlit_user_2"),
    }
    claims = identity_claims(cookies, origin=ORIGIN)
    assert claims is not None
    assert claims["email"] == "a" * 100
    del cookies["_streamlit_user_2"]
    assert identity_claims(cookies, origin=ORIGIN) is None


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "x",
        json.dumps(CLAIMS),
        signed(json.dumps(CLAIMS), secret="another-secret-that-is-just-as-long-0123456789"),
        signed(json.dumps(CLAIMS), name="_streamlit_user_tokens"),
        signed(json.dumps(CLAIMS))[:-1],
        signed(json.dumps({**CLAIMS, "origin": "https://elsewhere.example"})),
        signed(json.dumps({**CLAIMS, "is_logged_in": False})),
        signed(json.dumps({**CLAIMS, "is_logged_in": "true"})),
        signed("no json"),
        "\xff\xfe",
    ],
    ids=["empty", "x", "unsigned", "key", "name", "cut", "origin", "out", "text", "no json", "latin"],
)
def test_any_other_cookie_is_nobodys(cookie: str) -> None:
    assert identity_claims({"_streamlit_user": cookie}, origin=ORIGIN) is None
    assert identity_claims({}, origin=ORIGIN) is None


def test_a_sign_in_begins_with_a_token_that_streamlit_takes() -> None:
    assert decode_provider_token(provider_token("google"))["provider"] == "google"


def test_the_cookies_are_called_as_we_clear_them() -> None:
    assert IDENTITY_COOKIES == ("_streamlit_user", "_streamlit_user_tokens")


def test_every_kind_of_frame_was_weighed_when_this_was_written() -> None:
    kinds = {field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields}
    assert kinds == {
        "clear_cache",
        "set_run_on_save",
        "stop_script",
        "rerun_script",
        "load_git_info",
        "debug_disconnect_websocket",
        "debug_shutdown_runtime",
        "file_urls_request",
        "app_heartbeat",
        "backend_operation_request",
    }
    operations = BackMsg().backend_operation_request.DESCRIPTOR.oneofs_by_name["payload"].fields
    assert {field.name for field in operations} == {
        "deferred_file",
        "install_skills",
        "dismiss_skills_nudge",
        "dataframe_chunk",
    }


def test_a_frame_says_what_it_asks_for() -> None:
    assert frame_kind(BackMsg(clear_cache=True).SerializeToString()) == "clear_cache"
    assert frame_kind(b"") is None
    with pytest.raises(GarbageFrameError):
        frame_kind(b"\xff")


def test_the_page_is_there() -> None:
    assert b'<div id="root">' in streamlit_page()


def test_an_open_page_has_its_runs_and_its_fragments_where_we_look_for_them() -> None:
    made = inspect.getsource(AppSession.__init__)
    assert "self._scriptrunner: ScriptRunner | None = None" in made
    assert "self._client_state = ClientState()" in made
    assert "self._fragment_storage: FragmentStorage = MemoryFragmentStorage()" in made
    assert "self._fragments: dict[str, Fragment] = {}" in inspect.getsource(MemoryFragmentStorage.__init__)
    runner = getattr(AppSession, "_create_scriptrunner")  # noqa: B009  a name that is private to it
    assert list(inspect.signature(runner).parameters) == ["self", "initial_rerun_data"]
    assert {"query_string", "page_script_hash", "context_info"} <= {*ClientState.DESCRIPTOR.fields_by_name}
    assert (
        RerunData(query_string="", page_script_hash="", fragment_id_queue=["a"], is_auto_rerun=True).fragment_id is None
    )


def test_a_fragment_that_runs_on_touch_is_not_woken_and_any_other_is() -> None:
    fragments = MemoryFragmentStorage()
    fragments.register("age", lambda: None)
    fragments.register("waiting", lambda: None, target_key="waiting")
    fragments.register("lanes", lambda: None, target_key=f"{RUNS_ON_TOUCH}lanes")
    assert fragments_to_wake(fragments) == ["age", "waiting"]


def test_a_run_of_a_fragment_says_which_one_it_is_and_where_it_stands() -> None:
    assert {"fragment_id", "delta_path", "active_script_hash"} <= {one.name for one in fields(FragmentThreadState)}
    assert "fragment_ids_this_run" in {one.name for one in fields(ScriptRunContext)}


def test_the_runtime_knows_its_open_pages_as_we_ask_it() -> None:
    assert "self._session_mgr = config.session_manager_class" in inspect.getsource(Runtime.__init__)
    assert list(inspect.signature(WebsocketSessionManager.list_active_sessions).parameters) == ["self"]
    assert list(inspect.signature(Runtime.get_app_session).parameters) == ["self", "session_id"]
    assert connected_pages() == ()


def test_a_run_sends_its_messages_on_the_road_that_we_shorten() -> None:
    assert "self._enqueue(msg_to_send)" in inspect.getsource(ScriptRunContext.enqueue)
    assert "enqueue=self._enqueue_forward_msg" in inspect.getsource(ScriptRunner._run_script_thread)  # noqa: SLF001
    one_by_one = inspect.getsource(ScriptRunner._enqueue_forward_msg)  # noqa: SLF001
    assert "self._maybe_handle_execution_control_request()" in one_by_one
    assert "event=ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, forward_msg=msg" in one_by_one
    receive = AppSession._handle_scriptrunner_event_on_event_loop  # noqa: SLF001
    assert list(inspect.signature(receive).parameters)[:4] == ["self", "sender", "event", "forward_msg"]
    assert hasattr(AppSession, "_call_soon_on_event_loop")


def test_the_theme_and_the_settings_are_read_where_we_spare_it() -> None:
    assert "_populate_theme_msg(msg.new_session.custom_theme)" in inspect.getsource(AppSession)
    assert "_populate_config_msg(msg.new_session.config)" in inspect.getsource(AppSession)
    assert "recommend, suppressed_reason = self._compute_skills_nudge_state()" in inspect.getsource(AppSession)
