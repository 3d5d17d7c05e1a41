"""How does an open page hear of news? The server wakes it: it runs again, as if its browser had asked.

Nothing is sent and nothing runs while nothing changes (docs/adr/0016). A page that is known to show an earlier revision
or day runs as a whole; of another only the fragments, which decide by themselves. Either asks again who looks.
"""

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Hashable, Iterable
from contextlib import asynccontextmanager, suppress

from genkdash.live.alarms import ALARMS
from genkdash.live.current import current_feed, now
from genkdash.live.shown import SHOWN, edition
from genkdash.server.news import news, news_of
from genkdash.server.private_streamlit import connected_pages, is_in_a_run, run_again

_LOG = logging.getLogger(__name__)

# How soon a page hears of what no read brought: a link revoked by another process, a row kept by one.
_LOOK_EVERY_SECONDS = 0.5
# Runs take turns in one interpreter: all at once would only make each of them late, and the server deaf.
_AT_ONCE = 4
_STEP_SECONDS = 0.01
# A run that lasts longer than this waits for something else, and keeps nobody from being woken.
_SLOW_SECONDS = 3.0


@asynccontextmanager
async def pushing() -> AsyncIterator[None]:
    """Wake open pages for as long as this lasts. Entered on the event loop of the server."""
    push = Push(asyncio.get_running_loop())
    waker = asyncio.create_task(push.wake(), name="genkdash-push")
    threading.Thread(target=push.watch, name="genkdash-news", daemon=True).start()
    try:
        yield
    finally:
        push.stop()
        waker.cancel()
        with suppress(asyncio.CancelledError):
            await waker


class Push:
    """Looks for news in a thread of its own (`watch`), and wakes pages on the server's event loop (`wake`)."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._stopping = threading.Event()
        self._rung = asyncio.Event()
        # Touched on the event loop only; in the order in which they are to be woken.
        self._waiting: dict[str, None] = {}

    def stop(self) -> None:
        """Look no more."""
        self._stopping.set()

    def watch(self) -> None:
        """Look for news until stopped, and ring for the pages that it concerns."""
        seen: Hashable = None
        while not self._stopping.is_set():
            try:
                seen = self._look(seen)
            except Exception as error:  # noqa: BLE001  whatever breaks here, the next look must come
                # The type only: a message may hold cells. Pages still look for themselves, later.
                if not self._stopping.wait(_LOOK_EVERY_SECONDS):
                    _LOG.warning("news is not looked for: %s", type(error).__name__)

    async def wake(self) -> None:
        """Wake who is waiting, a few at a time; one in the middle of a run of its own when that has ended."""
        started: dict[str, float] = {}
        while True:
            await self._rung.wait()
            at = time.monotonic()
            started = {one: since for one, since in started.items() if is_in_a_run(one) and at - since < _SLOW_SECONDS}
            there = edition(current_feed().snapshot, now())
            for page in list(self._waiting):
                if len(started) >= _AT_ONCE:
                    break
                if run_again(page, whole=SHOWN.is_overtaken(page, there)):
                    del self._waiting[page]
                    started[page] = at
            if not self._waiting:
                self._rung.clear()
            await asyncio.sleep(_STEP_SECONDS)

    def _look(self, seen: Hashable) -> Hashable:
        """Wait for news, ring for whom it concerns, and return what is to be seen now."""
        feed, pages = current_feed(), connected_pages()
        wait = ALARMS.seconds_left(now().timestamp(), at_most=_LOOK_EVERY_SECONDS)
        if not pages:
            # Asked before the wait: who comes during it may be drawn from what is there at its beginning.
            found = news(now())
            self._stopping.wait(wait)
            return found
        of_feed = seen[0] if isinstance(seen, tuple) else None
        feed.wait_for(lambda: news_of(feed, now()) != of_feed, timeout_seconds=wait)
        moment = now()
        found, due = news(moment), ALARMS.due(moment.timestamp())
        # Looked up again: who came meanwhile may have been drawn from what was there before.
        pages = connected_pages()
        SHOWN.keep_only(pages)
        self._ring(pages if found != seen else due)
        return found

    def _ring(self, pages: Iterable[str]) -> None:
        """Have `pages` woken; for any thread."""
        concerned = dict.fromkeys(pages)
        if concerned:
            with suppress(RuntimeError):  # the event loop has ended, and with it every page
                self._loop.call_soon_threadsafe(self._add, concerned)

    def _add(self, pages: dict[str, None]) -> None:
        self._waiting |= pages
        self._rung.set()
