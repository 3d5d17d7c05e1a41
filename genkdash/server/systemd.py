"""What do we tell systemd? That we serve, that we still live, and that we stop; where it did not start us, nothing.

The protocol is that of `sd_notify(3)`: lines in one datagram to the socket that `NOTIFY_SOCKET` names. It is told that
we live twice in each `WATCHDOG_USEC` microseconds, by the event loop, and only while the thread that reads the sheet
turns: when either is stuck, systemd hears nothing more, and starts us anew.
"""

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

_LOG = logging.getLogger(__name__)
_EVERYWHERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  where to knock, not where to bind
_KNOCK_EVERY_SECONDS = 0.05
# Without a watchdog the state is told all the same, for `systemctl status`.
_TELL_EVERY_SECONDS = 30.0


@asynccontextmanager
async def telling_systemd(
    address: tuple[str | None, int],
    *,
    is_alive: Callable[[], bool],
    status: Callable[[], str],
    environment: Mapping[str, str] = os.environ,
) -> AsyncIterator[None]:
    """Keep systemd informed for as long as it takes.

    `address` is where the server listens: it is ready once somebody can come in. `is_alive` and `status` (one line)
    are asked on the event loop.
    """
    name = environment.get("NOTIFY_SOCKET")
    if not name:
        yield
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.setblocking(False)  # noqa: FBT003  socket's own signature

        def tell(*lines: str) -> None:
            try:
                channel.sendto("\n".join(lines).encode(), _socket_address(name))
            except OSError as error:
                _LOG.warning("systemd can't be told: %s", type(error).__name__)

        task = asyncio.create_task(_tell_on(tell, address, is_alive, status, watchdog_seconds(environment)))
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            tell("STOPPING=1")


def watchdog_seconds(environment: Mapping[str, str]) -> float | None:
    """Return after how many seconds of silence systemd starts us anew; None where it keeps no watch over us."""
    microseconds, process = environment.get("WATCHDOG_USEC", ""), environment.get("WATCHDOG_PID")
    if not microseconds.isdecimal() or int(microseconds) == 0 or process not in {None, str(os.getpid())}:
        return None
    return int(microseconds) / 1e6


async def _tell_on(
    tell: Callable[..., None],
    address: tuple[str | None, int],
    is_alive: Callable[[], bool],
    status: Callable[[], str],
    watchdog: float | None,
) -> None:
    await _until_open(address)
    tell("READY=1", f"STATUS={status()}")
    while True:
        if is_alive():
            tell(*(["WATCHDOG=1"] if watchdog else []), f"STATUS={status()}")
        await asyncio.sleep(watchdog / 2 if watchdog else _TELL_EVERY_SECONDS)


async def _until_open(address: tuple[str | None, int]) -> None:
    """Wait until somebody listens at `address`: the lifespan begins before the server does."""
    host = _EVERYWHERE.get(address[0] or "", address[0] or "")
    while True:
        try:
            _, writer = await asyncio.open_connection(host, address[1])
        except OSError:
            await asyncio.sleep(_KNOCK_EVERY_SECONDS)
        else:
            writer.close()
            return


def _socket_address(name: str) -> str:
    """Return the address of the socket; `@` stands for the zero byte of one that is in no folder."""
    return f"\0{name[1:]}" if name.startswith("@") else name
