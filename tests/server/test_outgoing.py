"""The sender is there only where it was asked for, and what it wrote is settled by what the feed reads."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from outbox_parts import EMAIL, make_book, some_post, times_written
from running import running_dashboard
from sheets_server import SheetsServer, Spreadsheet

from genkdash.i18n import translator
from genkdash.outbox import Outbox
from genkdash.server.incoming import feed_of
from genkdash.server.outgoing import sender_of
from genkdash.settings import GoogleSettings, LogSettings, Settings
from genkdash.sheet.errors import LogNeedsGoogleError

PATIENCE_SECONDS = 60.0


@pytest.fixture(scope="module")
def server() -> Iterator[SheetsServer]:
    with SheetsServer() as server:
        yield server


@pytest.fixture
def book(server: SheetsServer) -> Spreadsheet:
    return make_book(server)


def settings_for(server: SheetsServer, book: Spreadsheet, folder: Path) -> Settings:
    google = GoogleSettings.model_validate({"service_account": server.service_account(EMAIL), "api_url": server.url})
    return Settings(source=book.id, google=google, data_folder=folder, log=LogSettings(enabled=True))


def real_now() -> datetime:
    return datetime.now(UTC)


def test_without_being_asked_nobody_sends(tmp_path: Path) -> None:
    settings = Settings(source=None, data_folder=tmp_path)
    assert sender_of(settings, feed_of(settings)) is None


def test_logging_over_the_example_is_refused_and_says_what_to_do(tmp_path: Path) -> None:
    settings = Settings(source=None, data_folder=tmp_path, log=LogSettings(enabled=True))
    with pytest.raises(LogNeedsGoogleError) as caught:
        sender_of(settings, feed_of(settings))
    assert translator("nl")(f"error.{caught.value.code}") == (
        "Berichten loggen (log.enabled) kan alleen in een Google-sheet. Zet bij source het adres van die sheet, of zet "
        "log.enabled uit."
    )


def test_a_post_leaves_the_disk_once_the_feed_has_read_it(
    server: SheetsServer, book: Spreadsheet, tmp_path: Path
) -> None:
    settings = settings_for(server, book, tmp_path)
    feed = feed_of(settings)
    sender = sender_of(settings, feed)
    assert sender is not None
    feed.poll_once()
    sender.outbox.put(some_post())
    sender.turn()
    sender.turn()
    assert [entry.state for entry in sender.outbox.entries()] == ["sent"]
    feed.poll_once()
    sender.turn()
    assert sender.outbox.entries() == ()
    sender.release()
    sender.outbox.close()


def test_the_running_dashboard_sends_what_another_process_kept(
    server: SheetsServer, book: Spreadsheet, tmp_path: Path
) -> None:
    key_file = tmp_path / "key.json"
    key_file.write_text(json.dumps(server.service_account(EMAIL)), encoding="utf-8")
    environment = {
        "GENKDASH_DATA_FOLDER": str(tmp_path / "var"),
        "GENKDASH_GOOGLE__API_URL": server.url,
        "GENKDASH_GOOGLE__SERVICE_ACCOUNT_FILE": str(key_file),
        "GENKDASH_LOG__ENABLED": "true",
    }
    outbox = Outbox(tmp_path / "var", source=book.id, utc_now=real_now)
    before, during = some_post(), some_post()
    outbox.put(before)
    with running_dashboard(book.id, settings=environment):
        server.wait_for(f"{book.id}/values/'Berichten'!", 1, PATIENCE_SECONDS)
        outbox.put(during)
        server.wait_for(f"{book.id}/values/'Berichten'!", 2, PATIENCE_SECONDS)
    assert [times_written(book, draft.key) for draft in (before, during)] == [1, 1]
    outbox.close()
