"""Which names that Streamlit does not promise do we need? Here they stand, and nowhere else.

The identity cookie, the token that a sign-in begins with, the frames of a browser, the page itself, the open pages with
their runs, and what a run sends. An upgrade that moves one of them fails tests/server/test_private_streamlit.py.
"""

# ruff: noqa: SLF001  what is private is used in this module, so that it is used in no other
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]  # ships no types
from streamlit.auth_util import encode_provider_token
from streamlit.delta_generator_singletons import get_dg_singleton_instance
from streamlit.file_util import get_static_dir
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime import Runtime, app_session
from streamlit.runtime.forward_msg_cache import create_reference_msg
from streamlit.runtime.fragment import FragmentStorage
from streamlit.runtime.scriptrunner import ScriptRunner, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext, ThreadState
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import (
    _get_signed_cookie_with_chunks,
    _parse_decoded_user_cookie,
)

from genkdash.server.private_streamlit_sending import say_so_far, say_together

IDENTITY_COOKIES = (USER_COOKIE_NAME, TOKENS_COOKIE_NAME)
"""The cookies of somebody who signed in; a long one goes on in cookies named `…_1`, `…_2`."""

THEME_KEY = "stActiveTheme-{}-v2"
"""Where a browser keeps the light or dark that was chosen in the menu of the page at this path, as JSON."""


RUNS_ON_TOUCH = "on_touch_"
"""How the key of a fragment begins that runs when somebody touches it, and is not woken."""


class GarbageFrameError(ValueError):
    """A frame that is no message of Streamlit's at all."""


def provider_token(provider: str) -> str:
    """Return the short-lived token that `/auth/login?provider=` asks for, as `st.login` makes it."""
    return encode_provider_token(provider)


def identity_claims(cookies: Mapping[str, str], *, origin: str) -> Mapping[str, object] | None:
    """Return the claims of who signed in on `origin` (`https://genkdash.example`), with `provider` among them.

    None for nobody: no cookie, one that was not signed here, or one of another origin.
    """
    signed = _get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME)
    if signed is None:
        return None
    claims = _parse_decoded_user_cookie(signed, origin)
    return claims if claims.get("is_logged_in") is True else None


def frame_kind(frame: bytes) -> str | None:
    """Return what a browser asks for with this frame (`rerun_script`, ...); None where it asks for nothing we know.

    Raises:
        GarbageFrameError: it is no message.
    """
    message = BackMsg()
    try:
        message.ParseFromString(frame)
    except DecodeError:
        raise GarbageFrameError from None
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload")
    return kind


def streamlit_page() -> bytes:
    """Return the one page of the installed Streamlit, as it lies on disk."""
    return (Path(get_static_dir()) / "index.html").read_bytes()


def own_page() -> str:
    """Return what this open page is called here, for as long as it is open; for a run of a page."""
    run = get_script_run_ctx()
    return "" if run is None else run.session_id


def connected_pages() -> tuple[str, ...]:
    """Return what the pages are called that are open and connected now. For any thread."""
    if not Runtime.exists():
        return ()
    return tuple(one.session.id for one in Runtime.instance()._session_mgr.list_active_sessions())


def is_in_a_run(page: str) -> bool:
    """Tell whether the script of this open page is running now. On the server's event loop only."""
    session = Runtime.instance().get_app_session(page)
    return session is not None and session._scriptrunner is not None


def run_again(page: str, *, whole: bool = False) -> bool:
    """Run the fragments of an open page again, or the `whole` page, as if its browser had asked without a touch.

    Those of `RUNS_ON_TOUCH` only with the whole page.

    False, and nothing done, in the middle of a run of its own: that one is not broken off. True for a page that has
    gone. Every widget keeps its value, and what is typed in a form stays in its browser. On the server's event loop
    only.
    """
    session = Runtime.instance().get_app_session(page)
    if session is None:
        return True
    if session._scriptrunner is not None:
        return False
    fragments = [] if whole else fragments_to_wake(session._fragment_storage)
    if fragments or whole:
        last = session._client_state
        session._create_scriptrunner(
            RerunData(
                query_string=last.query_string,
                # an empty list, not none at all: what was clicked in the run before is not clicked again
                widget_states=WidgetStates(),
                page_script_hash=last.page_script_hash,
                fragment_id_queue=fragments,
                is_auto_rerun=True,
                context_info=last.context_info,
            )
        )
    return True


def fragments_to_wake(storage: FragmentStorage) -> list[str]:
    """Return the ids of the fragments of an open page that look for news; those of `RUNS_ON_TOUCH` do not."""
    keys: Mapping[str, str] = storage._target_key_by_id  # type: ignore[attr-defined]  # in memory
    every: Mapping[str, object] = storage._fragments  # type: ignore[attr-defined]  # the same
    return [one for one in every if not keys.get(one, "").startswith(RUNS_ON_TOUCH)]


@dataclass(slots=True)
class Drawing:
    """What a part of a page sent when it was drawn: its messages as they are, and how many places it took."""

    messages: tuple[ForwardMsg, ...] | None = None
    places: int = 0


def place_on_page() -> Hashable | None:
    """Return on which page and where the next element of this run will stand; None where it can't be sent again.

    That is outside a run, and outside a fragment that is running. Messages name the fragment that they are of; one at
    the same place has the same name in every session.
    """
    run, cursor = get_script_run_ctx(suppress_warning=True), get_dg_singleton_instance().main_dg._active_dg._cursor
    if run is None or cursor is None or cursor.is_locked:
        return None
    thread, path = ThreadState.get(), tuple(cursor.delta_path)
    if thread.fragment_id and (thread.delta_path is None or path[: len(thread.delta_path)] != thread.delta_path):
        return None
    return thread.active_script_hash, thread.fragment_id, *path


def draw_or_send_again(drawing: Drawing, draw: Callable[[], None]) -> None:
    """Send what `drawing` holds, at the same place as then; where it holds nothing yet, draw, and keep that.

    Only where `place_on_page` is the same as then, and for a part without widgets and fragments.
    """
    run, cursor = get_script_run_ctx(), get_dg_singleton_instance().main_dg._active_dg._cursor
    if run is None or cursor is None:
        raise RuntimeError("not in a run of a page")
    if drawing.messages is not None:
        _send_together(run, drawing.messages)
        for _ in range(drawing.places):
            cursor.lock_element()
        return
    kept: list[ForwardMsg] = []
    before, send = cursor.index, run.enqueue

    def send_and_keep(message: ForwardMsg) -> None:
        send(message)
        kept.append(message)

    run.enqueue = send_and_keep  # type: ignore[assignment, method-assign]
    try:
        draw()
    finally:
        del run.enqueue
    drawing.places = cursor.index - before
    drawing.messages = tuple(kept)


def send_so_far(*, is_waiting: bool) -> None:
    """Send what this run of a fragment said so far; a run that `is_waiting` goes on once it is on its way.

    Nothing in a run of the whole page: many of them come at once, and each has all of it to say.
    """
    run = get_script_run_ctx()
    if run is None or not run.fragment_ids_this_run or not Runtime.exists():
        return
    session = Runtime.instance().get_app_session(run.session_id)
    if isinstance(session, app_session.AppSession):
        say_so_far(session, is_waiting=is_waiting)


def _send_together(run: ScriptRunContext, messages: Sequence[ForwardMsg]) -> None:
    """Send messages as a run does, in one go, and as they are: nothing in them is of one session only."""
    kept = run.cached_message_hashes
    together = [create_reference_msg(one) if one.hash in kept and one.metadata.cacheable else one for one in messages]
    session = Runtime.instance().get_app_session(run.session_id) if Runtime.exists() else None
    if not isinstance(session, app_session.AppSession):  # a run without a server, or one whose page has gone
        for message in together:
            run._enqueue(message)
        return
    runner: ScriptRunner = run._enqueue.__self__  # type: ignore[attr-defined]  # a method of it
    # as it does at each message: here a run ends that another has overtaken
    runner._maybe_handle_execution_control_request()
    say_together(session, runner, together)
