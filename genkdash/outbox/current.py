"""Which outbox does this process keep things in? None where logging is not switched on."""

from genkdash.outbox.outbox import Outbox
from genkdash.outbox.sender import Sender

__all__ = ["current_outbox", "send", "stop"]

_senders: list[Sender] = []


def send(sender: Sender) -> None:
    """Start `sender` and make its outbox the one everybody keeps things in; the one before it stops."""
    stop()
    sender.start()
    _senders.append(sender)


def stop() -> None:
    """Stop sending. What waits is on disk, and is sent after the next start."""
    while _senders:
        _senders.pop().stop()


def current_outbox() -> Outbox | None:
    """Return the outbox to keep things in, or None where logging is not switched on."""
    return _senders[-1].outbox if _senders else None
