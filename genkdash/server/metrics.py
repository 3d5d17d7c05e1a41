"""Which figures does the server give to Prometheus? How the picture is, who looks, what waits, what went wrong.

Made up when somebody asks. A label is a word of our own: never a name, an address, or anything of the sheet. What is
not known is not there: a figure that is absent is no zero.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import get_args

from prometheus_client import CollectorRegistry, GCCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from genkdash.live.clock import now
from genkdash.live.feed import Feed
from genkdash.live.state import StateKind
from genkdash.live.tally import BOUNDS_SECONDS
from genkdash.outbox.current import current_outbox
from genkdash.outbox.errors import KeepingError
from genkdash.outbox.outbox import Outbox
from genkdash.server.health import feed_now
from genkdash.server.log_output import LineCounter
from genkdash.server.open_pages import open_pages
from genkdash.sheet.errors import KIND_OF_CODE

# A count that begins with its first event has not grown by it: Prometheus would notice the second one only.
_NONE_YET: Mapping[str, int] = dict.fromkeys(("ok", "held", *KIND_OF_CODE), 0)


def metrics_registry(lines: LineCounter) -> CollectorRegistry:
    """Return all there is to tell: ours, the process's own memory and processor time, the garbage collector's work."""
    registry = CollectorRegistry()
    registry.register(_Ours(lines))
    ProcessCollector(registry=registry)
    GCCollector(registry=registry)
    return registry


class _Ours(Collector):
    """What the dashboard knows of itself at the moment it is asked."""

    def __init__(self, lines: LineCounter) -> None:
        self._lines = lines

    def collect(self) -> Iterable[Metric]:
        """Yield every figure that is known now."""
        feed = feed_now()
        if feed is not None:
            yield from _picture(feed, now())
            yield from _reads(feed)
        yield from _pages()
        outbox = current_outbox()
        if outbox is not None:
            yield from _outbox(outbox, now())
        told = CounterMetricFamily(
            "genkdash_log_lines", "Warnings and errors in the log.", labels=("level", "origin", "kind")
        )
        counts = self._lines.counts()
        for labels, count in counts.items():
            told.add_metric(labels, count)
        yield told
        errors = sum(count for (level, *_), count in counts.items() if level in {"error", "critical"})
        yield CounterMetricFamily("genkdash_log_errors", "Errors in the log, whichever.", value=errors)

    def describe(self) -> Iterable[Metric]:
        """Return nothing: before the start nothing is known."""
        return ()


def _picture(feed: Feed, at: datetime) -> Iterator[Metric]:
    state = feed.state(at)
    if state.age_seconds is not None:
        yield GaugeMetricFamily(
            "genkdash_picture_age_seconds", "Since the picture last agreed with the sheet.", value=state.age_seconds
        )
    yield GaugeMetricFamily("genkdash_picture_revision", "Number of the picture that is shown.", value=state.revision)
    kinds = GaugeMetricFamily("genkdash_picture_state", "1 for the state the picture is in.", labels=("state",))
    for kind in get_args(StateKind):
        kinds.add_metric((kind,), float(kind == state.kind))
    yield kinds
    yield GaugeMetricFamily(
        "genkdash_reader_alive", "1 while the thread that reads the sheet is not stuck.", value=float(feed.is_turning())
    )
    yield GaugeMetricFamily(
        "genkdash_reader_here", "1 while it is this process that reads the sheet.", value=float(feed.is_reader)
    )


def _reads(feed: Feed) -> Iterator[Metric]:
    tallied = feed.tally.tallied()
    outcomes = CounterMetricFamily("genkdash_reads", "Reads of the sheet, by how they ended.", labels=("outcome",))
    for outcome, count in sorted({**_NONE_YET, **tallied.outcomes}.items()):
        outcomes.add_metric((outcome,), count)
    yield outcomes
    buckets = zip((*map(str, BOUNDS_SECONDS), "+Inf"), map(float, tallied.within), strict=True)
    yield HistogramMetricFamily(
        "genkdash_read_seconds", "How long reads took.", buckets=list(buckets), sum_value=tallied.seconds
    )


def _pages() -> Iterator[Metric]:
    are_open, were_opened = open_pages()
    looking = GaugeMetricFamily("genkdash_open_pages", "Pages that are open now.", labels=("role",))
    opened = CounterMetricFamily("genkdash_pages_opened", "Pages that were opened since the start.", labels=("role",))
    for role, count in were_opened.items():
        opened.add_metric((role,), count)
        looking.add_metric((role,), are_open[role])
    yield looking
    yield opened


def _outbox(outbox: Outbox, at: datetime) -> Iterator[Metric]:
    """Yield what waits to be written in the sheet; nothing where the file can't be read now."""
    try:
        rows = [entry for entry in outbox.entries() if entry.state != "sent"]
        corrections = [entry for entry in outbox.corrections.entries() if entry.state == "waiting"]
    except KeepingError:
        yield GaugeMetricFamily("genkdash_outbox_readable", "1 while the file of the outbox can be read.", value=0)
        return
    yield GaugeMetricFamily("genkdash_outbox_readable", "1 while the file of the outbox can be read.", value=1)
    states = Counter[str](entry.state for entry in rows)
    waiting = GaugeMetricFamily("genkdash_outbox_rows", "Rows that are not in the sheet yet.", labels=("state",))
    for state in ("waiting", "sending", "refused"):
        waiting.add_metric((state,), states[state])
    waiting.add_metric(("correction",), len(corrections))
    yield waiting
    since = [*(entry.put_at for entry in rows), *(entry.put_at for entry in corrections)]
    if since:
        yield GaugeMetricFamily(
            "genkdash_outbox_oldest_seconds",
            "Since the oldest row that waits was kept.",
            value=(at - min(since)).total_seconds(),
        )
