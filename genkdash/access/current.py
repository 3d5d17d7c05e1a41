"""Whom does this process let in? Set once by the launcher; asked by the gate and in every run of a page."""

import hashlib
import threading
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from genkdash.access.links import LinkRegister
from genkdash.access.mode import Mode
from genkdash.access.providers import parse_sign_in_table
from genkdash.access.roles import Identity, is_of_staff, viewer_of
from genkdash.access.staff_list import StaffList
from genkdash.access.viewer import Viewer
from genkdash.settings import AccessSettings, Settings
from genkdash.sheet.model import Invited


@dataclass(frozen=True)
class Access:
    """Who gets in, in this mode, with these settings and these links; `staff` goes before the list in the settings."""

    mode: Mode
    settings: Settings
    links: LinkRegister
    staff: StaffList | None = field(default=None, repr=False, compare=False)
    _ended: set[bytes] = field(default_factory=set, init=False, repr=False, compare=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False, compare=False)

    @property
    def rules(self) -> AccessSettings:
        """Who gets in over the network at this moment; nobody where nothing is configured."""
        rules = self.settings.access or AccessSettings()
        return rules if self.staff is None else rules.model_copy(update={"staff": self.staff.current()})

    @cached_property
    def issuers(self) -> Mapping[str, str]:
        """The issuer of each provider in the settings."""
        return parse_sign_in_table(self.settings.auth or {}).issuers

    def viewer(
        self, identity: Identity | None, token: str | None, invited: Sequence[Invited], at: datetime
    ) -> Viewer | None:
        """Return as whom somebody looks with this sign-in and the token of this link, None for nobody.

        In a mode for this machine only, everybody who is let through to here is staff.
        """
        if self.mode.is_local:
            return Viewer("staff")
        if identity is not None and self._is_signed_out(identity):
            identity = None
        return viewer_of(
            identity=identity,
            link=None if token is None else self.links.link_of(token, at=at, names=(one.name for one in invited)),
            access=self.rules,
            issuers=self.issuers,
            invited=invited,
            at=at,
        )

    def edition(self) -> Hashable:
        """Return a value that differs once somebody was let in or out by hand: a link, the staff list, a sign-out."""
        with self._lock:
            ended = len(self._ended)
        return self.links.edition(), None if self.staff is None else self.staff.edition(), ended

    def has_ended(self, identity: Identity) -> bool:
        """Tell whether a sign-in that lets nobody in was good once: signed out since, or of staff and too old."""
        return self._is_signed_out(identity) or is_of_staff(identity, self.rules, self.issuers)

    def end(self, identity: Identity) -> None:
        """Let nobody in by this sign-in any more: the cookie may have been copied, or be open in another tab."""
        with self._lock:
            self._ended.add(_mark(identity))

    def _is_signed_out(self, identity: Identity) -> bool:
        with self._lock:
            return bool(self._ended) and _mark(identity) in self._ended


def _mark(identity: Identity) -> bytes:
    """Return what stands for one sign-in: somebody's, at one provider, at one moment."""
    parts = (identity.provider, *(repr(identity.claims.get(name)) for name in ("iss", "sub", "iat")))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()


_admitted: list[Access] = []


def admit(access: Access) -> None:
    """Make `access` the one everybody is asked by."""
    _admitted[:] = [access]


def dismiss() -> None:
    """Let nobody in any more."""
    _admitted.clear()


def current_access() -> Access:
    """Return who gets in.

    Raises:
        RuntimeError: the launcher has not said.
    """
    if not _admitted:
        raise RuntimeError("no access: start the dashboard with `streamlit run app.py`")
    return _admitted[-1]
