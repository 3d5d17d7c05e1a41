"""Who sends what people log? A sender beside the feed, where that is switched on; it asks for the right to write."""

from collections.abc import Callable

from genkdash.live.clock import now
from genkdash.live.feed import Feed
from genkdash.outbox.keys import Seen, seen_in
from genkdash.outbox.outbox import Outbox
from genkdash.outbox.sender import Sender
from genkdash.settings import Settings
from genkdash.sheet.errors import LogNeedsGoogleError


def sender_of(settings: Settings, feed: Feed) -> Sender | None:
    """Return a sender, not started yet, for the sheet that `feed` follows; None where logging is not switched on.

    Raises:
        LogNeedsGoogleError: it is switched on, but the source is no Google sheet.
        SettingsError: the service account's key can't be read.
        SourceError: the sheet can't be written in with these settings at all.
    """
    if not settings.log.enabled:
        return None
    if feed.kind != "google" or settings.source is None:
        raise LogNeedsGoogleError
    from genkdash.sheet.google_correct import GoogleEditor  # noqa: PLC0415  15 MiB, for who logs into a sheet only

    door = GoogleEditor(
        settings.source, credentials=settings.google.credentials() or {}, api_url=settings.google.api_url
    )
    outbox = Outbox(settings.data_folder, source=door.key, utc_now=now, daily_limit=settings.log.daily_limit)
    return Sender(outbox, door, seen=seen_by(feed), utc_now=now, on_sent=feed.refresh_now)


def seen_by(feed: Feed) -> Callable[[], Seen | None]:
    """Return what tells which rows the last read of `feed` saw; looked up once for each revision."""
    known: dict[int, Seen] = {}

    def seen() -> Seen | None:
        # The time first: a picture that is newer than its time settles too little, never too much.
        read_at = feed.state(now()).read_at
        snapshot = feed.snapshot
        if snapshot is None or read_at is None:
            return None
        if snapshot.revision not in known:
            known.clear()
            known[snapshot.revision] = seen_in(snapshot.book, read_at)
        return Seen(known[snapshot.revision].keys, read_at)

    return seen
