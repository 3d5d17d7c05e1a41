"""The moving picture: one poller, numbered snapshots, the last good one kept."""

from genkdash.live.feed import Feed
from genkdash.live.snapshot import Snapshot
from genkdash.live.state import State
from genkdash.live.store import Store

__all__ = ["Feed", "Snapshot", "State", "Store"]
