"""What if the line itself breaks, below HTTP? A proxy for bytes between us and Google that breaks on command.

    with BrokenLine(server.url) as line:
        line.set("reset-after:200")

| mode | what happens to a connection |
|---|---|
| `whole` | nothing |
| `refuse` | nobody listens |
| `reset` | taken, then reset |
| `reset-after:N` | reset after N bytes of answers |
| `blackhole` | taken, and never answered |
| `drip:N` | the answer comes at N bytes a second |
| `latency:S` | every piece of an answer comes S seconds later |
| `garbage` | answered with bytes that are no HTTP |
| `page:CODE` | answered with a page of HTML of that status, by something that is not Google |
| `flaky:P` | reset with a chance of P, whole otherwise |

A new mode hangs up on who is connected. `connections` counts those that were taken, and so many were tried at least.
Unlike `fault_proxy`, it knows nothing of requests.
"""

import asyncio
import contextlib
import random
import socket
import struct
import threading
from collections.abc import Coroutine
from http import HTTPStatus
from typing import Any, Self
from urllib.parse import urlsplit

_PIECE_BYTES = 65536
_GARBAGE = b"\x16\x03\x01 this is not HTTP\r\n\r\n"
_LOOK_SECONDS = 0.05


class BrokenLine:
    """Passes bytes on to `upstream`, an address such as http://127.0.0.1:8099, until told otherwise."""

    def __init__(self, upstream: str, *, seed: int = 0) -> None:
        place = urlsplit(upstream)
        self._upstream = (place.hostname, place.port)
        self._mode = "whole"
        self._chance = random.Random(seed)  # noqa: S311  no secret is drawn from it
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._listening: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._serving: set[asyncio.Task[Any]] = set()
        self.connections = 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = int(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{self._port}"

    def __enter__(self) -> Self:
        self._thread.start()
        self._run(self._listen())
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._hang_up(is_refusing=True))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def set(self, mode: str) -> None:
        """Hang up on everybody; from now on the line does as `mode` says."""
        self._mode = mode
        self._run(self._hang_up(is_refusing=mode == "refuse"))
        if mode != "refuse":
            self._run(self._listen())

    def _run(self, step: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(step, self._loop).result(20)

    async def _listen(self) -> None:
        if self._listening is None:
            self._listening = await asyncio.start_server(self._serve, "127.0.0.1", self._port)

    async def _hang_up(self, *, is_refusing: bool) -> None:
        if is_refusing and self._listening is not None:
            self._listening.close()
            self._listening = None
        for task in list(self._serving):
            task.cancel()
        for writer in list(self._open):
            writer.transport.abort()
        await asyncio.gather(*self._serving, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        self._open.add(writer)
        self.connections += 1
        try:
            await self._answer(reader, writer)
        except (OSError, asyncio.CancelledError):
            _reset(writer)
        finally:
            self._serving.discard(task)
            self._open.discard(writer)
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        mode, _, argument = self._mode.partition(":")
        if mode == "flaky":
            mode = "reset" if self._chance.random() < float(argument) else "whole"
        if mode == "reset":
            _reset(writer)
        elif mode == "blackhole":
            while await reader.read(_PIECE_BYTES):
                pass
        elif mode in {"garbage", "page"}:
            await reader.read(_PIECE_BYTES)
            writer.write(_GARBAGE if mode == "garbage" else _page(int(argument)))
            await writer.drain()
        else:
            await self._pass(reader, writer, mode, float(argument or 0))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, mode: str, amount: float) -> None:
        answers, questions = await asyncio.open_connection(*self._upstream)
        self._open.add(questions)
        asking = asyncio.create_task(_copy(reader, questions))
        sent = 0
        try:
            while piece := await answers.read(_PIECE_BYTES):
                if mode == "latency":
                    await asyncio.sleep(amount)
                if mode == "reset-after" and sent + len(piece) >= amount:
                    writer.write(piece[: int(amount) - sent])
                    await writer.drain()
                    # What was written must have left before the reset takes it back.
                    await asyncio.sleep(_LOOK_SECONDS)
                    _reset(writer)
                    return
                if mode == "drip":
                    await _drip(writer, piece, amount)
                else:
                    writer.write(piece)
                    await writer.drain()
                sent += len(piece)
        finally:
            asking.cancel()
            self._open.discard(questions)
            questions.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while piece := await reader.read(_PIECE_BYTES):
            writer.write(piece)
            await writer.drain()


async def _drip(writer: asyncio.StreamWriter, piece: bytes, bytes_a_second: float) -> None:
    for place in range(len(piece)):
        writer.write(piece[place : place + 1])
        await writer.drain()
        await asyncio.sleep(1 / bytes_a_second)


def _page(status: int) -> bytes:
    phrase = HTTPStatus(status).phrase
    body = f"<!DOCTYPE html><title>{status} {phrase}</title><p>Please try again.".encode()
    wait = "Retry-After: 3\r\n" if status == HTTPStatus.TOO_MANY_REQUESTS else ""
    head = f"HTTP/1.1 {status} {phrase}\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n{wait}"
    return f"{head}Connection: close\r\n\r\n".encode() + body


def _reset(writer: asyncio.StreamWriter) -> None:
    connection = writer.get_extra_info("socket")
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
