"""Who reads the sheet, and when? One thread per feed. Viewers only read memory, and say that they watch."""

import random
import threading
import time
from collections.abc import Callable
from datetime import datetime

from genkdash.live.clock import now
from genkdash.live.poller import Poller
from genkdash.live.schedule import Schedule
from genkdash.live.snapshot import Snapshot
from genkdash.live.state import State, state_of
from genkdash.live.store import Store
from genkdash.live.tally import ReadTally
from genkdash.sheet.tables import Source

__all__ = ["Feed", "State"]

# A page comes by once a minute, and a hidden one may be late; one that stayed away this long has gone.
_WATCHED_FOR_SECONDS = 130.0
_REFRESH_EVERY_SECONDS = 3.0
# A read may take its twenty seconds, twice, before a fine picture is called late.
_SLACK_SECONDS = 45.0
# The thread looks around this often at least, so that one who asks can tell a quiet thread from a stuck one.
_TURN_SECONDS = 15.0
# A small sheet is kept at once, a large one after about the time that its pages take.
_MOST_SECONDS_BEFORE_KEEPING = 2.0
# Two reads of twenty seconds, what the largest sheet takes to be understood, and a busy machine.
_STUCK_AFTER_SECONDS = 120.0


class Feed:
    """The moving picture of one source.

    `kind` is that of the source, `snapshot` the last good picture. `watch()` is called by every open page, now and
    then: while somebody watches, the sheet is read every `watched_seconds`, otherwise every `idle_seconds` (start to
    start); a file is looked at every second and read when it changed. `clock` is monotonic, `utc_now` tells the time,
    `lot` draws from 0 to 1; tests give their own. `tally` counts what came of the reads.
    """

    def __init__(  # noqa: PLR0913  three of them are doors for tests: clock, time and chance
        self,
        source: Source,
        *,
        store: Store | None,
        watched_seconds: float = 5.0,
        idle_seconds: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
        utc_now: Callable[[], datetime] = now,
        lot: Callable[[], float] = random.random,
    ) -> None:
        self.kind = source.kind
        self.tally = ReadTally()
        self._poller = Poller(source, store)
        self._clock = clock
        self._utc_now = utc_now
        self._lot = lot
        self._idle_seconds = idle_seconds
        self._schedule = Schedule(watched_seconds, idle_seconds)
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._is_loaded = False
        self._is_asked = False
        self._asked_at: float | None = None
        self._watched_at: float | None = None
        self._turned_at = 0.0
        self._agreed_at: float | None = None
        self._polling = threading.Lock()
        # Guards the fields above; notified when the thread must look at them again, and after every poll.
        self._changed = threading.Condition()

    @property
    def snapshot(self) -> Snapshot | None:
        """The last good picture, or None as long as there was none."""
        return self._poller.standing.snapshot

    @property
    def is_reader(self) -> bool:
        """Whether this process reads the sheet by itself, as it does unless several share a reader."""
        return True

    def state(self, now: datetime) -> State:
        """Return how fresh the picture is at `now`."""
        due = self._schedule.due_at(is_watched=self._is_watched())
        return state_of(
            self._poller.standing,
            now=now,
            # The time of day may be set back meanwhile; this clock can't be.
            least_age_seconds=None if self._agreed_at is None else self._clock() - self._agreed_at,
            next_try_seconds=0.0 if due is None else max(due - self._clock(), 0.0),
            overdue_seconds=self._idle_seconds + _SLACK_SECONDS,
        )

    def start(self) -> None:
        """Show the last good picture from disk, then begin to read. Does nothing when it is running already."""
        self.load_kept()
        with self._changed:
            if self._thread is not None and self._thread.is_alive() and not self._stopping.is_set():
                return
            self._stopping = threading.Event()
            self._turned_at = self._clock()
            # After a pause nobody knows what changed.
            self._schedule = Schedule(self._schedule.watched_seconds, self._schedule.idle_seconds)
            self._thread = threading.Thread(target=self._run, args=(self._stopping,), name="genkdash-feed", daemon=True)
            self._thread.start()

    def is_turning(self) -> bool:
        """Tell whether the thread that reads lives and is not stuck. It may fail at reading all the same."""
        thread = self._thread
        is_running = thread is not None and thread.is_alive() and not self._stopping.is_set()
        return is_running and self._clock() - self._turned_at < _STUCK_AFTER_SECONDS

    def stop(self, timeout_seconds: float = 0.0) -> None:
        """Read no more. A read that is under way is not waited for longer than `timeout_seconds`."""
        with self._changed:
            self._stopping.set()
            self._changed.notify_all()
            thread = self._thread
        if thread is not None and timeout_seconds > 0:
            thread.join(timeout_seconds)

    def watch(self) -> None:
        """Say that somebody looks. The first to look after a quiet time wakes the thread."""
        with self._changed:
            was_watched = self._is_watched()
            self._watched_at = self._clock()
            if not was_watched:
                self._changed.notify_all()

    def refresh_now(self) -> bool:
        """Ask for a read at once. False: somebody asked less than three seconds ago, or Google told us to wait."""
        with self._changed:
            at = self._clock()
            is_too_soon = self._asked_at is not None and at - self._asked_at < _REFRESH_EVERY_SECONDS
            if is_too_soon or at < self._schedule.not_before:
                return False
            self._asked_at = at
            self._is_asked = True
            self._changed.notify_all()
            return True

    def wait_for(self, is_reached: Callable[[], bool], *, timeout_seconds: float) -> bool:
        """Wait until `is_reached` holds after a poll, at most `timeout_seconds`. Return whether it does."""
        with self._changed:
            return self._changed.wait_for(is_reached, timeout_seconds)

    def load_kept(self) -> None:
        """Show the last good picture from disk, unless that was done before."""
        # Asked first without the lock: whoever starts a running feed again must not wait for its read.
        if self._is_loaded:
            return
        with self._polling:
            if not self._is_loaded:
                self._is_loaded = True
                self._poller.load_kept(self._utc_now())

    def poll_once(self) -> float:
        """Read the sheet (or look whether the file changed) and return the seconds until the next try.

        The thread's own step. Raises nothing.
        """
        self._keep(self._poll()[0])
        with self._changed:
            return self._seconds_left()

    def _poll(self) -> tuple[datetime, float]:
        """Read or look, and show what is there. Return the moment of it, and the seconds that a new revision took."""
        with self._polling:
            with self._changed:
                is_forced, self._is_asked = self._is_asked, False
            started_at, reads_before = self._clock(), self._poller.reads
            now, shown_before = self._utc_now(), self.snapshot
            self._poller.poll(now, is_forced=is_forced)
            standing, ended_at = self._poller.standing, self._clock()
            if standing.error is None and standing.held is None:
                self._agreed_at = started_at
            # A look at a file that did not change is no read.
            if standing.error is not None or self._poller.reads > reads_before:
                self.tally.add(standing.outcome, ended_at - started_at)
            with self._changed:
                if standing.error is None:
                    self._schedule = self._schedule.after_success(
                        started_at=started_at,
                        ended_at=ended_at,
                        is_file=self._poller.is_file,
                        is_held=standing.held is not None,
                    )
                else:
                    self._schedule = self._schedule.after_failure(
                        started_at=started_at,
                        ended_at=ended_at,
                        is_file=self._poller.is_file,
                        retry_after=standing.error.retry_after,
                        lot=self._lot(),
                    )
                self._turned_at = self._clock()
                self._changed.notify_all()
            return now, ended_at - started_at if self.snapshot is not shown_before else 0.0

    def _keep(self, read_at: datetime) -> None:
        """Save what was shown at `read_at`, if that is to be saved."""
        with self._polling:
            self._poller.keep(read_at)
            with self._changed:
                self._changed.notify_all()

    def _run(self, stopping: threading.Event) -> None:
        while True:
            with self._changed:
                self._turned_at = self._clock()
                while not stopping.is_set() and not self._is_due():
                    self._changed.wait(min(self._seconds_left(), _TURN_SECONDS))
                    self._turned_at = self._clock()
            if stopping.is_set():
                return
            read_at, took_seconds = self._poll()
            # Who waits for a new revision comes first: saving a large one takes the processor as long as drawing it.
            stopping.wait(min(took_seconds, _MOST_SECONDS_BEFORE_KEEPING))
            self._keep(read_at)

    def _is_due(self) -> bool:
        return self._is_asked or self._seconds_left() <= 0

    def _seconds_left(self) -> float:
        due = self._schedule.due_at(is_watched=self._is_watched())
        return 0.0 if due is None else max(due - self._clock(), 0.0)

    def _is_watched(self) -> bool:
        watched_at = self._watched_at
        return watched_at is not None and self._clock() - watched_at <= _WATCHED_FOR_SECONDS
