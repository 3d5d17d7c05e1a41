"""Does the stand-in answer what Google answered?

Plays the requests of a recording (betamax JSON of gspread's own tests) one after another, and compares status,
content type and body. State comes from the recorded writes themselves. Compared as written JSON, so that 2 and 2.0
differ, and `[]` differs from nothing.

Only this is made equal first, because no two runs can share it:

- ids of spreadsheets and of added tabs, which each side makes up: learned from the answers that create them;
- `createdTime` and `modifiedTime`: both must have Google's form, then they are set aside.
"""

from __future__ import annotations

import http.client
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sheets_server.client import fetch_token

if TYPE_CHECKING:
    from pathlib import Path

    from sheets_server.server import SheetsServer

SCOPES = ("https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


@dataclass(frozen=True)
class Difference:
    """One request that the stand-in answered otherwise than Google."""

    number: int
    request: str
    google: str
    ours: str

    def __str__(self) -> str:
        return f"[{self.number}] {self.request}\n  Google: {self.google}\n  ours:   {self.ours}"


class Replay:
    """One recording played against a stand-in; remembers which id of Google's is which of ours."""

    def __init__(self, server: SheetsServer) -> None:
        credentials = server.service_account("opname@proef.iam.gserviceaccount.com")
        self._token = fetch_token(credentials, SCOPES)
        self._address = urlsplit(server.url).netloc
        self._books: dict[str, str] = {}
        self._tabs: dict[int, int] = {}

    def differences(self, recording: Path) -> list[Difference]:
        """Play all of it, whatever goes wrong on the way."""
        found = []
        interactions = json.loads(recording.read_text("utf-8"))["interactions"]
        for number, interaction in enumerate(interactions):
            request, response = interaction["request"], interaction["response"]
            status, kind, body = self._asked(request)
            theirs = response["body"].get("string", "")
            self._learn(_parsed(theirs), _parsed(body))
            google = _written(
                response["status"]["code"], response["headers"]["Content-Type"][0], self._ours(_parsed(theirs))
            )
            ours = _written(status, kind, _parsed(body))
            if google != ours:
                found.append(Difference(number, f"{request['method']} {request['uri']}", google, ours))
        return found

    def _asked(self, request: dict[str, Any]) -> tuple[int, str, str]:
        parts = urlsplit(request["uri"])
        target = self._with_our_ids(parts.path + (f"?{parts.query}" if parts.query else ""))
        body = request["body"] if isinstance(request["body"], str) else (request["body"] or {}).get("string", "")
        if body:
            body = json.dumps(self._ours(json.loads(body)))
        connection = http.client.HTTPConnection(self._address, timeout=10)
        try:
            headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
            connection.request(request["method"], target, body=body.encode() or None, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Content-Type", ""), answer.read().decode()
        finally:
            connection.close()

    def _learn(self, theirs: Any, ours: Any) -> None:
        """Note the ids that both sides gave to what the same request created."""
        if not isinstance(theirs, dict) or not isinstance(ours, dict):
            return
        if theirs.get("kind") == "drive#file" and "id" in ours:
            self._books[theirs["id"]] = ours["id"]
        for google, own in zip(theirs.get("replies", []), ours.get("replies", []), strict=False):
            for kind in ("addSheet", "duplicateSheet"):
                if kind in google and kind in own:
                    self._tabs[google[kind]["properties"]["sheetId"]] = own[kind]["properties"]["sheetId"]

    def _ours(self, value: Any) -> Any:
        """A JSON value of Google's with our ids in it."""
        if isinstance(value, str):
            return self._with_our_ids(value)
        if isinstance(value, list):
            return [self._ours(item) for item in value]
        if isinstance(value, dict):
            return {
                name: self._tabs.get(part, part) if name == "sheetId" else self._ours(part)
                for name, part in value.items()
            }
        return value

    def _with_our_ids(self, text: str) -> str:
        for google, own in self._books.items():
            text = text.replace(google, own)
        return text


def _parsed(text: str) -> Any:
    return json.loads(text) if text.strip() else None


def _written(status: int, kind: str, body: Any) -> str:
    """An answer as one line that can be compared; times are replaced by a word once they have the right form."""
    if isinstance(body, dict):
        for name in ("createdTime", "modifiedTime"):
            if name in body and TIME.fullmatch(str(body[name])):
                body = body | {name: "a time"}
    return f"{status} {kind} {json.dumps(body, sort_keys=True, ensure_ascii=False)}"
