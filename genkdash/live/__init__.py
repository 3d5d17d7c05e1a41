"""The moving picture: one poller, numbered snapshots, the last good one kept."""
