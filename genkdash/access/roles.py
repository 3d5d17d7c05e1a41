"""Who is this? One pure function, from what a provider vouches for, or a link, to a viewer or nobody.

Asked in every run and in every fragment. Whatever is missing, of an odd type or ambiguous is nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from genkdash.access.links import Link
from genkdash.access.viewer import Viewer
from genkdash.settings import AccessSettings, StaffMember
from genkdash.sheet.model import Invited

_CLOCKS_DIFFER = timedelta(minutes=5)
_END_OF_TIME = datetime.max.replace(tzinfo=UTC).timestamp()


@dataclass(frozen=True, slots=True)
class Identity:
    """What a sign-in vouches for: the name of the provider in the settings, and the claims of its ID token.

    The signature was checked by who hands this in. No repr shows a claim.
    """

    provider: str
    claims: Mapping[str, object] = field(repr=False)


def viewer_of(  # noqa: PLR0913 -- pure: whatever it depends on is handed in, each by its name
    *,
    identity: Identity | None,
    link: Link | None,
    access: AccessSettings,
    issuers: Mapping[str, str],
    invited: Sequence[Invited],
    at: datetime,
) -> Viewer | None:
    """Return as whom somebody with this sign-in and this link looks at the moment `at`, None for nobody.

    The sign-in goes before the link, staff before influencer. `issuers` has the issuer of each provider in the
    settings, `invited` the people of the sheet; `at` has a zone.
    """
    viewer = None if identity is None else _viewer_by_sign_in(identity, access, issuers, invited, at)
    return viewer or (None if link is None else _viewer_by_link(link, invited, at))


def _viewer_by_sign_in(
    identity: Identity,
    access: AccessSettings,
    issuers: Mapping[str, str],
    invited: Sequence[Invited],
    at: datetime,
) -> Viewer | None:
    """Return as whom a sign-in lets somebody look."""
    if not _is_issued_by_its_provider(identity, issuers):
        return None
    if is_of_staff(identity, access, issuers):
        # An old sign-in of staff is nobody's, even where the address stands on an influencer's row too.
        return Viewer("staff") if _is_fresh(identity, timedelta(hours=access.staff_hours), at) else None
    if identity.provider != access.influencer_provider:
        return None
    email = _verified_email(identity.claims)
    names = [one.name for one in invited if email is not None and folded_email(one.email) == email]
    return Viewer("influencer", names[0]) if len(names) == 1 else None


def is_of_staff(identity: Identity, access: AccessSettings, issuers: Mapping[str, str]) -> bool:
    """Tell whether a sign-in is that of somebody on the staff list, however old it is."""
    return _is_issued_by_its_provider(identity, issuers) and any(_is_meant(one, identity) for one in access.staff)


def _viewer_by_link(link: Link, invited: Sequence[Invited], at: datetime) -> Viewer | None:
    """Return as whom a link lets somebody look."""
    if link.revoked or at >= link.until:
        return None
    if link.kind == "screen":
        return Viewer("screen")
    is_there = link.influencer is not None and any(one.name == link.influencer for one in invited)
    return Viewer("influencer", link.influencer) if is_there else None


def _is_issued_by_its_provider(identity: Identity, issuers: Mapping[str, str]) -> bool:
    issuer = identity.claims.get("iss")
    return isinstance(issuer, str) and issuer != "" and issuer == issuers.get(identity.provider)


def _is_meant(member: StaffMember, identity: Identity) -> bool:
    """Tell whether a row of the staff list means this sign-in."""
    if identity.provider != member.provider:
        return False
    claims = identity.claims
    if member.email is not None:
        return _verified_email(claims) == folded_email(member.email)
    if not _is_text(claims.get("tid")) or claims.get("tid") != member.tenant:
        return False
    if member.oid is not None:
        return _is_text(claims.get("oid")) and claims.get("oid") == member.oid
    upn = claims.get("upn")
    return isinstance(upn, str) and member.upn is not None and folded_email(upn) == folded_email(member.upn)


def _is_fresh(identity: Identity, longest: timedelta, at: datetime) -> bool:
    """Tell whether the provider issued this sign-in no longer than `longest` ago."""
    issued = identity.claims.get("iat")
    # A number too large for a date, or for a float, is no moment either.
    if isinstance(issued, bool) or not isinstance(issued, int | float) or not 0 <= issued < _END_OF_TIME:
        return False
    age_seconds = at.timestamp() - issued
    return -_CLOCKS_DIFFER.total_seconds() <= age_seconds < longest.total_seconds()


def _verified_email(claims: Mapping[str, object]) -> str | None:
    """Return the address that the provider vouches for, None where it does not say so with a plain true."""
    email = claims.get("email")
    return folded_email(email) if isinstance(email, str) and claims.get("email_verified") is True else None


def folded_email(email: str | None) -> str | None:
    """Return an address as it is compared; None for none.

    Only A to Z lose their case: Unicode would fold the Kelvin sign to a k, and with it a stranger's address to ours.
    """
    trimmed = (email or "").strip()
    return trimmed.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass") or None


def _is_text(claim: object) -> bool:
    return isinstance(claim, str) and claim != ""
