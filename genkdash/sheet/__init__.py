"""The door to the data: how a shared sheet becomes posts and issues."""
