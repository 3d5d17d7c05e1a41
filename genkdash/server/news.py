"""What is there to see now? One value; when it differs, every open page must look again.

All that can change a page without a touch of its own: the sheet, how its reading goes, the day, who may still look,
and what was logged. Nothing of it is read here, files are only asked whether they changed.
"""

from collections.abc import Hashable
from datetime import datetime
from math import ceil

from genkdash.access.current import current_access
from genkdash.live.current import current_feed
from genkdash.live.feed import Feed
from genkdash.outbox.current import current_outbox


def news(moment: datetime) -> Hashable:
    """Return what a page drawn at `moment` would be drawn from."""
    outbox = current_outbox()
    return (news_of(current_feed(), moment), current_access().edition(), None if outbox is None else outbox.edition())


def news_of(feed: Feed, moment: datetime) -> Hashable:
    """Return the part of it that a read changes. The age counts by the minute, as pages tell it."""
    state, snapshot = feed.state(moment), feed.snapshot
    error = None if state.error is None else (state.error.code, tuple(sorted(state.error.detail.items())))
    minutes = None if state.age_seconds is None else max(ceil(state.age_seconds / 60), 1)
    day = None if snapshot is None else snapshot.day(moment)
    return (state.revision, day, state.kind, error, state.held, state.notice, minutes)
