"""Who sends what was kept, and when? One thread, in one of the processes that share the data folder."""

import logging
import random
import threading
import time
import traceback
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from genkdash.live.schedule import Schedule
from genkdash.outbox.correction_delivery import EditingDoor, deliver_corrections
from genkdash.outbox.delivery import Delivered, deliver
from genkdash.outbox.errors import KeepingError
from genkdash.outbox.keys import TAB_BY_KEY, Seen, TabKey
from genkdash.outbox.lock import WriterLock, lock_path
from genkdash.outbox.outbox import Outbox
from genkdash.sheet.errors import InternalError

Job: TypeAlias = TabKey | Literal["corrections"]

_LOG = logging.getLogger(__name__)

# Another process may have kept something, and the sheet may have been read.
_LOOK_EVERY_SECONDS = 2.0
_FIRST_RETRY_SECONDS = 5.0
_RETRY_CAP_SECONDS = 60.0
_FRESH = Schedule(_FIRST_RETRY_SECONDS, _RETRY_CAP_SECONDS)
# Twenty seconds of ours, and what a front end of Google's may take after we hung up.
_LATE = timedelta(seconds=60)


class Sender:
    """Sends the rows of one outbox through `door`, and settles them once `seen()` shows them.

    `seen` gives what stood in the sheet at the last read, None while nothing was read; `on_sent` is called after rows
    were written, so that they are read soon. `clock` is monotonic, `utc_now` tells the time, `lot` draws from 0 to 1;
    `late` is how long a request without a clear answer may still arrive. Tests give their own.
    """

    def __init__(  # noqa: PLR0913  four of them are doors for tests: clock, time, chance and patience
        self,
        outbox: Outbox,
        door: EditingDoor,
        *,
        seen: Callable[[], Seen | None],
        utc_now: Callable[[], datetime],
        on_sent: Callable[[], object] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
        lot: Callable[[], float] = random.random,
        late: timedelta = _LATE,
    ) -> None:
        self.outbox = outbox
        self._door = door
        self._seen = seen
        self._utc_now = utc_now
        self._on_sent = on_sent
        self._clock = clock
        self._lot = lot
        self._late = late
        self._lock = WriterLock(lock_path(outbox.path))
        self._plans: dict[Job, _Plan] = {**{tab_key: _Plan() for tab_key in TAB_BY_KEY}, "corrections": _Plan()}
        self._trouble: str | None = None
        self._settled: Seen | None = None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to send. Where another process does so already, wait for its end."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="genkdash-outbox", daemon=True)
        self._thread.start()

    def stop(self, timeout_seconds: float = 0.0) -> None:
        """Send no more. A request that is under way is not waited for longer than `timeout_seconds`."""
        self._stopping.set()
        self.outbox.changed.set()
        if self._thread is not None and timeout_seconds > 0:
            self._thread.join(timeout_seconds)

    def release(self) -> None:
        """Let another process send. The thread does so when it ends."""
        self._lock.release()

    def turn(self) -> float:
        """Settle what was seen, send what is due, and return the seconds until there may be more to do.

        The thread's own step. Raises nothing.
        """
        self.outbox.changed.clear()
        trouble: str | None = None
        for step in (self._settle, self._send_due):
            try:
                step()
            except Exception as error:  # noqa: BLE001  whatever breaks here, the next turn must come
                # Nothing is lost: what was kept before is on disk, and what could not be kept was never promised.
                trouble = getattr(error, "code", type(error).__name__)
        if trouble != self._trouble:
            _LOG.log(logging.WARNING if trouble else logging.INFO, "the outbox: %s", trouble or "works again")
        self._trouble = trouble
        waits = [plan.due - self._clock() for plan in self._plans.values()]
        return min([_LOOK_EVERY_SECONDS, *(wait for wait in waits if wait > 0)])

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                seconds = self.turn()
                # Asked again: the turn may have taken the news of the end for news of a row.
                if not self._stopping.is_set():
                    self.outbox.changed.wait(seconds)
        finally:
            self.release()
            self.outbox.close()

    def _settle(self) -> None:
        seen = self._seen()
        if seen is not None and seen != self._settled:
            self.outbox.settle(seen)
            self.outbox.corrections.settle(seen.read_at)
            self._settled = seen

    def _send_due(self) -> None:
        if not self._lock.acquire():
            return
        for job, plan in self._plans.items():
            if self._is_due(job, plan) and not self._stopping.is_set():
                self._plans[job] = self._send(job, plan)

    def _is_due(self, job: Job, plan: "_Plan") -> bool:
        """Tell whether it is time; a new row need not wait for one that is held, only for a sheet that fails."""
        if self._clock() >= plan.due:
            return True
        if job == "corrections":
            # None of them is ever held: while the sheet works, they are due all the time.
            return plan.code is None
        return plan.code is None and any(entry.key not in plan.held for entry in self.outbox.unsent(job))

    def _deliver(self, job: Job) -> Delivered:
        if job == "corrections":
            return deliver_corrections(self.outbox.corrections, self._door, is_over=self._stopping.is_set)
        return deliver(
            self.outbox, self._door, job, utc_now=self._utc_now, late=self._late, is_over=self._stopping.is_set
        )

    def _send(self, job: Job, plan: "_Plan") -> "_Plan":
        started_at = self._clock()
        try:
            delivered = self._deliver(job)
        except KeepingError:
            raise
        except Exception as error:  # noqa: BLE001  whatever breaks here, the rows must stay and be tried again
            # The type and the place only: a message may hold what somebody wrote.
            place = traceback.extract_tb(error.__traceback__)[-1]
            _LOG.error("sending failed: %s at %s:%s", type(error).__name__, place.filename, place.lineno)
            delivered = Delivered(error=InternalError(kind=type(error).__name__))
        after = plan.after(delivered, started_at=started_at, ended_at=self._clock(), lot=self._lot())
        if after.code != plan.code:
            _LOG.log(logging.WARNING if after.code else logging.INFO, "the %s: %s", job, after.code or "work again")
        if delivered.count:
            _LOG.info("%d rows of the %s are in the sheet", delivered.count, job)
            self._on_sent()
        return after


@dataclass(frozen=True, slots=True)
class _Plan:
    """When one tab is next, on the monotonic clock; which rows are held until then; why the last round failed."""

    due: float = 0.0
    held: Collection[str] = ()
    code: str | None = None
    schedule: Schedule = _FRESH

    def after(self, delivered: Delivered, *, started_at: float, ended_at: float, lot: float) -> "_Plan":
        """Return the plan after a round: at once what can be, and after an error later and later."""
        error = delivered.error
        if error is None:
            return _Plan(ended_at + min(delivered.held.values(), default=0.0), delivered.held.keys())
        schedule = self.schedule.after_failure(
            started_at=started_at, ended_at=ended_at, is_file=False, retry_after=error.retry_after, lot=lot
        )
        return _Plan(schedule.due_at(is_watched=False) or ended_at, (), error.code, schedule)
