"""What the metrics say in every state: before the first read, without an outbox, with rows that wait, with errors."""

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from outbox_parts import Clock, make_outbox, some_post, some_tip
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from scripted_source import ScriptedSource

from genkdash.live import current
from genkdash.live.feed import Feed
from genkdash.outbox import Outbox
from genkdash.server import metrics
from genkdash.server.log_output import LineCounter, log_output
from genkdash.server.metrics import metrics_registry
from genkdash.sheet.corrections import Correction
from genkdash.sheet.errors import GoogleDownError, GoogleNotSharedError

NAME = "Canaria"


@pytest.fixture
def registry() -> CollectorRegistry:
    return metrics_registry(LineCounter())


@pytest.fixture
def feed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Feed]:
    feed = Feed(ScriptedSource(), store=None)
    # Without its thread: the test itself reads.
    monkeypatch.setattr(current, "_feeds", [feed])
    yield feed
    feed.stop()


@pytest.fixture
def outbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outbox]:
    outbox = make_outbox(tmp_path, Clock())
    monkeypatch.setattr(metrics, "current_outbox", lambda: outbox)
    yield outbox
    outbox.close()


def figures(registry: CollectorRegistry) -> dict[str, float]:
    """Return our figures, each by its name as Prometheus writes it."""
    families = text_string_to_metric_families(generate_latest(registry).decode())
    samples = [sample for family in families for sample in family.samples if sample.name.startswith("genkdash_")]
    return {f"{one.name}{dict(one.labels) or ''}": one.value for one in samples}


def test_before_the_start_nothing_is_known_of_the_picture(registry: CollectorRegistry) -> None:
    assert [name for name in figures(registry) if "picture" in name or "read" in name] == []


@pytest.mark.usefixtures("feed")
def test_a_picture_that_is_not_there_has_no_age(registry: CollectorRegistry) -> None:
    told = figures(registry)
    assert "genkdash_picture_age_seconds" not in told
    assert told["genkdash_picture_state{'state': 'starting'}"] == 1
    assert told["genkdash_reader_alive"] == 0
    assert told["genkdash_reader_here"] == 1


def test_reads_are_counted_by_how_they_ended(registry: CollectorRegistry, feed: Feed) -> None:
    source = feed._poller._source  # noqa: SLF001  the source that this test plays
    assert isinstance(source, ScriptedSource)
    for trouble in (None, GoogleDownError(status="503"), GoogleNotSharedError(email=NAME)):
        source.trouble = trouble
        feed.poll_once()
    told = figures(registry)
    assert {name: count for name, count in told.items() if name.startswith("genkdash_reads_total") and count} == {
        "genkdash_reads_total{'outcome': 'ok'}": 1,
        "genkdash_reads_total{'outcome': 'google-down'}": 1,
        "genkdash_reads_total{'outcome': 'google-not-shared'}": 1,
    }
    assert told["genkdash_read_seconds_count"] == 3
    assert told["genkdash_picture_revision"] == 1
    assert told["genkdash_picture_state{'state': 'late'}"] == 1


@pytest.mark.usefixtures("feed")
def test_what_has_not_happened_yet_is_counted_as_never_so_that_its_first_time_is_noticed(
    registry: CollectorRegistry,
) -> None:
    told = figures(registry)
    for outcome in ("ok", "held", "google-down", "google-not-shared", "google-key-revoked", "file-missing"):
        assert told[f"genkdash_reads_total{{'outcome': '{outcome}'}}"] == 0
    assert told["genkdash_log_errors_total"] == 0


def test_errors_of_every_origin_are_counted_together_and_warnings_are_not() -> None:
    with log_output("text") as lines:
        logging.getLogger("genkdash.some").error("one")
        logging.getLogger("uvicorn.some").critical("another")
        logging.getLogger("genkdash.some").warning("not this one")
        assert figures(metrics_registry(lines))["genkdash_log_errors_total"] == 2


def test_what_waits_for_the_sheet_is_counted_with_the_age_of_the_oldest(
    registry: CollectorRegistry, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metrics, "now", lambda: datetime(2018, 5, 1, 12, 10, tzinfo=UTC))
    written = some_post(f"geschreven door {NAME}")
    outbox.put(written)
    outbox.mark_sending(written.key)
    outbox.mark_sent(written.key)
    assert "genkdash_outbox_oldest_seconds" not in figures(registry)

    outbox.put(some_post(NAME))
    outbox.put(some_tip(NAME))
    outbox.corrections.put(Correction("posts", 2, seen={"date": "31/02"}, new={"date": date(2018, 2, 28)}))
    told = figures(registry)
    assert {name: count for name, count in told.items() if "outbox" in name} == {
        "genkdash_outbox_readable": 1,
        "genkdash_outbox_rows{'state': 'waiting'}": 2,
        "genkdash_outbox_rows{'state': 'sending'}": 0,
        "genkdash_outbox_rows{'state': 'refused'}": 0,
        "genkdash_outbox_rows{'state': 'correction'}": 1,
        "genkdash_outbox_oldest_seconds": 600,
    }
    assert NAME not in generate_latest(registry).decode()


def test_an_outbox_that_can_not_be_read_is_no_empty_one(registry: CollectorRegistry, outbox: Outbox) -> None:
    outbox.put(some_post())
    outbox.close()
    outbox.path.write_bytes(b"not a database" * 100)
    told = figures(registry)
    assert {name: count for name, count in told.items() if "outbox" in name} == {"genkdash_outbox_readable": 0}
