"""As whom does somebody look? Every way in, and every way of pretending."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genkdash.access.links import Link
from genkdash.access.roles import Identity, viewer_of
from genkdash.access.viewer import Viewer
from genkdash.settings import AccessSettings, StaffMember
from genkdash.sheet.model import Invited

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
GOOGLE, GENK = "https://accounts.google.com", "https://login.microsoftonline.com/genk-tenant/v2.0"
ISSUERS = {"google": GOOGLE, "genk": GENK}
ACCESS = AccessSettings(
    public_url="https://genkdash.example",
    staff=(
        StaffMember(provider="genk", tenant="genk-tenant", oid="oid-an"),
        StaffMember(provider="genk", tenant="genk-tenant", upn="Jan@genk.example"),
        StaffMember(provider="google", email="els@genk.example"),
    ),
)
INVITED = (Invited("Amina", "amina@genk.example"), Invited("Bo"), Invited("Els", "els@genk.example"))
STAFF, AMINA = Viewer("staff"), Viewer("influencer", "Amina")


def google(email: object = "amina@genk.example", **others: object) -> Identity:
    claims = {"iss": GOOGLE, "sub": "7", "iat": NOW.timestamp(), "email": email, "email_verified": True}
    return Identity("google", {**claims, **others})


def entra(**claims: object) -> Identity:
    known = {"iss": GENK, "sub": "9", "iat": NOW.timestamp(), "tid": "genk-tenant"}
    return Identity("genk", {**known, **claims})


def screen(**others: Any) -> Link:
    return Link(**{"id": "a1", "kind": "screen", "influencer": None, "until": NOW + timedelta(days=1), **others})


def personal(name: str | None = "Amina", **others: Any) -> Link:
    return screen(kind="influencer", influencer=name, **others)


def viewer(identity: Identity | None = None, link: Link | None = None, **others: Any) -> Viewer | None:
    rules: dict[str, Any] = {"access": ACCESS, "issuers": ISSUERS, "invited": INVITED, "at": NOW, **others}
    return viewer_of(identity=identity, link=link, **rules)


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        (google(), AMINA),
        (google("AMINA@Genk.example "), AMINA),
        (google("els@genk.example"), STAFF),  # on the staff list and in the sheet: staff wins
        (google("bo@genk.example"), None),  # a name without an address
        (google("vreemd@elders.example"), None),
        (google(email_verified=False), None),
        (google(email_verified="true"), None),
        (google(email_verified=1), None),
        (google(email_verified=None), None),
        (google("els@genk.example", email_verified=False), None),
        (google(["amina@genk.example"]), None),
        (google({"amina@genk.example": True}), None),
        (google(None), None),
        (google(""), None),
        (google("amina@genk.example,els@genk.example"), None),
        (google("amina@genk.example\x00"), None),
        (google("am\u0131na@genk.example"), None),  # a Turkish dotless i
        (google("amina@gen\u212a.example"), None),  # the Kelvin sign, which lower() makes a k
        (google("\uff41mina@genk.example"), None),  # a wide a, which NFKC makes an a
        (google(iss=GENK), None),
        (google(iss="https://accounts.google.com.evil.example"), None),
        (google(iss="accounts.google.com"), None),
        (google(iss=None), None),
        (google(iss=[GOOGLE]), None),
        (Identity("Google", google().claims), None),
        (Identity("genk", google().claims), None),
        (Identity("genk", {**google().claims, "iss": GENK}), None),  # Entra verifies no address
        (Identity("genk", {**google("els@genk.example").claims, "iss": GENK}), None),
        (Identity("ander", google().claims), None),
        (Identity("", {}), None),
    ],
)
def test_an_address_counts_only_verified_and_from_the_provider_it_is_pinned_to(
    identity: Identity, expected: Viewer | None
) -> None:
    assert viewer(identity) == expected


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        (entra(oid="oid-an"), STAFF),
        (entra(upn="jan@GENK.example"), STAFF),
        (entra(oid="oid-an", email="amina@genk.example"), STAFF),
        (entra(oid="oid-AN"), None),
        (entra(oid="oid-vreemd"), None),
        (entra(oid=None), None),
        (entra(oid=["oid-an"]), None),
        (entra(), None),
        (entra(preferred_username="jan@genk.example"), None),  # changeable by its owner
        (entra(email="jan@genk.example", email_verified=True), None),
        (entra(oid="oid-an", tid="andere-tenant"), None),
        (entra(oid="oid-an", tid=None), None),
        (entra(oid="oid-an", iss=GENK.replace("genk-tenant", "andere-tenant")), None),
        (entra(oid="oid-an", iss=GOOGLE), None),
        (Identity("google", entra(oid="oid-an", iss=GOOGLE).claims), None),
    ],
)
def test_staff_of_the_city_are_known_by_provider_tenant_and_object_id_or_upn(
    identity: Identity, expected: Viewer | None
) -> None:
    assert viewer(identity) == expected


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        (NOW - timedelta(hours=11, minutes=59), STAFF),
        (NOW - timedelta(hours=12), None),
        (NOW - timedelta(hours=13), None),
        (NOW + timedelta(minutes=4), STAFF),  # two clocks never agree
        (NOW + timedelta(minutes=6), None),
    ],
)
def test_staff_sign_in_again_after_twelve_hours(issued: datetime, expected: Viewer | None) -> None:
    assert viewer(entra(oid="oid-an", iat=issued.timestamp())) == expected
    assert viewer(google("els@genk.example", iat=int(issued.timestamp()))) == expected


@pytest.mark.parametrize("odd", [None, True, "1795435200", [], float("nan"), float("inf"), 10**400, -1, {}])
def test_staff_without_a_plain_moment_of_issue_are_nobody(odd: object) -> None:
    assert viewer(entra(oid="oid-an", iat=odd)) is None


def test_an_influencer_stays_signed_in_for_longer() -> None:
    assert viewer(google(iat=(NOW - timedelta(days=20)).timestamp())) == AMINA


@pytest.mark.parametrize(
    "invited",
    [
        (),
        (Invited("Amina"),),
        (Invited("Amina", ""),),
        (Invited("Amina", "amina@genk.example"), Invited("Bo", "Amina@genk.example")),
    ],
)
def test_an_address_on_no_row_or_on_two_is_nobodys(invited: tuple[Invited, ...]) -> None:
    assert viewer(google(), invited=invited) is None


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (screen(), Viewer("screen")),
        (personal(), AMINA),
        (personal("Bo"), Viewer("influencer", "Bo")),
        (personal("Weg"), None),  # no longer in the sheet
        (personal("amina"), None),
        (personal(None), None),
        (screen(until=NOW), None),
        (screen(until=NOW + timedelta(seconds=1)), Viewer("screen")),
        (screen(revoked=True), None),
        (personal(revoked=True), None),
    ],
)
def test_a_link_lets_in_whom_it_was_made_for_until_it_ends(link: Link, expected: Viewer | None) -> None:
    assert viewer(link=link) == expected


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        (entra(oid="oid-an"), STAFF),
        (google(), AMINA),
        (google("vreemd@elders.example"), Viewer("screen")),
        (entra(oid="oid-an", iat=0), Viewer("screen")),
    ],
)
def test_a_sign_in_goes_before_a_link(identity: Identity, expected: Viewer) -> None:
    assert viewer(identity, screen()) == expected


def test_nobody_is_nobody() -> None:
    assert viewer() is None


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.sampled_from([GOOGLE, GENK]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from(["iss", "sub", "iat", "email", "email_verified", "tid", "oid", "upn", "hd", "provider", "role"])


@settings(deadline=None)
@given(provider=st.sampled_from(["google", "genk", "ander", ""]), claims=st.dictionaries(NAMES, ODD))
def test_claims_of_any_type_let_nobody_in_and_break_nothing(provider: str, claims: dict[str, object]) -> None:
    assert viewer(Identity(provider, claims)) is None


@settings(deadline=None)
@given(NAMES, ODD)
def test_one_claim_changed_never_makes_somebody_more(name: str, odd: object) -> None:
    changed = viewer(google(**{name: odd}) if name != "email" else google(odd))

    assert changed in {None, AMINA}


@settings(deadline=None)
@given(NAMES, ODD, st.sampled_from([GOOGLE, GENK]))
def test_one_claim_of_staff_changed_never_makes_somebody_else(name: str, odd: object, issuer: str) -> None:
    assert viewer(Identity("genk", {**entra(oid="oid-an", iss=issuer).claims, name: odd})) in {None, STAFF}


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_other_address_is_taken_for_somebodys(email: str) -> None:
    is_hers = email.strip().encode("utf-8", "surrogatepass").lower() == b"amina@genk.example"

    assert viewer(google(email)) == (AMINA if is_hers else None)


def test_no_repr_holds_a_claim_or_somebody_of_the_staff() -> None:
    said = f"{google()}{entra(oid='oid-an')}{ACCESS}{ACCESS.staff}"

    assert not [secret for secret in ("amina", "els@", "oid-an", "Jan@", "genk-tenant") if secret in said]
