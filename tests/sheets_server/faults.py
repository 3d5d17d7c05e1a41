"""What can go wrong on the way to Google, on command?

| kind | what the client meets |
|---|---|
| `429`, `500`, `503`, `403`, `404`, `400`, `401` | that answer as Google's JSON |
| `500-html`, `502-html`, `503-html`, `html-200` | a page of HTML from a proxy or a front end |
| `redirect` | 302 to a sign-in page of the network |
| `empty` | 200 without a body |
| `wrong-type`, `wrong-type:KEY` | valid JSON of another shape: a list, or the true answer with text under KEY |
| `truncate` | `Content-Length` promises more than comes before the connection closes |
| `truncate-chunked` | the connection closes before the last chunk |
| `drip:N` | the body comes at N bytes a second |
| `drip-head:N` | status line, headers and body come at N bytes a second |
| `flood:N` | N megabytes of blanks before the answer, without a `Content-Length` |
| `reset` | the connection is reset instead of an answer; nothing was done |
| `lost` | the connection is reset after the work was done |
| `blackhole` | no answer at all until healed |
| `token-expired` | tokens given out so far are refused; a new one can be had |
| `token-revoked` | the key is deleted: tokens are refused, and so is a new one |
| `account-deleted` | the same, the account is gone |
| `service-disabled` | the Sheets API is off in the project |
| `drive-disabled` | the Drive API is off in the project |
| `not-shared` | the caller has no permission |
| `insufficient-scope` | the token does not cover the request |
| `protected` | the cells are protected, and the caller is not among those who may change them |
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from sheets_server import errors

if TYPE_CHECKING:
    from sheets_server.errors import Refusal

HTML = """<!DOCTYPE html>
<html lang=en><meta charset=utf-8><title>Error {status} ({name})!!1</title>
<p><b>{status}.</b> <ins>That's an error.</ins>
<p>The server encountered a temporary error and could not complete your request.
<p>Please try again in 30 seconds. <ins>That's all we know.</ins></html>
"""
HTML_KINDS = {"500-html": 500, "502-html": 502, "503-html": 503, "html-200": 200}
SILENT_KINDS = {"reset", "blackhole"}
WIRE_KINDS = SILENT_KINDS | {"truncate", "truncate-chunked", "drip", "drip-head", "flood", "lost"}
WITH_A_NUMBER = {"drip", "drip-head", "flood"}
TOKEN_KINDS = {"token-expired", "token-revoked", "account-deleted"}
OTHER_KINDS = {"empty", "redirect", "wrong-type"}
SIGN_IN_PAGE = "http://127.0.0.1:9/aanmelden"
BAD_SIGNATURE = errors.grant_refused("invalid_grant", "Invalid JWT Signature.")
NO_ACCOUNT = errors.grant_refused("invalid_grant", "Invalid grant: account not found")


def refusal_of(kind: str) -> Refusal | None:
    """The JSON refusal that a kind stands for, if it stands for one."""
    refusals = {
        "400": errors.bad_request("Request contains an invalid argument."),
        "401": errors.invalid_token(),
        "403": errors.not_shared(),
        "404": errors.unknown_entity(),
        "429": errors.quota_exceeded(),
        "500": errors.internal(),
        "503": errors.unavailable(),
        "token-revoked": BAD_SIGNATURE,
        "account-deleted": NO_ACCOUNT,
        "service-disabled": errors.service_disabled(),
        "drive-disabled": errors.drive_disabled(),
        "not-shared": errors.not_shared(),
        "insufficient-scope": errors.insufficient_scope(drive=False),
        "protected": errors.protected(),
    }
    return refusals.get(kind)


def instead(kind: str) -> tuple[int, dict[str, Any] | bytes] | None:
    """Status and body of a kind that answers instead of the API: JSON, or a page of HTML as bytes."""
    if kind in HTML_KINDS:
        status = HTML_KINDS[kind]
        return status, HTML.format(status=status, name=HTTPStatus(status).phrase).encode()
    if kind == "redirect":
        return HTTPStatus.FOUND, b"<html><title>Aanmelden</title></html>"
    refusal = refusal_of(kind)
    return None if refusal is None else (refusal.status, refusal.body)


def of_another_shape(body: dict[str, Any], fault: Fault | None) -> Any:
    """The body, or valid JSON of another shape if that is the fault."""
    if fault is None or fault.kind != "wrong-type":
        return body
    return body | {fault.argument: "geen lijst"} if fault.argument else ["geen", "object"]


def default_place(kind: str) -> str:
    """Where a fault strikes unless the test says otherwise."""
    if kind in TOKEN_KINDS:
        return "token"
    if kind == "drive-disabled":
        return "drive"
    return "api" if kind in {"service-disabled", "not-shared", "insufficient-scope", "401"} else "values"


@dataclass
class Fault:
    """One thing that goes wrong: how, how often, and for which requests.

    Attributes:
        kind: A kind of the table above, without its argument.
        argument: What follows the colon: bytes a second, megabytes, a key.
        times: How many more requests it strikes; None for all until healed.
        where: `values`, `metadata`, `token`, `drive`, `iam`, `api` (all but the token), `all`, or a part of the path.
        released: Set when the fault is healed, so that a held connection is let go.
    """

    kind: str
    argument: str
    times: int | None
    where: str
    released: threading.Event = field(default_factory=threading.Event)

    def strikes(self, method: str, path: str) -> bool:
        """Whether the fault is meant for this request."""
        is_token = path == "/token"
        places = {
            "all": True,
            "api": not is_token,
            "token": is_token,
            "values": "/values" in path,
            "metadata": method == "GET" and re.fullmatch(r"/v4/spreadsheets/[^/:]+", path) is not None,
            "drive": path.startswith("/drive/"),
            "iam": path.startswith("/v1/projects/"),
        }
        return places.get(self.where, self.where in path)


class Faults:
    """The faults that are on; the first that fits a request, and has times left, strikes it."""

    def __init__(self) -> None:
        self._on: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, kind: str, *, times: int | None, where: str | None) -> Fault:
        """Switch a fault on.

        Raises:
            ValueError: There is no such kind.
        """
        name, _, argument = kind.partition(":")
        if name not in WIRE_KINDS | TOKEN_KINDS | OTHER_KINDS | set(HTML_KINDS) and refusal_of(name) is None:
            raise ValueError(f"no such fault: {kind!r}")
        if name in WITH_A_NUMBER and not (argument.isdigit() and int(argument)):
            raise ValueError(f"how much? {name}:N")
        fault = Fault(name, argument, times, default_place(name) if where is None else where)
        with self._lock:
            self._on.append(fault)
        return fault

    def strike(self, method: str, path: str) -> Fault | None:
        """The fault that this request meets, if any; counts as one of its times."""
        with self._lock:
            for fault in self._on:
                if fault.kind == "token-expired" or fault.times == 0 or not fault.strikes(method, path):
                    continue
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None

    def heal(self) -> None:
        """Switch every fault off, and let go of the connections that they hold."""
        with self._lock:
            for fault in self._on:
                fault.released.set()
            self._on.clear()
