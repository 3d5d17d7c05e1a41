"""How do many people look at once? Raw clients that speak Streamlit's websocket as a tab does, without a browser."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

RUN_SECONDS = 30
_GOOD = (
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
    ForwardMsg.FINISHED_EARLY_FOR_RERUN,
)


@dataclass
class Viewer:
    """One open tab. `received` are the bytes of its messages, unpacked; `errors` what its user would be told."""

    connection: ClientConnection
    page: str
    query: str
    received: int = 0
    runs: int = 0
    errors: list[str] = field(default_factory=list)
    fragments: dict[str, float] = field(default_factory=dict)
    awaited: bytes | None = None
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _page_hash: str = ""
    _kept: set[str] = field(default_factory=set)
    _is_over: bool = False
    _finished: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, fragment: str = "", widgets: WidgetStates | None = None) -> float:
        """Ask for a run of the page, or of one fragment, and return the seconds until it was there.

        Raises:
            TimeoutError: it never was.
            ConnectionError: the connection ended before.
        """
        request = BackMsg()
        request.rerun_script.page_name = "" if self._page_hash else self.page
        request.rerun_script.page_script_hash = self._page_hash
        request.rerun_script.query_string = self.query
        request.rerun_script.fragment_id = fragment
        request.rerun_script.is_auto_rerun = bool(fragment)
        request.rerun_script.cached_message_hashes.extend(self._kept)
        request.rerun_script.context_info.timezone = "Europe/Brussels"
        request.rerun_script.widget_states.CopyFrom(widgets or WidgetStates())
        self._finished.clear()
        begin = time.perf_counter()
        await self.connection.send(request.SerializeToString())
        async with asyncio.timeout(RUN_SECONDS):
            await self._finished.wait()
        if self._is_over:
            raise ConnectionError(f"the tab lost its connection: {self.errors}")
        return time.perf_counter() - begin

    async def listen(self) -> None:
        """Read what the server sends, also what nobody asked for, until the connection ends."""
        try:
            async for frame in self.connection:
                self._take(bytes(frame) if not isinstance(frame, str) else frame.encode())
        except ConnectionClosed as closed:
            self.errors.append(f"closed: {closed}")
        finally:
            self._is_over = True
            self._finished.set()

    async def stay_until(self, moment: float, random: Random) -> list[float]:
        """Run the fragments at their intervals until `moment` of the loop's clock. Return the seconds of each."""
        clock = asyncio.get_running_loop().time
        due = {name: clock() + every * random.random() for name, every in self.fragments.items()}
        seconds = []
        while due and min(due.values()) < moment:
            name = min(due, key=due.__getitem__)
            await asyncio.sleep(max(due[name] - clock(), 0))
            seconds.append(await self.run(name))
            due[name] += max(self.fragments[name], 0.1)
        await asyncio.sleep(max(moment - clock(), 0))
        return seconds

    def _take(self, frame: bytes) -> None:
        self.received += len(frame)
        if self.awaited is not None and self.awaited in frame:
            self.arrived.set()
        message = ForwardMsg()
        message.ParseFromString(frame)
        kind = message.WhichOneof("type")
        if kind != "ref_hash" and message.metadata.cacheable and message.hash:
            self._kept.add(message.hash)
        if kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        elif kind == "auto_rerun":
            self.fragments[message.auto_rerun.fragment_id] = message.auto_rerun.interval
        elif kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
            self.errors.append(message.delta.new_element.exception.message)
        elif kind == "script_finished":
            if message.script_finished not in _GOOD:
                self.errors.append(f"finished as {message.script_finished}")
            if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                self.runs += 1
                self._finished.set()


@asynccontextmanager
async def viewers(url: str, count: int, page: str = "", query: str = "") -> AsyncIterator[list[Viewer]]:
    """Open so many tabs on a page, one after the other, without running it yet; close them at the end."""
    address = f"ws://{urlsplit(url).netloc}/_stcore/stream"
    async with AsyncExitStack() as stack:
        opened, listening = [], []
        for _ in range(count):
            connection = await stack.enter_async_context(
                connect(address, subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"], max_size=None, open_timeout=60)  # type: ignore[list-item]
            )
            viewer = Viewer(connection, page, query)
            opened.append(viewer)
            listening.append(asyncio.create_task(viewer.listen()))
        try:
            yield opened
        finally:
            for task in listening:
                task.cancel()
            ends = await asyncio.gather(*listening, return_exceptions=True)
            if faults := [end for end in ends if isinstance(end, Exception)]:
                raise ExceptionGroup("what a tab was sent could not be read", faults)


async def all_run(people: Iterable[Viewer]) -> tuple[list[float], list[str]]:
    """Let all of them run their page at once. Return the seconds of each, and what went wrong."""
    results = await asyncio.gather(*(viewer.run() for viewer in people), return_exceptions=True)
    seconds = [result for result in results if isinstance(result, float)]
    return seconds, [repr(result) for result in results if isinstance(result, BaseException)]


async def all_stay(people: Iterable[Viewer], seconds: float) -> tuple[list[float], list[str]]:
    """Let all of them look for a while, each with moments of its own. Return each fragment's seconds, and errors."""
    until = asyncio.get_running_loop().time() + seconds
    lots = ((viewer, Random(number)) for number, viewer in enumerate(people))  # noqa: S311  moments, not secrets
    stays = (viewer.stay_until(until, lot) for viewer, lot in lots)
    results = await asyncio.gather(*stays, return_exceptions=True)
    took = [one for result in results if isinstance(result, list) for one in result]
    return took, [repr(result) for result in results if isinstance(result, BaseException)]
