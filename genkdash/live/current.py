"""Which feed does this process follow?

The one mutable name of the running dashboard: the launcher sets it, viewers read it. A plain module, so no client's
`clear_cache` can touch it.
"""

from genkdash.live.clock import now
from genkdash.live.feed import Feed
from genkdash.sheet.model import Invited

__all__ = ["current_feed", "follow", "invited", "now", "stop"]

_feeds: list[Feed] = []


def follow(feed: Feed) -> None:
    """Start `feed` and make it the one everybody looks at; the one before it stops."""
    stop()
    feed.start()
    _feeds.append(feed)


def stop() -> None:
    """Stop following. Without a feed there is nothing to see."""
    while _feeds:
        _feeds.pop().stop()


def current_feed() -> Feed:
    """Return the feed everybody looks at.

    Raises:
        RuntimeError: the launcher has not started one.
    """
    if not _feeds:
        raise RuntimeError("no feed: start the dashboard with `streamlit run app.py`")
    return _feeds[-1]


def invited() -> tuple[Invited, ...]:
    """Return who may sign in as an influencer now; nobody as long as the sheet was never read."""
    snapshot = current_feed().snapshot
    return () if snapshot is None else snapshot.invited(now())
