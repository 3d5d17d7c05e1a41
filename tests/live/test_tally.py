"""What a feed can tell whoever watches the server: what came of its reads, and whether its thread still turns."""

import threading

from scripted_source import ScriptedSource, book_of

from genkdash.live import Feed
from genkdash.live.tally import BOUNDS_SECONDS, ReadTally
from genkdash.sheet.errors import GoogleDownError
from genkdash.sheet.tables import RawBook


class SlowSource(ScriptedSource):
    """Takes as long to read as the test wants; `is_reading` is set once it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.is_reading, self.may_end = threading.Event(), threading.Event()

    def read(self) -> RawBook:
        self.is_reading.set()
        self.may_end.wait(30)
        return super().read()


def test_a_read_is_counted_in_every_bucket_that_ends_after_it() -> None:
    tally = ReadTally()
    for outcome, seconds in (("ok", 0.04), ("ok", 0.5), ("google-down", 61.0)):
        tally.add(outcome, seconds)
    tallied = tally.tallied()
    assert tallied.outcomes == {"ok": 2, "google-down": 1}
    assert dict(zip(BOUNDS_SECONDS, tallied.within[:-1], strict=True)) == {
        0.05: 1, 0.1: 1, 0.25: 1, 0.5: 2, 1.0: 2, 2.5: 2, 5.0: 2, 10.0: 2, 20.0: 2, 40.0: 2,
    }  # fmt: skip
    assert (tallied.within[-1], tallied.seconds) == (3, 61.54)


def test_a_feed_counts_what_became_of_each_read_and_no_look_at_a_file_that_did_not_change() -> None:
    source = ScriptedSource(book_of(10))
    source.fingerprint_now = "first"
    feed = Feed(source, store=None)
    feed.poll_once()
    feed.poll_once()
    assert feed.tally.tallied().outcomes == {"ok": 1}
    source.fingerprint_now, source.book = "second", book_of(3)
    feed.poll_once()
    source.trouble = GoogleDownError(status="503")
    feed.poll_once()
    assert feed.tally.tallied().outcomes == {"ok": 1, "held": 1, "google-down": 1}


def test_a_feed_turns_from_its_start_until_its_stop_whether_its_reads_go_well_or_not() -> None:
    source = ScriptedSource()
    source.trouble = GoogleDownError(status="503")
    feed = Feed(source, store=None)
    assert not feed.is_turning()
    feed.start()
    assert feed.wait_for(lambda: "google-down" in feed.tally.tallied().outcomes, timeout_seconds=30)
    assert feed.is_turning()
    feed.stop(timeout_seconds=30)
    assert not feed.is_turning()


def test_a_feed_whose_read_never_ends_turns_no_more() -> None:
    seconds = 500.0
    source = SlowSource()
    feed = Feed(source, store=None, clock=lambda: seconds)
    feed.start()
    assert source.is_reading.wait(30)
    seconds += 119
    assert feed.is_turning()
    seconds += 2
    assert not feed.is_turning()
    source.may_end.set()
    assert feed.wait_for(lambda: feed.snapshot is not None, timeout_seconds=30)
    assert feed.is_turning()
    feed.stop(timeout_seconds=30)
