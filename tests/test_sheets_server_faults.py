"""What goes wrong on command goes wrong as it does with Google, and heals."""

from __future__ import annotations

import json
import socket
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests
from sheets_server import READ_ONLY, READ_WRITE, SheetsServer
from sheets_server.client import fetch_token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheets_server import Spreadsheet

ERRORS = Path(__file__).parents[2] / "shared" / "fixtures" / "google_errors.json"
EMAIL = "genkdash@proef.iam.gserviceaccount.com"
OTHER = "ander@proef.iam.gserviceaccount.com"


def google_error(name: str) -> Any:
    if not ERRORS.exists():
        pytest.skip(f"Google's error bodies are not here: {ERRORS}")
    return json.loads(ERRORS.read_text("utf-8"))[name]


class Caller:
    """One service account with a token, and a book with two tabs."""

    def __init__(self, server: SheetsServer, book: Spreadsheet, email: str = EMAIL) -> None:
        self.server = server
        self.book = book
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {fetch_token(server.service_account(email), [READ_WRITE])}"

    def get(self, path: str, **options: Any) -> requests.Response:
        return self.session.get(f"{self.server.url}/v4/spreadsheets/{self.book.id}{path}", **{"timeout": 10} | options)

    def values(self, **options: Any) -> requests.Response:
        return self.get("/values:batchGet?ranges=Berichten&ranges=Tips", **options)

    def append(self) -> requests.Response:
        address = f"{self.server.url}/v4/spreadsheets/{self.book.id}/values/Berichten:append?valueInputOption=RAW"
        return self.session.post(address, json={"values": [["nieuw"]]}, timeout=10)


@pytest.fixture
def server() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        yield server


@pytest.fixture
def caller(server: SheetsServer) -> Iterator[Caller]:
    tabs = {"Berichten": [["Datum"], [43206]], "Tips": [["Tip"], ["Vraag het ons"]]}
    caller = Caller(server, server.add_spreadsheet("Genk vertelt", tabs, shared_with=[EMAIL, OTHER]))
    yield caller
    caller.session.close()


GOOD = [["Datum"], ["43206"]]


def berichten(answer: requests.Response) -> Any:
    return answer.json()["valueRanges"][0].get("values")


@pytest.mark.parametrize(
    ("kind", "status", "word"),
    [
        ("400", 400, "INVALID_ARGUMENT"),
        ("401", 401, "UNAUTHENTICATED"),
        ("403", 403, "PERMISSION_DENIED"),
        ("404", 404, "NOT_FOUND"),
        ("429", 429, "RESOURCE_EXHAUSTED"),
        ("500", 500, "INTERNAL"),
        ("503", 503, "UNAVAILABLE"),
        ("not-shared", 403, "PERMISSION_DENIED"),
        ("insufficient-scope", 403, "PERMISSION_DENIED"),
        ("service-disabled", 403, "PERMISSION_DENIED"),
    ],
)
def test_a_refusal_on_command_is_json_until_healed(
    server: SheetsServer, caller: Caller, kind: str, status: int, word: str
) -> None:
    server.fault(kind)
    answer = caller.values()
    assert (answer.status_code, answer.json()["error"]["status"]) == (status, word)
    server.heal()
    assert berichten(caller.values()) == GOOD


def test_a_disabled_service_has_googles_body(server: SheetsServer, caller: Caller) -> None:
    server.fault("service-disabled")
    assert caller.get("").json() == google_error("sheets-spreadsheets-get-service-disabled_403")


def test_too_many_requests_has_googles_body(server: SheetsServer, caller: Caller) -> None:
    server.fault("429")
    assert caller.values().json() == google_error("sheets-spreadsheets-get-quota-exceeded-readgroup_429")


@pytest.mark.parametrize(
    ("kind", "status"), [("500-html", 500), ("502-html", 502), ("503-html", 503), ("html-200", 200)]
)
def test_a_page_of_html_comes_instead(server: SheetsServer, caller: Caller, kind: str, status: int) -> None:
    server.fault(kind)
    answer = caller.values()
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/html; charset=UTF-8")
    assert answer.text.startswith("<!DOCTYPE html>")


def test_a_network_that_wants_a_sign_in_redirects(server: SheetsServer, caller: Caller) -> None:
    server.fault("redirect")
    answer = caller.values(allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (302, "http://127.0.0.1:9/aanmelden")


def test_nothing_at_all_can_be_a_200(server: SheetsServer, caller: Caller) -> None:
    server.fault("empty")
    answer = caller.values()
    assert (answer.status_code, answer.content) == (200, b"")


def test_another_shape_is_still_valid_json(server: SheetsServer, caller: Caller) -> None:
    server.fault("wrong-type", times=1)
    server.fault("wrong-type:valueRanges", times=1)
    assert caller.values().json() == ["geen", "object"]
    assert caller.values().json()["valueRanges"] == "geen lijst"
    assert berichten(caller.values()) == GOOD


@pytest.mark.parametrize("kind", ["truncate", "truncate-chunked"])
def test_a_truncated_answer_ends_before_it_promised_to(server: SheetsServer, caller: Caller, kind: str) -> None:
    server.fault(kind)
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        caller.values()
    server.heal()
    assert berichten(caller.values()) == GOOD


def test_a_reset_is_a_reset_and_nothing_was_done(server: SheetsServer, caller: Caller) -> None:
    server.fault("reset")
    with pytest.raises(requests.exceptions.ConnectionError, match="Connection reset by peer"):
        caller.append()
    assert caller.book.tab("Berichten").rows == [["Datum"], [43206]]


def test_a_lost_answer_was_done_all_the_same(server: SheetsServer, caller: Caller) -> None:
    server.fault("lost")
    with pytest.raises(requests.exceptions.ConnectionError, match="Connection reset by peer"):
        caller.append()
    assert caller.book.tab("Berichten").rows == [["Datum"], [43206], ["nieuw"]]


def test_a_black_hole_never_answers(server: SheetsServer, caller: Caller) -> None:
    server.fault("blackhole")
    with pytest.raises(requests.exceptions.ReadTimeout):
        caller.values(timeout=0.3)
    assert [request.status for request in server.requests("batchGet")] == [0]


def test_healing_lets_go_of_a_held_request(server: SheetsServer, caller: Caller) -> None:
    server.fault("blackhole", times=1)
    failures: list[Exception] = []

    def ask() -> None:
        try:
            caller.values()
        except requests.exceptions.ConnectionError as error:
            failures.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    server.wait_for("batchGet")
    server.heal()
    asking.join(timeout=10)
    assert len(failures) == 1


def test_dripping_sends_so_many_bytes_each_second(server: SheetsServer, caller: Caller) -> None:
    server.fault("drip:2")
    began = time.monotonic()
    with caller.values(stream=True) as answer:
        first = [answer.raw.read(1) for _ in range(3)]
    assert b"".join(first) == b"{\n "
    assert time.monotonic() - began > 0.9


def test_the_head_can_drip_too(server: SheetsServer, caller: Caller) -> None:
    server.fault("drip-head:1")
    with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2]))) as connection:
        connection.sendall(f"GET /v4/spreadsheets/{caller.book.id}/values/A1 HTTP/1.1\r\n\r\n".encode())
        assert connection.recv(1) == b"H"
        assert connection.recv(2) == b"T"


def test_a_flood_is_megabytes_of_valid_json(server: SheetsServer, caller: Caller) -> None:
    server.fault("flood:3")
    answer = caller.values()
    assert len(answer.content) > 3 * 2**20
    assert berichten(answer) == GOOD


def test_a_fault_strikes_as_often_as_asked(server: SheetsServer, caller: Caller) -> None:
    server.fault("503", times=2)
    assert [caller.values().status_code for _ in range(3)] == [503, 503, 200]


def test_a_fault_strikes_where_it_was_asked_to(server: SheetsServer, caller: Caller) -> None:
    server.fault("503", where="metadata")
    assert (caller.get("").status_code, caller.values().status_code) == (503, 200)
    server.heal()
    server.fault("500", where="values:batchGet")
    assert (caller.get("/values/A1").status_code, caller.values().status_code) == (200, 500)
    server.heal()
    server.fault("500", where="token")
    assert caller.values().status_code == 200
    assert requests.post(server.url + "/token", data={}, timeout=10).status_code == 500


@pytest.mark.parametrize("kind", ["onbekend", "drip", "drip:0", "flood:veel", ""])
def test_an_unknown_fault_is_told_to_the_test(server: SheetsServer, kind: str) -> None:
    with pytest.raises(ValueError, match=r"no such fault|how much"):
        server.fault(kind)


def test_a_withdrawn_token_is_refused_until_a_new_one_is_had(server: SheetsServer, caller: Caller) -> None:
    server.fault("token-expired")
    assert caller.values().status_code == 401
    token = fetch_token(server.service_account(EMAIL), [READ_ONLY])
    caller.session.headers["Authorization"] = f"Bearer {token}"
    assert berichten(caller.values()) == GOOD


@pytest.mark.parametrize(
    ("kind", "words"),
    [("token-revoked", "Invalid JWT Signature."), ("account-deleted", "Invalid grant: account not found")],
)
def test_a_revoked_key_is_refused_at_both_doors(server: SheetsServer, caller: Caller, kind: str, words: str) -> None:
    server.fault(kind)
    assert caller.values().status_code == 401
    answer = requests.post(server.url + "/token", data={}, timeout=10)
    assert (answer.status_code, answer.json()["error_description"]) == (400, words)


def test_a_stopped_server_refuses_connections_and_comes_back_as_it_was(server: SheetsServer, caller: Caller) -> None:
    url = server.url
    server.stop()
    with pytest.raises(requests.exceptions.ConnectionError):
        caller.values()
    server.start()
    assert server.url == url
    assert berichten(caller.values()) == GOOD


def test_an_edit_can_fall_between_two_parts_of_one_read(server: SheetsServer, caller: Caller) -> None:
    def edit() -> None:
        caller.book.tab("Berichten").append([43207])
        caller.book.tab("Tips").append(["Later"])

    server.edit_between_parts(edit)
    first, second = caller.values().json()["valueRanges"]
    assert (first["values"], second["values"]) == (GOOD, [["Tip"], ["Vraag het ons"], ["Later"]])
    assert berichten(caller.values()) == [*GOOD, ["43207"]]


def test_a_rename_can_fall_between_metadata_and_values(server: SheetsServer, caller: Caller) -> None:
    server.edit_after_metadata(lambda: caller.book.rename("Tips", "Weetjes"))
    titles = [sheet["properties"]["title"] for sheet in caller.get("").json()["sheets"]]
    assert titles == ["Berichten", "Tips"]
    answer = caller.values()
    assert (answer.status_code, answer.json()["error"]["message"]) == (400, "Unable to parse range: Tips")


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_sixty_reads_a_minute_and_then_one_a_second(server: SheetsServer, caller: Caller) -> None:
    clock = Clock()
    server.quota_on(clock=clock)
    assert {caller.values().status_code for _ in range(60)} == {200}
    refused = caller.values()
    assert (refused.status_code, refused.json()) == (
        429,
        google_error("sheets-spreadsheets-get-quota-exceeded-readgroup_429"),
    )
    clock.now += 1
    assert [caller.values().status_code for _ in range(2)] == [200, 429]
    clock.now += 3600
    assert [caller.values().status_code for _ in range(61)] == [200] * 60 + [429]


def test_a_refused_request_costs_nothing(server: SheetsServer, caller: Caller) -> None:
    clock = Clock()
    server.quota_on(limit=1, clock=clock)
    assert [caller.values().status_code for _ in range(4)] == [200, 429, 429, 429]
    clock.now += 60
    assert caller.values().status_code == 200


def test_writes_and_other_users_have_buckets_of_their_own(server: SheetsServer, caller: Caller) -> None:
    server.quota_on(limit=1, clock=Clock())
    other = Caller(server, caller.book, OTHER)
    assert [caller.values().status_code, caller.values().status_code] == [200, 429]
    assert [caller.append().status_code, caller.append().status_code] == [200, 429]
    assert [other.values().status_code, other.values().status_code] == [200, 429]
    other.session.close()


def test_the_quota_is_off_unless_asked_for(server: SheetsServer, caller: Caller) -> None:
    assert {caller.get("/values/A1").status_code for _ in range(70)} == {200}
    server.quota_on(limit=1, clock=Clock())
    server.quota_off()
    assert {caller.values().status_code for _ in range(3)} == {200}


def test_every_request_is_in_the_log(server: SheetsServer, caller: Caller) -> None:
    before = time.time()
    caller.get("/values/'Tips'!A1?valueRenderOption=FORMULA")
    last = server.log[-1]
    assert (last.method, last.path) == ("GET", f"/v4/spreadsheets/{caller.book.id}/values/'Tips'!A1")
    assert (last.query, last.status, last.user) == ({"valueRenderOption": ["FORMULA"]}, 200, EMAIL)
    assert before <= last.at <= time.time()
    assert last.body_size == len(
        '{\n  "range": "Tips!A1",\n  "majorDimension": "ROWS",\n  "values": [\n    [\n      "Tip"\n    ]\n  ]\n}\n'
    )
    assert [request.path for request in server.requests("/token")] == ["/token"]


def test_many_threads_at_once_are_all_answered_and_logged(server: SheetsServer, caller: Caller) -> None:
    statuses: list[int] = []

    def ask() -> None:
        mine = Caller(server, caller.book)
        statuses.extend(mine.values().status_code for _ in range(5))
        mine.session.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert statuses == [200] * 40
    assert len(server.requests("batchGet")) == 40
