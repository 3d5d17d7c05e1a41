"""How does a test get a real Redis (or Valkey)? `with running_redis(folder) as redis:` starts the system's own."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

NAMES = ("redis-server", "valkey-server")


def find_server() -> str | None:
    """Return the path of the system's server."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class RedisServer:
    """A server on a socket of its own that keeps nothing on disk; `url` is what genkdash is told."""

    def __init__(self, folder: Path, password: str | None = None) -> None:
        self._socket = folder / "redis.sock"
        self._folder = folder
        self._password = password
        self.url = f"unix://{f':{password}@' if password else ''}{self._socket}"
        self.client = Redis.from_url(self.url, protocol=2)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, empty, and wait until it answers."""
        command = [find_server() or NAMES[0], "--port", "0", "--unixsocket", str(self._socket)]
        command += ["--save", "", "--appendonly", "no", "--dir", str(self._folder)]
        if self._password:
            command += ["--requirepass", self._password]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603  the system's own server
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                self.client.ping()
            except RedisError:
                time.sleep(0.01)
            else:
                return
        raise RuntimeError("no answer from the server")

    def stop(self) -> None:
        """Kill it: all that it held is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = None

    def keys(self, name: str) -> list[bytes]:
        """Return the keys that end so."""
        return list(self.client.scan_iter(f"*:{name}"))


@contextmanager
def running_redis(folder: Path, password: str | None = None) -> Iterator[RedisServer]:
    """Run a server for as long as it takes. Where there is none the test is skipped, but in CI it fails."""
    if find_server() is None:
        if os.environ.get("CI"):
            pytest.fail("neither redis-server nor valkey-server on this machine: sh tools/redis.sh")
        pytest.skip("neither redis-server nor valkey-server on this machine")
    server = RedisServer(folder, password)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        server.client.close()
