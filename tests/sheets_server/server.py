"""How does a test or a person start the stand-in, and talk to it?"""

from __future__ import annotations

import contextlib
import sys
import threading
import time
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote

from sheets_server import discovery
from sheets_server.api import Api
from sheets_server.connections import Connections
from sheets_server.faults import TOKEN_KINDS, Fault, Faults
from sheets_server.quota import Quota
from sheets_server.spreadsheet import Spreadsheet
from sheets_server.tokens import Accounts
from sheets_server.wire import Handler

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sheets_server.call import Call
    from sheets_server.cells import Cell


@dataclass(frozen=True)
class Request:
    """One line of the request log.

    Attributes:
        method: GET, POST, ...
        path: Without query, percent-encoding undone.
        query: Every parameter with its values.
        status: Of the answer; 0 when there was none (reset, blackhole).
        at: When it arrived, in seconds since 1970.
        body_size: Bytes of the answer's body, before packing.
        user: E-mail address of the service account, "" before that is known.
    """

    method: str
    path: str
    query: dict[str, list[str]]
    status: int
    at: float
    body_size: int
    user: str = ""


class SheetsServer:
    """A stand-in for Google Sheets, Drive and the token endpoint on a port of 127.0.0.1.

    Attributes:
        accounts: The service accounts and their tokens.
        quota: The buckets of requests; off until `quota_on()`.
        faults: What goes wrong at the moment.
        is_checked: Whether every 200 is held against Google's discovery documents; leaving the `with` block fails
            if one did not fit.
    """

    def __init__(self, *, port: int = 0, is_checked: bool = True, clock: Callable[[], float] = time.time) -> None:
        self.accounts = Accounts(clock)
        self.quota = Quota()
        self.faults = Faults()
        self.is_checked = is_checked
        self._api = Api(self.accounts, self.quota)
        self._log: list[Request] = []
        self._problems: list[str] = []
        self._lock = threading.RLock()
        self._arrived = threading.Condition(self._lock)
        self._port = port
        self._connections: Connections | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()
        if exception[0] is None and self._problems:
            raise AssertionError("the stand-in failed:\n" + "\n".join(self._problems))

    def start(self) -> None:
        """Listen; after a stop, on the same port as before."""
        self._connections = Connections(self._port, Handler, self)
        self._port = self._connections.server_address[1]
        self._thread = threading.Thread(
            target=self._connections.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Hang up and refuse connections, as when Google cannot be reached; the spreadsheets are kept."""
        connections, self._connections = self._connections, None
        if connections is None:
            return
        self.heal()
        connections.shutdown()
        connections.server_close()
        connections.hang_up()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def wait_until_stopped(self) -> None:
        """Block while the stand-in serves."""
        if self._thread is not None:
            self._thread.join()

    @property
    def url(self) -> str:
        """The address that takes the place of every Google host, without a slash at the end."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def books(self) -> dict[str, Spreadsheet]:
        """The spreadsheets by id."""
        return self._api.books

    def service_account(self, email: str = "genkdash@proef.iam.gserviceaccount.com") -> dict[str, str]:
        """The credential file of a service account, with a real 2048-bit RSA key."""
        return self.accounts.issue(email, self.url + "/token")

    def add_spreadsheet(
        self,
        title: str,
        tabs: Mapping[str, Iterable[Sequence[Cell]]],
        *,
        locale: str = "en_US",
        timezone: str = "Etc/GMT",
        shared_with: Iterable[str] = (),
        read_by: Iterable[str] = (),
    ) -> Spreadsheet:
        """Make a spreadsheet that is shared with some addresses as editors, and with others as readers."""
        book = Spreadsheet(title, tabs, locale=locale, timezone=timezone, writers=shared_with, readers=read_by)
        self._api.books[book.id] = book
        return book

    @property
    def log(self) -> list[Request]:
        """Every request so far, in the order in which they were answered."""
        with self._lock:
            return list(self._log)

    def requests(self, part: str) -> list[Request]:
        """The requests whose path contains a text, such as `values:batchGet`."""
        return [request for request in self.log if part in request.path]

    def wait_for(self, part: str, count: int = 1, seconds: float = 10.0) -> list[Request]:
        """Wait until so many requests with a text in their path were logged, and give them.

        Raises:
            TimeoutError: They did not come in time.
        """
        with self._arrived:
            if not self._arrived.wait_for(lambda: len(self.requests(part)) >= count, seconds):
                raise TimeoutError(f"{len(self.requests(part))} of {count} requests for {part!r} in {seconds} s")
            return self.requests(part)

    @property
    def problems(self) -> list[str]:
        """Answers that did not fit Google's documents, and failures of the stand-in itself."""
        with self._lock:
            return list(self._problems)

    def fault(self, kind: str, times: int | None = None, where: str | None = None) -> Fault:
        """Let something go wrong until `heal()`, or a number of times.

        Args:
            kind: See the table in `faults`.
            times: How many requests it strikes; None for all of them.
            where: `values` (the usual default), `metadata`, `token`, `drive`, `iam`, `api`, `all`, or a part of the
                path.
        """
        fault = self.faults.add(kind, times=times, where=where)
        if fault.kind in TOKEN_KINDS:
            self.accounts.expire_tokens()
        return fault

    def take_storage(self) -> None:
        """Let service accounts own no files from now on, as Google does since 2025."""
        self._api.has_storage = False

    def heal(self) -> None:
        """Switch all faults off, let go of held connections, and forget edits that were waiting for a read."""
        self.faults.heal()
        self._api.between_parts.clear()
        self._api.after_metadata.clear()

    def edit_between_parts(self, edit: Callable[[], Any]) -> None:
        """Make an edit in the middle of the next batchGet of several ranges, after its first."""
        self._api.between_parts.append(edit)

    def edit_after_metadata(self, edit: Callable[[], Any]) -> None:
        """Make an edit right after the next spreadsheets.get was answered, before any values are read."""
        self._api.after_metadata.append(edit)

    def quota_on(self, limit: int | None = None, clock: Callable[[], float] | None = None) -> None:
        """Count requests from now on, sixty a minute unless told otherwise."""
        self.quota.start(limit, clock)

    def quota_off(self) -> None:
        """Count no longer."""
        self.quota.stop()

    def respond(self, call: Call) -> dict[str, Any] | None:
        """The body of a 200, None for a 204; raises `errors.Refusal` for the rest."""
        if call.path == "/token" and call.method == "POST":
            return self.accounts.grant(call.body, self.url + "/token")
        body = self._api.answer(call)
        if self.is_checked and body is not None:
            found = discovery.problems(call.schema, body)
            with self._lock:
                self._problems += [f"{call.method} {unquote(call.path)}: {problem}" for problem in found]
        return body

    def note(self, call: Call, status: int, body_size: int, at: float) -> None:
        """Write a line into the request log."""
        line = Request(call.method, unquote(call.path), call.query, status, at, body_size, call.user)
        with self._arrived:
            self._log.append(line)
            self._arrived.notify_all()

    def note_failure(self) -> None:
        """Remember an exception of the stand-in itself; a client that hung up is none."""
        kind, _, _ = sys.exc_info()
        if kind is not None and issubclass(kind, ConnectionError | TimeoutError):
            return
        with contextlib.suppress(OSError), self._lock:
            self._problems.append(traceback.format_exc())
