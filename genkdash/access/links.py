"""Who was given a link, and does this one still open the door?

A link carries a token: the id of its row in the register, signed. Who has the link is let in, so a token is shown
once, when it is made, and stands nowhere. Nor does a name: a row has a mark that only that name makes with the
register's key, so that who was deleted from the sheet is named nowhere else.
"""

import hashlib
import hmac
import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from itsdangerous import Signer

from genkdash.access.link_file import Kept, LinkFile, LinkKind, LinkRegisterError, Row

__all__ = ["LINK_COOKIE", "Link", "LinkKind", "LinkRegister", "LinkRegisterError"]

LINK_COOKIE = "genkdash_link"
"""The cookie in which a browser keeps its token."""

_LOG = logging.getLogger(__name__)
# No letter that is read as another one: an id is typed to revoke its link.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_ID_LETTERS = 8
_MAX_TOKEN = 100
_FORGOTTEN_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Link:
    """One link that was handed out. It lets in before `until` (UTC), as long as nobody revoked it.

    `influencer` is the name in the sheet for that kind, None where none of the names that were asked about is meant,
    and for a screen. No repr shows it.
    """

    id: str
    kind: LinkKind
    influencer: str | None = field(repr=False)
    until: datetime
    revoked: bool = False

    def lets_in(self, at: datetime) -> bool:
        """Tell whether this link still opens the door at `at`."""
        return not self.revoked and at < self.until


class LinkRegister:
    """The links of one data folder. Any process may write; all others see it at their next question."""

    def __init__(self, folder: Path) -> None:
        self._file = LinkFile(folder)
        # Edition and content in one value, replaced by one assignment: viewers of all threads read it.
        self._seen: tuple[tuple[int, ...] | None, Kept | None] = (None, None)

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file that this register may have on disk."""
        return self._file.paths

    def edition(self) -> tuple[int, ...] | None:
        """Return numbers that differ once a link was made or revoked; None where there never was one."""
        return self._file.edition()

    def new(self, kind: LinkKind, *, until: datetime, at: datetime, influencer: str | None = None) -> tuple[Link, str]:
        """Add a link and return it with its token; links that ended a month before `at` are forgotten.

        Raises:
            LinkRegisterError: the register can't be read or written.
        """
        if (kind == "influencer") != bool(influencer):
            raise ValueError("a personal link is for an influencer, and no other is")
        with self._file.locked():
            kept = self._file.read() or Kept(secrets.token_hex(32), ())
            known = tuple(row for row in kept.rows if at < row.until + _FORGOTTEN_AFTER)
            whom = None if influencer is None else _mark(kept.key, influencer)
            row = Row(_free_id({one.id for one in kept.rows}), kind, whom, until)
            self._file.write(Kept(kept.key, (*known, row)))
        return Link(row.id, kind, influencer, until), _token(kept.key, row.id)

    def all(self, *, names: Iterable[str] = ()) -> tuple[Link, ...]:
        """Return every link, in the order in which they were made; whose each is, as far as it is one of `names`.

        Raises:
            LinkRegisterError: the register can't be read.
        """
        kept = self._file.read()
        return () if kept is None else tuple(_link(row, kept.key, tuple(names)) for row in kept.rows)

    def revoke(self, link_id: str) -> bool:
        """Revoke a link and forget whose it was. Tell whether there is such a link.

        Raises:
            LinkRegisterError: the register can't be read or written.
        """
        with self._file.locked():
            kept = self._file.read()
            if kept is None or all(row.id != link_id for row in kept.rows):
                return False
            ended = (replace(row, whom=None, revoked=True) if row.id == link_id else row for row in kept.rows)
            self._file.write(Kept(kept.key, tuple(ended)))
        return True

    def link_of(self, token: object, *, at: datetime, names: Iterable[str] = ()) -> Link | None:
        """Return the link of a token that opens the door at `at`; None for any other token, whatever is wrong with it.

        `names` are those of the sheet: a personal link is of one of them, or of nobody. The file is read again when it
        changed. While it can't be read, nobody gets in by a link.
        """
        if not isinstance(token, str) or not token.isascii() or len(token) > _MAX_TOKEN:
            return None
        kept = self._current()
        if kept is None:
            return None
        link_id = token.partition(".")[0]
        # The whole token against the one we would make: a signature has one spelling, and equal time for all.
        if not hmac.compare_digest(_token(kept.key, link_id), token):
            return None
        row = next((one for one in kept.rows if one.id == link_id), None)
        link = None if row is None else _link(row, kept.key, names)
        return link if link is not None and link.lets_in(at) else None

    def erase(self) -> bool:
        """Remove the register, damaged or not: no link opens anything any more. Tell whether there was one.

        Raises:
            LinkRegisterError: it can't be removed.
        """
        return self._file.erase()

    def _current(self) -> Kept | None:
        edition = self._file.edition()
        seen, kept = self._seen
        if edition == seen:
            return kept
        try:
            kept = None if edition is None else self._file.read()
        except LinkRegisterError as trouble:
            _LOG.error("nobody gets in by a link: %s", trouble.code)
            kept = None
        # Taken before the read: what changed meanwhile is seen at the next question.
        self._seen = (edition, kept)
        return kept


def _link(row: Row, key: str, names: Iterable[str]) -> Link:
    """Return a row as the link of one of `names`, or of nobody by name."""
    name = None if row.whom is None else next((one for one in names if _mark(key, one) == row.whom), None)
    return Link(row.id, row.kind, name, row.until, row.revoked)


def _token(key: str, link_id: str) -> str:
    """Return the token of a link: its id, and a signature over it."""
    signer = Signer(key, salt="genkdash.link", key_derivation="hmac", digest_method=hashlib.sha256)
    return signer.sign(link_id).decode("ascii")


def _mark(key: str, name: str) -> str:
    """Return what stands for a name in this register."""
    return hmac.new(key.encode(), b"genkdash.whom\0" + name.encode("utf-8", "surrogatepass"), "sha256").hexdigest()[:32]


def _free_id(taken: set[str]) -> str:
    while True:
        link_id = "".join(secrets.choice(_LETTERS) for _ in range(_ID_LETTERS))
        if link_id not in taken:
            return link_id
