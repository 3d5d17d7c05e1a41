"""What does the server really send? A client that speaks Streamlit's own websocket protocol, without a browser."""

import json
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

_RUN_SECONDS = 60


class Tab:
    """One open tab: it runs the page, and its fragments when their time has come, as a browser does.

    What the server sends of its own accord, because there is news, comes between and is kept in `frames` too.
    """

    def __init__(self, connection: ClientConnection, address: str, page: str, query: str) -> None:
        self._connection = connection
        self._page, self._query = page, query
        self._address = f"{address}/{page}?{query}"
        self._page_hash = ""
        self.session = ""
        self.frames: list[bytes] = []
        self.fragments: dict[str, float] = {}

    def run(self, fragment: str = "", *, widgets: WidgetStates | None = None) -> list[ForwardMsg]:
        """Ask for a run of the page, or of one fragment, and return all messages of that run.

        `widgets` are the values that the browser says its widgets have. A fragment that is not on the page any more is
        not asked for, and brings nothing.
        """
        if fragment and fragment not in self.fragments:
            return []
        self.ask(fragment, widgets=widgets)
        return self.take(fragment)

    def ask(self, fragment: str = "", *, widgets: WidgetStates | None = None) -> None:
        """Ask for a run, without waiting for it."""
        request = BackMsg()
        # As a browser does: by the name in the address on the first run, by what the server called it from then on.
        request.rerun_script.page_name = "" if self._page_hash else self._page
        request.rerun_script.page_script_hash = self._page_hash
        request.rerun_script.query_string = self._query
        request.rerun_script.context_info.url = self._address
        request.rerun_script.fragment_id = fragment
        request.rerun_script.is_auto_rerun = bool(fragment)
        request.rerun_script.widget_states.CopyFrom(widgets or WidgetStates())
        self._connection.send(request.SerializeToString())

    def take(self, fragment: str = "") -> list[ForwardMsg]:
        """Return all messages up to the end of a run of the page, or of that fragment."""
        messages: list[ForwardMsg] = []
        while True:
            message = self._receive(_RUN_SECONDS)
            messages.append(message)
            is_end = message.WhichOneof("type") == "script_finished"
            # the whole page is drawn where a fragment found that it is overtaken
            is_ours = not message.metadata.run.fragment_ids or fragment in message.metadata.run.fragment_ids
            if is_end and is_ours and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return messages

    def listen(self, seconds: float) -> None:
        """Take what the server sends by itself, for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                frame = self._connection.recv(timeout=left)
            except TimeoutError:
                return
            assert isinstance(frame, bytes)
            self.frames.append(frame)

    def build_file(self, file_id: str) -> str:
        """Ask for a file that is only built on a click, and return the address at which it then stands."""
        request = BackMsg()
        request.backend_operation_request.request_id = file_id
        request.backend_operation_request.session_id = self.session
        request.backend_operation_request.deferred_file.file_id = file_id
        self._connection.send(request.SerializeToString())
        while True:
            message = self._receive(_RUN_SECONDS)
            if message.WhichOneof("type") == "backend_operation_response":
                answer = message.backend_operation_response
                assert not answer.error_msg, answer.error_msg
                return str(answer.deferred_file.url)

    def send(self, frame: bytes | str) -> None:
        """Send a frame of the test's own making."""
        self._connection.send(frame)

    def end(self) -> int | None:
        """Wait until the server closes this websocket, and return the code with which it did."""
        try:
            while True:
                self._connection.recv(timeout=_RUN_SECONDS)
        except ConnectionClosed as closed:
            return None if closed.rcvd is None else closed.rcvd.code

    def stay_until(self, moment: float) -> None:
        """Run the fragments at their intervals until `moment` of the monotonic clock, as an open tab does."""
        self.gets(None, until=moment)

    def gets(self, text: str | None, *, until: float) -> bool:
        """Stay open until a new frame holds `text`, at most until `until` of the monotonic clock. Tell whether one did.

        What is sent between two runs that the tab asks for is what the server sends of its own accord.
        """
        due: dict[str, float] = {}
        while True:
            now = time.monotonic()
            due = {one: due.get(one, now + interval) for one, interval in self.fragments.items()}
            first = min(due, key=due.__getitem__, default="")
            seen = len(self.frames)
            if first and due[first] <= now:
                del due[first]
                self.run(first)
            elif now >= until:
                return False
            else:
                with suppress(TimeoutError):
                    self._receive(min([until, *due.values()]) - now)
            if text is not None and any(has_text(frame, text) for frame in self.frames[seen:]):
                return True

    def _receive(self, timeout_seconds: float) -> ForwardMsg:
        """Return the next message and note what it says about this tab."""
        frame = self._connection.recv(timeout=timeout_seconds)
        assert isinstance(frame, bytes)
        self.frames.append(frame)
        message = ForwardMsg()
        message.ParseFromString(frame)
        if message.WhichOneof("type") == "new_session":
            self.session = message.new_session.initialize.session_id
            if not message.metadata.run.fragment_ids:
                self.fragments.clear()
        if message.WhichOneof("type") == "navigation":
            self._page_hash = message.navigation.page_script_hash
        if message.WhichOneof("type") == "auto_rerun":
            self.fragments[message.auto_rerun.fragment_id] = message.auto_rerun.interval
        return message

    def is_compressed(self) -> bool:
        """Tell whether both sides agreed to compress what goes over this websocket."""
        return any(one.name == "permessage-deflate" for one in self._connection.protocol.extensions)

    def received(self) -> bytes:
        """Return all that came over the wire so far."""
        return b"".join(self.frames)


@contextmanager
def open_tab(
    url: str,
    page: str = "",
    *,
    query: str = "",
    host: str | None = None,
    headers: Mapping[str, str] | None = None,
    cookie: str | None = None,
    origin: str | None = None,
    session: str | None = None,
) -> Iterator[Tab]:
    """Open a tab on `page` of the dashboard at `url`, naming `host` in the address bar if given.

    With `cookie` it is the tab of a browser: it says of which page it is, and proves that it may read its cookies.
    `origin` is the address in its bar where a web server stands in front. `session` is the id of a session that it
    wants to go on with, as a tab does whose connection was lost.
    """
    address = urlsplit(url)
    assert address.hostname is not None
    assert address.port is not None
    shown = f"{host or address.hostname}:{address.port}" if origin is None else urlsplit(origin).netloc
    proof, said = "PLACEHOLDER_AUTH_TOKEN", dict(headers or {})
    if cookie is not None:
        proof = generate_xsrf_token_string()
        said |= {"Origin": origin or url, "Cookie": f"{cookie}; _streamlit_xsrf={proof}"}
    with (
        socket.create_connection((address.hostname, address.port)) as channel,
        connect(
            f"ws://{shown}/_stcore/stream",
            sock=channel,
            subprotocols=["streamlit", proof, *([session] if session else [])],  # type: ignore[list-item]
            additional_headers=said,
            max_size=None,
            max_queue=None,  # what the server sends of its own accord may lie unread for a while
        ) as connection,
    ):
        yield Tab(connection, f"{address.scheme}://{host or address.hostname}:{address.port}", page, query)


def has_text(received: bytes, text: str) -> bool:
    """Tell whether `text` is in what was received: as UTF-8, or escaped inside the JSON of a figure."""
    return text.encode() in received or json.dumps(text)[1:-1].encode() in received
