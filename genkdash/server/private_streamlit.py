"""Which names that Streamlit does not promise do we need? Here they stand, and nowhere else.

The identity cookie, the token that a sign-in begins with, the frames of a browser, the page itself, and the open pages
with their runs. An upgrade that moves one of them fails tests/server/test_private_streamlit.py.
"""

# ruff: noqa: SLF001  what is private is used in this module, so that it is used in no other
from collections.abc import Mapping
from pathlib import Path

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]  # ships no types
from streamlit.auth_util import encode_provider_token
from streamlit.file_util import get_static_dir
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import (
    _get_signed_cookie_with_chunks,
    _parse_decoded_user_cookie,
)

IDENTITY_COOKIES = (USER_COOKIE_NAME, TOKENS_COOKIE_NAME)
"""The cookies of somebody who signed in; a long one goes on in cookies named `…_1`, `…_2`."""

THEME_KEY = "stActiveTheme-{}-v2"
"""Where a browser keeps the light or dark that was chosen in the menu of the page at this path, as JSON."""


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


def run_fragments(page: str) -> bool:
    """Run all fragments of an open page again, as when its browser asks for it without a touch.

    False, and nothing done, in the middle of a run of its own: that one is not broken off. True for a page that has
    gone. Every widget keeps its value, and what is typed in a form stays in its browser. On the server's event loop
    only.
    """
    session = Runtime.instance().get_app_session(page)
    if session is None:
        return True
    if session._scriptrunner is not None:
        return False
    fragments = list(session._fragment_storage._fragments)  # type: ignore[attr-defined]  # the one in memory
    if fragments:
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
