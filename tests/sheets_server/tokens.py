"""Who is asking, and may they?

Issues service-account credentials with real RSA keys, and answers the token endpoint as Google's does: the
assertion's RS256 signature is verified with the public key of the credential, and so are audience, times and scope.
"""

from __future__ import annotations

import base64
import binascii
import functools
import hashlib
import json
import math
import secrets
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from sheets_server import errors
from sheets_server.scopes import KNOWN_SCOPES

if TYPE_CHECKING:
    from collections.abc import Callable

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
# google-auth writes this audience whatever the credential's token_uri says.
GOOGLE_AUDIENCE = "https://oauth2.googleapis.com/token"
LONGEST_LIFE_SECONDS = 3600
CLOCK_SKEW_SECONDS = 300
TOKEN_LIFE_SECONDS = 3599


@dataclass(frozen=True)
class Token:
    """An access token as the API sees it: whose it is, what it covers, until when."""

    email: str
    scopes: frozenset[str]
    expires_at: float


@functools.cache
def private_key(owner: str) -> rsa.RSAPrivateKey:
    """The owner's 2048-bit key: made once in a process, for making one takes a good part of a second."""
    del owner
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Accounts:
    """The service accounts and the tokens given out to them; safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.token_life_seconds = TOKEN_LIFE_SECONDS
        self._public_keys: dict[str, dict[str, rsa.RSAPublicKey]] = {}
        self._tokens: dict[str, Token] = {}
        self._lock = threading.Lock()

    def issue(self, email: str, token_uri: str) -> dict[str, str]:
        """Make the credential file of a service account, as the Google Cloud console hands it out."""
        key = private_key(email)
        key_id = hashlib.sha256(email.encode()).hexdigest()[:40]
        with self._lock:
            self._public_keys.setdefault(email, {})[key_id] = key.public_key()
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        project = email.partition("@")[2].partition(".")[0]
        return {
            "type": "service_account",
            "project_id": project,
            "private_key_id": key_id,
            "private_key": pem.decode(),
            "client_email": email,
            "client_id": str(int(key_id[:16], 16))[:21],
            "auth_uri": "https://accounts.google.com/o/oauth2/auth",
            "token_uri": token_uri,
            "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
            "client_x509_cert_url": f"https://www.googleapis.com/robot/v1/metadata/x509/{email}",
            "universe_domain": "googleapis.com",
        }

    def is_known(self, email: str) -> bool:
        """Whether a credential was ever issued to this account."""
        with self._lock:
            return email in self._public_keys

    def grant(self, body: bytes, own_audience: str) -> dict[str, Any]:
        """Answer the token endpoint: an access token for a well-signed assertion.

        Raises:
            errors.Refusal: In the words of Google's token endpoint.
        """
        form = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
        if form.get("grant_type") != JWT_BEARER:
            raise errors.grant_refused("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type', '')}")
        header, claims, signed, signature = _taken_apart(form.get("assertion", ""))
        email = str(claims.get("iss", ""))
        with self._lock:
            keys = self._public_keys.get(email)
        if keys is None:
            raise errors.grant_refused("invalid_grant", "Invalid grant: account not found")
        self._check_signature(keys.get(str(header.get("kid"))), header, signed, signature)
        self._check_claims(claims, own_audience)
        scopes = frozenset(str(claims.get("scope", "")).split())
        if not scopes or not scopes <= KNOWN_SCOPES:
            raise errors.grant_refused("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
        return self._hand_out(email, scopes)

    def _check_signature(
        self, key: rsa.RSAPublicKey | None, header: dict[str, Any], signed: bytes, signature: bytes
    ) -> None:
        wrong = errors.grant_refused("invalid_grant", "Invalid JWT Signature.")
        if key is None or header.get("alg") != "RS256":
            raise wrong
        try:
            key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature as error:
            raise wrong from error

    def _check_claims(self, claims: dict[str, Any], own_audience: str) -> None:
        if claims.get("aud") not in {GOOGLE_AUDIENCE, own_audience}:
            raise errors.grant_refused(
                "invalid_grant", f"Invalid JWT: Failed audience check. The right audience is {GOOGLE_AUDIENCE}"
            )
        issued, expires, now = _number(claims.get("iat")), _number(claims.get("exp")), self.clock()
        is_timely = issued <= now + CLOCK_SKEW_SECONDS and now - CLOCK_SKEW_SECONDS < expires
        if not is_timely or not 0 < expires - issued <= LONGEST_LIFE_SECONDS:
            raise errors.grant_refused(
                "invalid_grant",
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
                "Check your iat and exp values in the JWT claim.",
            )

    def _hand_out(self, email: str, scopes: frozenset[str]) -> dict[str, Any]:
        text = "ya29." + secrets.token_urlsafe(48)
        with self._lock:
            self._tokens[text] = Token(email, scopes, self.clock() + self.token_life_seconds)
        return {"access_token": text, "expires_in": self.token_life_seconds, "token_type": "Bearer"}

    def holder(self, authorization: str | None) -> Token:
        """The token behind an Authorization header.

        Raises:
            errors.Refusal: 401 without one, or with one that is unknown or past its time.
        """
        kind, _, text = (authorization or "").partition(" ")
        if kind.lower() != "bearer" or not text:
            raise errors.missing_token()
        with self._lock:
            token = self._tokens.get(text.strip())
        if token is None or token.expires_at <= self.clock():
            raise errors.invalid_token()
        return token

    def expire_tokens(self) -> None:
        """Withdraw every token given out so far; a new one can be had."""
        with self._lock:
            self._tokens.clear()

    def delete_key(self, email: str) -> None:
        """Delete the account's keys, as an administrator does after a leak: the credential file is worthless."""
        with self._lock:
            self._public_keys[email] = {}
        self.expire_tokens()

    def delete_account(self, email: str) -> None:
        """Delete the account itself."""
        with self._lock:
            self._public_keys.pop(email, None)
        self.expire_tokens()


def _taken_apart(assertion: str) -> tuple[dict[str, Any], dict[str, Any], bytes, bytes]:
    """Header, claims, the signed bytes and the signature of a JWT (RFC 7519)."""
    try:
        first, second, third = assertion.split(".")
        header, claims = json.loads(_decoded(first)), json.loads(_decoded(second))
        signature = _decoded(third)
    except (ValueError, binascii.Error) as error:
        raise errors.grant_refused("invalid_grant", "Bad Request") from error
    if not isinstance(header, dict) or not isinstance(claims, dict):
        raise errors.grant_refused("invalid_grant", "Bad Request")
    return header, claims, f"{first}.{second}".encode(), signature


def _number(claim: Any) -> float:
    """A time of a claim; not a number, which no comparison lets through, when it is none."""
    return float(claim) if isinstance(claim, int | float) else math.nan


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
