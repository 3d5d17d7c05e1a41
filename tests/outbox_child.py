"""What runs in a process that is to be killed? The sender of the product, which stops and waits at a named step.

The steps are put around the product's own functions here; the product knows nothing of them.
"""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeAlias

from outbox_parts import SOURCE, some_post

from genkdash.outbox import Draft, Outbox, Sender
from genkdash.outbox.keys import Seen, seen_in
from genkdash.sheet.errors import SourceError
from genkdash.sheet.google import GoogleSheet
from genkdash.sheet.google_append import GoogleAppender

# The sheet's key, the service account that may write in it, and the address on the way there.
Sheet: TypeAlias = tuple[str, Mapping[str, str], str]

STEPS = ("kept", "to-mark", "marked", "to-note", "noted", "to-settle", "settled")


def real_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def later() -> datetime:
    """Return a moment at which no request of now can still arrive."""
    return datetime.now(UTC) + timedelta(seconds=61)


class SteppingOutbox(Outbox):
    """Tells the test when it reaches `step`, and goes no further."""

    def stop_at(self, step: str, pipe: Connection) -> "SteppingOutbox":
        """Choose the step."""
        self._step, self._pipe = step, pipe
        return self

    def put(self, draft: Draft) -> Any:
        return self._around("", "kept", super().put, draft)

    def mark_sending(self, key: str) -> bool:
        return bool(self._around("to-mark", "marked", super().mark_sending, key))

    def mark_sent(self, key: str) -> None:
        self._around("to-note", "noted", super().mark_sent, key)

    def settle(self, seen: Seen) -> int:
        return int(self._around("to-settle", "settled", super().settle, seen) if any(seen.keys.values()) else 0)

    def _around(self, before: str, after: str, do: Callable[..., Any], *values: Any) -> Any:
        self._reach(before)
        done = do(*values)
        self._reach(after)
        return done

    def _reach(self, step: str) -> None:
        if step == self._step:
            self._pipe.send(step)
            while True:
                time.sleep(60)


def make_sender(outbox: Outbox, sheet: Sheet, now: Callable[[], datetime]) -> Sender:
    """Return a sender that looks at the sheet itself to see what stands in it."""
    key, credentials, url = sheet
    reader = GoogleSheet(key, credentials=credentials, api_url=credentials["token_uri"].removesuffix("/token"))

    def seen() -> Seen | None:
        try:
            return seen_in(reader.read(), now())
        except SourceError:
            return None

    door = GoogleAppender(key, credentials=credentials, api_url=url)
    return Sender(outbox, door, seen=seen, utc_now=now)


def send_until(folder: Path, sheet: Sheet, step: str, pipe: Connection) -> None:
    """Keep one post and send it, as far as `step`; the pipe gets the key first."""
    outbox = SteppingOutbox(folder, source=SOURCE, utc_now=real_now).stop_at(step, pipe)
    draft = some_post()
    pipe.send(draft.key)
    outbox.put(draft)
    sender = make_sender(outbox, sheet, real_now)
    while outbox.entries():
        sender.turn()


def keep_until_killed(folder: Path, pipe: Connection) -> None:
    """Keep one post after another; the pipe gets each key once it is kept."""
    outbox = Outbox(folder, source=SOURCE, utc_now=real_now, daily_limit=10**6)
    while True:
        pipe.send(outbox.put(some_post()).key)


def serve(folder: Path, sheet: Sheet, pipe: Connection) -> None:
    """Send whatever is kept, in a thread, as the dashboard does; keep a post whenever the pipe asks for one."""
    outbox = Outbox(folder, source=SOURCE, utc_now=real_now)
    make_sender(outbox, sheet, real_now).start()
    while True:
        pipe.recv()
        pipe.send(outbox.put(some_post()).key)
