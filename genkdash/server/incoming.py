"""Which sheet is followed, and by whom? A feed of this process alone, or one that several processes share."""

from genkdash.live.feed import Feed
from genkdash.live.store import Store
from genkdash.settings import Settings
from genkdash.sheet.sources import open_source


def feed_of(settings: Settings) -> Feed:
    """Return a feed, not started yet, that follows the source of `settings`.

    Raises:
        SettingsError: the service account's key can't be read.
        SourceError: the source can't be used at all.
    """
    source = open_source(settings.source, credentials=settings.google.credentials, api_url=settings.google.api_url)
    name = settings.source or "example"
    store = Store(settings.data_folder, source=name)
    watched, idle = settings.watched_seconds, settings.idle_seconds
    if settings.shared.url is None:
        return Feed(source, store=store, watched_seconds=watched, idle_seconds=idle)
    # 6 MiB, for several processes only
    from genkdash.live.shared_board import Board  # noqa: PLC0415
    from genkdash.live.shared_client import connect_to  # noqa: PLC0415
    from genkdash.live.shared_feed import SharedFeed  # noqa: PLC0415

    board = Board(connect_to(settings.shared.url.get_secret_value()), source=name)
    return SharedFeed(source, store=store, board=board, watched_seconds=watched, idle_seconds=idle)
