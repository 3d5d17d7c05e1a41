"""Thirty people look for a while: Google is asked as often as for one, and an edit reaches every one of them."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from running import running_dashboard
from sheets_server import SheetsServer, Spreadsheet
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from wire import Tab, has_text, open_tab

EMAIL = "genkdash@proef.iam.gserviceaccount.com"
TABS = {
    "Berichten": [
        ["Datum", "Influencer", "Thema's", "Titel"],
        [43330, "Amina", "Muziek", "Eerste bericht"],
        [43331, "Bilal", "Sport", "Tweede bericht"],
    ],
    "Influencers": [["Naam"], ["Amina"], ["Bilal"]],
    "Thema's": [["Thema"], ["Muziek"], ["Sport"]],
    "Campagne": [["Sleutel", "Waarde"], ["Start", 43206], ["Einde", 43388], ["Peildatum", 43332]],
    "Kalender": [["Van", "Tot", "Soort"], [43282, 43343, "pauze"]],
}
# Each screen shows a theme that is not listed yet: on a card, in a chart, in a hover, as an issue.
NEW_ROW = [43332, "Bilal", "Stiemerbeek", "Nieuw aan de Stiemerbeek"]
NEW = "Stiemerbeek"
PAGES = ("", "topics", "timeline", "sheet_check")
VIEWERS = 30
WHILE_SECONDS = 20.0
AT_MOST = 5  # one every five seconds, and one at each end
PATIENCE_SECONDS = 120.0


@pytest.fixture
def google() -> Iterator[SheetsServer]:
    with SheetsServer() as google:
        yield google


@pytest.fixture
def book(google: SheetsServer) -> Spreadsheet:
    return google.add_spreadsheet("Genk vertelt", TABS, locale="nl_BE", shared_with=[EMAIL])


@pytest.fixture
def url(google: SheetsServer, book: Spreadsheet, tmp_path: Path) -> Iterator[str]:
    key = tmp_path / "key.json"
    key.write_text(json.dumps(google.service_account(EMAIL)))
    settings = {"GENKDASH_GOOGLE__SERVICE_ACCOUNT_FILE": str(key), "GENKDASH_GOOGLE__API_URL": google.url}
    with running_dashboard(book.id, settings=settings, log=tmp_path / "server.log") as url:
        yield url


def test_thirty_open_pages_cost_no_more_requests_than_one_and_all_get_the_edit(
    google: SheetsServer, book: Spreadsheet, url: str, tmp_path: Path
) -> None:
    with ExitStack() as opened, ThreadPoolExecutor(VIEWERS) as people:
        tabs = [opened.enter_context(open_tab(url, PAGES[number % len(PAGES)])) for number in range(VIEWERS)]
        list(people.map(Tab.run, tabs))
        assert all(has_text(tab.received(), "Genk vertelt") for tab in tabs)

        since, until = time.time(), time.monotonic() + WHILE_SECONDS
        list(people.map(lambda tab: tab.stay_until(until), tabs))
        requests = [request for request in google.log if since <= request.at <= since + WHILE_SECONDS]
        assert not any(has_text(tab.received(), NEW) for tab in tabs)

        book.tab("Berichten").append(NEW_ROW)
        soon = time.monotonic() + PATIENCE_SECONDS
        assert list(people.map(lambda tab: tab.gets(NEW, until=soon), tabs)) == [True] * VIEWERS

        assert [request.path.rpartition(":")[2] for request in requests] == ["batchGet"] * len(requests)
        assert [(request.status, len(request.query["ranges"])) for request in requests] == [(200, 5)] * len(requests)
        assert 1 <= len(requests) <= AT_MOST
        assert [error for tab in tabs for error in errors_in(tab)] == []
    assert "Traceback" not in (tmp_path / "server.log").read_text()


def errors_in(tab: Tab) -> Iterator[str]:
    """Yield what went wrong in the runs of a tab, as the browser would have been told."""
    for frame in tab.frames:
        message = ForwardMsg()
        message.ParseFromString(frame)
        if message.delta.new_element.WhichOneof("type") == "exception":
            yield message.delta.new_element.exception.message
        if message.WhichOneof("type") == "script_finished" and message.script_finished not in {
            ForwardMsg.FINISHED_SUCCESSFULLY,
            ForwardMsg.FINISHED_EARLY_FOR_RERUN,
            ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
        }:
            yield f"script finished as {message.script_finished}"
