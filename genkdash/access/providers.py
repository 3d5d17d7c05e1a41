"""Which providers does `[auth]` name, and by which issuer is an ID token of each recognised?

The table is Streamlit's own; what it holds is given to Streamlit as it is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

_DISCOVERY = "/.well-known/openid-configuration"
_MICROSOFT = "login.microsoftonline.com"
_TENANT = re.compile(r"/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/v2\.0")
_REQUIRED = ("client_id", "client_secret", "server_metadata_url")
# As long as a SHA-256, and not one letter over and over: else the signature on the identity cookie is the weakest part.
_SHORTEST_SECRET = 32
_FEWEST_LETTERS = 10
_PLACE_TO_FILL_IN = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Provider:
    """One OpenID provider. `issuer` is what stands as `iss` in its ID tokens, `missing` what its table lacks."""

    name: str
    issuer: str
    missing: tuple[str, ...] = ()

    @property
    def is_microsoft(self) -> bool:
        """Tell whether this is Microsoft Entra, whose e-mail claim nobody has verified."""
        return split_address(self.issuer).hostname == _MICROSOFT

    @property
    def has_own_issuer(self) -> bool:
        """Tell whether it issues in the name of this address.

        At Entra only for a tenant that is named by its GUID: `common` is everybody's, a tenant's name and the first
        version of the protocol have another issuer.
        """
        return not self.is_microsoft or _TENANT.fullmatch(split_address(self.issuer).path) is not None


@dataclass(frozen=True, slots=True)
class SignInTable:
    """What `[auth]` says. `missing` names what is not there, without its value."""

    redirect_uri: str
    providers: Mapping[str, Provider]
    missing: tuple[str, ...]
    secrets: Mapping[str, object] = field(repr=False)

    @property
    def issuers(self) -> Mapping[str, str]:
        """The issuer of each provider by its name."""
        return {provider.name: provider.issuer for provider in self.providers.values()}


def parse_sign_in_table(auth: Mapping[str, object]) -> SignInTable:
    """Return what the table `[auth]` says, whatever stands in it."""
    providers = {
        name: _provider(name, table) for name, table in auth.items() if isinstance(table, Mapping) and _is_name(name)
    }
    missing = [] if _text(auth, "redirect_uri") else ["auth.redirect_uri"]
    secret = _text(auth, "cookie_secret")
    if len(secret) < _SHORTEST_SECRET or len(set(secret)) < _FEWEST_LETTERS:
        missing.append("auth.cookie_secret")
    missing += [f"auth.{provider.name}.{key}" for provider in providers.values() for key in provider.missing]
    return SignInTable(_text(auth, "redirect_uri"), providers, tuple(missing), auth)


def for_streamlit(auth: Mapping[str, object]) -> dict[str, object]:
    """Return the table as Streamlit gets it: no provider is asked for more than who somebody is."""
    return {
        name: {**table, "client_kwargs": {"scope": _scope(name, table), **_kwargs(table)}}
        if isinstance(table, Mapping)
        else table
        for name, table in auth.items()
    }


def _provider(name: str, table: Mapping[str, object]) -> Provider:
    """Return one provider. By OpenID Connect Discovery (4.3) its issuer is the address before the well-known part."""
    address = _text(table, "server_metadata_url")
    missing = tuple(key for key in _REQUIRED if not _text(table, key))
    if address and not address.endswith(_DISCOVERY):
        missing = (*missing, "server_metadata_url")
    return Provider(name, address.removesuffix(_DISCOVERY), missing)


def _scope(name: str, table: Mapping[str, object]) -> str:
    """Return what a provider is asked for: an address; at Entra, which verifies none, the object id.

    Entra gives an `oid` to who asks for the profile only, because it is the same for every application.
    """
    return "openid profile" if _provider(name, table).is_microsoft else "openid email"


def _is_name(name: str) -> bool:
    """Tell whether a table is a provider's: Streamlit allows no underscore in the name of one."""
    return name != "client_kwargs" and "_" not in name


def _kwargs(table: Mapping[str, object]) -> Mapping[str, object]:
    kwargs = table.get("client_kwargs")
    return kwargs if isinstance(kwargs, Mapping) else {}


def split_address(address: str | None) -> SplitResult:
    """Return the parts of an address; of one that can't be read, empty ones."""
    try:
        return urlsplit(address or "")
    except ValueError:
        return urlsplit("")


def is_filled_in(value: str | None) -> bool:
    """Tell whether a setting holds a value of one's own, and not what the example has in its place: `<tenant-GUID>`."""
    return bool(value and value.strip()) and not _PLACE_TO_FILL_IN.search(value or "")


def _text(table: Mapping[str, object], key: str) -> str:
    """Return a setting, empty where there is none yet: the example's secret is known to everybody."""
    value = table.get(key)
    return value.strip() if isinstance(value, str) and is_filled_in(value) else ""
