"""What do the processes that share one reader tell each other? A few keys in one server, of which one holder writes.

Whoever holds the lease may write the picture and how its reading goes; the server checks that in the same step, so
what a process that slept through its turn still had to say is refused. Names carry the version of what stands under
them and a digest of the source: other values are never found under them by accident.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from redis import Redis

from genkdash.live.shared_client import reaching

_VERSION = 1
# What nobody renews goes away by itself: pictures hold names.
_KEEP_MILLISECONDS = 3600 * 1000
# As long as an open page is taken to be there, and a wish to read to be fresh.
_WATCHED_MILLISECONDS = 5000
_ASKED_MILLISECONDS = 10_000

MAX_PICTURE_BYTES = 64 * 2**20
"""A hundred times what 100 000 posts take, packed."""
_MAX_TOLD_BYTES = 64 * 2**10

# Each of them is one step for the server: nobody else's command comes in between.
_TAKE = """
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local number = redis.call('INCR', KEYS[2])
redis.call('SET', KEYS[1], number .. ':' .. ARGV[1], 'PX', ARGV[2])
return number"""
_RENEW = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[4])
return redis.call('PEXPIRE', KEYS[1], ARGV[2])"""
_GIVE_BACK = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"
_PUBLISH = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'refused' end
if ARGV[3] ~= '' then redis.call('SET', KEYS[3], ARGV[3], 'PX', ARGV[4])
elseif ARGV[5] == '1' and redis.call('PEXPIRE', KEYS[3], ARGV[4]) == 0 then return 'picture missing' end
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[4])
return 'published'"""
_RAISE = """
local floor = tonumber(redis.call('GET', KEYS[1]) or '0') or 0
if floor < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) end"""


@dataclass(frozen=True, slots=True)
class Turn:
    """One time that the lease was held; `number` grows with every one of them as long as the server lives."""

    number: int
    token: str


@dataclass(frozen=True, slots=True)
class Look:
    """What stood there at one moment. `told` is how the reading goes, `next_try` when it goes on (for whoever follows).

    `is_watched` and `is_asked` are what followers say to the reader, `floor` the number its pictures must pass.
    """

    told: bytes | None
    next_try: bytes | None
    is_watched: bool
    is_asked: bool
    floor: int


class Board:
    """The keys of one source. `source` is any text that tells sources apart; the same for the processes that share it.

    Raises:
        SharedMemoryGoneError: every method does where the server does not answer.
        SharedMemoryRefusedError: the same, where it refuses.
    """

    def __init__(self, client: Redis, *, source: str) -> None:
        self._client: Any = client
        # In braces, so that a cluster keeps them together.
        prefix = f"genkdash:{_VERSION}:{{{hashlib.sha256(source.encode()).hexdigest()[:16]}}}"
        self._lease, self._numbers = f"{prefix}:lease", f"{prefix}:turns"
        self._told, self._picture = f"{prefix}:told", f"{prefix}:picture"
        self._next_try, self._floor = f"{prefix}:next-try", f"{prefix}:floor"
        self._watched, self._asked = f"{prefix}:watched", f"{prefix}:asked"
        self._take, self._renew = client.register_script(_TAKE), client.register_script(_RENEW)
        self._give_back, self._raise = client.register_script(_GIVE_BACK), client.register_script(_RAISE)
        self._publish = client.register_script(_PUBLISH)

    def take(self, who: str, *, seconds: float) -> Turn | None:
        """Take the lease for `seconds`, unless somebody has it."""
        with reaching():
            number = self._take(keys=[self._lease, self._numbers], args=[who, int(seconds * 1000)])
        return Turn(int(number), f"{number}:{who}") if number else None

    def renew(self, turn: Turn, *, seconds: float, next_try: bytes) -> bool:
        """Hold the lease for `seconds` from now. False: it is not ours any more."""
        with reaching():
            return bool(
                self._renew(
                    keys=[self._lease, self._next_try],
                    args=[turn.token, int(seconds * 1000), next_try, _KEEP_MILLISECONDS],
                )
            )

    def give_back(self, turn: Turn) -> None:
        """Let the next one in at once."""
        with reaching():
            self._give_back(keys=[self._lease], args=[turn.token])

    def publish(self, turn: Turn, told: bytes, *, picture: bytes | None, has_picture: bool) -> str:
        """Write how the reading goes, with a new `picture` or for the one that is there, where `has_picture`.

        Returns `published`, `refused` (the lease is not ours any more) or `picture missing`; then nothing was written.
        """
        with reaching():
            answer = self._publish(
                keys=[self._lease, self._told, self._picture],
                args=[turn.token, told, picture or b"", _KEEP_MILLISECONDS, int(has_picture)],
            )
        return bytes(answer).decode()

    def look(self) -> Look:
        """Return what stands there now. What is too long to be ours is not fetched."""
        with reaching(), self._client.pipeline(transaction=False) as pipe:
            pipe.getrange(self._told, 0, _MAX_TOLD_BYTES).getrange(self._next_try, 0, 64)
            pipe.exists(self._watched).exists(self._asked).getrange(self._floor, 0, 15)
            told, next_try, watched, asked, floor = pipe.execute()
        number = int(floor) if floor.isdigit() else 0
        return Look(told or None, next_try or None, bool(watched), bool(asked), number)

    def fetch_picture(self) -> bytes | None:
        """Return the picture, or None where there is none, or one that is too large to be ours."""
        with reaching():
            if self._client.strlen(self._picture) > MAX_PICTURE_BYTES:
                return None
            picture: bytes | None = self._client.get(self._picture)
            return picture

    def say(self, *, is_watched: bool, is_asked: bool) -> None:
        """Tell the reader that pages are open with us, and that somebody wants a read at once."""
        with reaching():
            if is_watched:
                self._client.set(self._watched, b"1", px=_WATCHED_MILLISECONDS)
            if is_asked:
                self._client.set(self._asked, b"1", px=_ASKED_MILLISECONDS)

    def heard(self) -> None:
        """Take away that somebody asked: it is being done."""
        with reaching():
            self._client.delete(self._asked)

    def raise_floor(self, number: int) -> None:
        """Ask the reader for numbers above `number`, so that no page takes an older picture for a newer one."""
        with reaching():
            self._raise(keys=[self._floor], args=[number, _KEEP_MILLISECONDS])

    def is_there(self) -> bool:
        """Tell whether the server answers to us."""
        with reaching():
            return bool(self._client.ping())

    def erase(self) -> bool:
        """Remove what is kept of the sheet. Tell whether there was anything."""
        with reaching():
            return bool(self._client.delete(self._told, self._picture))

    def close(self) -> None:
        """Let go of the connections; the next use opens new ones."""
        self._client.close()
