"""What was logged and does not stand in the sheet yet? Until a read shows the row, the outbox knows of it."""

from genkdash.outbox.current import current_outbox
from genkdash.outbox.entries import Entry
from genkdash.outbox.errors import KeepingError
from genkdash.sheet.model import Sheet


def posts_not_in(sheet: Sheet, influencer: str | None) -> tuple[Entry, ...]:
    """Return the posts that were logged and have no row in the sheet yet: of one person, or of all."""
    logged = _logged(influencer)
    if not logged:
        return ()
    seen = set(sheet.posts["post_id"].dropna())
    return tuple(entry for entry in logged if entry.key not in seen)


def first_topic(entry: Entry) -> str:
    """Return the first topic of a post that was logged; empty for none."""
    written = entry.values.get("topics", "")
    return str(written).partition(";")[0].strip()


def _logged(influencer: str | None) -> tuple[Entry, ...]:
    """Return what is in the outbox of one person, or of all; nothing while it can't be read, which its sender says."""
    outbox = current_outbox()
    if outbox is None:
        return ()
    try:
        entries = outbox.entries(tab_key="posts")
    except KeepingError:
        return ()
    return tuple(entry for entry in entries if influencer is None or entry.values["influencer"] == influencer)
