"""How is the shared memory (a Redis or Valkey server) reached, and what does it mean when it can't be?

The address holds a password: it stands in no message, log line, repr or traceback of ours.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, RedisError, ResponseError
from redis.retry import Retry

from genkdash.sheet.errors import SharedMemoryGoneError, SharedMemoryRefusedError

# The server stands beside us or a hop away. What it does not answer soon is asked again at the next tick.
_CONNECT_SECONDS = 1.0
_ANSWER_SECONDS = 2.0


def connect_to(address: str) -> Redis:
    """Return a client for `redis://`, `rediss://` or `unix://`. Nothing is sent yet. For any number of threads."""
    return Redis.from_url(
        address,
        socket_connect_timeout=_CONNECT_SECONDS,
        socket_timeout=_ANSWER_SECONDS,
        # We try again ourselves, at the next tick: who waits here would let a lease run out unseen.
        retry=Retry(NoBackoff(), 0),
        protocol=2,
        client_name="genkdash",
    )


def place_of(address: str) -> str:
    """Return where the server stands, for people: a host and a port, or the path of a socket; never a password."""
    parts = urlsplit(address)
    return parts.path if parts.scheme == "unix" else f"{parts.hostname or 'localhost'}:{parts.port or 6379}"


@contextmanager
def reaching() -> Iterator[None]:
    """Turn what a client raises into our own errors, without their text: it may hold an address or a value.

    Raises:
        SharedMemoryRefusedError: the server answers, but not to us: a password, a right, no memory left.
        SharedMemoryGoneError: it does not answer.
    """
    try:
        yield
    except (AuthenticationError, ResponseError):
        raise SharedMemoryRefusedError from None
    except (RedisError, OSError):
        raise SharedMemoryGoneError from None
