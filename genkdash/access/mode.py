"""For whom does this process serve, and why? The example, a sheet of one's own on this machine, or people who sign in.

Decided once, at the start. Whatever is configured by halves does not start at all.
"""

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from genkdash.access.providers import SignInTable, is_filled_in, parse_sign_in_table, split_address
from genkdash.settings import AccessSettings, Settings

ModeCode: TypeAlias = Literal["demo", "own", "shared"]


@dataclass(frozen=True, slots=True)
class Mode:
    """`demo`: the example with its switch; `own`: a sheet of one's own; both for this machine only. `shared`: sign-in.

    `reason` is the message id of the sentence that says why.
    """

    code: ModeCode

    @property
    def reason(self) -> str:
        """The id of the sentence that says why it is this mode."""
        return f"access.mode.{self.code}"

    @property
    def is_local(self) -> bool:
        """Tell whether only this machine is served."""
        return self.code != "shared"


class AccessError(Exception):
    """The dashboard must not start like this. `code` names the sentence `access.error.<code>`, `names` fill it.

    The names are those of settings and variables, never their values.
    """

    def __init__(self, code: str, names: tuple[str, ...] = ()) -> None:
        super().__init__(": ".join((code, ", ".join(names))))
        self.code = code
        self.names = names


def access_mode(
    settings: Settings, *, address: str | None, trusts_headers: bool = False, has_credentials_variable: bool = False
) -> Mode:
    """Return for whom this process serves.

    `address` is the one the server binds to, None for all; `trusts_headers` tells whether it takes a header's word for
    who somebody is; `has_credentials_variable` whether the environment holds `GOOGLE_APPLICATION_CREDENTIALS`.

    Raises:
        AccessError: it is configured by halves, or would serve others without sign-in.
    """
    if trusts_headers:
        raise AccessError("headers", ("server.trustedUserHeaders",))
    if settings.access is not None or settings.auth is not None:
        missing = tuple(_missing(settings))
        if missing:
            raise AccessError("half", missing)
        return Mode("shared")
    if settings.source is None:
        present = tuple(_credentials(settings, has_credentials_variable=has_credentials_variable))
        if present:
            raise AccessError("credentials", present)
    if not is_loopback(address):
        raise AccessError("address", ("server.address",))
    return Mode("demo" if settings.source is None else "own")


def is_loopback(address: str | None) -> bool:
    """Tell whether a server that binds to `address` is reached from this machine only; None is every address."""
    if address == "localhost":
        return True
    try:
        return address is not None and ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _missing(settings: Settings) -> Iterator[str]:
    """Yield the name of each setting that sign-in needs and that is not there or not usable."""
    if not is_filled_in(settings.source):
        yield "genkdash.source"
    if settings.auth is None:
        yield "auth"
        return
    table = parse_sign_in_table(settings.auth)
    yield from table.missing
    if settings.access is None:
        yield "genkdash.access"
        return
    yield from _missing_access(settings.access, table)


def _missing_access(access: AccessSettings, table: SignInTable) -> Iterator[str]:
    if not _is_public(access.public_url):
        yield "genkdash.access.public_url"
    elif table.redirect_uri and table.redirect_uri != f"{_origin(access.public_url)}/oauth2callback":
        yield "auth.redirect_uri"
    marks = [mark for one in access.staff for mark in (one.tenant, one.oid, one.upn, one.email) if mark is not None]
    if not access.staff or not all(map(is_filled_in, marks)):
        yield "genkdash.access.staff"
    if access.influencer_provider not in table.providers:
        yield f"auth.{access.influencer_provider}"
    for name in sorted({member.provider for member in access.staff} - {access.influencer_provider, *table.providers}):
        yield f"auth.{name}"
    for provider in table.providers.values():
        if not provider.missing and not provider.has_own_issuer:
            yield f"auth.{provider.name}.server_metadata_url"
        # An address that Entra sends is one that an administrator anywhere typed in.
        if provider.is_microsoft and provider.name == access.influencer_provider:
            yield "genkdash.access.influencer_provider"
        if provider.is_microsoft and any(one.provider == provider.name and one.email for one in access.staff):
            yield "genkdash.access.staff.email"


def _is_public(address: str | None) -> bool:
    """Tell whether people can come here: over https, or on this machine itself, at the root of a host.

    Written as a browser names it, in small letters and without the usual port: it is compared with what browsers say.
    """
    try:
        parts = split_address(address)
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError:
        return False
    host = parts.hostname or ""
    named = f"[{host}]{port}" if ":" in host else f"{host}{port}"
    is_safe = (parts.scheme == "https" and port != ":443") or (parts.scheme == "http" and is_loopback(host))
    return (
        is_safe
        and is_filled_in(host)
        and parts.netloc == named
        and parts.path in {"", "/"}
        and not (parts.query or parts.fragment)
    )


def _origin(address: str | None) -> str:
    parts = split_address(address)
    return f"{parts.scheme}://{parts.netloc}"


def _credentials(settings: Settings, *, has_credentials_variable: bool) -> Iterator[str]:
    """Yield the name of each credential that stands beside the example."""
    if settings.google.service_account is not None:
        yield "genkdash.google.service_account"
    if settings.google.service_account_file is not None:
        yield "genkdash.google.service_account_file"
    if has_credentials_variable:
        yield "GOOGLE_APPLICATION_CREDENTIALS"
