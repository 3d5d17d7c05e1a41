"""What people log from their phone: kept on disk before the screen says so, then sent to the sheet, exactly once."""

from genkdash.outbox.corrections import CorrectionEntry, Corrections
from genkdash.outbox.current import current_outbox
from genkdash.outbox.drafts import Draft, draft_post, draft_tip
from genkdash.outbox.entries import Entry, Receipt
from genkdash.outbox.errors import DraftError, KeepingError, LimitError, OutboxError
from genkdash.outbox.keys import new_post_key
from genkdash.outbox.outbox import Outbox, count_unsent, erase_outboxes
from genkdash.outbox.sender import Sender

__all__ = [
    "CorrectionEntry",
    "Corrections",
    "Draft",
    "DraftError",
    "Entry",
    "KeepingError",
    "LimitError",
    "Outbox",
    "OutboxError",
    "Receipt",
    "Sender",
    "count_unsent",
    "current_outbox",
    "draft_post",
    "draft_tip",
    "erase_outboxes",
    "new_post_key",
]
